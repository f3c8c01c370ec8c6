"""Reading entries of the diary: of a household, whole with their parts, those that hold some words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import Connection, Integer, bindparam, func, or_, select

from caseworker_app.features.diary.domain.entry import CONTACT_KINDS, MEETING_KINDS, VISIT_KINDS, DiaryEntry
from caseworker_app.features.diary.domain.gathering import Parts
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.searching import EntryHead, WritingsWanted
from caseworker_app.features.diary.domain.visit import GoalTouched
from caseworker_app.features.diary.store.agreed import appointments_of, promises_of
from caseworker_app.features.diary.store.bounds import bounds
from caseworker_app.features.diary.store.tables import (
    entries,
    entry,
    fact,
    facts,
    goal_touched,
    goals_touched,
    promise,
    report_review,
    review,
    reviews,
    room,
    rooms,
)
from caseworker_app.kernel.dates import Period
from caseworker_app.storage.rows import Lookup

# What is written in an entry lies in its own texts and in these.
_PARTS = (fact, goal_touched, room, promise, review, report_review)
WRITTEN_TABLES = (entry.name, *(part.name for part in _PARTS))

_IN_PERIOD = (entry.c.started_at >= bindparam("start"), entry.c.started_at < bindparam("end"))
_NEWEST_FIRST = (entry.c.started_at.desc(), entry.c.id.desc())
_OLDEST_FIRST = (entry.c.started_at, entry.c.id)
_VISITS = or_(*(entry.c.kind == kind.value for kind in sorted(VISIT_KINDS)))
_HELD = or_(*(entry.c.kind == kind.value for kind in sorted(MEETING_KINDS)))
_LIMIT = bindparam("limit", type_=Integer())
# SQLite takes a negative limit for none.
_NO_LIMIT = -1

_ENTRIES_OF = Lookup(
    entries,
    entries.query()
    .where(entry.c.household_id == bindparam("household"), *_IN_PERIOD)
    .order_by(*_NEWEST_FIRST)
    .limit(_LIMIT),
    ("household", "start", "end", "limit"),
)
_VISITS_OF = entries.lookup(
    "household_id", "start", "end", where=(*_IN_PERIOD, _VISITS), order_by=_NEWEST_FIRST
)
_LAST_HELD = Lookup(
    entries,
    entries.query()
    .where(entry.c.household_id == bindparam("household"), _HELD)
    .order_by(*_NEWEST_FIRST)
    .limit(_LIMIT),
    ("household", "limit"),
)
_ADDITIONS_TO = entries.lookup("refers_to", order_by=_OLDEST_FIRST)
_ADDITIONS_OF = entries.lookup(
    "household_id", where=(entry.c.refers_to.is_not(None),), order_by=_OLDEST_FIRST
)
_FACTS_IN = facts.lookup("entry_id", order_by=(fact.c.position, fact.c.id))
_FACTS_OF = facts.lookup("household_id", order_by=(fact.c.position, fact.c.id))
_GOALS_IN = goals_touched.lookup("entry_id")
_GOALS_OF = goals_touched.lookup("household_id")
_ROOMS_IN = rooms.lookup("entry_id", order_by=(room.c.position, room.c.id))
_ROOMS_OF = rooms.lookup("household_id", order_by=(room.c.position, room.c.id))
_REVIEWS_IN = reviews.lookup("entry_id")
_REVIEWS_OF = reviews.lookup("household_id")


def entries_of(
    connection: Connection, household_id: str, period: Period | None = None, limit: int | None = None
) -> list[DiaryEntry]:
    """Return the entries of a household, newest first."""
    most = _NO_LIMIT if limit is None else limit
    return _ENTRIES_OF(connection, household_id, *bounds(period), most)


def visits_of(connection: Connection, household_id: str, period: Period | None = None) -> list[DiaryEntry]:
    """Return the visits of a household, missed ones included, newest first."""
    return _VISITS_OF(connection, household_id, *bounds(period))


def last_held(connection: Connection, household_id: str) -> DiaryEntry | None:
    """Return the last meeting with the household that took place."""
    found = _LAST_HELD(connection, household_id, 1)
    return found[0] if found else None


def last_contacts(connection: Connection, household_ids: Sequence[str]) -> dict[str, date]:
    """Return the day of the last contact with each of some households; those without any are left out."""
    c, kinds = entry.c, [kind.value for kind in CONTACT_KINDS]
    query = select(c.household_id, func.max(c.started_at)).where(
        c.household_id.in_(household_ids), c.kind.in_(kinds)
    )
    rows = connection.execute(query.group_by(c.household_id))
    return {household_id: started_at.date() for household_id, started_at in rows}


def parts_in(connection: Connection, entry: DiaryEntry) -> Parts:
    """Return what one entry holds."""
    return Parts(
        _FACTS_IN(connection, entry.id),
        _GOALS_IN(connection, entry.id),
        _ROOMS_IN(connection, entry.id),
        promises_of(connection, entry.household_id),
        _REVIEWS_IN(connection, entry.id),
        _ADDITIONS_TO(connection, entry.id),
        appointments_of(connection, entry.household_id),
    )


def parts_of(connection: Connection, household_id: str) -> Parts:
    """Return what every entry of a household holds, a query a table."""
    return Parts(
        _FACTS_OF(connection, household_id),
        _GOALS_OF(connection, household_id),
        _ROOMS_OF(connection, household_id),
        promises_of(connection, household_id),
        _REVIEWS_OF(connection, household_id),
        _ADDITIONS_OF(connection, household_id),
        appointments_of(connection, household_id),
    )


def goals_touched_of(connection: Connection, household_id: str) -> list[GoalTouched]:
    """Return every goal touched at a visit of a household."""
    return _GOALS_OF(connection, household_id)


def entries_holding(connection: Connection, rows: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the entry that each of some rows, named by table and id, belongs to; an entry belongs to itself."""
    found = {row_id: row_id for name, row_id in rows if name == entry.name}
    for part in _PARTS:
        ids = [row_id for name, row_id in rows if name == part.name]
        if ids:
            query = select(part.c.id, part.c.entry_id).where(part.c.id.in_(ids))
            found |= {row[0]: row[1] for row in connection.execute(query)}
    return found


def entry_heads(connection: Connection, ids: Sequence[str], wanted: WritingsWanted) -> dict[str, EntryHead]:
    """Return by id those of some entries that are wanted, without their texts."""
    c = entry.c
    query = select(c.id, c.household_id, c.kind, c.started_at, c.worker_id, c.refers_to).where(c.id.in_(ids))
    if wanted.kinds:
        query = query.where(c.kind.in_([kind.value for kind in wanted.kinds]))
    if wanted.worker_id is not None:
        query = query.where(c.worker_id == wanted.worker_id)
    if wanted.since is not None:
        query = query.where(c.started_at >= datetime.combine(wanted.since, time.min))
    if wanted.until is not None:
        query = query.where(c.started_at <= datetime.combine(wanted.until, time.max))
    return {
        row.id: EntryHead(
            row.id, row.household_id, EntryKind(row.kind), row.started_at, row.worker_id, row.refers_to
        )
        for row in connection.execute(query)
    }


def next_fact_position(connection: Connection, entry_id: str) -> int:
    """Return the position after the last fact of an entry."""
    return max((each.position for each in _FACTS_IN(connection, entry_id)), default=-1) + 1
