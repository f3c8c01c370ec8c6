"""Hours and lengths as people type them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.diary.domain.typed_moments import (
    format_hour,
    parse_hour,
    parse_length,
    spoken_hour,
)
from caseworker_app.kernel.errors import InvalidEntry


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
