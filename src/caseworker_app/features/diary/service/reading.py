"""Reading the diary: entries, whole visits, promises, appointments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseworker_app.features.diary import store
from caseworker_app.features.diary.domain.entry import DiaryEntry
from caseworker_app.features.diary.domain.gathering import gather_visits
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import Appointment, Promise, Visit
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.dates import Period
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection


def entries_of(
    connection: Connection,
    who: Who,
    household_id: str,
    period: Period | None = None,
    limit: int | None = None,
) -> list[DiaryEntry]:
    """Return the entries of a household without their parts, newest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.entries_of(connection, household_id, period, limit)


def meeting_days(connection: Connection, who: Who, household_id: str, period: Period) -> list[date]:
    """Return the day of each meeting held with a household in a period, newest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    found = store.entries_of(connection, household_id, period, None)
    return [entry.started_at.date() for entry in found if entry.held]


def missed_days(connection: Connection, who: Who, household_id: str, period: Period) -> list[date]:
    """Return the day of each visit of a household that did not take place, newest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    found = store.visits_of(connection, household_id, period)
    return [entry.started_at.date() for entry in found if entry.kind is EntryKind.MISSED_VISIT]


def visits_of(
    connection: Connection, who: Who, household_id: str, period: Period | None = None
) -> list[Visit]:
    """Return the visits of a household whole, missed ones included, newest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    visits = store.visits_of(connection, household_id, period)
    return gather_visits(visits, store.parts_of(connection, household_id))


def visit(connection: Connection, who: Who, entry_id: str) -> Visit:
    """Return one entry whole. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    entry = store.entries.one(connection, entry_id)
    note_access(connection, who.worker_id, AccessKind.OPENED, entry.household_id)
    return gather_visits([entry], store.parts_in(connection, entry))[0]


def last_visit(connection: Connection, who: Who, household_id: str) -> Visit | None:
    """Return the last meeting that took place, whole; None before any. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    entry = store.last_held(connection, household_id)
    return None if entry is None else gather_visits([entry], store.parts_in(connection, entry))[0]


def open_promises(connection: Connection, who: Who, household_id: str) -> list[Promise]:
    """Return the promises still waited for, those due first at the head. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.open_promises(connection, household_id)


def appointments_of(connection: Connection, who: Who, household_id: str) -> list[Appointment]:
    """Return every appointment of a household, in order of date. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.appointments_of(connection, household_id)


def last_contacts(connection: Connection, who: Who, household_ids: Sequence[str]) -> dict[str, date]:
    """Return the day each of some households was last met, called or written to; none: left out.

    One query for a page of a list. Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    return store.last_contacts(connection, household_ids)


def agenda(
    connection: Connection, who: Who, period: Period, worker_id: str | None = None
) -> list[Appointment]:
    """Return the planned appointments of a period, of one worker or of all, in order of date.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    planned = store.agenda(connection, period)
    return [each for each in planned if worker_id in (None, each.worker_id)]
