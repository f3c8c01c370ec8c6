"""The change of the data key seen from the window: everything waits, the file is encrypted again, the day goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from caseworker_app.bootstrap.long_work import stop_long_work

if TYPE_CHECKING:
    from caseworker_app.bootstrap.backup_keeper import BackupKeeper
    from caseworker_app.bootstrap.folder_doors import FolderDoors
    from caseworker_app.bootstrap.office import Office
    from caseworker_app.kernel.errors import CaseworkerError
    from caseworker_app.shell.dialogs import Waiting
    from caseworker_app.shell.main_window import MainWindow
    from caseworker_app.ui_kit.tasks import Tasks


class KeyChange(QObject):
    """`reopened(office, why nothing was changed, "" when it was)` when the file is open again.

    `kept()` when the former file was never closed: whoever stopped the backups starts them again.
    """

    reopened = Signal(object, str)
    kept = Signal()

    def __init__(self, doors: FolderDoors, tasks: Tasks, parent: QObject) -> None:
        """Change nothing yet."""
        super().__init__(parent)
        self._doors, self._tasks = doors, tasks
        self._waiting: Waiting | None = None

    def begin(
        self, office: Office, window: MainWindow, keeper: BackupKeeper | None,
        proof: str, passphrase: str, recovery_key: str,
    ) -> None:  # fmt: skip
        """Encrypt the open file again under a new data key, opened by this passphrase and this recovery key."""
        from caseworker_app.bootstrap.new_key import change_open_office
        from caseworker_app.security.recovery_key import RecoveryKey

        if keeper is not None:  # nobody else may read the file while it is encrypted again
            keeper.stop()
        window.keep_drafts()
        self._waiting = _waiting_for_key(window)
        new = RecoveryKey.parse(recovery_key)
        doors = self._doors

        def change() -> tuple[Office, CaseworkerError | None]:
            return doors.delay(
                lambda: change_open_office(office, proof, passphrase, new, keystore=doors.keystore)
            )

        # An import in another process still writes under the old key.
        stop_long_work(self._tasks, lambda: self._run(change))

    def _run(self, change: Callable[[], tuple[Office, CaseworkerError | None]]) -> None:
        self._tasks.run(
            change,
            lambda answer: self._renewed(*answer),
            self._not_renewed,
            words="Changement de la clé des données",
        )

    def _renewed(self, office: Office, refused: CaseworkerError | None) -> None:
        self._end_waiting()
        self.reopened.emit(office, refused.sentence if refused is not None else "")

    def _not_renewed(self, error: CaseworkerError) -> None:
        self._end_waiting()
        self.kept.emit()
        self._tasks.refused.emit(error.sentence)

    def _end_waiting(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.done(0)


def _waiting_for_key(window: MainWindow) -> Waiting:
    from caseworker_app.shell.dialogs import Waiting

    waiting = Waiting(
        "Changement de la clé des données", "Le fichier est chiffré de nouveau. N’éteignez pas le PC.", window
    )
    waiting.open()
    return waiting
