"""Invented diaries: about eight hundred characters an entry, put together from sentences of the grammar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from caseworker_app.features.demonstration.domain.vocabulary import Pool, Sentences
from caseworker_app.features.diary.domain.entry import MEETING_KINDS, Attendance, NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind

_KINDS = (
    *(EntryKind.HOME_VISIT,) * 12,
    *(EntryKind.OFFICE,) * 5,
    EntryKind.ACCOMPANIMENT,
    *(EntryKind.CALL,) * 10,
    *(EntryKind.SMS,) * 2,
    *(EntryKind.EMAIL,) * 3,
    EntryKind.LETTER,
    *(EntryKind.PARTNER_MEETING,) * 2,
    EntryKind.DROP_IN,
    *(EntryKind.NOTE,) * 2,
    EntryKind.MISSED_VISIT,
)
_HOURS = (9, 9, 10, 10, 11, 14, 14, 15, 16, 17)


def invent_entries(
    rng: Random, pool: Sentences, household_id: str, name: str, count: int, today: date
) -> Iterator[NewEntry]:
    """Yield so many entries of the year that ends yesterday, oldest first; `name` is the person met."""
    ages = sorted((rng.randint(1, 365) for _ in range(count)), reverse=True)
    for age in ages:
        yield _entry(rng, pool, household_id, name, working_moment(rng, today - timedelta(days=age)))


def working_moment(rng: Random, day: date) -> datetime:
    """Return a moment of office hours on that day, or on the Friday before it."""
    worked = day - timedelta(days=max(0, day.weekday() - 4))
    return datetime.combine(worked, time(rng.choice(_HOURS), rng.choice((0, 0, 15, 30, 45))))


def paragraph(rng: Random, pool: Pool, count: int, name: str) -> str:
    """Join so many different sentences about a person."""
    return " ".join(rng.choice(wordings) for wordings in rng.sample(pool, count)).replace("{name}", name)


def _entry(rng: Random, pool: Sentences, household_id: str, name: str, moment: datetime) -> NewEntry:
    kind = rng.choice(_KINDS)
    if kind in MEETING_KINDS:
        return _meeting(rng, pool, NewEntry(household_id, kind, moment), name)
    if kind is EntryKind.MISSED_VISIT:
        said = paragraph(rng, pool.contact, 2, name)
        excuse = rng.choice((Attendance.ABSENT, Attendance.EXCUSED, Attendance.POSTPONED))
        return NewEntry(household_id, kind, moment, place="Logement", said=said, attendance=excuse)
    return NewEntry(
        household_id,
        kind,
        moment,
        rng.choice((5, 8, 10, 15, 20)),
        purpose=paragraph(rng, pool.purpose, 1, name),
        observed=paragraph(rng, pool.contact, rng.randint(4, 7), name),
        said=paragraph(rng, pool.said, rng.randint(1, 4), name),
        analysis=paragraph(rng, pool.analysis, rng.randint(1, 2), name),
    )


def _meeting(rng: Random, pool: Sentences, at: NewEntry, name: str) -> NewEntry:
    return NewEntry(
        at.household_id,
        at.kind,
        at.started_at,
        rng.choice((30, 45, 45, 60, 75)),
        "Logement" if at.kind is EntryKind.HOME_VISIT else "Association",
        name,
        paragraph(rng, pool.purpose, 1, name),
        paragraph(rng, pool.observed, rng.randint(4, 6), name),
        paragraph(rng, pool.said, rng.randint(3, 4), name),
        paragraph(rng, pool.analysis, rng.randint(2, 3), name),
    )
