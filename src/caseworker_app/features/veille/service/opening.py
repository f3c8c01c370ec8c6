"""Veilles opened, changed and ended: from a list, from a referral, from a household's dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.features.veille import store
from caseworker_app.features.veille.domain.tables import end_reasons
from caseworker_app.features.veille.domain.watch import (
    Ending,
    NewWatch,
    Origin,
    checked_ending,
    checked_watch,
)
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

ENDED = "Cette veille est terminée\u00a0: ouvrez-en une autre."


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening for several: the ids made, how many households were called or visited already."""

    ids: tuple[str, ...]
    already: int

    def words(self) -> str:
        """Return it in a sentence."""
        said = f"{plural(len(self.ids), 'veille ouverte', 'veilles ouvertes')}"
        return f"{said}, {plural(self.already, 'déjà en cours', 'déjà en cours')}" if self.already else said


def open_watch(
    file: EncryptedFile, who: Who, household_id: str, new: NewWatch, referral_id: str | None = None
) -> tuple[str, Changes]:
    """Open a veille; from a referral, which it then answers as a measure would. Return its id.

    A referral not decided yet is accepted by it. Raises InvalidEntry (also for a referral of another household,
    refused, or that opened something already), NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "open_watch") as uow:
        uow.get(declaration_of("household").table, household_id)
        if referral_id is not None:
            new = replace(new, origin=Origin.REFERRAL)
        made = add_watches(uow, [(household_id, new)])[0]
        if referral_id is not None:
            referrals.answer_with_watch(uow, referral_id, household_id, made)
        return made, uow.changes


def open_watches(
    file: EncryptedFile, who: Who, household_ids: Sequence[str], new: NewWatch
) -> tuple[Opened, Changes]:
    """Open the same veille for several households of a list, in one transaction; one that runs already is not doubled.

    Raises InvalidEntry (nobody chosen), NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "open_watches") as uow:
        wanted = list(dict.fromkeys(household_ids))
        if not wanted:
            raise InvalidEntry("Choisissez au moins un ménage.", "households")
        for household_id in wanted:
            uow.get(declaration_of("household").table, household_id)
        known = store.running(uow.connection, wanted, new.way)
        fresh = [(each, new) for each in wanted if each not in known]
        return Opened(tuple(add_watches(uow, fresh)), len(known)), uow.changes


def add_watches(uow: UnitOfWork, batch: Sequence[tuple[str, NewWatch]]) -> list[str]:
    """Add veilles of households inside another room's intention and return their ids. Raises InvalidEntry, NotFound."""
    return uow.insert_many(store.watch, [_row(uow, new) | {"household_id": key} for key, new in batch])


def change_watch(
    file: EncryptedFile, who: Who, watch_id: str, changed: NewWatch, expected_version: str | None = None
) -> Changes:
    """Correct a veille: its rhythm, who keeps it, who is near. Where it came from stays.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_watch") as uow:
        before = store.watches.one(uow.connection, watch_id)
        if not before.runs:
            raise InvalidEntry(ENDED)
        kept = replace(changed, origin=before.origin, landlord_id=before.landlord_id)
        uow.update(store.watch, watch_id, _row(uow, kept), expected_version=expected_version)
        return uow.changes


def end_watch(file: EncryptedFile, who: Who, watch_id: str, ending: Ending) -> Changes:
    """End a veille. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "end_watch") as uow:
        before = store.watches.one(uow.connection, watch_id)
        if not before.runs:
            raise InvalidEntry(ENDED)
        codes = frozenset(end_reasons(ending.ended_on))
        checked = checked_ending(ending, before.starts_on, codes, uow.today)
        values = {"ended_on": checked.ended_on, "end_code": checked.code, "end_note": checked.note}
        uow.update(store.watch, watch_id, values)
        return uow.changes


def _row(uow: UnitOfWork, new: NewWatch) -> dict[str, Any]:
    checked = checked_watch(new, uow.today)
    worker = checked.worker_id or uow.worker_id
    uow.get(declaration_of("worker").table, worker)
    if checked.landlord_id is not None:
        uow.get(declaration_of("landlord").table, checked.landlord_id)
    return {
        **asdict(checked.rhythm),
        **{f"near_{name}": value for name, value in asdict(checked.near).items()},
        "way": checked.way,
        "worker_id": worker,
        "origin": checked.origin,
        "landlord_id": checked.landlord_id,
        "reason": checked.reason,
        "instructions": checked.instructions,
    }
