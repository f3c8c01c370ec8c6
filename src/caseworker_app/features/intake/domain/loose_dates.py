"""Dates as follow-up tables write them: « mars 26 », « 12.03.26 », « S12 », « fin 2025 », « 12/03 », « 2024 ? ».

What is not told of a date is never made up silently: each one says how precise it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from caseworker_app.features.intake.domain import values
from caseworker_app.kernel.dates import MONTHS, end_of_month, format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold

OLDEST_YEAR = 1980


class Precision(IntEnum):
    """How precise a date is; `YEARLESS`: day and month are told, the year is understood."""

    DAY = 0
    YEARLESS = 1
    WEEK = 2
    MONTH = 3
    YEAR = 4


@dataclass(frozen=True, slots=True)
class LooseDate:
    """A date read; `rest` is what stands beside it in the cell."""

    day: date
    precision: Precision
    rest: str = ""

    @property
    def is_exact(self) -> bool:
        """Say whether the day is told."""
        return self.precision <= Precision.YEARLESS

    def words(self) -> str:
        """Say what was understood: « jour non précisé : 1er mars 2026 »."""
        return f"{_UNTOLD[self.precision]}\u00a0: {format_date(self.day)}"


_UNTOLD = {
    Precision.DAY: "date lue",
    Precision.YEARLESS: "année non précisée",
    Precision.WEEK: "semaine seule, lundi retenu",
    Precision.MONTH: "jour non précisé",
    Precision.YEAR: "mois et jour non précisés",
}

_MONTH_NAMES = {fold(name): number for number, name in enumerate(MONTHS, 1)}
_MONTH_NAMES |= {
    fold(name)[:length]: number
    for number, name in enumerate(MONTHS, 1)
    for length in (3, 4)
    if fold(name)[:3] != "jui" or length == 4
}
_MONTH_NAMES |= {"juil": 7, "juill": 7, "sept": 9, "aou": 8, "fevr": 2, "janv": 1}
_MONTH = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))

_LEAD = re.compile(
    r"^(?:(?:le|du|depuis(?: le)?|des|vers|env|environ|courant|ca|au|fin prevue|prevu|prevue|en"
    r"|a partir (?:du|de))\s+)+"
)
# Run on folded text: « 12/03/26 » is « 12 03 26 », « S.12 » is « s 12 ».
_FULL = re.compile(r"(\d{1,2}) (\d{1,2}) (\d{4}|\d{2})\b")
_ISO = re.compile(r"((?:19|20)\d{2}) (\d{1,2}) (\d{1,2})\b(?: \d{1,2} \d{2}(?: \d{2})?(?: 0+)?)?")
_DAY_OF_MONTH = re.compile(rf"(?:[a-z]{{5,8}} )?(\d{{1,2}})(?: ?er)? ({_MONTH})\b(?: (\d{{4}}|\d{{2}})\b)?")
_WEEK = re.compile(r"(?:s|sem|semaine) ?(\d{1,2})\b(?: (\d{4}|\d{2})\b)?")
_MONTH_ALONE = re.compile(rf"(?:(debut|mi|fin|courant) )?({_MONTH})\b(?: (\d{{4}}|\d{{2}})\b)?")
_MONTH_YEAR = re.compile(r"(\d{1,2}) ((?:19|20)\d{2})\b")
_TWO = re.compile(r"(\d{1,2}) (\d{1,2})\b")
_QUARTER = re.compile(r"(?:t ?([1-4])|([1-4])(?: ?er| ?e| ?eme)? (?:trimestre|trim))\b(?: (\d{4}))?")
_YEAR = re.compile(r"(?:(debut|mi|fin|annee|courant) )?((?:19|20)\d{2})\b")


def parse_loose(text: str, today: date, year: int | None = None) -> LooseDate:
    """Read a date of a follow-up table; `year`: that of the sheet, for dates that tell none.

    Without a year told, the latest day that is not to come is meant. What cannot be a day raises InvalidEntry.
    """
    text = text.strip()
    try:
        return LooseDate(_in_bounds(values.parse_date(text, today), today), Precision.DAY)
    except InvalidEntry as error:
        if error.sentence == values.NO_SUCH_DAY:
            raise
    folded = _LEAD.sub("", fold(text[:200]))
    for pattern, build in _FORMS:
        match = pattern.match(folded)
        found = build(match, today, year) if match else None
        if match and found is not None:
            day, precision = found
            return LooseDate(_in_bounds(day, today), precision, folded[match.end() :].strip())
    raise InvalidEntry(values.NOT_A_DATE)


def _in_bounds(day: date, today: date) -> date:
    if not OLDEST_YEAR <= day.year <= today.year + 5:
        raise InvalidEntry(values.TOO_FAR)
    return day


Found = tuple[date, Precision] | None


def _year(text: str | None, today: date, told: int | None) -> int | None:
    if text is None:
        return told
    return int(text) if len(text) == 4 else today.year // 100 * 100 + int(text)


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise InvalidEntry(values.NO_SUCH_DAY) from error


def _latest(month: int, day: int, today: date) -> date:
    """Return the last such day that is not to come; 29 February looks back as far as needed."""
    if month == 2 and day == 29:
        year = next(
            y for y in range(today.year, today.year - 9, -1) if y % 4 == 0 and (y, 2, 29) <= _parts(today)
        )
        return date(year, 2, 29)
    this = _made(today.year, month, day)
    return this if this <= today else this.replace(year=today.year - 1)


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _without_year(month: int, day: int, today: date, year: int | None) -> date:
    return _made(year, month, day) if year is not None else _latest(month, day, today)


def _full(match: re.Match[str], today: date, _year_told: int | None) -> Found:
    year = _year(match[3], today, None) or today.year
    return _made(year, int(match[2]), int(match[1])), Precision.DAY


def _iso(match: re.Match[str], _today: date, _year_told: int | None) -> Found:
    return _made(int(match[1]), int(match[2]), int(match[3])), Precision.DAY


def _day_of_month(match: re.Match[str], today: date, told: int | None) -> Found:
    month, day = _MONTH_NAMES[match[2]], int(match[1])
    if match[3]:
        return _made(_year(match[3], today, None) or today.year, month, day), Precision.DAY
    return _without_year(month, day, today, told), Precision.YEARLESS


def _week(match: re.Match[str], today: date, told: int | None) -> Found:
    week, year = int(match[1]), _year(match[2], today, told)
    if not 1 <= week <= 53:
        return None
    try:
        if year is None:
            monday = date.fromisocalendar(today.year, week, 1)
            monday = monday if monday <= today else date.fromisocalendar(today.year - 1, min(week, 52), 1)
        else:
            monday = date.fromisocalendar(year, week, 1)
    except ValueError as error:
        raise InvalidEntry(values.NO_SUCH_DAY) from error
    return monday, Precision.WEEK


def _month_alone(match: re.Match[str], today: date, told: int | None) -> Found:
    month, year = _MONTH_NAMES[match[2]], _year(match[3], today, told)
    first = _latest(month, 1, today) if year is None else date(year, month, 1)
    return _part_of_month(first, match[1]), Precision.MONTH


def _month_year(match: re.Match[str], _today: date, _told: int | None) -> Found:
    month = int(match[1])
    return (date(int(match[2]), month, 1), Precision.MONTH) if 1 <= month <= 12 else None


def _two(match: re.Match[str], today: date, told: int | None) -> Found:
    """Read « 12/03 » as a day and a month, « 03/26 » as a month and a year: no month is the 26th."""
    first, second = int(match[1]), int(match[2])
    if second > 12:
        this_century = today.year // 100 * 100 + second
        ok = 1 <= first <= 12 and this_century <= today.year + 5
        return (date(this_century, first, 1), Precision.MONTH) if ok else None
    if not second or not first:
        return None
    return _without_year(second, first, today, told), Precision.YEARLESS


def _quarter(match: re.Match[str], today: date, told: int | None) -> Found:
    year = _year(match[3], today, told) or today.year
    return date(year, 3 * int(match[1] or match[2]) - 2, 1), Precision.MONTH


def _year_alone(match: re.Match[str], _today: date, _told: int | None) -> Found:
    year = int(match[2])
    month = {"mi": 7, "fin": 12}.get(match[1] or "", 1)
    return date(year, month, 1), Precision.YEAR


def _part_of_month(first: date, part: str | None) -> date:
    if part == "mi":
        return first + timedelta(days=14)
    return end_of_month(first) if part == "fin" else first


_FORMS = (
    (_ISO, _iso),
    (_FULL, _full),
    (_DAY_OF_MONTH, _day_of_month),
    (_WEEK, _week),
    (_MONTH_ALONE, _month_alone),
    (_MONTH_YEAR, _month_year),
    (_TWO, _two),
    (_QUARTER, _quarter),
    (_YEAR, _year_alone),
)
