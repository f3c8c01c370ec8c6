"""Intentions on measures: opened, renewed, handed over, made closer or lighter, ended.

Functions that take a unit of work are steps of other rooms' intentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from caseworker_app.features.measures import store
from caseworker_app.features.measures.domain.measure import (
    Agreement,
    ExitReason,
    Intensity,
    MeasureKind,
    NewMeasure,
    SupportMeasure,
    check_dates,
    check_end,
    check_length,
    check_no_overlap,
    check_renewal,
    check_still_runs,
    check_under_agreement,
    check_within_agreement,
    checked_text,
    proposed_end,
)
from caseworker_app.features.measures.service.tables import exit_reasons, list_kinds, usual_visits
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

_GONE = "Cette personne n’est plus là\u00a0: choisissez-en une autre."


def open_measure(file: EncryptedFile, who: Who, new: NewMeasure) -> tuple[str, Changes]:
    """Open a support measure and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "open_measure") as uow:
        uow.get(declaration_of("household").table, new.household_id)
        if new.lead_worker_id is not None:
            uow.get(declaration_of("worker").table, new.lead_worker_id)
        return open_measures(uow, [new])[0], uow.changes


def open_measures(uow: UnitOfWork, batch: list[NewMeasure]) -> list[str]:
    """Open many measures at once and return their ids, each checked against those the household has.

    Raises InvalidEntry, NotFound for an unknown agreement.
    """
    known = store.measures_of_many(uow.connection, (new.household_id for new in batch))
    agreements: dict[str, Agreement] = {}
    rows = []
    for new in batch:
        if new.agreement_id is not None:
            if new.agreement_id not in agreements:
                agreements[new.agreement_id] = store.agreements.one(uow.connection, new.agreement_id)
            check_under_agreement(agreements[new.agreement_id], new.starts_on)
        others = known.setdefault(new.household_id, [])
        opened = _checked_measure(uow, new, others, agreements.get(new.agreement_id or ""))
        others.append(opened)
        rows.append(store.measures.values(opened))
    return uow.insert_many(store.measure, rows)


def renew_measure(
    file: EncryptedFile,
    who: Who,
    measure_id: str,
    to_date: date,
    *,
    decided_on: date | None = None,
    from_date: date | None = None,
    reason: str | None = None,
) -> tuple[str, Changes]:
    """Renew a measure to `to_date`, following on from its planned end; return the renewal's id.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "renew_measure") as uow:
        measure = store.measures.one(uow.connection, measure_id)
        start = from_date or _day_after(measure.planned_end_on) or uow.today
        check_renewal(measure, start, to_date)
        check_length(_kind(measure.kind_code, measure.starts_on), measure.starts_on, to_date, "to_date")
        if measure.agreement_id is not None:
            agreement = store.agreements.one(uow.connection, measure.agreement_id)
            check_within_agreement(agreement, to_date, "to_date")
        uow.update(store.measure, measure_id, {"planned_end_on": to_date})
        values = {
            "household_id": measure.household_id,
            "measure_id": measure_id,
            "decided_on": decided_on or uow.today,
            "from_date": start,
            "to_date": to_date,
            "reason": checked_text(reason, "reason"),
        }
        return uow.insert(store.renewal, values), uow.changes


def change_lead_worker(file: EncryptedFile, who: Who, measure_id: str, worker_id: str) -> Changes:
    """Hand a measure to another lead worker (« référent »), from today.

    Raises InvalidEntry for somebody who left or a measure that ended, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_lead_worker") as uow:
        check_still_runs(store.measures.one(uow.connection, measure_id), uow.today, "worker_id")
        if not uow.get(declaration_of("worker").table, worker_id)["active"]:
            raise InvalidEntry(_GONE, "worker_id")
        uow.update(store.measure, measure_id, {"lead_worker_id": worker_id})
        return uow.changes


def change_lead_workers(
    file: EncryptedFile, who: Who, household_ids: Sequence[str], worker_id: str
) -> tuple[frozenset[str], Changes]:
    """Hand every measure of some households that runs today to a lead worker, in one transaction.

    Return the households that have one. Raises InvalidEntry when none has, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_lead_worker") as uow:
        worker = uow.get(declaration_of("worker").table, worker_id)
        if not worker["active"]:
            raise InvalidEntry("Cette personne n’est plus là : choisissez-en une autre.", "worker_id")
        known = store.measures_of_many(uow.connection, household_ids)
        running = [each for of_one in known.values() for each in of_one if each.runs_on(uow.today)]
        if not running:
            raise InvalidEntry(
                "Aucun de ces ménages n’a de mesure en cours : ouvrez-en une d’abord.", "worker_id"
            )
        for each in running:
            uow.update(store.measure, each.id, {"lead_worker_id": worker_id})
        return frozenset(each.household_id for each in running), uow.changes


def change_intensity(
    file: EncryptedFile, who: Who, measure_id: str, intensity: Intensity, visits_per_month: int | None = None
) -> Changes:
    """Change how close the support is, with its usual visits a month unless told.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_intensity") as uow:
        check_still_runs(store.measures.one(uow.connection, measure_id), uow.today, "intensity")
        visits = _visits(intensity, visits_per_month, uow.today)
        uow.update(store.measure, measure_id, {"intensity": intensity, "visits_per_month": visits})
        return uow.changes


def end_measure(
    file: EncryptedFile,
    who: Who,
    measure_id: str,
    ended_on: date,
    reason_code: str,
    destination: str | None = None,
) -> Changes:
    """End a measure, its last day being `ended_on`, for a reason of the dated list.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "end_measure") as uow:
        check_end(store.measures.one(uow.connection, measure_id), ended_on, uow.today)
        reason = _exit_reason(reason_code, ended_on)
        values = {
            "ended_on": ended_on,
            "exit_reason_code": reason.code,
            "exit_reason_label": reason.label,
            "destination": checked_text(destination, "destination"),
        }
        uow.update(store.measure, measure_id, values)
        return uow.changes


def _checked_measure(
    uow: UnitOfWork, new: NewMeasure, others: list[SupportMeasure], agreement: Agreement | None
) -> SupportMeasure:
    kind = _kind(new.kind_code, new.starts_on)
    end = new.planned_end_on or proposed_end(kind, new.starts_on, agreement)
    check_dates(new, end, uow.today)
    check_length(kind, new.starts_on, end, "planned_end_on")
    check_within_agreement(agreement, end, "planned_end_on")
    check_no_overlap(kind, new.starts_on, new.ended_on, others)
    reason = _exit_reason(new.exit_reason_code, new.ended_on or uow.today) if new.exit_reason_code else None
    return SupportMeasure(
        id=new_id(),
        version="",
        household_id=new.household_id,
        kind_code=kind.code,
        kind_label=kind.label,
        agreement_id=new.agreement_id,
        prescriber=checked_text(new.prescriber, "prescriber"),
        lead_worker_id=new.lead_worker_id or uow.worker_id,
        intensity=new.intensity,
        visits_per_month=_visits(new.intensity, new.visits_per_month, new.starts_on),
        starts_on=new.starts_on,
        planned_end_on=end,
        ended_on=new.ended_on,
        exit_reason_code=reason.code if reason else None,
        exit_reason_label=reason.label if reason else None,
        destination=checked_text(new.destination, "destination"),
    )


def _kind(code: str, day: date) -> MeasureKind:
    found = next((kind for kind in list_kinds(day) if kind.code == code), None)
    if found is None:
        raise InvalidEntry(
            "Cette sorte de mesure n’existe pas à cette date\u00a0: choisissez-la dans la liste.", "kind_code"
        )
    return found


def _exit_reason(code: str, day: date) -> ExitReason:
    found = next((reason for reason in exit_reasons(day) if reason.code == code), None)
    if found is None:
        raise InvalidEntry(
            "Ce motif de fin n’existe pas à cette date\u00a0: choisissez-le dans la liste.",
            "exit_reason_code",
        )
    return found


def _visits(intensity: Intensity, visits: int | None, day: date) -> int:
    if visits is None:
        return usual_visits(intensity, day)
    if not 0 <= visits <= 31:
        raise InvalidEntry("Le nombre de visites par mois va de 0 à 31.", "visits_per_month")
    return visits


def _day_after(day: date | None) -> date | None:
    return None if day is None else day + timedelta(days=1)
