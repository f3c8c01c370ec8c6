"""What the settings of this room work with, and how a change is told and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks


@dataclass(frozen=True, slots=True)
class GoalSettingsDesk:
    """The file, who works on it, and the window's means; `take_back` undoes the worker's last change."""

    file: EncryptedFile
    who: Who
    drafts: Drafts
    tasks: Tasks
    changes: ChangeBroadcast
    navigator: Navigator
    take_back: Callable[[EncryptedFile, Who], tuple[str, Changes]]

    @property
    def today(self) -> date:
        """The date on the office's wall."""
        return today(self.file.clock)

    @property
    def may_manage(self) -> bool:
        """Say whether the grid may be edited."""
        return self.who.may(Right.MANAGE_OFFICE)

    @property
    def may_write(self) -> bool:
        """Say whether the library may be written."""
        return self.who.may(Right.WRITE_FILES)

    def done(self, changes: Changes, words: str) -> None:
        """Tell what was written, with its undo."""
        self.changes.announce(changes)
        self.navigator.confirm(words, self.undo)

    def undo(self) -> None:
        """Take back the last change this worker made."""
        self.tasks.run(lambda: self.take_back(self.file, self.who), self._undone)

    def _undone(self, answer: tuple[str, Changes]) -> None:
        action, changes = answer
        self.changes.announce(changes)
        self.navigator.confirm(f"Annulé\u00a0: {action}")
