"""A test that would never end fails by itself, where it stands, and those after it are run (POSIX).

What waits in Python is interrupted: a pipe that says nothing, a process or a thread that does not end, a loop without
an end. What waits inside Qt is not; the limit of `faulthandler_timeout`, which ends the whole run, is for that.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

# Several times what the longest test takes on two busy cores, and less than faulthandler_timeout.
LONGEST_S = 480.0
# Cleaning up after what was interrupted may wait for ever as well.
AGAIN_S = 20.0


class Alarm:
    """Counts one test's time: what it is made from, itself, and its putting away, together."""

    def __init__(self, longest: float = LONGEST_S, again: float = AGAIN_S) -> None:
        """Count nothing yet."""
        self._longest, self._again = longest, again
        self._end = 0.0

    def begin(self) -> None:
        """Count from now on."""
        self._end = time.monotonic() + self._longest

    @contextmanager
    def set(self) -> Iterator[None]:
        """Fail what runs inside once the time is over."""
        if not hasattr(signal, "setitimer"):
            yield
            return
        before = signal.signal(signal.SIGALRM, self._ring)
        signal.setitimer(signal.ITIMER_REAL, max(self._again, self._end - time.monotonic()), self._again)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _ring(self, _number: int, _frame: object) -> None:
        pytest.fail(f"not ended after {self._longest:.0f} s")
