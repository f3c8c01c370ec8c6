"""What the tab asks of the service, each change told and undone in one click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import (
    Attachment,
    AttachmentForm,
    NewAttachment,
    check_count,
    usual_form,
)
from caseworker_app.features.attachments.domain.shown import added_words
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.open_copies import OpenCopies
from caseworker_app.ui_kit.room_desk import RoomDesk
from caseworker_app.ui_kit.work import Progress


@dataclass(frozen=True, slots=True)
class PieceDesk(RoomDesk[EncryptedFile, Who, Drafts]):
    """What the tab works with; `copies` is the private folder of what is opened outside."""

    copies: OpenCopies


@dataclass(frozen=True, slots=True)
class _TakenIn:
    """Files whose contents are kept, and the sentences of those that were refused."""

    batch: tuple[NewAttachment, ...]
    places_removed: int
    refused: tuple[str, ...]


class PieceWork:
    """Runs the intentions of the tab `owner`."""

    def __init__(self, desk: PieceDesk, owner: QWidget) -> None:
        """Do nothing yet."""
        self._desk, self._owner = desk, owner

    def add(self, household: str, paths: Sequence[Path], *, keep_metadata: bool) -> None:
        """Keep the contents of files, then write their rows in one transaction."""
        desk = self._desk
        try:
            check_count(len(paths))
        except CaseworkerError as error:
            desk.tasks.refused.emit(error.sentence)
            return
        desk.tasks.background(
            lambda progress: _take_in(desk, paths, progress, keep_metadata=keep_metadata),
            lambda taken: self._write(household, taken), owner=self._owner, words="Ajout de pièces",
        )  # fmt: skip

    def describe(
        self, attachment: Attachment, form: AttachmentForm, then: Callable[[], None],
        failed: Callable[[CaseworkerError], None],
    ) -> None:  # fmt: skip
        """Change what is said of a piece."""
        desk = self._desk

        def done(changes: Changes) -> None:
            then()
            self._tell("Pièce décrite", changes)

        desk.tasks.run(
            lambda: attachments.describe_attachment(
                desk.file, desk.who, attachment.id, form, attachment.version
            ),
            done, failed, owner=self._owner,
        )  # fmt: skip

    def remove(self, attachment: Attachment) -> None:
        """Take a piece out; undone in one click."""
        desk = self._desk
        desk.tasks.run(
            lambda: attachments.remove_attachment(desk.file, desk.who, attachment.id),
            lambda changes: self._tell("Pièce retirée", changes), owner=self._owner,
        )  # fmt: skip

    def export(self, attachment: Attachment, target: Path) -> None:
        """Write a copy in clear where the person chose; it is noted and cannot be undone."""
        desk = self._desk

        def done(changes: Changes) -> None:
            desk.changes.announce(changes)
            desk.navigator.confirm(
                "Copie enregistrée, non chiffrée\u00a0: effacez-la quand vous n’en avez plus besoin. "
                "C’est noté dans l’historique du dossier."
            )

        desk.tasks.run(
            lambda: attachments.export_copy(desk.file, desk.who, attachment.id, target),
            done, owner=self._owner, words="Copie d’une pièce",
        )  # fmt: skip

    def open_outside(self, attachment: Attachment, opened: Callable[[Path], bool]) -> None:
        """Put a copy for reading only in the private folder and hand it to the system."""
        desk = self._desk

        def put(path: Path) -> None:
            if opened(path):
                desk.navigator.confirm(
                    "Ouverte en lecture seule dans un autre programme\u00a0: cette copie est effacée quand vous "
                    "verrouillez ou fermez Passerelle, et rien de ce que vous y changez n’est repris."
                )
            else:
                desk.copies.empty()
                desk.tasks.refused.emit(
                    "Aucun programme de ce PC n’ouvre ce type de fichier\u00a0: enregistrez une copie, ou "
                    "installez un programme qui le lit."
                )

        desk.tasks.read(
            lambda: attachments.open_copy(desk.file, desk.who, attachment.id, desk.copies),
            put, owner=self._owner, words="Ouverture",
        )  # fmt: skip

    def _write(self, household: str, taken: _TakenIn) -> None:
        desk = self._desk
        for sentence in dict.fromkeys(taken.refused):
            desk.tasks.refused.emit(sentence)
        if not taken.batch:
            return

        def done(answer: tuple[list[str], Changes]) -> None:
            self._tell(added_words(len(taken.batch), taken.places_removed), answer[1])

        desk.tasks.run(
            lambda: attachments.add_attachments(desk.file, desk.who, household, taken.batch),
            done, owner=self._owner,
        )  # fmt: skip

    def _tell(self, sentence: str, changes: Changes) -> None:
        self._desk.changes.announce(changes)
        self._desk.navigator.confirm(sentence, self._desk.undo)


def _take_in(desk: PieceDesk, paths: Sequence[Path], progress: Progress, *, keep_metadata: bool) -> _TakenIn:
    """Keep the contents of files one after the other; one that is refused does not stop the others."""
    batch, places, refused = list[NewAttachment](), 0, list[str]()
    for number, path in enumerate(paths, 1):
        progress.report(number - 1, len(paths), f"{number} sur {len(paths)}")
        try:
            kept, told_place = attachments.keep_path(desk.file, desk.who, path, keep_metadata=keep_metadata)
        except CaseworkerError as error:
            refused.append(f"«\u00a0{path.name}\u00a0»\u00a0: {error.sentence}")
            continue
        batch.append(NewAttachment(kept, usual_form(kept)))
        places += told_place
    return _TakenIn(tuple(batch), places, tuple(refused))
