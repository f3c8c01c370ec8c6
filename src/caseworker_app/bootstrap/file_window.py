"""The main window on an open file: its pages, its palette, and what goes on quietly behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseworker_app.bootstrap.door import Door
from caseworker_app.bootstrap.office import Office
from caseworker_app.bootstrap.pages import Desk
from caseworker_app.bootstrap.palette_commands import join_palette
from caseworker_app.bootstrap.publishing import AgendaPublisher
from caseworker_app.features.team.domain import Right
from caseworker_app.shell.main_window import MainWindow
from caseworker_app.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from caseworker_app.features.handover.domain.transmission import Unfinished

# A kill loses the accesses of so long at most.
_ACCESSES_EVERY_MS = 2000
_FOLD_EVERY_MS = 5000


def build_main_window(office: Office, tasks: Tasks, door: Door | None = None) -> MainWindow:
    """Return the window of an open file, its search joined, nothing shown yet."""
    desk = Desk(office, tasks, door)
    window = MainWindow(office.who.name, desk.pages(), tasks, desk.navigator)
    window.show_file_state(encrypted=True)
    _keep_backups(window, desk)
    join_palette(window, desk)
    _finish_transmissions(desk)
    _take_relays(desk)
    _keep_accesses(window, desk)
    AgendaPublisher(office, tasks, desk.changes, window)
    _keep_log_short(window, desk)
    _sweep_contents(desk)
    return window


def _take_relays(desk: Desk) -> None:
    """Let the measures whose relay has come since the last opening bear who leads them now."""
    from caseworker_app.features.measures.service import take_relays

    office = desk.office
    desk.tasks.run(
        lambda: take_relays(office.file, office.who), desk.changes.announce, words="Relais du jour"
    )


def _keep_accesses(window: MainWindow, desk: Desk) -> None:
    """Write now and then, on the writer's thread, what was read: screens only note it."""
    from PySide6.QtCore import QTimer

    office, timer = desk.office, QTimer(window)

    def write() -> None:
        if office.file.accesses.pending:
            # A file closed meanwhile has written them.
            desk.tasks.run(office.file.keep_accesses, failed=lambda _error: None, owner=timer)

    timer.timeout.connect(write)
    timer.start(_ACCESSES_EVERY_MS)


def _keep_log_short(window: MainWindow, desk: Desk) -> None:
    """Fold the write-ahead log now and then, on the writer's thread while it has nothing to do."""
    from PySide6.QtCore import QTimer

    file, timer = desk.office.file, QTimer(window)

    def fold() -> None:
        if file.log_is_long and not desk.tasks.busy:
            # What keeps the disk from it will keep the next save from it, which says so.
            desk.tasks.run(file.fold_log, failed=lambda _error: None, owner=timer)

    timer.timeout.connect(fold)
    timer.start(_FOLD_EVERY_MS)


def _sweep_contents(desk: Desk) -> None:
    """Set aside the contents of pieces that nothing refers to: left by a kill, a draft given up, an erasure."""
    from caseworker_app.features.attachments.service import sweep_contents

    office = desk.office
    desk.tasks.run(lambda: sweep_contents(office.file, office.drafts), words="Rangement des pièces")


def _keep_backups(window: MainWindow, desk: Desk) -> None:
    """Back the file up from time to time, and show at the foot when that was."""
    from caseworker_app.bootstrap.backup_keeper import BackupKeeper

    keeper = desk.keeper = BackupKeeper(desk.office, desk.tasks, window)
    keeper.told.connect(
        lambda saved_at, late: window.show_file_state(encrypted=True, saved_at=saved_at, late=late)
    )
    keeper.tell()


def _finish_transmissions(desk: Desk) -> None:
    """Deliver the documents whose register line was written just before the program was killed."""
    from caseworker_app.features.handover.service.reviews import finish_transmissions

    def tell(unfinished: list[Unfinished]) -> None:
        for one in unfinished:
            desk.navigator.confirm(one.sentence)

    office = desk.office
    if not office.who.may(Right.TRANSMIT):
        return
    desk.tasks.run(
        lambda: finish_transmissions(office.file, office.who), tell, words="Vérification des envois"
    )
