"""Opens the dialogs that change which file or record people are in, over the page of a household."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from caseworker_app.features.dossier.screens.work_dialog import JoiningDesk


class MergeAndSplit:
    """One dialog at a time over a page; `dialog` is the one open, None without."""

    def __init__(self, desk: JoiningDesk, page: QWidget) -> None:
        """Open nothing yet."""
        self._desk, self._page = desk, page
        self.dialog: QDialog | None = None

    def merge(self, household: str) -> None:
        """Ask which file a household's is to be made one with."""
        from caseworker_app.features.dossier.screens.merge_dialog import MergeDialog

        self._open(MergeDialog(self._desk, household, self._page))

    def split(self, household: str) -> None:
        """Ask who leaves a household."""
        from caseworker_app.features.dossier.screens.split_dialog import SplitDialog

        self._open(SplitDialog(self._desk, household, self._page))

    def join_people(self, household: str) -> None:
        """Ask which two records of a household are of one person."""
        from caseworker_app.features.dossier.screens.people_dialog import PeopleDialog

        self._open(PeopleDialog(self._desk, household, self._page))

    def close(self) -> None:
        """Close the dialog that is open, before the page is left."""
        if self.dialog is not None:
            self.dialog.reject()

    def _open(self, dialog: QDialog) -> None:
        self.close()
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self, _answer: int) -> None:
        self.dialog = None
