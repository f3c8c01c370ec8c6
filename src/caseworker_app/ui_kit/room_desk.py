"""What the windows of a room work with, and how what they write is told and taken back: said once for all rooms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import Clock, today
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.form_place import DraftStore
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks


class ClockedFile(Protocol):
    """The open file, of which the furniture knows the clock alone."""

    @property
    def clock(self) -> Clock:
        """What tells the day."""
        ...


F = TypeVar("F", bound=ClockedFile)
W = TypeVar("W")
D = TypeVar("D", bound=DraftStore)


@dataclass(frozen=True, slots=True)
class RoomDesk(Generic[F, W, D]):
    """The file, who works on it, and the window's means; `take_back` undoes the worker's last change."""

    file: F
    who: W
    drafts: D
    tasks: Tasks
    changes: ChangeBroadcast
    navigator: Navigator
    take_back: Callable[[F, W], tuple[str, Changes]]

    @property
    def today(self) -> date:
        """The date on the office's wall."""
        return today(self.file.clock)

    def done(self, answer: object, words: str) -> None:
        """Tell what was written, with its undo; `answer` is what the service returned."""
        changes = changes_of(answer)
        self.changes.announce(changes)
        self.navigator.confirm(words, self.undo if changes.tables else None)

    def undo(self) -> None:
        """Take back the last change this worker made, and say which it was."""

        def undone(answer: tuple[str, Changes]) -> None:
            self.changes.announce(answer[1])
            self.navigator.confirm(f"Annulé\u00a0: {answer[0]}")

        self.tasks.run(lambda: self.take_back(self.file, self.who), undone)


def changes_of(answer: object) -> Changes:
    """Return the changes of what a service returned: alone, or after a value."""
    changes = answer[-1] if isinstance(answer, tuple) else answer
    if not isinstance(changes, Changes):
        raise TypeError("a service returns its changes")
    return changes
