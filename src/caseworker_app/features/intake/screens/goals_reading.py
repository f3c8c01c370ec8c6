"""A file of data chosen on the page of imports: goals of another program are asked about in a dialog of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.intake.domain.goal_export import Notebook
from caseworker_app.features.intake.screens.goals_dialog import GoalsDialog
from caseworker_app.features.intake.service import goal_exports
from caseworker_app.features.intake.service.goal_exports import GoalsBrought
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.sheets.records import holds_records
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks


class GoalsReading(QObject):
    """`refused(error)` when a file of goals cannot be read or brought in."""

    refused = Signal(object)

    def __init__(
        self, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator,
        page: QWidget,
    ) -> None:  # fmt: skip
        """Work for the page of imports."""
        super().__init__(page)
        self._file, self._who, self._tasks = file, who, tasks
        self._changes, self._navigator, self._page = changes, navigator, page
        self.dialog: GoalsDialog | None = None

    def read(self, path: Path, otherwise: Callable[[Path], None]) -> None:
        """Ask about the goals of a file; any other file is read `otherwise`."""
        if not holds_records(path):
            otherwise(path)
            return
        file, who = self._file, self._who

        def look() -> tuple[Notebook, ...] | None:
            known = goal_exports.is_goal_export(path)
            return goal_exports.read_goal_export(file, who, path) if known else None

        self._tasks.read(
            look,
            lambda found: self._ask(found) if found is not None else otherwise(path),
            self.refused.emit,
            owner=self,
            words="Lecture du fichier",
        )

    def _ask(self, found: tuple[Notebook, ...]) -> None:
        dialog = self.dialog = GoalsDialog(self._file, self._who, self._tasks, found, self._page)
        dialog.to_household.connect(self._to_household)
        dialog.to_library.connect(self._to_library)
        dialog.finished.connect(dialog.deleteLater)
        dialog.begin(dialog.search)
        dialog.confirm.setEnabled(False)

    def _to_household(self, household: str, chosen: object) -> None:
        file, who = self._file, self._who
        self._run(lambda: goal_exports.bring_goals(file, who, household, chosen), household)  # type: ignore[arg-type]

    def _to_library(self, notebooks: object, numbers: object) -> None:
        file, who = self._file, self._who
        self._run(lambda: goal_exports.bring_models(file, who, notebooks, numbers), "")  # type: ignore[arg-type]

    def _run(self, work: Callable[[], tuple[GoalsBrought, Changes]], household: str) -> None:
        def done(answer: tuple[GoalsBrought, Changes]) -> None:
            brought, changes = answer
            self._changes.announce(changes)
            if household:
                self._navigator.open("dossier", household, tab="goals")
            undo = self._take_back if brought.brought else None
            self._navigator.confirm(brought.words, undo)

        self._tasks.run(work, done, self.refused.emit, owner=self)

    def _take_back(self) -> None:
        file, who = self._file, self._who

        def undone(answer: tuple[str, Changes]) -> None:
            self._changes.announce(answer[1])
            self._navigator.confirm(f"Annulé\u00a0: {answer[0]}")

        self._tasks.run(lambda: take_back_last(file, who), undone, owner=self)
