"""What the tab « Orientations » works with, and how a change is told and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from caseworker_app.features.consents.domain import NewConsent, Recipient, RecipientKind
from caseworker_app.features.orientations import service
from caseworker_app.features.orientations.domain.orientation import NewOrientation
from caseworker_app.features.orientations.domain.shown import OrientationShown
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.room_desk import RoomDesk
from caseworker_app.ui_kit.tasks import Tasks

Given = tuple[str, Changes]
# The form of the room of documents, above this one: `bootstrap` joins them.
AskAgreement = Callable[
    [QWidget, Tasks, str, Recipient, date, Callable[[NewConsent], Given], Callable[[Given], None]], QDialog
]


@dataclass(frozen=True, slots=True)
class OrientationsDesk(RoomDesk[EncryptedFile, Who, Drafts]):
    """What the tab works with; `ask_agreement` opens the form of an agreement of the household."""

    ask_agreement: AskAgreement

    def note_agreement(self, owner: QWidget, household: str, of: OrientationShown) -> QDialog:
        """Open the form of the household's agreement, filled with the partner of an orientation."""
        kept = of.orientation

        def give(new: NewConsent) -> Given:
            return service.agree_to_orientation(self.file, self.who, kept.id, new, kept.version)

        return self.ask_agreement(
            owner, self.tasks, household, Recipient(RecipientKind.BODY, of.body), self.today, give,
            lambda done: self.done(done, "Accord noté, l’orientation repose sur lui"),
        )  # fmt: skip

    def tie_agreement(self, owner: QWidget, of: OrientationShown) -> None:
        """Have an orientation rest on the agreement in force with its partner."""
        kept, offered = of.orientation, of.agreement.offered
        if offered is not None:
            self.tasks.run(
                lambda: service.rest_on_agreement(self.file, self.who, kept.id, offered.id, kept.version),
                lambda changes: self.done(changes, "Accord rattaché à l’orientation"), owner=owner,
            )  # fmt: skip

    def write(self, household: str, new: NewOrientation, label: str, before: OrientationShown | None) -> Any:
        """Write an orientation, its partner found by its label where it is not known yet."""
        if not new.partner_id:
            with self.file.reading() as connection:
                new = replace(new, partner_id=service.partner_named(connection, self.who, label))
        if before is None:
            return service.propose_orientation(self.file, self.who, household, new)
        known = before.orientation
        return service.change_orientation(self.file, self.who, known.id, new, known.version)
