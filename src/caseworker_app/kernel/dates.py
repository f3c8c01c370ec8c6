"""Dates as people of the field write and read them; months as the first day of the month."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SHORT_MONTHS = (
    "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_NB = "\u00a0"


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends included; `end` None means it still runs."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end is not None and self.end < self.start:
            raise ValueError("a period ends on or after its start")

    def __lt__(self, other: Period) -> bool:
        """Order by start, then by end; one that still runs comes after those that ended."""
        return (self.start, self.end or date.max) < (other.start, other.end or date.max)

    def holds(self, day: date) -> bool:
        """Say whether `day` lies in the period."""
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: Period) -> bool:
        """Say whether the two periods share a day."""
        return self.start <= (other.end or date.max) and other.start <= (self.end or date.max)


def month_of(day: date) -> date:
    """Return the month of a day, as its first day."""
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """Move a date by whole months, held back at the end of a shorter month (31 January + 1 = 28 February).

    Raises ValueError outside the years 1 to 9999.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_month(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_between(first: date, last: date) -> list[date]:
    """List the months (first days) from the month of `first` to the month of `last`, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return [add_months(month_of(first), i) for i in range(count + 1)]


def age_on(birth: date, day: date) -> int:
    """Return the age in whole years on a day, negative before birth.

    Born on 29 February, one ages on 1 March.
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def format_date(day: date) -> str:
    """Write a date as 24/11/2026."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_long_date(day: date, *, weekday: bool = False) -> str:
    """Write « 24 novembre 2026 », or « mardi 24 novembre 2026 »; the first of a month is « 1er »."""
    text = f"{_day_number(day)}{_NB}{MONTHS[day.month - 1]}{_NB}{day.year}"
    return f"{WEEKDAYS[day.weekday()]} {text}" if weekday else text


def format_short_date(day: date) -> str:
    """Write « 24 nov. », « 1er nov. » (the year is told by the context)."""
    return f"{_day_number(day)}{_NB}{SHORT_MONTHS[day.month - 1]}"


def format_month(month: date) -> str:
    """Write « novembre 2026 »."""
    return f"{MONTHS[month.month - 1]}{_NB}{month.year}"


def _day_number(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)
