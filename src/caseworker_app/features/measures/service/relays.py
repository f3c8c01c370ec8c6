"""Intentions on who leads a measure: handed over from a day, called off while it is to come, taken when it comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseworker_app.features.measures import store
from caseworker_app.features.measures.domain.measure import SupportMeasure, check_still_runs
from caseworker_app.features.measures.domain.relay import check_relay, lead_on, to_come
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

_GONE = "Cette personne n’est plus là\u00a0: choisissez-en une autre."


def change_lead_worker(
    file: EncryptedFile, who: Who, measure_id: str, worker_id: str, from_date: date | None = None
) -> Changes:
    """Hand a measure to another lead worker (« référent ») from a day, past, today (by default) or to come.

    « Ma semaine » of both follows that day. Raises InvalidEntry for somebody who left, a measure that ended, a day it
    cannot be; NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_lead_worker") as uow:
        measure = store.measures.one(uow.connection, measure_id)
        check_still_runs(measure, uow.today, "worker_id")
        _require_present(uow, worker_id)
        day = from_date or uow.today
        relays = store.relays_of_measure(uow.connection, measure.household_id, measure_id)
        check_relay(measure, relays, day, worker_id, uow.today)
        _write(uow, measure, day, worker_id, lead_on(measure, relays, day))
        return uow.changes


def change_lead_workers(
    file: EncryptedFile, who: Who, household_ids: Sequence[str], worker_id: str
) -> tuple[frozenset[str], Changes]:
    """Hand every measure of some households that runs today to a lead worker, in one transaction.

    A relay to come stays, and is then handed over by that worker. Return the households that have a measure. Raises
    InvalidEntry when none has, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_lead_worker") as uow:
        _require_present(uow, worker_id)
        known = store.measures_of_many(uow.connection, household_ids)
        running = [each for of_one in known.values() for each in of_one if each.runs_on(uow.today)]
        if not running:
            raise InvalidEntry(
                "Aucun de ces ménages n’a de mesure en cours\u00a0: ouvrez-en une d’abord.", "worker_id"
            )
        for each in running:
            _take_over_today(uow, each, worker_id)
        return frozenset(each.household_id for each in running), uow.changes


def call_off_relay(file: EncryptedFile, who: Who, relay_id: str) -> Changes:
    """Take back a relay that is still to come. Raises InvalidEntry once it took effect, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "call_off_relay") as uow:
        held = store.relays.one(uow.connection, relay_id)
        if held.from_date <= uow.today:
            raise InvalidEntry(
                "Ce relais a déjà eu lieu\u00a0: passez le relais dans l’autre sens.", "from_date"
            )
        uow.delete(store.relay, relay_id)
        return uow.changes


def take_relays(file: EncryptedFile, who: Who) -> Changes:
    """Let the measures whose relay has come bear their new lead worker, whoever opened the file that day.

    « Ma semaine » follows the day by itself; this is for the list, the letters and all that shows a measure. Nothing is
    written when no relay has come, nor for whoever may not write. Raises nothing of its own.
    """
    if not who.may(Right.WRITE_FILES):
        return Changes()
    with file.unit_of_work(who.worker_id, "take_relays") as uow:
        for measure_id in {each.measure_id for each in store.relays_taken(uow.connection, uow.today)}:
            measure = store.measures.one(uow.connection, measure_id)
            relays = store.relays_of_measure(uow.connection, measure.household_id, measure_id)
            if (lead := lead_on(measure, relays, uow.today)) != measure.lead_worker_id:
                uow.update(store.measure, measure_id, {"lead_worker_id": lead})
        return uow.changes


def _require_present(uow: UnitOfWork, worker_id: str) -> None:
    if not uow.get(declaration_of("worker").table, worker_id)["active"]:
        raise InvalidEntry(_GONE, "worker_id")


def _take_over_today(uow: UnitOfWork, measure: SupportMeasure, worker_id: str) -> None:
    relays = store.relays_of_measure(uow.connection, measure.household_id, measure.id)
    before = lead_on(measure, relays, uow.today)
    for each in to_come(relays, uow.today)[:1]:
        if each.worker_id == worker_id:
            uow.delete(store.relay, each.id)
        else:
            uow.update(store.relay, each.id, {"before_id": worker_id})
    if before != worker_id:
        _write(uow, measure, uow.today, worker_id, before)


def _write(uow: UnitOfWork, measure: SupportMeasure, day: date, worker_id: str, before_id: str) -> None:
    """Write a relay; the measure bears its new lead worker at once when the day has come."""
    values = {"household_id": measure.household_id, "measure_id": measure.id, "from_date": day}
    uow.insert(store.relay, {**values, "worker_id": worker_id, "before_id": before_id})
    if day <= uow.today:
        uow.update(store.measure, measure.id, {"lead_worker_id": worker_id})
