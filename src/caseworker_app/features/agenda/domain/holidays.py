"""French public holidays (« jours fériés ») of a span of days, from the dated table `public_holidays`.

Code du travail, art. L3133-1 for the eleven of everywhere; L3134-13 adds two in Alsace and Moselle, where asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from caseworker_app.kernel.parameters import every_value

TABLE = "public_holidays"
NATIONAL, ALSACE_MOSELLE = "national", "alsace_moselle"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off, by its name."""

    day: date
    name: str


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of a Gregorian year: the Sunday after the full moon of the church, on or after 21 March.

    Computed from the golden number (place in the 19-year cycle of the moon), the epact (age of the moon on 1 January,
    with the leap days dropped each century and the moon's own correction) and the day of the week. Raises ValueError
    before 1583.
    """
    if year < 1583:
        raise ValueError("the Gregorian calendar began in 1582")
    century, golden = year // 100, year % 19
    dropped, moon = century - century // 4, (8 * century + 13) // 25
    epact = (dropped - moon + 19 * golden + 15) % 30
    # The two epacts that would put the full moon on a 19 April twice in a cycle.
    if epact == 29 or (epact == 28 and golden > 10):
        epact -= 1
    full_moon = date(year, 3, 21) + timedelta(days=epact)
    return full_moon + timedelta(days=7 - (full_moon.weekday() + 1) % 7)


def holidays(first: date, last: date, *, alsace_moselle: bool = False) -> tuple[Holiday, ...]:
    """Return the holidays from `first` to `last`, both included, by date."""
    wanted = {NATIONAL, ALSACE_MOSELLE} if alsace_moselle else {NATIONAL}
    rows = [row for key, row in every_value(TABLE) if key in wanted]
    found = [
        Holiday(day, row.value["label"])
        for year in range(first.year, last.year + 1)
        for row in rows
        for day in _days(row.value, year)
        if first <= day <= last and row.in_force(day)
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.name)))


def _days(value: dict[str, Any], year: int) -> Iterator[date]:
    if "easter" in value:
        yield easter_sunday(year) + timedelta(days=value["easter"])
    else:
        yield date(year, value["month"], value["day"])
