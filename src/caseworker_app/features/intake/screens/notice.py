"""A line over the list of households when an import stopped half-way: go on, or take it back."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.intake.domain.run import ImportRun, RunState
from caseworker_app.features.intake.service import importing
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.french import plural
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks


class InterruptedNotice(QWidget):
    """Hidden unless an import is unfinished; its button leads to the page that goes on or takes it back."""

    def __init__(
        self, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator
    ) -> None:
        """Look once, and again after each import."""
        super().__init__()
        self._file, self._who, self._tasks = file, who, tasks
        self._banner = Banner("", "warn", "alert-triangle")
        self.button = Button("&Reprendre ou annuler…", "secondary", compact=True)
        self.button.clicked.connect(lambda: navigator.open("import"))
        self._banner.add_action(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.addWidget(self._banner)
        self.hide()
        changes.announced.connect(lambda _changes: self.look())
        self.look()

    def look(self) -> None:
        """Read whether an import is unfinished."""

        def read() -> ImportRun | None:
            with self._file.reading() as connection:
                return importing.interrupted_import(connection, self._who)

        # Someone who may not import is not told of imports.
        self._tasks.read(read, self._show, lambda _error: self.hide(), owner=self)

    def _show(self, run: ImportRun | None) -> None:
        self.setVisible(run is not None)
        if run is not None:
            self._banner.show_sentence(interrupted_words(run), "warn", "alert-triangle")


def interrupted_words(run: ImportRun) -> str:
    """Say which import (or which taking back of one) stopped, and how far it went."""
    if run.state is RunState.UNDOING:
        return f"L’annulation de l’import de «\u00a0{run.file_name}\u00a0» s’est arrêtée en route."
    made = plural(run.created, "fiche créée", "fiches créées")
    return f"L’import de «\u00a0{run.file_name}\u00a0» s’est arrêté en route\u00a0: {made}."
