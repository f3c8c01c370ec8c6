"""What the cards of the tab work with, and how a change is written, told and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from caseworker_app.features.rights.service.disclosing import RenderDisclosure
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.room_desk import RoomDesk


@dataclass(frozen=True, slots=True)
class RightsDesk(RoomDesk[EncryptedFile, Who, Drafts]):
    """What the tab works with; `render` draws the copy."""

    render: RenderDisclosure

    def write(
        self,
        work: Callable[[], Changes],
        words: str,
        owner: QWidget,
        then: Callable[[], None],
        failed: Callable[[CaseworkerError], None],
    ) -> None:
        """Write something, tell of it with its undo, and go on; a refusal goes to `failed`."""

        def done(changes: Changes) -> None:
            then()
            self.changes.announce(changes)
            self.navigator.confirm(words, self.undo)

        self.tasks.run(work, done, failed=failed, owner=owner)
