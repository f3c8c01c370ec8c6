"""Lengths as people type them in the agenda: « 50 », « 1 h 30 », « 3 jours »."""

from __future__ import annotations

import re

from caseworker_app.features.diary.domain.appointment import DAY_MINUTES, LONGEST_MINUTES
from caseworker_app.features.diary.domain.typed_moments import parse_length
from caseworker_app.kernel.errors import InvalidEntry

_DAYS = re.compile(r"(\d{1,3})\s*(?:j|jours?)\.?", re.ASCII)
_NB = "\u00a0"


def parse_duration(text: str, field: str) -> int | None:
    """Read a length as minutes, days included; None when nothing is typed. Raises InvalidEntry for `field`."""
    found = _DAYS.fullmatch(" ".join(text.lower().split()))
    if found is None:
        return parse_length(text, field)
    minutes = int(found[1]) * DAY_MINUTES
    if not 0 < minutes <= LONGEST_MINUTES:
        raise InvalidEntry(f"Une durée va jusqu’à {LONGEST_MINUTES // DAY_MINUTES}{_NB}jours.", field)
    return minutes


def duration_typed(minutes: int | None) -> str:
    """Write a length as it is typed: « 1 h 30 », « 50 min », « 3 jours »; nothing for None."""
    if minutes is None:
        return ""
    days, rest = divmod(minutes, DAY_MINUTES)
    if days and not rest:
        return f"{days}{_NB}jour" + ("s" if days > 1 else "")
    hours, left = divmod(minutes, 60)
    if not hours:
        return f"{left}{_NB}min"
    return f"{hours}{_NB}h{_NB}{left:02d}" if left else f"{hours}{_NB}h"
