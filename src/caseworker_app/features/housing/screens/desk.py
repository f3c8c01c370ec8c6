"""What the cards and forms of the tab work with, and how a change is written, told and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks

TakeBack = Callable[[EncryptedFile, Who], tuple[str, Changes]]


@dataclass(frozen=True, slots=True)
class HousingDesk:
    """What the tab works with; `take_back` undoes the worker's last change."""

    file: EncryptedFile
    who: Who
    drafts: Drafts
    tasks: Tasks
    changes: ChangeBroadcast
    navigator: Navigator
    take_back: TakeBack

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
        """Take back the last change this worker made."""
        self.tasks.run(lambda: self.take_back(self.file, self.who), self._undone)

    def _undone(self, answer: tuple[str, Changes]) -> None:
        action, changes = answer
        self.changes.announce(changes)
        self.navigator.confirm(f"Annulé\u00a0: {action}")


def changes_of(answer: object) -> Changes:
    """Return the changes of what a service returned: alone, or after a value."""
    changes = answer[-1] if isinstance(answer, tuple) else answer
    if not isinstance(changes, Changes):
        raise TypeError("a service returns its changes")
    return changes
