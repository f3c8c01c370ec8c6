"""Calls and visits made: each is an entry of the diary, and what the veille goes on from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.service.entries import wall_clock
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.features.veille import store
from caseworker_app.features.veille.domain.contact import (
    NewContact,
    checked_contact,
    kind_of,
    purpose_words,
    way_of,
)
from caseworker_app.features.veille.domain.tables import every_label, requests
from caseworker_app.features.veille.domain.watch import Watch
from caseworker_app.features.veille.service.opening import ENDED
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

# Of a call noted another day nobody says the hour.
_NOON = time(12)


def note_contact(file: EncryptedFile, who: Who, watch_id: str, new: NewContact) -> tuple[str, Changes]:
    """Write a call or a visit, with its entry in the diary; return its id.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "note_watch_contact") as uow:
        now = wall_clock(file.clock)
        at = now if new.held_on == now.date() else datetime.combine(new.held_on, _NOON)
        return add_contacts(uow, [(watch_id, new)], at)[0], uow.changes


def add_contacts(
    uow: UnitOfWork, batch: Sequence[tuple[str, NewContact]], at: datetime | None = None
) -> list[str]:
    """Write calls and visits inside another room's intention; return their ids. `at`: the moment, None: at noon.

    Raises InvalidEntry (also for a veille that ended), NotFound.
    """
    labels = every_label("request")
    entries, rows = [], []
    for watch_id, new in batch:
        of = store.watches.one(uow.connection, watch_id)
        if not of.runs:
            raise InvalidEntry(ENDED)
        codes = frozenset(requests(new.held_on))
        checked = checked_contact(new, of.starts_on, codes, uow.today)
        moment = at or datetime.combine(checked.held_on, _NOON)
        entries.append(_entry(of, checked, moment, purpose_words(checked, labels)))
        rows.append(_row(of, checked, uow.worker_id))
    for row, entry_id in zip(rows, diary.add_entries(uow, entries), strict=True):
        row["entry_id"] = entry_id
    return uow.insert_many(store.watch_contact, rows)


def _entry(of: Watch, new: NewContact, at: datetime, purpose: str) -> NewEntry:
    kind = kind_of(new.outcome, way_of(new.outcome, of.way))
    return NewEntry(of.household_id, kind, at, purpose=purpose, said=new.note or "", worker_id=new.worker_id)


def _row(of: Watch, new: NewContact, worker: str) -> dict[str, Any]:
    return {
        "household_id": of.household_id,
        "watch_id": of.id,
        "held_on": new.held_on,
        "way": way_of(new.outcome, of.way),
        "outcome": new.outcome,
        "asked": " ".join(new.asked) or None,
        "done": " ".join(new.done) or None,
        "again_on": new.again_on,
        "worker_id": new.worker_id or worker,
    }
