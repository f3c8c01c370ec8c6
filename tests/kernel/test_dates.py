"""Months, ages, periods and French dates, leap days included."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.kernel.dates import (
    MONTHS,
    SHORT_MONTHS,
    WEEKDAYS,
    Period,
    add_months,
    age_on,
    end_of_month,
    format_date,
    format_long_date,
    format_month,
    format_short_date,
    month_of,
    months_between,
)

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
MOVES = st.integers(-1200, 1200)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_a_month_more_is_held_back_at_the_end_of_shorter_months(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


@given(DAYS, MOVES)
def test_adding_months_lands_in_the_right_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, monthrange(moved.year, moved.month)[1])


@given(DAYS, DAYS, MOVES)
def test_adding_months_keeps_days_in_order(first: date, second: date, months: int) -> None:
    first, second = sorted((first, second))
    assert add_months(first, months) <= add_months(second, months)


@given(DAYS, MOVES, MOVES)
def test_months_are_counted_from_first_days(day: date, some: int, more: int) -> None:
    first = month_of(day)
    assert add_months(add_months(first, some), more) == add_months(first, some + more)


@pytest.mark.parametrize(("day", "months"), [(date.min, -1), (date.max, 1)])
def test_there_is_no_month_outside_the_calendar(day: date, months: int) -> None:
    with pytest.raises(ValueError, match="year"):
        add_months(day, months)


@given(DAYS)
def test_a_month_runs_from_its_first_to_its_last_day(day: date) -> None:
    first, last = month_of(day), end_of_month(day)
    assert first <= day <= last
    assert first.day == 1
    assert (last + timedelta(1)).day == 1
    assert month_of(last) == first


@given(DAYS, st.integers(0, 60))
def test_months_between_two_days_are_listed_once_each(day: date, count: int) -> None:
    months = months_between(day, add_months(day, count))
    assert len(months) == count + 1
    assert months[0] == month_of(day)
    assert all(add_months(a, 1) == b for a, b in pairwise(months))


def test_there_are_no_months_between_days_the_wrong_way_round() -> None:
    assert months_between(date(2026, 3, 1), date(2026, 1, 31)) == []


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2008, 11, 24), date(2026, 11, 23), 17),
        (date(2008, 11, 24), date(2026, 11, 24), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2026, 11, 24), date(2026, 11, 24), 0),
        (date(2026, 11, 25), date(2026, 11, 24), -1),
    ],
)
def test_one_ages_on_the_birthday(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@given(DAYS, DAYS)
def test_age_grows_by_one_a_year(birth: date, day: date) -> None:
    assert age_on(birth, day) <= age_on(birth, day + timedelta(1)) <= age_on(birth, day) + 1
    assert age_on(birth, birth) == 0


def test_a_period_holds_both_its_ends() -> None:
    period = Period(date(2026, 1, 10), date(2026, 1, 20))
    held = [d for d in range(1, 32) if period.holds(date(2026, 1, d))]
    assert held == list(range(10, 21))


def test_an_open_period_holds_every_later_day() -> None:
    assert Period(date(2026, 1, 10)).holds(date.max)
    assert not Period(date(2026, 1, 10)).holds(date(2026, 1, 9))


def test_a_period_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends"):
        Period(date(2026, 1, 2), date(2026, 1, 1))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(st.dates(date(2026, 1, 1), date(2026, 1, 31)))
    length = draw(st.none() | st.integers(0, 10))
    return Period(start, None if length is None else start + timedelta(length))


@given(periods(), periods())
def test_periods_overlap_when_a_day_is_in_both(one: Period, other: Period) -> None:
    days = [date(2026, 1, 1) + timedelta(i) for i in range(60)]
    assert one.overlaps(other) is any(one.holds(day) and other.holds(day) for day in days)
    assert one.overlaps(other) is other.overlaps(one)


@given(st.lists(periods()))
def test_periods_sort_even_where_one_still_runs(some: list[Period]) -> None:
    ordered = sorted(some)
    assert [p.start for p in ordered] == sorted(p.start for p in some)
    assert all(a.end is not None or b.end is None for a, b in pairwise(ordered) if a.start == b.start)


def test_dates_are_written_the_french_way() -> None:
    assert format_date(date(2026, 1, 2)) == "02/01/2026"
    assert format_date(date(987, 1, 2)) == "02/01/0987"
    assert format_long_date(date(2026, 11, 24)) == "24\u00a0novembre\u00a02026"
    assert format_long_date(date(2026, 11, 1)) == "1er\u00a0novembre\u00a02026"
    assert format_long_date(date(2026, 11, 24), weekday=True) == "mardi 24\u00a0novembre\u00a02026"
    assert format_short_date(date(2026, 11, 24)) == "24\u00a0nov."
    assert format_short_date(date(2026, 8, 1)) == "1er\u00a0août"
    assert format_month(date(2026, 2, 1)) == "février\u00a02026"


@given(DAYS)
def test_a_long_date_names_its_month_and_weekday(day: date) -> None:
    text = format_long_date(day, weekday=True)
    assert text.startswith(WEEKDAYS[day.weekday()])
    assert MONTHS[day.month - 1] in text
    assert (
        SHORT_MONTHS[day.month - 1].rstrip(".")
        == MONTHS[day.month - 1][: len(SHORT_MONTHS[day.month - 1].rstrip("."))]
    )
