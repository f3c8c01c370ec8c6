"""Joins the window: unlock first, the rest loaded while the passphrase is typed, then the pages on an open file."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.bootstrap.entrances import Entrances
from caseworker_app.bootstrap.folder_doors import FolderDoors
from caseworker_app.bootstrap.fresh_start import begin_anew, entrance_asked
from caseworker_app.bootstrap.long_work import stop_long_work
from caseworker_app.kernel.paths import default_data_folder
from caseworker_app.shell.doorbell import Doorbell, ring
from caseworker_app.shell.language import speak_french
from caseworker_app.shell.preferences import Preferences, keep_preferences, read_preferences
from caseworker_app.ui_kit.dress import dress, prepare
from caseworker_app.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from caseworker_app.bootstrap.backup_keeper import BackupKeeper
    from caseworker_app.bootstrap.door import Door
    from caseworker_app.bootstrap.office import Office
    from caseworker_app.bootstrap.vigil import Vigil
    from caseworker_app.shell.crash_notice import CrashWatch
    from caseworker_app.shell.main_window import MainWindow

# A window that starts minimised is not painted: the rest waits a second, no more.
_LOOK_EVERY_MS, _LOOKS = 5, 200

# What showing the main window and its first page imports: half a second that nobody need wait for.
FIRST_PAGE = (
    "shell.main_window", "bootstrap.file_window", "features.week.screens.page", "features.week.screens.reading",
    "features.directory.screens.page", "features.intake.screens.notice", "bootstrap.backup_keeper",
    "bootstrap.backup_words", "bootstrap.backups", "bootstrap.palette", "bootstrap.vigil", "bootstrap.readiness",
    "bootstrap.left_typing",
)  # fmt: skip


def open_window(arguments: list[str] | None = None) -> int:
    """Open the program and return when it is closed; at once if a window of this folder is open: it comes to front."""
    folder = entrance_asked() or default_data_folder()
    if ring(folder):
        return 0
    prepare()
    app = QApplication(arguments or sys.argv)
    program = Program(app, folder, begin_anew)
    program.hang_doorbell()
    program.begin()
    return app.exec()


class Program(QObject):
    """The life of the program: entrance, main window, lock, close."""

    def __init__(
        self, app: QApplication, folder: Path, begin_anew: Callable[[Path], None] | None = None
    ) -> None:
        """Dress the application; nothing is opened yet. `begin_anew`: how a lock ends; None: in this process."""
        super().__init__(app)
        app.setApplicationName("Passerelle")
        app.setQuitOnLastWindowClosed(False)
        self._app, self._begin_anew = app, begin_anew
        self.preferences = read_preferences(folder)
        speak_french(app)
        dress(app, self.preferences.appearance, self.preferences.text_scale)
        self.tasks = Tasks(self)
        self.doors = FolderDoors(folder)
        self.entrances = Entrances(self.doors, self.tasks, self)
        self._crashes: CrashWatch | None = None
        self._bell: Doorbell | None = None
        self.office: Office | None = None
        self.window: MainWindow | None = None
        self.vigil: Vigil | None = None
        self._join()

    @property
    def folder(self) -> Path:
        """The data folder of this person's file."""
        return self.doors.folder

    @property
    def entrance(self) -> QWidget | None:
        """The entrance shown, None once somebody is inside."""
        return self.entrances.window

    def hang_doorbell(self) -> None:
        """From the first picture on, let a later start of the program bring this one to front."""
        self._bell = Doorbell(self)
        self._bell.rung.connect(self.come_to_front)
        self._app.aboutToQuit.connect(self._bell.take_down)

    def begin(self) -> None:
        """Show the first-run window, or the unlock window when there is a file; load the rest behind it."""
        self.show_entrance()
        QTimer.singleShot(_LOOK_EVERY_MS, self, self._prepare_once_painted)

    def _prepare_once_painted(self, looks: int = _LOOKS) -> None:
        """Look now and then whether the first picture is on the screen: the rest waits for it."""
        entrance = self.entrance
        if entrance is None or looks == 0 or _is_painted(entrance):
            self._prepare()
        elif entrance.isVisible():
            QTimer.singleShot(_LOOK_EVERY_MS, lambda: self._prepare_once_painted(looks - 1))

    def _prepare(self) -> None:
        # What was made until now stays until the end; what comes is looked through once the window is there, by it
        # alone (`bootstrap.quiet`): in another thread, letting a widget go would end the program.
        gc.freeze()
        from caseworker_app.shell.crash_notice import CrashWatch

        self._crashes = CrashWatch(self.tasks)
        self._crashes.install()
        self._crashes.parent = self.entrance
        folder = self.folder
        self.tasks.read(lambda: _forget_copies(folder), words="Rangement")
        self.tasks.read(_load_heavy_parts, words="Préparation")
        self._answer_the_door()

    def show_entrance(self) -> None:
        """Show the way in that fits the folder."""
        self.entrances.show()

    def come_to_front(self) -> None:
        """Bring to front what is shown: the main window, or the entrance when the file is locked."""
        from caseworker_app.shell.doorbell import bring_to_front

        shown = self.window or self.entrance
        if shown is not None:
            bring_to_front(shown)

    def enter(self, office: Office) -> None:
        """Show the main window on an open file."""
        self.office = office
        self.window = self._main_window(office)
        self._tell_crashes_over(self.window)
        self.window.show()
        self.entrances.drop()
        self._answer_the_door()
        self._watch(self.window)
        forgotten, self.doors.by_recovery_key = self.doors.by_recovery_key, False
        if forgotten:
            self.window.navigator.open("settings", subject="security")
            self.window.navigator.confirm("Choisissez une nouvelle phrase secrète")
        else:
            self.window.navigator.open("week")
        if office.notices:
            self._tell(self.window, office.notices)
        self._make_ready(self.window)
        self._give_back(office, self.window)

    def _tell(self, window: MainWindow, sentences: list[str]) -> None:
        """Say what is gone or was set aside, until somebody has read it: it is told once."""
        from caseworker_app.shell.dialogs import ToRead

        ToRead("À lire avant de continuer", sentences, window).open()

    def _make_ready(self, window: MainWindow) -> None:
        from caseworker_app.bootstrap.readiness import Readiness

        Readiness(window, self.tasks)

    def _give_back(self, office: Office, window: MainWindow) -> None:
        from caseworker_app.bootstrap.left_typing import LeftTyping

        window.leaving.connect(LeftTyping(office.drafts, window, self.tasks).hold_on)

    def _watch_typing_again(self) -> None:
        from caseworker_app.bootstrap.left_typing import LeftTyping

        left = None if self.window is None else self.window.findChild(LeftTyping)
        if left is not None:
            left.resume()

    def _keep_left_typing(self) -> None:
        from caseworker_app.bootstrap.left_typing import LeftTyping

        left = None if self.window is None else self.window.findChild(LeftTyping)
        if left is not None:
            left.keep_before_leaving()

    def lock(self) -> None:
        """Close the file and ask for the passphrase again; what was typed was kept as a draft."""
        if self.office is None or self.window is None:
            return
        keeper = self._keeper()
        if keeper is not None:
            keeper.stop()
        self._keep_left_typing()
        window, self.window = self.window, None
        if self.vigil is not None:
            self.vigil.close_all(window)
        window.hide()
        self._close_office(lambda: self._locked(window))

    def quit(self) -> None:
        """Back up what changed, close the file, then the program."""
        self._keep_left_typing()
        self.office = self.office or self.doors.created
        keeper = self._keeper()
        if keeper is None or self.office is None:
            self._close_office(self._app.quit)
        else:
            keeper.before_closing(lambda: self._close_office(self._app.quit))

    def _join(self) -> None:
        self.entrances.entered.connect(self.enter)
        self.entrances.left.connect(self.quit)
        self.entrances.shown.connect(self._tell_crashes_over)
        self.entrances.moved.connect(self._go_to_folder)

    def _go_to_folder(self) -> None:
        """Show the entrance of the folder chosen, unless a window of this program is open on it: it comes to front."""
        if self._bell is not None and ring(self.folder):
            self.quit()
            return
        self.show_entrance()
        self._answer_the_door()

    def _answer_the_door(self) -> None:
        """Answer for the folder that is worked in; while the demonstration is shown its file has nobody at the door."""
        if self._bell is None:
            return
        if self.office is not None and self.office.throw_away:
            self._bell.take_down()
        elif not self._bell.answer(self.folder) and self.office is None and ring(self.folder):
            self.quit()

    def _keeper(self) -> BackupKeeper | None:
        from caseworker_app.bootstrap.backup_keeper import BackupKeeper

        return None if self.window is None else self.window.findChild(BackupKeeper)

    def _locked(self, window: MainWindow) -> None:
        window.deleteLater()
        if self.vigil is not None:
            self.vigil.end()
        if self._begin_anew is not None:
            self._end_in_another()
            return
        self.show_entrance()
        self._answer_the_door()

    def _end_in_another(self) -> None:
        """Leave the place to a program that never saw the file."""
        if self._bell is not None:
            self._bell.take_down()
        self.tasks.close()
        if self._begin_anew is not None:
            self._begin_anew(self.folder)
        self._app.quit()

    def _close_office(self, then: Callable[[], Any]) -> None:
        office, self.office = self.office, None
        if office is None:
            then()
            return
        stop_long_work(self.tasks, lambda: self._close_file(office, then))

    def _close_file(self, office: Office, then: Callable[[], Any]) -> None:
        # On the writer thread, after what was asked before: a draft being kept is kept first.
        self.tasks.run(office.close, lambda _done: then(), words="Fermeture du fichier")

    def _tell_crashes_over(self, window: QWidget) -> None:
        if self._crashes is not None:
            self._crashes.parent = window

    def _main_window(self, office: Office) -> MainWindow:
        from caseworker_app.bootstrap.file_window import build_main_window

        window = build_main_window(office, self.tasks, self._door())
        window.lock_asked.connect(self.lock)
        window.closed.connect(self.quit)
        window.appearance_chosen.connect(self._choose_appearance)
        window.text_scale_chosen.connect(self._choose_text_scale)
        return window

    def _door(self) -> Door:
        from caseworker_app.bootstrap.door import Door
        from caseworker_app.ui_kit.remembered import Remembered

        return Door(
            self.doors.delay,
            lambda: self.preferences.lock_after,
            self._choose_lock_after,
            self.renew,
            self.doors.keystore,
            Remembered(lambda: self.preferences.goal_view, self._choose_goal_view),
        )

    def _watch(self, window: MainWindow) -> None:
        """Lock when nobody is there or the session is left; hide everything when Escape is pressed twice."""
        if self.vigil is None:
            from caseworker_app.bootstrap.vigil import Vigil

            self.vigil = Vigil(self._app, lambda: self.preferences.lock_after, self)
        self.vigil.begin(window)

    def renew(self, proof: str, passphrase: str, recovery_key: str) -> None:
        """Encrypt the open file again under a new data key, and come back to it."""
        from caseworker_app.bootstrap.key_change import KeyChange

        office, window, keeper = self.office, self.window, self._keeper()
        if office is None or window is None:
            return
        self._keep_left_typing()
        change = KeyChange(self.doors, self.tasks, window)
        change.reopened.connect(lambda reopened, refused: self._renewed(window, reopened, refused))
        if keeper is not None:
            change.kept.connect(keeper.start)
        change.kept.connect(self._watch_typing_again)
        change.begin(office, window, keeper, proof, passphrase, recovery_key)

    def _renewed(self, window: MainWindow, office: Office, refused: str) -> None:
        window.hide()
        window.deleteLater()
        self.enter(office)
        if refused:
            self.tasks.refused.emit(refused)
        elif self.window is not None:
            self.window.navigator.confirm("La clé des données est changée\u00a0: rangez la nouvelle feuille")

    def _choose_appearance(self, appearance: Any) -> None:
        self._prefer(self.preferences._replace(appearance=appearance))

    def _choose_lock_after(self, minutes: int) -> None:
        self._prefer(self.preferences._replace(lock_after=minutes))

    def _choose_goal_view(self, view: str) -> None:
        self.preferences = self.preferences._replace(goal_view=view)
        keep_preferences(self.folder, self.preferences)

    def _choose_text_scale(self, scale: int) -> None:
        self._prefer(self.preferences._replace(text_scale=scale))
        if self.window is not None:
            self.window.rebuild()

    def _prefer(self, preferences: Preferences) -> None:
        self.preferences = preferences
        keep_preferences(self.folder, preferences)
        dress(self._app, preferences.appearance, preferences.text_scale)


def _is_painted(window: QWidget) -> bool:
    """Tell whether a window that was shown is on the screen: Qt paints within the event that exposes it."""
    return window.windowHandle().isExposed()


def _forget_copies(folder: Path) -> None:
    """Remove, before anybody unlocks, what a killed program left of pieces opened in another one."""
    from caseworker_app.storage.open_copies import OpenCopies

    OpenCopies(folder).empty()


def _load_heavy_parts() -> None:
    """Import, while the passphrase is typed, what opening the file and its first page will need."""
    from importlib import import_module

    from caseworker_app.bootstrap import office, stores

    stores.load_stores()
    office.warm_up()
    for module in FIRST_PAGE:
        import_module(f"caseworker_app.{module}")
