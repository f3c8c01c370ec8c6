"""What the tab « Démarches » works with, and how a change is told and taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import KeptContent, check_count
from caseworker_app.features.procedures import service
from caseworker_app.features.procedures.domain.procedure import PaperKey
from caseworker_app.features.procedures.service.taking_out import PiecesFile
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.work import Progress

TakeBack = Callable[[EncryptedFile, Who], tuple[str, Changes]]
# Puts the pieces of a procedure together, for whoever its cover names: the pages are drawn by `bootstrap`.
PutTogether = Callable[[EncryptedFile, Who, str, str], PiecesFile]


@dataclass(frozen=True, slots=True)
class ForWhom:
    """A body pieces may be handed to: the agreement of the household, its name, and how it is offered."""

    consent_id: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class PiecesDoors:
    """How pieces leave: the register and the second check are of a room above this one.

    `agreed`: the bodies of a household's agreements; `finds`: what the second check shows, by key and sentence;
    `register`: enters pieces handed to the body of an agreement with the finds kept, and returns the number.
    """

    put_together: PutTogether
    agreed: Callable[[EncryptedFile, Who, str], list[ForWhom]]
    finds: Callable[[EncryptedFile, Who, PiecesFile], list[tuple[str, str]]]
    register: Callable[[EncryptedFile, Who, PiecesFile, str, Path, frozenset[str]], tuple[str, Changes]]


@dataclass(frozen=True, slots=True)
class ProceduresDesk:
    """What the tab works with; `take_back` undoes the worker's last change."""

    file: EncryptedFile
    who: Who
    drafts: Drafts
    tasks: Tasks
    changes: ChangeBroadcast
    navigator: Navigator
    take_back: TakeBack
    pieces: PiecesDoors

    @property
    def today(self) -> date:
        """The date on the office's wall."""
        return today(self.file.clock)

    def done(self, changes: Changes, words: str) -> None:
        """Tell what was written, with its undo."""
        self.changes.announce(changes)
        self.navigator.confirm(words, self.undo)

    def undo(self) -> None:
        """Take back the last change this worker made."""

        def undone(answer: tuple[str, Changes]) -> None:
            self.changes.announce(answer[1])
            self.navigator.confirm(f"Annulé\u00a0: {answer[0]}")

        self.tasks.run(lambda: self.take_back(self.file, self.who), undone)

    def receive(self, procedure_id: str, key: PaperKey, paths: Sequence[Path], owner: QWidget) -> None:
        """Keep files of the disk and note the paper as received with them; what is refused is said by name."""
        try:
            check_count(len(paths))
        except CaseworkerError as error:
            self.tasks.refused.emit(error.sentence)
            return

        def keep(progress: Progress) -> tuple[list[KeptContent], list[str]]:
            return _kept(self, paths, progress)

        def write(answer: tuple[list[KeptContent], list[str]]) -> None:
            contents, refused = answer
            for sentence in dict.fromkeys(refused):
                self.tasks.refused.emit(sentence)
            if contents:
                self.tasks.run(
                    lambda: service.receive_files(self.file, self.who, procedure_id, key, contents),
                    lambda made: self.done(made[1], "Pièce reçue, gardée dans le dossier"), owner=owner,
                )  # fmt: skip

        self.tasks.background(keep, write, owner=owner, words="Ajout de pièces")


def _kept(
    desk: ProceduresDesk, paths: Sequence[Path], progress: Progress
) -> tuple[list[KeptContent], list[str]]:
    contents, refused = list[KeptContent](), list[str]()
    for number, path in enumerate(paths, 1):
        progress.report(number - 1, len(paths), f"{number} sur {len(paths)}")
        try:
            contents.append(attachments.keep_path(desk.file, desk.who, path)[0])
        except CaseworkerError as error:
            refused.append(f"«\u00a0{path.name}\u00a0»\u00a0: {error.sentence}")
    return contents, refused
