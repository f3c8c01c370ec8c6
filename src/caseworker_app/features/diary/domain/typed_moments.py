"""Hours, lengths and distances as people type them while they write a visit; days are read by `kernel.typed_days`."""

from __future__ import annotations

import re
from datetime import time

from caseworker_app.features.diary.domain.entry import MAX_MINUTES
from caseworker_app.kernel.errors import InvalidEntry

_HOUR = re.compile(r"(\d{1,2})\s*(?:[h:.]\s*(\d{2})?)?|(\d{1,2})(\d{2})", re.ASCII)
_LENGTH = re.compile(r"(?:(\d{1,2})\s*h\s*(\d{1,2})?|(\d{1,4}))\s*(?:min\.?|mn|minutes?)?", re.ASCII)
_KILOMETRES = re.compile(r"(\d{1,4})(?:[.,](\d))?\s*(?:km)?", re.ASCII)
_UNREADABLE_HOUR = "Cette heure n’est pas lisible\u00a0: écrivez-la comme 14:30."
_UNREADABLE_LENGTH = "Cette durée n’est pas lisible\u00a0: écrivez des minutes, comme 50."


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


def parse_kilometres(text: str, field: str) -> int | None:
    """Read « 12 », « 12,5 », « 12,5 km » as metres; None when nothing is typed. Raises InvalidEntry for `field`."""
    typed = " ".join(text.lower().split())
    if not typed:
        return None
    found = _KILOMETRES.fullmatch(typed)
    if found is None:
        raise InvalidEntry(
            "Cette distance n’est pas lisible\u00a0: écrivez des kilomètres, comme 12,5.", field
        )
    return int(found[1]) * 1000 + int(found[2] or 0) * 100


def typed_kilometres(metres: int | None) -> str:
    """Write a distance as it is typed: « 12,5 », « 12 », empty for None."""
    if metres is None:
        return ""
    whole, tenths = divmod(round(metres / 100), 10)
    return f"{whole},{tenths}" if tenths else str(whole)


def format_kilometres(metres: int) -> str:
    """Write a distance for a sentence: « 12,5 km »."""
    return f"{typed_kilometres(metres)}\u00a0km"


def travel_words(minutes: int | None, metres: int | None) -> str:
    """Return « trajet 25 min, 12,5 km », empty when nothing of the way is told."""
    parts = [f"{minutes}\u00a0min"] if minutes else []
    parts += [format_kilometres(metres)] if metres else []
    return f"trajet {', '.join(parts)}" if parts else ""


def format_hour(hour: time) -> str:
    """Write an hour as it is typed: « 14:05 »."""
    return f"{hour.hour:02d}:{hour.minute:02d}"


def spoken_hour(hour: time) -> str:
    """Write an hour for a sentence: « 14 h 05 », « 14 h »."""
    minutes = f"\u00a0{hour.minute:02d}" if hour.minute else ""
    return f"{hour.hour}\u00a0h{minutes}"
