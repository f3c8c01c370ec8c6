"""Reads what stands beside the list, for the row one stands on, once one stays on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain import ListedHousehold, Preview
from caseworker_app.features.directory.screens.bodies import ListBodies
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.theme import px

# A row is stood on for so long before its preview is read: holding an arrow down reads nothing.
PREVIEW_DELAY_MS = 150
# Below this width the preview gives its room to the list.
_PREVIEW_FROM = 980


class PreviewWork(QObject):
    """Shows the household of the current row; `current` gives that row (None: not held) and the day."""

    def __init__(
        self,
        file: EncryptedFile,
        who: Who,
        tasks: Tasks,
        parts: ListBodies,
        page: QWidget,
        current: Callable[[], tuple[ListedHousehold | None, date]],
    ) -> None:
        """Show nobody yet."""
        super().__init__(page)
        self._file, self._who, self._parts, self._page, self._current = file, who, parts, page, current
        self._wanted = True
        self._latest = tasks.latest(self._show, owner=self)
        self._due = QTimer(self, singleShot=True, interval=PREVIEW_DELAY_MS)
        self._due.timeout.connect(self._ask)
        parts.preview.closed.connect(lambda: self._want(wanted=False))
        parts.show_preview.clicked.connect(lambda: self._want(wanted=True))

    def expect(self) -> None:
        """Read the household stood on, soon."""
        self._due.start()

    def fit(self) -> None:
        """Show the preview where there is room for it, and where it is wanted."""
        room = self._page.width() >= px(_PREVIEW_FROM)
        filled = self._parts.table.rows.rowCount() > 0
        self._parts.preview.setVisible(room and self._wanted and filled)
        self._parts.show_preview.setVisible(room and not self._wanted)

    def _want(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self.fit()
        if wanted:
            self._ask()
        after: QWidget = self._parts.table if wanted else self._parts.show_preview
        after.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        pane = self._parts.preview
        if pane.isHidden():
            return
        row, day = self._current()
        if row is None:
            pane.show_nobody()
            return
        if pane.household != row.id:
            pane.show_loading(row.title)

        def read() -> Preview:
            with self._file.reading() as connection:
                return service.preview(connection, self._who, row.id, day)

        self._latest.ask(read)

    def _show(self, preview: Preview) -> None:
        row, _ = self._current()
        if row is not None and preview.household_id == row.id:
            self._parts.preview.show_preview(preview)
