"""Events of a calendar of others, as times of ours: hours put on this wall, repetitions unrolled within a window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any

from caseworker_app.features.agenda.domain.ics_blocks import Blocks, CalendarRefused
from caseworker_app.features.agenda.domain.ics_rules import Patience, Unreadable, dates_of, unrolled
from caseworker_app.features.diary.domain.appointment import (
    DAY_MINUTES,
    LONGEST_MINUTES,
    MAX_LINE,
    SHORTEST_MINUTES,
    AppointmentKind,
    TimeForm,
)
from caseworker_app.kernel.entries import optional_line

# What is taken: from a month back to a year ahead.
DAYS_BACK, DAYS_AHEAD = 31, 366
# Written at once; a year of ten a working day is half of it.
MAX_TIMES = 5_000
_BATCH = 200
TOO_MANY_TIMES = (
    "Cet agenda a plus de 5\u202f000\u00a0rendez-vous dans l’année\u00a0: exportez une période plus courte, "
    "ou un seul des agendas."
)


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time of the other calendar; `uid`: what it is called there, its day added where it comes again."""

    uid: str
    starts_at: datetime
    duration_minutes: int | None
    all_day: bool
    purpose: str
    place: str | None
    series: str | None = None

    def form(self) -> TimeForm:
        """Return it as it is written here."""
        return TimeForm(
            self.starts_at, self.duration_minutes, AppointmentKind.OTHER, all_day=self.all_day,
            place=self.place, purpose=self.purpose,
        )  # fmt: skip


@dataclass(slots=True)
class CalendarReading:
    """What a calendar holds: `times` within the window, by hour; what was left out, and why."""

    times: list[FoundTime] = field(default_factory=list)
    outside: int = 0
    unreadable: int = 0
    cancelled: int = 0
    unknown_zones: set[str] = field(default_factory=set)
    in_unknown_zone: int = 0


class _UnknownZone(Exception):
    """An hour of a time zone that nobody knows."""


@dataclass(slots=True)
class _Gathered:
    """Occurrences by the name and the moment of each; those changed by hand win over those of the rule."""

    made: dict[tuple[str, str], FoundTime] = field(default_factory=dict)
    changed: dict[tuple[str, str], FoundTime | None] = field(default_factory=dict)
    patience: Patience = field(default_factory=Patience)


def read_calendar(lines: Iterable[bytes], today: date, here: tzinfo | None = None) -> CalendarReading:
    """Read a calendar line by line; `here`: the time zone of this wall (None: that of the PC).

    What is broken is counted and left out; a file that is no calendar is refused whole. Raises CalendarRefused.
    """
    reading, blocks, gathered = CalendarReading(), Blocks(), _Gathered()
    window = (today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD))
    for batch in _batches(blocks.cut(lines)):
        for event in _events(blocks.zones, batch, reading):
            _take(event, window, here, reading, gathered)
    reading.unreadable += blocks.dropped
    times = {**gathered.made, **{key: one for key, one in gathered.changed.items() if one is not None}}
    gone = {key for key, one in gathered.changed.items() if one is None}
    reading.times = sorted(
        (one for key, one in times.items() if key not in gone), key=lambda one: (one.starts_at, one.uid)
    )
    return reading


def _batches(blocks: Iterator[bytes]) -> Iterator[list[bytes]]:
    while batch := list(islice(blocks, _BATCH)):
        yield batch


def _events(zones: Sequence[bytes], batch: list[bytes], reading: CalendarReading) -> Iterator[Any]:
    """Yield the events of a batch; where one breaks all of them, each alone."""
    found = _parsed(zones, batch)
    if found is not None:
        yield from found
        return
    for block in batch:
        alone = _parsed(zones, [block])
        if alone is None:
            reading.unreadable += 1
        else:
            yield from alone


def _parsed(zones: Sequence[bytes], batch: list[bytes]) -> list[Any] | None:
    from icalendar import Calendar

    whole = b"".join((b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", *zones, *batch, b"END:VCALENDAR\r\n"))
    try:
        calendar: Any = Calendar.from_ical(whole.decode("utf-8", errors="replace"))
        return list(calendar.walk("VEVENT"))
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        # The library's own way of saying that what it reads is no calendar.
        return None


def _take(
    event: Any, window: tuple[date, date], here: tzinfo | None, reading: CalendarReading, gathered: _Gathered
) -> None:
    try:
        _taken(event, window, here, reading, gathered)
    except _UnknownZone as zone:
        reading.unknown_zones.add(str(zone))
        reading.in_unknown_zone += 1
    except (Unreadable, ValueError, KeyError, AttributeError, TypeError, OverflowError):
        reading.unreadable += 1


def _taken(
    event: Any, window: tuple[date, date], here: tzinfo | None, reading: CalendarReading, gathered: _Gathered
) -> None:
    uid = str(event.get("UID") or "").strip()
    start = _moment(event, "DTSTART")
    if not uid or start is None:
        raise Unreadable
    minutes = _minutes(event, start)
    cancelled = str(event.get("STATUS") or "").upper() == "CANCELLED"
    recurrence = _moment(event, "RECURRENCE-ID")
    if recurrence is not None:
        key = (uid, _wall(recurrence, here).isoformat())
        gathered.changed[key] = (
            None if cancelled or not _within(start, minutes, window, here)
            else _found(event, f"{uid}@{key[1]}", start, minutes, here, uid)
        )  # fmt: skip
        return
    if cancelled:
        reading.cancelled += 1
    elif event.get("RRULE") is None and event.get("RDATE") is None:
        if _within(start, minutes, window, here):
            _keep(gathered, (uid, ""), _found(event, uid, start, minutes, here, None))
        else:
            reading.outside += 1
    else:
        _unroll(event, uid, (start, minutes), window, here, gathered)


def _unroll(
    event: Any,
    uid: str,
    first: tuple[date | datetime, int | None],
    window: tuple[date, date],
    here: tzinfo | None,
    gathered: _Gathered,
) -> None:
    """Keep each occurrence within the window, but those taken out (EXDATE)."""
    start, minutes = first
    told_out = list(dates_of(event, "EXDATE"))
    out = {_wall(each, here) for each in told_out}
    # Some calendars take out a whole day, whatever the hour.
    days_out = {each for each in told_out if not isinstance(each, datetime)}
    for moment in unrolled(event, start, window, gathered.patience, here):
        wall = _wall(moment, here)
        if _within(moment, minutes, window, here) and wall not in out and wall.date() not in days_out:
            key = (uid, wall.isoformat())
            _keep(gathered, key, _found(event, f"{uid}@{key[1]}", moment, minutes, here, uid))


def _keep(gathered: _Gathered, key: tuple[str, str], one: FoundTime) -> None:
    gathered.made[key] = one
    if len(gathered.made) > MAX_TIMES:
        raise CalendarRefused(TOO_MANY_TIMES)


def _moment(event: Any, name: str) -> date | datetime | None:
    told = event.get(name)
    if told is None:
        return None
    moment: date | datetime = told.dt
    zone = told.params.get("TZID")
    if isinstance(moment, datetime) and moment.tzinfo is None and zone and str(zone).upper() != "UTC":
        raise _UnknownZone(str(zone)[:80])
    return moment


def _minutes(event: Any, start: date | datetime) -> int | None:
    """Return how long an event lasts; None when it does not say."""
    end = _moment(event, "DTEND")
    if end is not None and isinstance(end, datetime) == isinstance(start, datetime):
        length = _length(start, end)
    elif event.get("DURATION") is not None:
        length = event.get("DURATION").dt
    else:
        return None
    minutes = int(length.total_seconds()) // 60
    if minutes < 0 or minutes > LONGEST_MINUTES:
        raise Unreadable
    return max(SHORTEST_MINUTES, minutes)


def _length(start: date | datetime, end: date | datetime) -> timedelta:
    if not (isinstance(start, datetime) and isinstance(end, datetime)):
        return datetime.combine(end, time.min) - datetime.combine(start, time.min)
    if (start.tzinfo is None) != (end.tzinfo is None):
        raise Unreadable
    return end - start


def _wall(moment: date | datetime, here: tzinfo | None) -> datetime:
    """Return a moment on this wall, without zone, to the minute; a day begins at midnight."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.min)
    if moment.tzinfo is not None:
        moment = moment.astimezone(here)
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def _within(
    moment: date | datetime, minutes: int | None, window: tuple[date, date], here: tzinfo | None
) -> bool:
    start = _wall(moment, here)
    return start.date() <= window[1] and (start + timedelta(minutes=minutes or 1)).date() >= window[0]


def _found(
    event: Any,
    uid: str,
    moment: date | datetime,
    minutes: int | None,
    here: tzinfo | None,
    series: str | None,
) -> FoundTime:
    all_day = not isinstance(moment, datetime)
    return FoundTime(
        uid[:500],
        _wall(moment, here),
        (minutes or DAY_MINUTES) if all_day else minutes,
        all_day,
        _line(event, "SUMMARY") or "Rendez-vous",
        _line(event, "LOCATION"),
        series,
    )


def _line(event: Any, name: str) -> str | None:
    told = str(event.get(name) or "")[: 4 * MAX_LINE]
    return optional_line(" ".join(told.split())[:MAX_LINE], MAX_LINE, name.lower())
