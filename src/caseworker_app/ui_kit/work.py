"""What long work knows of who waits for it: it reports how far it is, and learns that it was cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Cancelled(Exception):
    """The person cancelled; raised inside the work by `Progress.report` and never shown."""


class Step(NamedTuple):
    """How far a work is: `done` of `total` (0: unknown), and in French what is being done."""

    done: int
    total: int
    words: str = ""


class Progress:
    """Handed to long work: takes its steps, and tells it that the person cancelled."""

    def __init__(self, tell: Callable[[Step], None], asked_to_stop: Callable[[], bool]) -> None:
        """Tell steps to `tell`; ask `asked_to_stop` before each."""
        self._tell, self._asked_to_stop = tell, asked_to_stop

    @property
    def cancelled(self) -> bool:
        """Say whether the person cancelled."""
        return self._asked_to_stop()

    def report(self, done: int, total: int, words: str = "") -> None:
        """Say how far one is. Raises Cancelled when the person does not want it any more."""
        if self.cancelled:
            raise Cancelled
        self._tell(Step(done, total, words))
