"""Days, hours and lengths as people type them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.diary.domain.typed_moments import (
    format_hour,
    parse_day,
    parse_hour,
    parse_length,
    spoken_hour,
)
from caseworker_app.kernel.dates import format_date, format_short_date
from caseworker_app.kernel.errors import InvalidEntry

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


@given(st.times(), st.sampled_from(["{0:02d}:{1:02d}", "{0}h{1:02d}", "{0} h {1:02d}", "{0:02d}{1:02d}"]))
def test_an_hour_is_read_in_every_usual_form(hour: time, form: str) -> None:
    assert parse_hour(form.format(hour.hour, hour.minute), "") == time(hour.hour, hour.minute)


def test_an_hour_alone_is_on_the_hour() -> None:
    assert parse_hour("14 h", "") == parse_hour("14", "") == time(14)
    assert (format_hour(time(9, 5)), spoken_hour(time(14)), spoken_hour(time(14, 5))) == (
        "09:05", "14\u00a0h", "14\u00a0h\u00a005",
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["", "25:00", "14:75", "midi", "1 4 0 0"])
def test_what_is_no_hour_is_refused(typed: str) -> None:
    with pytest.raises(InvalidEntry):
        parse_hour(typed, "hour")


@pytest.mark.parametrize(
    ("typed", "minutes"), [("", None), ("50", 50), ("50 min", 50), ("1h10", 70), ("2 h", 120)]
)
def test_a_length_is_read_in_minutes(typed: str, minutes: int | None) -> None:
    assert parse_length(typed, "") == minutes


@pytest.mark.parametrize("typed", ["longtemps", "25 h", "9999", "-5"])
def test_what_is_no_length_is_refused(typed: str) -> None:
    with pytest.raises(InvalidEntry):
        parse_length(typed, "duration_minutes")
