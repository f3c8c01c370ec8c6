"""The repetitions of a calendar of others (RRULE, RDATE), unrolled within a window and within a bounded time."""

from __future__ import annotations

import time as clock
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any

from caseworker_app.features.agenda.domain.ics_blocks import CalendarRefused

_TIMES_A_SERIES = 400
# Seconds of work for all the repetitions of a file; a rule that never falls is looked for until the year 9999.
_MOST_SECONDS = 15.0
_EARLIEST = date(1990, 1, 1)
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
    event: Any, start: date | datetime, window: tuple[date, date], patience: Patience
) -> list[date | datetime]:
    """Return the beginnings the rules of an event give within a window.

    In the event's own time zone, so that 14 h stays 14 h through the summer. Raises Unreadable, CalendarRefused.
    """
    from dateutil.rrule import rruleset, rrulestr

    zone = start.tzinfo if isinstance(start, datetime) else None
    naive = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time.min)
    if naive.date() < _EARLIEST:
        raise Unreadable
    # A day of margin: the window is that of this wall.
    last = datetime.combine(window[1] + timedelta(days=1), time.max)
    since = datetime.combine(window[0] - timedelta(days=63), time.min)
    every = rruleset()
    for rule in _rules(event):
        ends = _until(rule, zone)
        if ends is not None and ends < since:
            continue
        if not _may_fall(rule, naive.date(), since.date(), last.date()):
            continue
        made = rrulestr(_plain(rule), dtstart=naive)
        every.rrule(made.replace(until=min(ends or last, last)) if rule.get("COUNT") is None else made)
    for each in dates_of(event, "RDATE"):
        every.rdate(_naive(each, zone))
    begun = clock.process_time()
    found = [moment for moment in islice(every.xafter(since, inc=True), _TIMES_A_SERIES) if moment <= last]
    patience.spend(begun)
    return [moment.replace(tzinfo=zone) if isinstance(start, datetime) else moment.date() for moment in found]


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
    for rule in rules:
        if str(rule.get("FREQ", [""])[0]).upper() in _TOO_FAST:
            raise Unreadable
        often = str(rule.get("FREQ", [""])[0]).upper()
        # Of one day or one week these name nothing, and would be looked for in vain.
        if (often != "YEARLY" and "BYWEEKNO" in rule) or (
            often in ("DAILY", "WEEKLY") and "BYSETPOS" in rule
        ):
            raise Unreadable
    return rules


def _plain(rule: Any) -> str:
    """Return a rule without its end, which is told apart: dateutil wants it in the zone of the beginning."""
    kept = {name: values for name, values in rule.items() if name not in ("UNTIL", "SKIP", "RSCALE")}
    return ";".join(f"{name}={','.join(str(v) for v in _listed(values))}" for name, values in kept.items())


def _listed(values: Any) -> list[Any]:
    return list(values) if isinstance(values, list | tuple) else [values]


def _until(rule: Any, zone: tzinfo | None) -> datetime | None:
    told = rule.get("UNTIL")
    if not told:
        return None
    until = _listed(told)[0]
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
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
