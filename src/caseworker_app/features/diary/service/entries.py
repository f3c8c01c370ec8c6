"""Entries of the diary: notes, corrections, signatures, additions, and the facts marked in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from caseworker_app.features.diary import store
from caseworker_app.features.diary.domain.entry import (
    VISIT_KINDS,
    EntryState,
    EntryTexts,
    EntryZone,
    NewEntry,
    NewFact,
    attendance_of,
    check_entry,
    check_fact,
    check_texts,
)
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.reused_sentences import check_filled
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import Clock
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


class EntrySigned(CaseworkerError):
    """A signed entry is never rewritten."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__(
            "Cette visite est signée\u00a0: ajoutez un complément daté plutôt que de la modifier."
        )


def add_note(file: EncryptedFile, who: Who, new: NewEntry) -> tuple[str, Changes]:
    """Write a call, a message, a note, and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    ids, changes = add_group_note(file, who, new, [new.household_id])
    return ids[0], changes


def add_group_note(
    file: EncryptedFile, who: Who, new: NewEntry, household_ids: Sequence[str]
) -> tuple[list[str], Changes]:
    """Write one note in the diary of several households, in one transaction; return the ids.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "add_note") as uow:
        for household_id in household_ids:
            uow.get(declaration_of("household").table, household_id)
        batch = [replace(new, household_id=each) for each in dict.fromkeys(household_ids)]
        return add_entries(uow, batch), uow.changes


def add_entries(uow: UnitOfWork, batch: list[NewEntry]) -> list[str]:
    """Write many entries in one statement and return their ids. Raises InvalidEntry."""
    for new in batch:
        check_entry(new, uow.today)
    return uow.insert_many(store.entry, [_entry_row(uow, new) for new in batch])


def correct_entry(
    file: EncryptedFile, who: Who, entry_id: str, texts: EntryTexts, expected_version: str | None = None
) -> Changes:
    """Rewrite an entry that is not signed.

    Raises EntrySigned, InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "correct_entry") as uow:
        entry = store.entries.one(uow.connection, entry_id)
        if entry.state is EntryState.SIGNED:
            raise EntrySigned
        check_texts(texts, entry.kind, uow.today)
        uow.update(store.entry, entry_id, _texts(texts), expected_version=expected_version)
        return uow.changes


def sign_entry(file: EncryptedFile, who: Who, entry_id: str) -> Changes:
    """Sign an entry: from then on only additions complete it.

    Raises InvalidEntry for a place left to complete, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "sign_entry") as uow:
        entry = store.entries.one(uow.connection, entry_id)
        for zone in EntryZone:
            check_filled(entry.zone(zone), zone.value)
        if entry.state is not EntryState.SIGNED:
            uow.update(store.entry, entry_id, {"state": EntryState.SIGNED, "signed_on": uow.today})
        return uow.changes


def add_addition(
    file: EncryptedFile, who: Who, entry_id: str, text: str, zone: EntryZone = EntryZone.OBSERVED
) -> tuple[str, Changes]:
    """Complete an entry, signed or not, by a dated addition, and return its id.

    An addition to an addition goes to the first entry.
    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "add_addition") as uow:
        entry = store.entries.one(uow.connection, entry_id)
        new = _in_zone(NewEntry(entry.household_id, EntryKind.ADDITION, wall_clock(uow.clock)), zone, text)
        check_entry(new, uow.today)
        row = {**_entry_row(uow, new), "refers_to": entry.refers_to or entry.id}
        return uow.insert(store.entry, row), uow.changes


def mark_fact(file: EncryptedFile, who: Who, entry_id: str, new: NewFact) -> tuple[str, Changes]:
    """Mark a fact of an entry as one that may be proposed outside; return its id.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "mark_fact") as uow:
        check_fact(new)
        entry = store.entries.one(uow.connection, entry_id)
        position = store.next_fact_position(uow.connection, entry_id)
        values = {
            "household_id": entry.household_id,
            "entry_id": entry_id,
            "position": position,
            **asdict(new),
        }
        return uow.insert(store.fact, values), uow.changes


def withdraw_fact(file: EncryptedFile, who: Who, fact_id: str) -> Changes:
    """Stop proposing a fact; documents already made keep it. Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "withdraw_fact") as uow:
        uow.delete(store.fact, fact_id)
        return uow.changes


def _entry_row(uow: UnitOfWork, new: NewEntry) -> dict[str, Any]:
    return {
        "id": new_id(),
        "household_id": new.household_id,
        "number": uow.next_number("VIS") if new.kind in VISIT_KINDS else None,
        "kind": new.kind,
        "attendance": attendance_of(new),
        **_texts(new),
        "worker_id": new.worker_id or uow.worker_id,
        "state": EntryState.CONFIRMED,
        "made_on": uow.today,
    }


def _in_zone(new: NewEntry, zone: EntryZone, text: str) -> NewEntry:
    if zone is EntryZone.OBSERVED:
        return replace(new, observed=text)
    return replace(new, said=text) if zone is EntryZone.SAID else replace(new, analysis=text)


def _texts(texts: NewEntry | EntryTexts) -> dict[str, Any]:
    return {
        "started_at": texts.started_at,
        "duration_minutes": texts.duration_minutes,
        "place": kept_text(texts.place),
        "present": kept_text(texts.present),
        "purpose": kept_text(texts.purpose),
        "observed": kept_text(texts.observed),
        "said": kept_text(texts.said),
        "analysis": kept_text(texts.analysis),
        "travel_minutes": texts.travel_minutes,
        "travel_metres": texts.travel_metres,
    }


def kept_text(text: str | None) -> str | None:
    """Return a text as typed, None where there is not a word in it."""
    return text if text and text.strip() else None


def wall_clock(clock: Clock) -> datetime:
    """Return the hour on the office's wall, to the minute, without time zone."""
    return clock.now().astimezone().replace(tzinfo=None, second=0, microsecond=0)
