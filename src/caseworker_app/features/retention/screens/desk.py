"""What the screens of retention work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks

TakeBack = Callable[[EncryptedFile, Who], tuple[str, Changes]]


@dataclass(frozen=True, slots=True)
class RetentionDesk:
    """`take_back` undoes the worker's last change."""

    file: EncryptedFile
    who: Who
    drafts: Drafts
    tasks: Tasks
    changes: ChangeBroadcast
    navigator: Navigator
    take_back: TakeBack

    def done(self, changed: Changes, sentence: str, *, undoable: bool = True) -> None:
        """Tell the pages what changed, and the person, who may take it back."""
        self.changes.announce(changed)
        self.navigator.confirm(sentence, self._undo if undoable else None)

    def _undo(self) -> None:
        self.tasks.run(
            lambda: self.take_back(self.file, self.who), lambda undone: self.changes.announce(undone[1])
        )
