"""The clock, and one that stands still."""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from caseworker_app.kernel.clock import FixedClock, SystemClock, stamp, today

NEW_YEAR = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)


def test_the_clock_of_the_pc_knows_its_time_zone() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is not None


def test_a_fixed_clock_stands_still() -> None:
    clock = FixedClock(NEW_YEAR)
    assert clock.now() is clock.now() is NEW_YEAR


def test_an_instant_without_time_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(datetime(2026, 11, 24, 13, 0))  # noqa: DTZ001 - what is refused


def test_a_stamp_is_utc_whatever_the_zone() -> None:
    paris = timezone(timedelta(hours=1))
    assert stamp(FixedClock(NEW_YEAR)) == "2026-12-31T23:30:00Z"
    assert stamp(FixedClock(NEW_YEAR.astimezone(paris))) == "2026-12-31T23:30:00Z"


@pytest.mark.skipif(sys.platform == "win32", reason="the zone of a process cannot be set there")
@pytest.mark.parametrize(("zone", "day"), [("UTC", 31), ("Europe/Paris", 1), ("America/Martinique", 31)])
def test_today_is_the_date_on_the_wall(monkeypatch: pytest.MonkeyPatch, zone: str, day: int) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert today(FixedClock(NEW_YEAR)) == (date(2026, 12, 31) if day == 31 else date(2027, 1, 1))
    finally:
        monkeypatch.undo()
        time.tzset()
