"""From the report of an import to a veille for the households it made, which another room opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from caseworker_app.features.intake.service.checking import Imported
from caseworker_app.features.intake.service.undoing import households_made
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.tasks import Tasks

# Asks on which rhythm, over the page it is given, for the households of these ids.
Watch = Callable[[QWidget, Sequence[str]], object]


class WatchShortcut:
    """Shows its button where an import made households and whoever acts may open veilles for them."""

    def __init__(
        self, file: EncryptedFile, who: Who, tasks: Tasks, button: Button, watch: Watch | None
    ) -> None:
        """Hide the button; `watch` None: whoever acts opens no veille."""
        self._file, self._who, self._tasks, self._watch = file, who, tasks, watch
        self._button = button
        self._ids: list[str] = []
        button.hide()
        button.clicked.connect(self._ask)

    def show_report(self, report: Imported) -> None:
        """Offer the households this import made."""
        self._know([])
        run_id, file, who = report.run_id, self._file, self._who
        if self._watch is None or run_id is None:
            return

        def read() -> list[str]:
            with file.reading() as connection:
                return households_made(connection, who, run_id)

        self._tasks.read(read, self._know, owner=self._button)

    def _know(self, ids: list[str]) -> None:
        self._ids = ids
        self._button.setVisible(bool(ids))

    def _ask(self) -> None:
        if self._watch is not None and self._ids:
            self._watch(self._button.window(), tuple(self._ids))
