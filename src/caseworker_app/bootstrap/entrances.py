"""The entrance that fits a folder: first run, unlock, or the backups of a folder that was chosen; one at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from caseworker_app.bootstrap.folder_doors import FolderDoors
    from caseworker_app.bootstrap.office import Office
    from caseworker_app.shell.first_run import FirstRunWindow
    from caseworker_app.shell.restore_step import RestoreDoors
    from caseworker_app.shell.unlock import UnlockWindow
    from caseworker_app.ui_kit.tasks import Tasks


class Entrances(QObject):
    """`entered(office)` when a file is open, `left()` when the window was closed, `shown(window)` at each window.

    `moved(folder)` when another folder was chosen: whoever is joined shows its entrance.
    """

    entered = Signal(object)
    left = Signal()
    shown = Signal(object)
    moved = Signal(object)

    def __init__(self, doors: FolderDoors, tasks: Tasks, parent: QObject) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.doors, self._tasks = doors, tasks
        self.window: QWidget | None = None

    def show(self) -> None:
        """Show the way in that fits the folder."""
        self._replace(self._unlock_window() if self.doors.holds_file() else self._first_run_window())

    def show_restore(self, place: Path) -> None:
        """Offer the backups of a folder, to be restored where this person's file lies or is to lie."""
        window = self._unlock_window()
        window.show_restore(place)
        self._replace(window)

    def drop(self) -> None:
        """Close the entrance without a word: somebody is inside."""
        window, self.window = self.window, None
        if window is not None:
            window.blockSignals(True)
            window.close()
            window.deleteLater()

    def go_to(self, chosen: Path) -> None:
        """Ask for the secret of the file chosen; a backup, or a folder of them, is restored, not worked in."""
        if self.doors.is_to_restore(chosen):
            self.show_restore(chosen)
        else:
            self.doors.folder = chosen
            self.moved.emit(chosen)

    def opened_by_first_run(self, opened: Office | Path) -> None:
        """Go on with what the first-run window opened: a demonstration, or a folder to unlock."""
        if isinstance(opened, Path):
            self.go_to(opened)
        else:
            self.entered.emit(opened)

    def _replace(self, window: QWidget) -> None:
        previous, self.window = self.window, window
        self.shown.emit(window)
        window.show()
        if previous is not None:
            previous.deleteLater()

    def _first_run_window(self) -> FirstRunWindow:
        from caseworker_app.shell.first_run import FirstRunDoors, FirstRunWindow

        doors = self.doors
        window = FirstRunWindow(
            FirstRunDoors(
                doors.create_file, doors.demonstration, doors.existing, doors.save_recovery_sheet,
                read_logo=doors.read_logo,
            ),
            self._tasks,
        )  # fmt: skip
        window.created.connect(self._enter_created)
        window.opened.connect(self.opened_by_first_run)
        window.left.connect(self.left)
        return window

    def _unlock_window(self) -> UnlockWindow:
        from caseworker_app.shell.unlock import UnlockDoors, UnlockWindow

        doors, pin = self.doors, self.doors.has_pin()
        asked = UnlockDoors(
            doors.with_passphrase, doors.with_recovery_key, doors.demonstration,
            open_with_pin=doors.with_pin if pin else None, pin_tries=doors.pin_tries if pin else None,
            restore=self._restore_doors, take_over=doors.take_over, keep_copy=doors.keep_copy,
        )  # fmt: skip
        window = UnlockWindow(str(doors.folder), asked, self._tasks)
        window.opened.connect(self.entered)
        window.other_file_asked.connect(self._ask_other_file)
        window.left.connect(self.left)
        return window

    def _restore_doors(self) -> RestoreDoors:
        from caseworker_app.shell.restore_step import RestoreDoors

        return RestoreDoors(self.doors.offered_backups, self.doors.restore)

    def _enter_created(self) -> None:
        created: Any = self.doors.take_created()
        if created is not None:
            self.entered.emit(created)

    def _ask_other_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self.window, "Dossier du fichier", str(self.doors.folder))
        if chosen:
            self.go_to(Path(chosen))
