"""The repetitions of a calendar of others (RRULE, RDATE), unrolled within a window and within a bounded time."""

from __future__ import annotations

import time as clock
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import TYPE_CHECKING, Any

from caseworker_app.features.agenda.domain.ics_blocks import CalendarRefused

if TYPE_CHECKING:
    from dateutil.rrule import rruleset

_TIMES_A_SERIES = 400
# Seconds of work for all the repetitions of a file; a rule that never falls is looked for until the year 9999.
_MOST_SECONDS = 15.0
_EARLIEST = date(1990, 1, 1)
# Days before the window from which a rule is followed: what lasts began earlier.
_BEFORE = 63
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TOO_FAST = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
TOO_LONG = (
    "Cet agenda a trop de répétitions pour être lu d’un coup\u00a0: exportez une période plus courte, "
    "ou un seul des agendas."
)


class Unreadable(Exception):
    """An event that says no hour, or a rule nobody can follow."""


@dataclass(slots=True)
class Patience:
    """How long the repetitions of one file have been unrolled, in seconds of the processor."""

    spent: float = 0.0

    def spend(self, since: float) -> None:
        """Count what was spent since an instant of the processor. Raises CalendarRefused when it is too much."""
        self.spent += clock.process_time() - since
        if self.spent > _MOST_SECONDS:
            raise CalendarRefused(TOO_LONG)


def unrolled(
    event: Any,
    start: date | datetime,
    window: tuple[date, date],
    patience: Patience,
    here: tzinfo | None = None,
) -> list[date | datetime]:
    """Return the beginnings the rules of an event give within a window.

    In the event's own time zone, so that 14 h stays 14 h through the summer; one without zone is on this wall, whose
    zone is `here` (None: that of the PC). Raises Unreadable, CalendarRefused.
    """
    from dateutil.rrule import rruleset, rrulestr

    zone = start.tzinfo if isinstance(start, datetime) else None
    first = _naive(start, zone)
    if first.date() < _EARLIEST:
        raise Unreadable
    # A day of margin: the window is that of this wall.
    last = datetime.combine(window[1] + timedelta(days=1), time.max)
    since = datetime.combine(window[0] - timedelta(days=_BEFORE), time.min)
    every = rruleset()
    for rule in _rules(event):
        ends = _until(rule, zone, here)
        over = ends is not None and ends < since
        if not over and _may_fall(rule, first.date(), since.date(), last.date()):
            made = rrulestr(_plain(rule), dtstart=first)
            every.rrule(made.replace(until=min(ends or last, last)) if rule.get("COUNT") is None else made)
    if event.get("RRULE") is None:
        # Days named one by one come beside the first one (RFC 5545, 3.8.5.2).
        every.rdate(first)
    for each in dates_of(event, "RDATE"):
        every.rdate(_naive(each, zone))
    found = _fallen(every, since, last, patience)
    return [moment.replace(tzinfo=zone) if isinstance(start, datetime) else moment.date() for moment in found]


def _fallen(every: rruleset, since: datetime, last: datetime, patience: Patience) -> list[datetime]:
    """Return when a set of rules falls between two moments, both included. Raises CalendarRefused."""
    begun = clock.process_time()
    found = [moment for moment in islice(every.xafter(since, inc=True), _TIMES_A_SERIES) if moment <= last]
    patience.spend(begun)
    return found


def _may_fall(rule: Any, start: date, since: date, last: date) -> bool:
    """Say whether any day of a window has the month, the day and the weekday a rule names."""
    months = {int(each) for each in _listed(rule.get("BYMONTH", []))}
    days = {int(each) for each in _listed(rule.get("BYMONTHDAY", []))}
    weekdays = {str(each)[-2:].upper() for each in _listed(rule.get("BYDAY", []))}
    for number in range((last - since).days + 1):
        day = since + timedelta(days=number)
        left = monthrange(day.year, day.month)[1] - day.day + 1
        if (
            (not months or day.month in months)
            and (not days or day.day in days or -left in days)
            and (not weekdays or _WEEKDAYS[day.weekday()] in weekdays)
        ):
            return start <= last
    return False


def _rules(event: Any) -> list[Any]:
    told = event.get("RRULE")
    rules = told if isinstance(told, list) else [] if told is None else [told]
    if any(map(_endless, rules)):
        raise Unreadable
    return rules


def _endless(rule: Any) -> bool:
    """Say whether a rule falls too often, or names what one day or one week has none of: looked for in vain."""
    often = str(rule.get("FREQ", [""])[0]).upper()
    return (
        often in _TOO_FAST
        or (often != "YEARLY" and "BYWEEKNO" in rule)
        or (often in ("DAILY", "WEEKLY") and "BYSETPOS" in rule)
    )


def _plain(rule: Any) -> str:
    """Return a rule without its end, which is told apart: dateutil wants it in the zone of the beginning."""
    kept = {name: values for name, values in rule.items() if name not in ("UNTIL", "SKIP", "RSCALE")}
    return ";".join(f"{name}={','.join(str(v) for v in _listed(values))}" for name, values in kept.items())


def _listed(values: Any) -> list[Any]:
    return list(values) if isinstance(values, list | tuple) else [values]


def _until(rule: Any, zone: tzinfo | None, here: tzinfo | None) -> datetime | None:
    told = rule.get("UNTIL")
    if not told:
        return None
    until = _listed(told)[0]
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    if zone is None and until.tzinfo is not None:
        return until.astimezone(here).replace(tzinfo=None)
    return _naive(until, zone)


def _naive(moment: date | datetime, zone: tzinfo | None) -> datetime:
    """Return a moment on the wall of a zone, without zone."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.min)
    if moment.tzinfo is None or zone is None:
        return moment.replace(tzinfo=None)
    return moment.astimezone(zone).replace(tzinfo=None)


def dates_of(event: Any, name: str) -> Iterator[date | datetime]:
    """Yield the days or moments of a list of an event (EXDATE, RDATE)."""
    told = event.get(name)
    for group in told if isinstance(told, list) else [] if told is None else [told]:
        for each in group.dts:
            value = each.dt
            yield value[0] if isinstance(value, tuple) else value
