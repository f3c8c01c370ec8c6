"""What the cards and forms of the tab work with, and how a change is written, told and taken back."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.features.team.domain import Who
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.room_desk import RoomDesk


@dataclass(frozen=True, slots=True)
class HousingDesk(RoomDesk[EncryptedFile, Who, Drafts]):
    """What the tab works with."""
