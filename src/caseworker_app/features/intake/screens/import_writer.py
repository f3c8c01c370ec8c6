"""Imports written, finished and taken back from the page, in another process; and those made before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices
from caseworker_app.features.intake.domain.decision import OnDuplicate
from caseworker_app.features.intake.domain.run import ImportMade, ImportRun
from caseworker_app.features.intake.screens.foreground import Foreground, RunApart
from caseworker_app.features.intake.service import importing
from caseworker_app.features.intake.service.checking import write_list
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import today
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Past:
    """What was imported before: an import to go on with, if one stopped half-way, and those made."""

    interrupted: ImportRun | None
    made: tuple[ImportMade, ...]


class ImportWriter(QObject):
    """`imported(Imported)`, `taken_back(ImportUndone)`, `told(Past)`, `refused(CaseworkerError)`."""

    imported = Signal(object)
    taken_back = Signal(object)
    told = Signal(object)
    refused = Signal(object)

    def __init__(
        self, file: EncryptedFile, who: Who, tasks: Tasks, apart: RunApart, foreground: Foreground,
        parent: QObject,
    ) -> None:  # fmt: skip
        """Begin at rest."""
        super().__init__(parent)
        self._file, self._who, self._tasks = file, who, tasks
        self._apart, self._foreground = apart, foreground

    def write(self, path: Path, choices: Choices, on_duplicate: OnDuplicate | None) -> None:
        """Import a list as it was checked."""
        self._import(path, choices, on_duplicate, go_on=False)

    def finish(self, path: Path) -> None:
        """Finish the interrupted import from its file, as it began."""
        self._import(path, NO_CHOICES, None, go_on=True)

    def take_back(self, run_id: str | None) -> None:
        """Take an import back whole (the last one without an id)."""
        words = "Annulation de l’import"
        task = self._apart(
            importing.undo_import, self._who, run_id, then=self.taken_back.emit, failed=self.refused.emit,
            owner=self, words=words,
        )  # fmt: skip
        self._foreground.begin(words, task)

    def look(self) -> None:
        """Read what was imported before."""

        def read() -> Past:
            with self._file.reading() as connection:
                made = importing.imports_made(connection, self._who, today(self._file.clock))
                return Past(importing.interrupted_import(connection, self._who), tuple(made))

        self._tasks.read(read, self.told.emit, self.refused.emit, owner=self)

    def _import(self, path: Path, choices: Choices, on_duplicate: OnDuplicate | None, *, go_on: bool) -> None:
        words = f"Import de «\u00a0{path.name}\u00a0»"
        task = self._apart(
            write_list, self._who, path, choices, on_duplicate, options={"go_on": go_on},
            then=self.imported.emit, failed=self.refused.emit, owner=self, words=words,
        )  # fmt: skip
        self._foreground.begin(words, task)
