"""Days and months as people type them, in any room."""

from __future__ import annotations

import re
from datetime import date

from caseworker_app.kernel.dates import MONTHS
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold

_DAY = re.compile(r"(\d{1,2})(?:er)?(?:[\s./-]+([a-z]{3,}\.?|\d{1,2})(?:[\s./-]+(\d{2}|\d{4}))?)?", re.ASCII)
_WEEKDAY = re.compile(r"^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+")
_MONTH = re.compile(r"([a-z]{3,}\.?|\d{1,2})(?:[\s./-]+(\d{2}|\d{4}))?", re.ASCII)
_UNREADABLE_MONTH = "Ce mois n’est pas lisible\u00a0: écrivez-le comme 11/2026."
_UNREADABLE_DAY = "Cette date n’est pas lisible\u00a0: écrivez-la comme 24/11/2026."


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


def parse_month(text: str, near: date, field: str) -> date:
    """Read « 11/2026 », « nov. 2026 », « novembre » or « 11 » and return its first day.

    A year that is not said is taken nearest to `near`. Raises InvalidEntry for `field`.
    """
    found = _MONTH.fullmatch(" ".join(fold(text).split()) if "/" not in text else text.strip())
    if found is None:
        raise InvalidEntry(_UNREADABLE_MONTH, field)
    try:
        number, year = _month(found[1], near, field), found[2]
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), number, 1)
        return min(
            (date(near.year + more, number, 1) for more in (-1, 0, 1)), key=lambda m: abs((m - near).days)
        )
    except (ValueError, InvalidEntry) as error:
        raise InvalidEntry(_UNREADABLE_MONTH, field) from error


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
