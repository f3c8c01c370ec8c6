"""Tables of the diary room and the only SQL on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Integer, Text, bindparam, func, or_, select

from caseworker_app.features.diary.domain.appointment import PlannedTime
from caseworker_app.features.diary.domain.entry import (
    CONTACT_KINDS,
    MEETING_KINDS,
    VISIT_KINDS,
    DiaryEntry,
    ShareableFact,
)
from caseworker_app.features.diary.domain.gathering import Parts
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.reused_sentences import ReusedSentence
from caseworker_app.features.diary.domain.searching import EntryHead, WritingsWanted
from caseworker_app.features.diary.domain.spelling_words import SpellingWord
from caseworker_app.features.diary.domain.visit import (
    OPEN_PROMISES,
    Appointment,
    AppointmentState,
    GoalTouched,
    Promise,
    PromiseReview,
    RoomCondition,
)
from caseworker_app.kernel.dates import Period
from caseworker_app.storage.declarations import (
    Counted,
    Merge,
    Moment,
    OnAnonymisation,
    SearchKind,
    declare,
    field,
)
from caseworker_app.storage.kept_apart import of_listed_households
from caseworker_app.storage.rows import Lookup, Mapper

entry = declare(
    "diary_entry",
    field("number", Text),
    field("kind", Text, required=True, counted=Counted.CODE),
    field("attendance", Text, required=True, counted=Counted.CODE),
    field("started_at", Moment, required=True),
    field("duration_minutes", Integer),
    field("place", Text, internal=True, identifying=True),
    field("present", Text, internal=True, identifying=True),
    field("purpose", Text, internal=True, identifying=True, search=SearchKind.TEXT),
    field("worker_id", Text, required=True, references="worker"),
    field("observed", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("said", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("analysis", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("state", Text, required=True, counted=Counted.CODE),
    field("signed_on", Date),
    field("refers_to", Text, references="diary_entry"),
    field("made_on", Date, required=True),
    field("travel_minutes", Integer),
    field("travel_metres", Integer),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
    # Undoing an entry asks whether an addition rests on it: without an index that would read every text.
    # The list asks for the last contact of each household it shows: the second answers without reading any.
    indexes=("refers_to", ("household_id", "kind", "started_at")),
)

fact = declare(
    "shareable_fact",
    field("entry_id", Text, references="diary_entry", required=True),
    field("position", Integer, required=True),
    field("zone", Text, required=True),
    field("topic", Text, required=True),
    field("text", Text, merge=Merge.KEEP_BOTH, identifying=True, search=SearchKind.TEXT, required=True),
    household="household_id",
    indexes=("entry_id",),
)

goal_touched = declare(
    "goal_touched",
    field("entry_id", Text, references="diary_entry", required=True),
    field("goal_id", Text, references="goal", required=True),
    field("step_id", Text, references="goal_step"),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    household="household_id",
    indexes=("entry_id", "goal_id", "step_id"),
)

room = declare(
    "room_condition",
    field("entry_id", Text, references="diary_entry", required=True),
    field("position", Integer, required=True),
    field("room", Text, identifying=True, required=True),
    field("state", Text, required=True),
    field("observation", Text, merge=Merge.KEEP_BOTH, identifying=True, search=SearchKind.TEXT),
    field("shareable", Boolean, required=True),
    field("follow_up", Text, identifying=True),
    field("follow_up_by", Text, identifying=True),
    household="household_id",
    indexes=("entry_id",),
)

promise = declare(
    "promise",
    field("entry_id", Text, references="diary_entry", required=True),
    field("position", Integer, required=True),
    field("text", Text, merge=Merge.KEEP_BOTH, identifying=True, search=SearchKind.TEXT, required=True),
    field("actor", Text, required=True),
    field("actor_name", Text, identifying=True, third_person=True),
    field("due_on", Date),
    field("shareable", Boolean, required=True),
    field("state", Text, required=True),
    field("settled_on", Date),
    household="household_id",
    indexes=("entry_id",),
)

review = declare(
    "promise_review",
    field("entry_id", Text, merge=Merge.APPEND_ONLY, references="diary_entry", required=True),
    field("promise_id", Text, merge=Merge.APPEND_ONLY, references="promise", required=True),
    field("state", Text, merge=Merge.APPEND_ONLY, required=True),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    household="household_id",
    indexes=("entry_id", "promise_id"),
)

appointment = declare(
    "appointment",
    field("starts_at", Moment, required=True),
    field("place", Text, internal=True, identifying=True),
    field("purpose", Text, internal=True, identifying=True),
    field("worker_id", Text, required=True, references="worker"),
    field("state", Text, required=True),
    field("made_in", Text, references="diary_entry"),
    field("entry_id", Text, references="diary_entry"),
    field("kind", Text, required=True),
    field("duration_minutes", Integer),
    field("all_day", Boolean, required=True),
    field("travel_before_minutes", Integer),
    field("travel_after_minutes", Integer),
    field("bring", Text, internal=True, identifying=True),
    field("participants", Text, internal=True, identifying=True, third_person=True),
    # Occurrences of one repetition share it; each is a row of its own, so that a day is read without any rule.
    field("series_id", Text),
    field("repeats", Text),
    # What the calendar it was taken from calls it, so that it is taken once.
    field("outside_uid", Text),
    household="household_id",
    # A team meeting, a training, a leave: nobody's household.
    household_optional=True,
    indexes=("starts_at", "made_in", "entry_id", "series_id", "outside_uid"),
)

reused_sentence = declare(
    "reused_sentence",
    field("category", Text, required=True),
    field("text", Text, merge=Merge.KEEP_BOTH, required=True),
    household=None,
)

spelling_word = declare(
    "spelling_word",
    field("word", Text, required=True),
    field("added_on", Date, required=True),
    field("worker_id", Text, required=True, references="worker"),
    household=None,
)

entries = Mapper(entry, DiaryEntry)
facts = Mapper(fact, ShareableFact)
goals_touched = Mapper(goal_touched, GoalTouched)
rooms = Mapper(room, RoomCondition)
promises = Mapper(promise, Promise)
reviews = Mapper(review, PromiseReview)
appointments = Mapper(appointment, Appointment)
planned = Mapper(appointment, PlannedTime)
sentences = Mapper(reused_sentence, ReusedSentence)
spelling_words = Mapper(spelling_word, SpellingWord)

# What is written in an entry lies in its own texts and in these.
_PARTS = (fact, goal_touched, room, promise, review)
WRITTEN_TABLES = (entry.name, *(part.name for part in _PARTS))

_IN_PERIOD = (entry.c.started_at >= bindparam("start"), entry.c.started_at < bindparam("end"))
_NEWEST_FIRST = (entry.c.started_at.desc(), entry.c.id.desc())
_OLDEST_FIRST = (entry.c.started_at, entry.c.id)
_VISITS = or_(*(entry.c.kind == kind.value for kind in sorted(VISIT_KINDS)))
_HELD = or_(*(entry.c.kind == kind.value for kind in sorted(MEETING_KINDS)))
_LIMIT = bindparam("limit", type_=Integer())
# Stored hours are ISO text: every one of them sorts before this.
_AFTER_ALL = "~"
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
_PROMISES_OF = promises.lookup(
    "household_id", order_by=(promise.c.entry_id, promise.c.position, promise.c.id)
)
_OPEN_PROMISES = promises.lookup(
    "household_id",
    where=(or_(*(promise.c.state == state.value for state in OPEN_PROMISES)),),
    order_by=(promise.c.due_on.is_(None), promise.c.due_on, promise.c.id),
)
_APPOINTMENTS_OF = appointments.lookup("household_id", order_by=(appointment.c.starts_at, appointment.c.id))
_IN_HOUSEHOLDS_LISTED = or_(
    appointment.c.household_id.is_(None), of_listed_households(appointment.c.household_id)
)
_SPAN = planned.lookup(
    "start",
    "end",
    where=(
        appointment.c.starts_at >= bindparam("start"),
        appointment.c.starts_at < bindparam("end"),
        _IN_HOUSEHOLDS_LISTED,
    ),
    order_by=(appointment.c.starts_at, appointment.c.id),
)
_SERIES = planned.lookup("series_id", order_by=(appointment.c.starts_at, appointment.c.id))
_AGENDA = appointments.lookup(
    "state",
    "start",
    "end",
    where=(
        appointment.c.starts_at >= bindparam("start"),
        appointment.c.starts_at < bindparam("end"),
        appointment.c.household_id.is_not(None),
        of_listed_households(appointment.c.household_id),
    ),
    order_by=(appointment.c.starts_at, appointment.c.id),
)


def entries_of(
    connection: Connection, household_id: str, period: Period | None = None, limit: int | None = None
) -> list[DiaryEntry]:
    """Return the entries of a household, newest first."""
    most = _NO_LIMIT if limit is None else limit
    return _ENTRIES_OF(connection, household_id, *_bounds(period), most)


def visits_of(connection: Connection, household_id: str, period: Period | None = None) -> list[DiaryEntry]:
    """Return the visits of a household, missed ones included, newest first."""
    return _VISITS_OF(connection, household_id, *_bounds(period))


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


def promises_of(connection: Connection, household_id: str) -> list[Promise]:
    """Return every promise of a household, in order."""
    return _PROMISES_OF(connection, household_id)


def open_promises(connection: Connection, household_id: str) -> list[Promise]:
    """Return the promises still waited for, those due first at the head."""
    return _OPEN_PROMISES(connection, household_id)


def appointments_of(connection: Connection, household_id: str) -> list[Appointment]:
    """Return every appointment of a household, in order of date."""
    return _APPOINTMENTS_OF(connection, household_id)


def agenda(connection: Connection, period: Period) -> list[Appointment]:
    """Return the planned appointments of a period, in order of date."""
    return _AGENDA(connection, AppointmentState.PLANNED.value, *_bounds(period))


def planned_times(connection: Connection, first: date, last: date) -> list[PlannedTime]:
    """Return everything that begins from `first` to `last`, both included, by hour; of archived households nothing."""
    return _SPAN(connection, *_bounds(Period(first, last)))


def times_of_series(connection: Connection, series_id: str) -> list[PlannedTime]:
    """Return every occurrence of a repetition, by hour."""
    return _SERIES(connection, series_id)


def known_outside(connection: Connection, uids: Sequence[str]) -> set[str]:
    """Return which names of other calendars are in the agenda already."""
    return _among(connection, appointment.c.outside_uid, uids)


def known_times(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Return which of some ids are those of appointments that are there."""
    return _among(connection, appointment.c.id, ids)


def _among(connection: Connection, c: Column[Any], uids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(uids), 500):
        some = uids[start : start + 500]
        found.update(row[0] for row in connection.execute(select(c).where(c.in_(some))))
    return found


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


def _bounds(period: Period | None) -> tuple[str, str]:
    """Return the stored forms of the first hour of a period and of the first one after it."""
    if period is None:
        return "", _AFTER_ALL
    last = period.end and (period.end + timedelta(days=1)).isoformat()
    return period.start.isoformat(), last or _AFTER_ALL
