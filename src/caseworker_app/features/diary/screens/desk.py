"""What the windows of the room work with, and how what was written is told and taken back."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.room_desk import RoomDesk


@dataclass(frozen=True, slots=True)
class VisitDesk(RoomDesk[EncryptedFile, Who, Drafts]):
    """What a window works with."""

    @property
    def may_write(self) -> bool:
        """Say whether the diary may be written."""
        return self.who.may(Right.WRITE_DIARY)

    @property
    def may_manage(self) -> bool:
        """Say whether the lists of the association may be changed."""
        return self.who.may(Right.MANAGE_OFFICE)
