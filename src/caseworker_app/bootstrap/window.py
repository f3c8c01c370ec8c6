"""Joins the window: unlock first, the rest loaded while the passphrase is typed, then the pages on an open file."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.kernel.paths import default_data_folder
from caseworker_app.shell.language import speak_french
from caseworker_app.shell.preferences import Preferences, keep_preferences, read_preferences
from caseworker_app.ui_kit.dress import dress, prepare
from caseworker_app.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from caseworker_app.bootstrap.office import Office
    from caseworker_app.shell.crash_notice import CrashWatch
    from caseworker_app.shell.first_run import FirstRun, FirstRunWindow
    from caseworker_app.shell.main_window import MainWindow
    from caseworker_app.shell.unlock import UnlockWindow

# Wrong passphrases: each waits twice as long as the one before, up to half a minute.
FIRST_DELAY_SECONDS, LONGEST_DELAY_SECONDS = 0.5, 30.0
# A window that starts minimised is not painted: the rest waits a second, no more.
_LOOK_EVERY_MS, _LOOKS = 5, 200


def open_window(arguments: list[str] | None = None) -> int:
    """Open the program and return when it is closed."""
    prepare()
    app = QApplication(arguments or sys.argv)
    program = Program(app, default_data_folder())
    program.begin()
    return app.exec()


class Program(QObject):
    """The life of the program: entrance, main window, lock, close."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        """Dress the application; nothing is opened yet."""
        super().__init__(app)
        app.setApplicationName("Passerelle")
        app.setQuitOnLastWindowClosed(False)
        self._app, self.folder = app, folder
        self.preferences = read_preferences(folder)
        speak_french(app)
        dress(app, self.preferences.appearance, self.preferences.text_scale)
        self.tasks = Tasks(self)
        self._crashes: CrashWatch | None = None
        self.office: Office | None = None
        self._created: Office | None = None
        self.entrance: QWidget | None = None
        self.window: MainWindow | None = None
        self._failures = 0

    def begin(self) -> None:
        """Show the first-run window, or the unlock window when there is a file; load the rest behind it."""
        self.show_entrance()
        self._prepare_once_painted()

    def _prepare_once_painted(self, looks: int = _LOOKS) -> None:
        """Look now and then whether the first picture is on the screen: the rest waits for it."""
        entrance = self.entrance
        if entrance is None or looks == 0 or _is_painted(entrance):
            self._prepare()
        elif entrance.isVisible():
            QTimer.singleShot(_LOOK_EVERY_MS, lambda: self._prepare_once_painted(looks - 1))

    def _prepare(self) -> None:
        # What was made until now stays until the end: it need never be looked through.
        gc.enable()
        gc.freeze()
        from caseworker_app.shell.crash_notice import CrashWatch

        self._crashes = CrashWatch(self.tasks)
        self._crashes.install()
        self._crashes.parent = self.entrance
        self.tasks.read(_load_heavy_parts, words="Préparation")

    def show_entrance(self) -> None:
        """Show the way in that fits the folder."""
        from caseworker_app.security.header_files import holds_vault

        window = self._unlock_window() if holds_vault(self.folder) else self._first_run_window()
        self._tell_crashes_over(window)
        previous, self.entrance = self.entrance, window
        window.show()
        if previous is not None:
            previous.deleteLater()

    def enter(self, office: Office) -> None:
        """Show the main window on an open file."""
        self.office, self._failures = office, 0
        self.window = self._main_window(office)
        self._tell_crashes_over(self.window)
        self.window.show()
        self._drop_entrance()
        self.window.navigator.open("households")
        self._make_ready(self.window)

    def _make_ready(self, window: MainWindow) -> None:
        from caseworker_app.bootstrap.readiness import Readiness

        Readiness(window, self.tasks)

    def lock(self) -> None:
        """Close the file and ask for the passphrase again; what was typed was kept as a draft."""
        if self.office is None or self.window is None:
            return
        window, self.window = self.window, None
        window.hide()
        self._close_office(lambda: self._locked(window))

    def quit(self) -> None:
        """Close the file, then the program."""
        self.office = self.office or self._created
        self._close_office(self._app.quit)

    def _locked(self, window: MainWindow) -> None:
        window.deleteLater()
        self.show_entrance()

    def _close_office(self, then: Callable[[], Any]) -> None:
        office, self.office = self.office, None
        if office is None:
            then()
            return
        # On the writer thread, after what was asked before: a draft being kept is kept first.
        self.tasks.run(office.close, lambda _done: then(), words="Fermeture du fichier")

    def _tell_crashes_over(self, window: QWidget) -> None:
        if self._crashes is not None:
            self._crashes.parent = window

    def _drop_entrance(self) -> None:
        entrance, self.entrance = self.entrance, None
        if entrance is not None:
            entrance.blockSignals(True)
            entrance.close()
            entrance.deleteLater()

    def _first_run_window(self) -> FirstRunWindow:
        from caseworker_app.shell.first_run import FirstRunDoors, FirstRunWindow

        doors = FirstRunDoors(
            self._create_file, self._open_demonstration, self._choose_existing, self._save_recovery_sheet
        )
        window = FirstRunWindow(doors, self.tasks)
        window.created.connect(self._enter_created)
        window.opened.connect(self._opened_by_first_run)
        window.left.connect(self.quit)
        return window

    def _unlock_window(self) -> UnlockWindow:
        from caseworker_app.shell.unlock import UnlockDoors, UnlockWindow

        doors = UnlockDoors(
            self._open_with_passphrase, self._open_with_recovery_key, self._open_demonstration
        )
        window = UnlockWindow(str(self.folder), doors, self.tasks)
        window.opened.connect(self.enter)
        window.other_file_asked.connect(self._ask_other_file)
        window.left.connect(self.quit)
        return window

    def _main_window(self, office: Office) -> MainWindow:
        from caseworker_app.bootstrap.pages import build_main_window

        window = build_main_window(office, self.tasks)
        window.lock_asked.connect(self.lock)
        window.closed.connect(self.quit)
        window.appearance_chosen.connect(self._choose_appearance)
        window.text_scale_chosen.connect(self._choose_text_scale)
        return window

    def _create_file(self, asked: FirstRun) -> str:
        from caseworker_app.bootstrap.office import create_office
        from caseworker_app.features.team.domain import NewOffice

        new = NewOffice(asked.association, asked.worker)
        self._created, recovery_key = create_office(self.folder, asked.passphrase, new)
        return recovery_key

    def _enter_created(self) -> None:
        created, self._created = self._created, None
        if created is not None:
            self.enter(created)

    def _save_recovery_sheet(self, path: Path, recovery_key: str) -> None:
        from caseworker_app.features.team.documents import write_recovery_sheet
        from caseworker_app.kernel.clock import today

        if self._created is not None:
            write_recovery_sheet(recovery_key, today(self._created.file.clock), path)

    def _open_with_passphrase(self, passphrase: str) -> Office:
        from caseworker_app.bootstrap.office import open_office

        return self._with_growing_delay(lambda: open_office(self.folder, passphrase))

    def _open_with_recovery_key(self, text: str) -> Office:
        from caseworker_app.bootstrap.office import open_office_with_recovery_key

        return self._with_growing_delay(lambda: open_office_with_recovery_key(self.folder, text))

    def _open_demonstration(self) -> Office:
        from caseworker_app.bootstrap.office import open_demonstration

        return open_demonstration()

    def _with_growing_delay(self, unlock: Callable[[], Office]) -> Office:
        """Wait before answering the second wrong passphrase and those after it. Runs on the writer thread."""
        from caseworker_app.security.errors import WrongSecret

        try:
            return unlock()
        except WrongSecret:
            if self._failures:
                time.sleep(min(FIRST_DELAY_SECONDS * 2**self._failures, LONGEST_DELAY_SECONDS))
            self._failures += 1
            raise

    def _choose_existing(self, folder: Path) -> Path:
        from caseworker_app.security.errors import VaultMissing
        from caseworker_app.security.header_files import holds_vault

        if not holds_vault(folder):
            raise VaultMissing
        return folder

    def _opened_by_first_run(self, opened: Office | Path) -> None:
        if isinstance(opened, Path):
            self.folder = opened
            self.show_entrance()
        else:
            self.enter(opened)

    def _ask_other_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self.entrance, "Dossier du fichier", str(self.folder))
        if chosen:
            self.folder = Path(chosen)
            self.show_entrance()

    def _choose_appearance(self, appearance: Any) -> None:
        self._prefer(Preferences(appearance, self.preferences.text_scale))

    def _choose_text_scale(self, scale: int) -> None:
        self._prefer(Preferences(self.preferences.appearance, scale))
        if self.window is not None:
            self.window.rebuild()

    def _prefer(self, preferences: Preferences) -> None:
        self.preferences = preferences
        keep_preferences(self.folder, preferences)
        dress(self._app, preferences.appearance, preferences.text_scale)


def _is_painted(window: QWidget) -> bool:
    """Tell whether a window that was shown is on the screen: Qt paints within the event that exposes it."""
    return window.windowHandle().isExposed()


def _load_heavy_parts() -> None:
    """Import, while the passphrase is typed, what opening the file will need."""
    from caseworker_app.bootstrap import office, stores

    stores.load_stores()
    office.warm_up()
