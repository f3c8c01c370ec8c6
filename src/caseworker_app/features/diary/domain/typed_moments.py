"""Days, hours and lengths as people type them while they write a visit."""

from __future__ import annotations

import re
from datetime import date, time

from caseworker_app.features.diary.domain.entry import MAX_MINUTES
from caseworker_app.kernel.dates import MONTHS
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold

_DAY = re.compile(r"(\d{1,2})(?:er)?(?:[\s./-]+([a-z]{3,}\.?|\d{1,2})(?:[\s./-]+(\d{2}|\d{4}))?)?", re.ASCII)
_HOUR = re.compile(r"(\d{1,2})\s*(?:[h:.]\s*(\d{2})?)?|(\d{1,2})(\d{2})", re.ASCII)
_LENGTH = re.compile(r"(?:(\d{1,2})\s*h\s*(\d{1,2})?|(\d{1,4}))\s*(?:min\.?|mn|minutes?)?", re.ASCII)
_WEEKDAY = re.compile(r"^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+")
_UNREADABLE_DAY = "Cette date n’est pas lisible\u00a0: écrivez-la comme 24/11/2026."
_UNREADABLE_HOUR = "Cette heure n’est pas lisible\u00a0: écrivez-la comme 14:30."
_UNREADABLE_LENGTH = "Cette durée n’est pas lisible\u00a0: écrivez des minutes, comme 50."


def parse_day(text: str, near: date, field: str) -> date:
    """Read « 24/11/2026 », « 24/11 », « 24 nov. » or « 24 »; what is not said is taken nearest to `near`.

    Raises InvalidEntry for `field`.
    """
    found = _DAY.fullmatch(
        _WEEKDAY.sub("", " ".join(fold(text).split())) if "/" not in text else text.strip()
    )
    if found is None:
        raise InvalidEntry(_UNREADABLE_DAY, field)
    day, month, year = int(found[1]), _month(found[2], near, field), found[3]
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        return _nearest(day, month, near)
    except ValueError as error:
        raise InvalidEntry("Cette date n’existe pas\u00a0: vérifiez le jour et le mois.", field) from error


def parse_hour(text: str, field: str) -> time:
    """Read « 14:30 », « 14 h 30 », « 14h », « 1430 » or « 9 ». Raises InvalidEntry for `field`."""
    found = _HOUR.fullmatch(" ".join(text.lower().split()))
    if found is None:
        raise InvalidEntry(_UNREADABLE_HOUR, field)
    hour, minute = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    if hour > 23 or minute > 59:
        raise InvalidEntry(_UNREADABLE_HOUR, field)
    return time(hour, minute)


def parse_length(text: str, field: str) -> int | None:
    """Read « 50 », « 50 min », « 1 h 10 » as minutes; None when nothing is typed. Raises InvalidEntry."""
    typed = " ".join(text.lower().split())
    if not typed:
        return None
    found = _LENGTH.fullmatch(typed)
    if found is None:
        raise InvalidEntry(_UNREADABLE_LENGTH, field)
    minutes = int(found[3]) if found[3] else int(found[1]) * 60 + int(found[2] or 0)
    if minutes > MAX_MINUTES:
        raise InvalidEntry("Une durée s’écrit en minutes, 24 heures au plus.", field)
    return minutes


def format_hour(hour: time) -> str:
    """Write an hour as it is typed: « 14:05 »."""
    return f"{hour.hour:02d}:{hour.minute:02d}"


def spoken_hour(hour: time) -> str:
    """Write an hour for a sentence: « 14 h 05 », « 14 h »."""
    minutes = f"\u00a0{hour.minute:02d}" if hour.minute else ""
    return f"{hour.hour}\u00a0h{minutes}"


def _month(typed: str | None, near: date, field: str) -> int:
    if typed is None:
        return near.month
    if typed.isdigit():
        return int(typed)
    begun = [number for number, name in enumerate(MONTHS, 1) if fold(name).startswith(typed.rstrip("."))]
    short = {"juil": [7], "juill": [7]}.get(typed.rstrip("."), begun)
    if len(short) != 1:
        raise InvalidEntry(_UNREADABLE_DAY, field)
    return short[0]


def _nearest(day: int, month: int, near: date) -> date:
    """Return the date of that day and month closest to `near`. Raises ValueError when no such day exists."""
    found = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    if not found:
        raise ValueError("no such day")
    return min(found, key=lambda each: abs((each - near).days))
