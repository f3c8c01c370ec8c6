"""The wait after wrong secrets: none after the first, then twice as long each time, up to half a minute."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from caseworker_app.security.errors import WrongSecret

T = TypeVar("T")
FIRST_SECONDS, LONGEST_SECONDS = 0.5, 30.0


class GrowingDelay:
    """Runs each try of a secret; all the doors of one program share one, so that none is a way round another."""

    def __init__(self, wait: Callable[[float], None] = time.sleep) -> None:
        """Begin without failures; `wait` is the clock of tests."""
        self.failures = 0
        self._wait, self._busy = wait, threading.Lock()

    def __call__(self, unlock: Callable[[], T]) -> T:
        """Return what `unlock` gives; a wrong secret is told after the wait. Raises what it raises."""
        with self._busy:
            try:
                given = unlock()
            except WrongSecret:
                if self.failures:
                    self._wait(min(FIRST_SECONDS * 2**self.failures, LONGEST_SECONDS))
                self.failures += 1
                raise
            self.failures = 0
            return given
