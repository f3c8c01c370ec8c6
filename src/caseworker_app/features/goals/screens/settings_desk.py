"""What the settings of this room work with, and how a change is told and taken back."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.room_desk import RoomDesk


@dataclass(frozen=True, slots=True)
class GoalSettingsDesk(RoomDesk[EncryptedFile, Who, Drafts]):
    """The file, who works on it, and the window's means; `take_back` undoes the worker's last change."""

    @property
    def may_manage(self) -> bool:
        """Say whether the grid may be edited."""
        return self.who.may(Right.MANAGE_OFFICE)

    @property
    def may_write(self) -> bool:
        """Say whether the library may be written."""
        return self.who.may(Right.WRITE_FILES)
