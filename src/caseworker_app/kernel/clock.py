"""The clock, as an object handed to whoever needs the time, so that tests can hold it still."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> datetime:
        """Return the present instant, with its time zone."""


class SystemClock:
    """The clock of this PC."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still, for tests and for reproducible demonstrations."""

    def __init__(self, instant: datetime) -> None:
        """Stand at `instant`, which must carry a time zone."""
        if instant.tzinfo is None:
            raise ValueError("a clock needs an instant with its time zone")
        self.instant = instant

    def now(self) -> datetime:
        """Return the instant the clock stands at."""
        return self.instant


def today(clock: Clock) -> date:
    """Return the date on the wall of the office (local time of the PC)."""
    return clock.now().astimezone().date()


def stamp(clock: Clock) -> str:
    """Return the instant as UTC text with seconds, e.g. `2026-11-22T08:35:00Z`."""
    return clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
