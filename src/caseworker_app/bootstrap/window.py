"""Joins the window: unlock first, the rest loaded while the passphrase is typed, then the pages on an open file."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.kernel.paths import default_data_folder
from caseworker_app.shell.language import speak_french
from caseworker_app.shell.preferences import Preferences, keep_preferences, read_preferences
from caseworker_app.ui_kit.dress import dress, prepare
from caseworker_app.ui_kit.tasks import Task, Tasks

if TYPE_CHECKING:
    from caseworker_app.bootstrap.backup_keeper import BackupKeeper
    from caseworker_app.bootstrap.door import Door
    from caseworker_app.bootstrap.office import Office
    from caseworker_app.bootstrap.vigil import Vigil
    from caseworker_app.kernel.errors import CaseworkerError
    from caseworker_app.security.growing_delay import GrowingDelay
    from caseworker_app.security.keystore import Keystore
    from caseworker_app.shell.backups_shown import OfferedBackup
    from caseworker_app.shell.crash_notice import CrashWatch
    from caseworker_app.shell.dialogs import Waiting
    from caseworker_app.shell.first_run import FirstRun, FirstRunWindow
    from caseworker_app.shell.main_window import MainWindow
    from caseworker_app.shell.restore_step import RestoreDoors
    from caseworker_app.shell.unlock import UnlockWindow

# A window that starts minimised is not painted: the rest waits a second, no more.
_LOOK_EVERY_MS, _LOOKS = 5, 200
# A transaction of an import takes half a second; what does not end is left behind.
LONGEST_STOP_MS = 10_000


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
        self.keystore: Keystore | None = None
        self._delay: GrowingDelay | None = None
        self._by_recovery_key = False
        self.vigil: Vigil | None = None

    def begin(self) -> None:
        """Show the first-run window, or the unlock window when there is a file; load the rest behind it."""
        self.tasks.read(lambda: _forget_copies(self.folder), words="Rangement")
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
        self.office = office
        self.window = self._main_window(office)
        self._tell_crashes_over(self.window)
        self.window.show()
        self._drop_entrance()
        self._watch(self.window)
        forgotten, self._by_recovery_key = self._by_recovery_key, False
        if forgotten:
            self.window.navigator.open("settings", subject="security")
            self.window.navigator.confirm("Choisissez une nouvelle phrase secrète")
        else:
            self.window.navigator.open("households")
        self._make_ready(self.window)

    def _make_ready(self, window: MainWindow) -> None:
        from caseworker_app.bootstrap.readiness import Readiness

        Readiness(window, self.tasks)

    def lock(self) -> None:
        """Close the file and ask for the passphrase again; what was typed was kept as a draft."""
        if self.office is None or self.window is None:
            return
        keeper = self._keeper()
        if keeper is not None:
            keeper.stop()
        window, self.window = self.window, None
        if self.vigil is not None:
            self.vigil.close_all(window)
        window.hide()
        self._close_office(lambda: self._locked(window))

    def quit(self) -> None:
        """Back up what changed, close the file, then the program."""
        self.office = self.office or self._created
        keeper = self._keeper()
        if keeper is None or self.office is None:
            self._close_office(self._app.quit)
        else:
            keeper.before_closing(lambda: self._close_office(self._app.quit))

    def _keeper(self) -> BackupKeeper | None:
        from caseworker_app.bootstrap.backup_keeper import BackupKeeper

        return None if self.window is None else self.window.findChild(BackupKeeper)

    def _locked(self, window: MainWindow) -> None:
        window.deleteLater()
        if self.vigil is not None:
            self.vigil.end()
        self.show_entrance()

    def _close_office(self, then: Callable[[], Any]) -> None:
        office, self.office = self.office, None
        if office is None:
            then()
            return
        self._stop_long_work(lambda: self._close_file(office, then))

    def _close_file(self, office: Office, then: Callable[[], Any]) -> None:
        # On the writer thread, after what was asked before: a draft being kept is kept first.
        self.tasks.run(office.close, lambda _done: then(), words="Fermeture du fichier")

    def _stop_long_work(self, then: Callable[[], None]) -> None:
        """Stop what can be stopped, then go on: an import in another process must not outlive the lock, nor be taken
        for one that was interrupted by whoever opens the file again.
        """
        left = {task for task in self.tasks.running if task.cancellable}
        once = [then]

        def go_on() -> None:
            if once:
                once.pop()()

        def ended(task: Task) -> None:
            left.discard(task)
            if not left:
                go_on()

        for task in tuple(left):
            task.ended.connect(partial(ended, task))
            task.cancel()
        if left:
            QTimer.singleShot(LONGEST_STOP_MS, self, go_on)
        else:
            go_on()

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

        pin = self._has_pin()
        doors = UnlockDoors(
            self._open_with_passphrase, self._open_with_recovery_key, self._open_demonstration,
            open_with_pin=self._open_with_pin if pin else None, pin_tries=self._pin_tries if pin else None,
            restore=self._restore_doors,
        )  # fmt: skip
        window = UnlockWindow(str(self.folder), doors, self.tasks)
        window.opened.connect(self.enter)
        window.other_file_asked.connect(self._ask_other_file)
        window.left.connect(self.quit)
        return window

    def _main_window(self, office: Office) -> MainWindow:
        from caseworker_app.bootstrap.pages import build_main_window

        window = build_main_window(office, self.tasks, self._door())
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

        return self.delay(lambda: open_office(self.folder, passphrase))

    def _open_with_recovery_key(self, text: str) -> Office:
        from caseworker_app.bootstrap.office import open_office_with_recovery_key

        office = self.delay(lambda: open_office_with_recovery_key(self.folder, text))
        self._by_recovery_key = True
        return office

    def _open_with_pin(self, pin: str) -> Office:
        from caseworker_app.bootstrap.office import open_office_with_pin

        return self.delay(lambda: open_office_with_pin(self.folder, pin, self.keystore))

    def _has_pin(self) -> bool:
        """Say whether a PIN is to be asked first; a header that cannot be read has none to offer."""
        from caseworker_app.security.header_files import names_kind

        return names_kind(self.folder, "keyring")

    def _pin_tries(self) -> int:
        from caseworker_app.security.keystore import Keystore
        from caseworker_app.security.quick_unlock import tries_left

        self.keystore = self.keystore or Keystore()
        return tries_left(self.folder, self.keystore)

    @property
    def delay(self) -> GrowingDelay:
        """What makes wrong secrets wait, the same for every door of this program."""
        from caseworker_app.security.growing_delay import GrowingDelay

        self._delay = self._delay or GrowingDelay()
        return self._delay

    def _door(self) -> Door:
        from caseworker_app.bootstrap.door import Door

        return Door(
            self.delay,
            lambda: self.preferences.lock_after,
            self._choose_lock_after,
            self._renew,
            self.keystore,
        )

    def _watch(self, window: MainWindow) -> None:
        """Lock when nobody is there or the session is left; hide everything when Escape is pressed twice."""
        if self.vigil is None:
            from caseworker_app.bootstrap.vigil import Vigil

            self.vigil = Vigil(self._app, lambda: self.preferences.lock_after, self)
        self.vigil.begin(window)

    def _renew(self, proof: str, passphrase: str, recovery_key: str) -> None:
        """Encrypt the open file again under a new data key, and come back to it."""
        from caseworker_app.bootstrap.new_key import change_open_office
        from caseworker_app.security.recovery_key import RecoveryKey

        office, window, keeper = self.office, self.window, self._keeper()
        if office is None or window is None:
            return
        if keeper is not None:  # nobody else may read the file while it is encrypted again
            keeper.stop()
        window.keep_drafts()
        waiting = _waiting_for_key(window)
        new = RecoveryKey.parse(recovery_key)

        def change() -> None:
            self.tasks.run(
                lambda: self.delay(
                    lambda: change_open_office(office, proof, passphrase, new, keystore=self.keystore)
                ),
                lambda answer: self._renewed(waiting, window, *answer),
                lambda error: self._not_renewed(waiting, error),
                words="Changement de la clé des données",
            )

        # An import in another process still writes under the old key.
        self._stop_long_work(change)

    def _renewed(
        self, waiting: Waiting, window: MainWindow, office: Office, refused: CaseworkerError | None
    ) -> None:
        waiting.done(0)
        window.hide()
        window.deleteLater()
        self.enter(office)
        if refused is not None:
            self.tasks.refused.emit(refused.sentence)
        elif self.window is not None:
            self.window.navigator.confirm("La clé des données est changée\u00a0: rangez la nouvelle feuille")

    def _not_renewed(self, waiting: Waiting, error: CaseworkerError) -> None:
        waiting.done(0)
        keeper = self._keeper()
        if keeper is not None:
            keeper.start()
        self.tasks.refused.emit(error.sentence)

    def _open_demonstration(self) -> Office:
        from caseworker_app.bootstrap.office import open_demonstration

        return open_demonstration()

    def _restore_doors(self) -> RestoreDoors:
        from caseworker_app.shell.restore_step import RestoreDoors

        return RestoreDoors(self._offered_backups, self._restore)

    def _offered_backups(self, place: Path | None) -> list[OfferedBackup]:
        from caseworker_app.bootstrap.backup_words import offered
        from caseworker_app.bootstrap.backups import backups_for, backups_in

        return [offered(each) for each in (backups_in(place) if place else backups_for(self.folder))]

    def _restore(self, backup: str, secret: str) -> Office:
        from caseworker_app.bootstrap.backups import restore_and_open

        return self.delay(lambda: restore_and_open(self.folder, Path(backup), secret))

    def _choose_existing(self, folder: Path) -> Path:
        from caseworker_app.bootstrap.backups import backups_in
        from caseworker_app.security.errors import VaultMissing
        from caseworker_app.security.header_files import holds_vault

        if not holds_vault(folder) and not backups_in(folder):
            raise VaultMissing
        return folder

    def _opened_by_first_run(self, opened: Office | Path) -> None:
        if isinstance(opened, Path):
            self._go_to(opened)
        else:
            self.enter(opened)

    def _ask_other_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self.entrance, "Dossier du fichier", str(self.folder))
        if chosen:
            self._go_to(Path(chosen))

    def _go_to(self, chosen: Path) -> None:
        """Ask for the secret of the file chosen; a backup, or a folder of them, is restored, not worked in."""
        from caseworker_app.bootstrap.backups import backups_in
        from caseworker_app.security.header_files import holds_vault
        from caseworker_app.storage.backups.shelf import is_backup

        if is_backup(chosen) or (not holds_vault(chosen) and backups_in(chosen)):
            self.show_restore(chosen)
        else:
            self.folder = chosen
            self.show_entrance()

    def show_restore(self, place: Path) -> None:
        """Offer the backups of a folder, to be restored where this person's file lies or is to lie."""
        window = self._unlock_window()
        self._tell_crashes_over(window)
        previous, self.entrance = self.entrance, window
        window.show_restore(place)
        window.show()
        if previous is not None:
            previous.deleteLater()

    def _choose_appearance(self, appearance: Any) -> None:
        self._prefer(replace(self.preferences, appearance=appearance))

    def _choose_lock_after(self, minutes: int) -> None:
        self._prefer(replace(self.preferences, lock_after=minutes))

    def _choose_text_scale(self, scale: int) -> None:
        self._prefer(replace(self.preferences, text_scale=scale))
        if self.window is not None:
            self.window.rebuild()

    def _prefer(self, preferences: Preferences) -> None:
        self.preferences = preferences
        keep_preferences(self.folder, preferences)
        dress(self._app, preferences.appearance, preferences.text_scale)


def _waiting_for_key(window: QWidget) -> Waiting:
    from caseworker_app.shell.dialogs import Waiting

    waiting = Waiting(
        "Changement de la clé des données", "Le fichier est chiffré de nouveau. N’éteignez pas le PC.", window
    )
    waiting.open()
    return waiting


def _is_painted(window: QWidget) -> bool:
    """Tell whether a window that was shown is on the screen: Qt paints within the event that exposes it."""
    return window.windowHandle().isExposed()


def _forget_copies(folder: Path) -> None:
    """Remove, before anybody unlocks, what a killed program left of pieces opened in another one."""
    from caseworker_app.storage.open_copies import OpenCopies

    OpenCopies(folder).empty()


def _load_heavy_parts() -> None:
    """Import, while the passphrase is typed, what opening the file will need."""
    from caseworker_app.bootstrap import office, stores

    stores.load_stores()
    office.warm_up()
