"""What the windows of the room work with, and how what was written is told and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks

TakeBack = Callable[[EncryptedFile, Who], tuple[str, Changes]]


@dataclass(frozen=True, slots=True)
class VisitDesk:
    """What a window works with; `take_back` undoes the worker's last change."""

    file: EncryptedFile
    who: Who
    drafts: Drafts
    tasks: Tasks
    changes: ChangeBroadcast
    navigator: Navigator
    take_back: TakeBack

    @property
    def may_write(self) -> bool:
        """Say whether the diary may be written."""
        return self.who.may(Right.WRITE_DIARY)

    @property
    def may_manage(self) -> bool:
        """Say whether the lists of the association may be changed."""
        return self.who.may(Right.MANAGE_OFFICE)

    def done(self, answer: object, words: str) -> None:
        """Tell what was written, with its undo; `answer` is what the service returned."""
        changes = answer[-1] if isinstance(answer, tuple) else answer
        if not isinstance(changes, Changes):
            raise TypeError("a service returns its changes")
        self.changes.announce(changes)
        self.navigator.confirm(words, self.undo if changes.tables else None)

    def undo(self) -> None:
        """Take back the last change this worker made."""
        self.tasks.run(lambda: self.take_back(self.file, self.who), self._undone)

    def _undone(self, answer: tuple[str, Changes]) -> None:
        action, changes = answer
        self.changes.announce(changes)
        self.navigator.confirm(f"Annulé\u00a0: {action}")
