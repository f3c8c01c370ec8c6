"""Days and months as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.kernel.dates import add_months, format_date, format_month, format_short_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.typed_days import parse_day, parse_month

NEAR = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("24/11/2026", date(2026, 11, 24)), ("8/12", date(2026, 12, 8)), ("08.12.26", date(2026, 12, 8)),
        ("mardi 8 décembre", date(2026, 12, 8)), ("1er déc.", date(2026, 12, 1)), ("27", date(2026, 11, 27)),
        ("5 janvier", date(2027, 1, 5)), ("5/1", date(2027, 1, 5)), ("14 juil. 2026", date(2026, 7, 14)),
        ("29/2/2028", date(2028, 2, 29)), ("3 août", date(2026, 8, 3)),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(typed: str, day: date) -> None:
    assert parse_day(typed, NEAR, "day") == day


@pytest.mark.parametrize("typed", ["", "demain", "32/1", "31/4/2026", "29/2/2027", "5 ju", "12/13", "99"])
def test_what_is_no_day_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        parse_day(typed, NEAR, "started_at")
    assert refused.value.field == "started_at"


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_written_is_read_back(day: date) -> None:
    assert parse_day(format_date(day), NEAR, "") == day


@given(st.integers(-150, 150))
def test_a_day_without_its_year_is_the_nearest(days: int) -> None:
    day = NEAR + timedelta(days=days)
    assert parse_day(format_short_date(day).replace("\u00a0", " "), NEAR, "") == day


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("11/2026", date(2026, 11, 1)), ("nov. 2026", date(2026, 11, 1)), ("Décembre", date(2026, 12, 1)),
        ("1", date(2027, 1, 1)), ("05/26", date(2026, 5, 1)), ("juillet", date(2026, 7, 1)),
    ],
)  # fmt: skip
def test_months_are_read_as_people_write_them(typed: str, month: date) -> None:
    assert parse_month(typed, NEAR, "month") == month


@pytest.mark.parametrize("typed", ["", "13", "0/2026", "prochain", "ju", "24/11/2026"])
def test_what_is_no_month_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        parse_month(typed, NEAR, "month")
    assert refused.value.field == "month"


@given(st.integers(-600, 600))
def test_a_month_written_is_read_back(months: int) -> None:
    month = add_months(date(2026, 11, 1), months)
    assert parse_month(format_month(month), NEAR, "") == month
    assert parse_month(f"{month.month:02d}/{month.year}", NEAR, "") == month
