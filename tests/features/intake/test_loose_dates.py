"""Dates of follow-up tables: read as people write them, and what is not told is said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.intake.domain.loose_dates import LooseDate, Precision, parse_loose
from caseworker_app.kernel.dates import MONTHS
from caseworker_app.kernel.errors import InvalidEntry

TODAY = date(2026, 11, 22)
days = st.dates(date(1990, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("12/03/2026", date(2026, 3, 12), Precision.DAY),
        ("12.03.26", date(2026, 3, 12), Precision.DAY),
        ("2026-03-12", date(2026, 3, 12), Precision.DAY),
        ("1er mars 2026", date(2026, 3, 1), Precision.DAY),
        ("lundi 2 mars 2026", date(2026, 3, 2), Precision.DAY),
        ("depuis le 12/03/24", date(2024, 3, 12), Precision.DAY),
        ("12/03", date(2026, 3, 12), Precision.YEARLESS),
        ("25/12", date(2025, 12, 25), Precision.YEARLESS),
        ("29/02", date(2024, 2, 29), Precision.YEARLESS),
        ("S12", date(2026, 3, 16), Precision.WEEK),
        ("sem. 50", date(2025, 12, 8), Precision.WEEK),
        ("semaine 12 2025", date(2025, 3, 17), Precision.WEEK),
        ("mars 26", date(2026, 3, 1), Precision.MONTH),
        ("juil. 25", date(2025, 7, 1), Precision.MONTH),
        ("août 2025", date(2025, 8, 1), Precision.MONTH),
        ("mi-mars 26", date(2026, 3, 15), Precision.MONTH),
        ("fin février 2024", date(2024, 2, 29), Precision.MONTH),
        ("03/26", date(2026, 3, 1), Precision.MONTH),
        ("03/2026", date(2026, 3, 1), Precision.MONTH),
        ("T2 2026", date(2026, 4, 1), Precision.MONTH),
        ("2024", date(2024, 1, 1), Precision.YEAR),
        ("fin 2025", date(2025, 12, 1), Precision.YEAR),
    ],
)
def test_a_date_is_read_with_how_precise_it_is(text: str, day: date, precision: Precision) -> None:
    found = parse_loose(text, TODAY)
    assert (found.day, found.precision) == (day, precision)


def test_what_stands_beside_a_date_is_told() -> None:
    assert parse_loose("01/03/2026 (renouvelé)", TODAY) == LooseDate(
        date(2026, 3, 1), Precision.DAY, "renouvele"
    )


def test_the_year_of_the_sheet_is_that_of_its_dates() -> None:
    assert parse_loose("12/03", TODAY, 2024).day == date(2024, 3, 12)
    assert parse_loose("S1", TODAY, 2024).day == date(2024, 1, 1)
    assert parse_loose("décembre", TODAY, 2024).day == date(2024, 12, 1)


@pytest.mark.parametrize(
    "text", ["31/02/2026", "30/02", "?", "oui", "12/13/14/15", "S60", "1850", "12/03/2045", ""]
)
def test_what_can_be_no_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidEntry):
        parse_loose(text, TODAY)


@given(days)
def test_a_month_without_day_is_that_month(day: date) -> None:
    found = parse_loose(f"{MONTHS[day.month - 1]} {day.year}", TODAY)
    assert (found.day, found.precision) == (day.replace(day=1), Precision.MONTH)


@given(days)
def test_a_week_begins_on_its_monday(day: date) -> None:
    year, week, _ = day.isocalendar()
    found = parse_loose(f"S{week} {year}", TODAY)
    assert found.day.weekday() == 0
    assert timedelta() <= day - found.day < timedelta(7)


@given(days)
def test_without_a_year_the_latest_day_that_is_past_is_meant(day: date) -> None:
    found = parse_loose(f"{day:%d/%m}", TODAY)
    assert (found.day.month, found.day.day) == (day.month, day.day)
    assert found.day <= TODAY
    # 29 February looks back to the last leap year.
    assert (TODAY - found.day).days < (366 if (day.month, day.day) != (2, 29) else 4 * 366)


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        found = parse_loose(text, TODAY)
    except InvalidEntry:
        return
    assert 1980 <= found.day.year <= TODAY.year + 5
