"""What the tab « Orientations » works with, and how a change is told and taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.features.orientations import service
from caseworker_app.features.orientations.domain.orientation import NewOrientation
from caseworker_app.features.orientations.domain.shown import OrientationShown
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.room_desk import RoomDesk


@dataclass(frozen=True, slots=True)
class OrientationsDesk(RoomDesk[EncryptedFile, Who, Drafts]):
    """What the tab works with."""

    def write(self, household: str, new: NewOrientation, label: str, before: OrientationShown | None) -> Any:
        """Write an orientation, its partner found by its label where it is not known yet."""
        if not new.partner_id:
            with self.file.reading() as connection:
                new = replace(new, partner_id=service.partner_named(connection, self.who, label))
        if before is None:
            return service.propose_orientation(self.file, self.who, household, new)
        known = before.orientation
        return service.change_orientation(self.file, self.who, known.id, new, known.version)
