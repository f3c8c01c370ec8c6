"""Makes the backups of an open file in the background, and tells at the foot of the window how they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.settings_section import SectionTab, SettingsSection

if TYPE_CHECKING:
    from caseworker_app.bootstrap.backups import BackedUp, BackupState
    from caseworker_app.bootstrap.office import Office
    from caseworker_app.shell.settings_backups import BackupDoors
    from caseworker_app.storage.backups.second_place import Standing
    from caseworker_app.ui_kit.page import Navigator
    from caseworker_app.ui_kit.tasks import Task, Tasks

# Somebody who has just opened their file finds a household first; the backup can wait a little.
FIRST_LOOK_MS, LOOK_EVERY_MS = 20_000, 30 * 60_000
ABOUT = "Ce qui ramène votre fichier après une panne, un vol ou une erreur."
WORDS, COPY_WORDS, MOVE_WORDS = "Sauvegarde", "Copie de la sauvegarde", "Déplacement des sauvegardes"


class BackupKeeper(QObject):
    """`told(saved_at, late)`: what the foot of the window shows; `changed()` when a backup was made or copied."""

    told = Signal(str, str)
    changed = Signal()

    def __init__(self, office: Office, tasks: Tasks, parent: QObject) -> None:
        """Look a little later, then every half-hour: a window may stay open for days."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self._task: Task | None = None
        # Looks may overlap: what was told is remembered here as well as in the folder.
        self._told_on: date | None = None
        self._late_told_on: date | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._first = QTimer(self, singleShot=True, interval=FIRST_LOOK_MS)
        self._first.timeout.connect(self.look)
        self.start()

    @property
    def under_way(self) -> bool:
        """Say whether a backup or a copy is being made."""
        return self._task is not None

    def start(self) -> None:
        """Look from time to time; the demonstration, which is thrown away, is left alone."""
        if not self._office.throw_away:
            self._timer.start()
            self._first.start()

    def look(self) -> None:
        """Make a backup if the last one is older than a day, and say what is late."""
        from caseworker_app.storage.backups.manifest import OPENING

        def judge(state: BackupState) -> None:
            self._show(state)
            if state.due and not self.under_way:
                self.make(OPENING, failed=self._tell_failure)
            else:
                self._tell_late(state)

        self._read(judge)

    def tell(self) -> None:
        """Show at the foot how backups stand."""
        self._read(self._show)

    def make(
        self, reason: str, then: Callable[[], Any] | None = None,
        failed: Callable[[CaseworkerError], Any] | None = None,
    ) -> None:  # fmt: skip
        """Make a backup in another process, then its copy."""
        from caseworker_app.bootstrap.backups import back_up_apart

        def made(_done: BackedUp) -> None:
            self.changed.emit()
            if reason != _closing():
                self.look()
            if then is not None:
                then()

        self._start(back_up_apart, self._office.file.access, reason, made, failed, WORDS)

    def copy(self, then: Callable[[], Any], failed: Callable[[CaseworkerError], Any]) -> None:
        """Copy the last backup to the second place again."""
        from caseworker_app.bootstrap.backups import copy_apart

        def copied(standing: Standing) -> None:
            self.changed.emit()
            self.tell()
            if standing.failure:
                failed(CaseworkerError(standing.failure))
            else:
                then()

        def go_on(state: BackupState) -> None:
            if state.last is None:
                self.make("asked", then, failed)
            else:
                access = self._office.file.access
                self._start(copy_apart, access, state.last.folder, copied, failed, COPY_WORDS)

        self._read(go_on)

    def stop(self) -> None:
        """Stop looking and drop what is under way: nothing is left half-made."""
        self._timer.stop()
        self._first.stop()
        if self._task is not None:
            self._task.cancel()

    def before_closing(self, then: Callable[[], Any]) -> None:
        """Make a backup of what changed since the last one, then go on, whatever came of it."""
        self.stop()
        if self._office.throw_away:
            then()
            return

        def judge(state: BackupState) -> None:
            if state.changed or state.due:
                self.make(_closing(), then, lambda _error: then())
            else:
                then()

        self._tasks.read(self._state, judge, lambda _error: then(), words=WORDS)

    def sections(self, navigator: Navigator) -> list[SectionTab]:
        """Return the section of the settings; none for the demonstration, which is thrown away."""
        if self._office.throw_away:
            return []

        def section() -> SettingsSection:
            from caseworker_app.shell.settings_backups import BackupsSection

            return BackupsSection(self.doors(), self._tasks, navigator)

        return [SectionTab("backups", "Sauvegardes", ABOUT, "device-floppy", section)]

    def doors(self) -> BackupDoors:
        """Return what the settings may ask for."""
        from caseworker_app.bootstrap.backup_words import shown
        from caseworker_app.shell.settings_backups import BackupDoors
        from caseworker_app.storage.backups.main_place import place_of
        from caseworker_app.storage.backups.manifest import ASKED

        return BackupDoors(
            self.changed,
            lambda: shown(self._state(), place_of(self._office.folder)),
            lambda then, failed: self.make(ASKED, then, failed),
            self.copy,
            self._choose,
            self._try_place,
            self._choose_main,
        )

    def _choose_main(
        self, place: Path | None, then: Callable[[], Any], failed: Callable[[CaseworkerError], Any]
    ) -> None:
        """Move the backups to another main place, in another process; none is made meanwhile."""
        from caseworker_app.bootstrap.backups import move_apart
        from caseworker_app.storage.backups.refusals import BackupUnderWay

        if self.under_way:
            failed(BackupUnderWay())
            return
        access = self._office.file.access
        self._start(move_apart, access, place, lambda _none: then(), failed, MOVE_WORDS)

    def _state(self) -> BackupState:
        from caseworker_app.bootstrap.backups import state_of

        return state_of(self._office.file, self._office.drafts)

    def _read(self, then: Callable[[BackupState], Any]) -> None:
        # A file just closed has nothing more to tell.
        self._tasks.read(self._state, then, lambda _error: None, owner=self, words=WORDS)

    def _start(
        self, work: Callable[..., Any], access: object, about: object, then: Callable[[Any], Any],
        failed: Callable[[CaseworkerError], Any] | None, words: str,
    ) -> None:  # fmt: skip
        task = self._tasks.compute(work, access, about, then=then, failed=failed, words=words)
        self._task = task
        task.ended.connect(lambda: self._ended(task))

    def _ended(self, task: Task) -> None:
        if self._task is task:
            self._task = None

    def _show(self, state: BackupState) -> None:
        from caseworker_app.bootstrap.backup_words import foot_words

        saved_at, late = foot_words(state)
        self.told.emit(saved_at, late)

    def _tell_late(self, state: BackupState) -> None:
        from caseworker_app.storage.backups.main_place import UNREADABLE
        from caseworker_app.storage.backups.second_place import keep_standing

        day = today(self._office.file.clock)
        sentence = state.standing.to_tell(state.now, day) if state.main.readable else UNREADABLE
        if sentence and self._late_told_on != day:
            self._late_told_on = day
            self._tasks.refused.emit(sentence)
            keep_standing(self._office.folder, replace(state.standing, told_on=day.isoformat()))

    def _tell_failure(self, error: CaseworkerError) -> None:
        """Say once a day that no backup could be made: it is tried again every half-hour."""
        day = today(self._office.file.clock)
        if self._told_on != day:
            self._told_on = day
            self._tasks.refused.emit(error.sentence)

    def _choose(self, place: Path | None) -> None:
        from caseworker_app.bootstrap.backups import choose_second_place
        from caseworker_app.storage.backups.second_place import forget_place

        if place is None:
            forget_place(self._office.folder)
        else:
            choose_second_place(self._office.folder, place)

    def _try_place(self) -> str:
        from caseworker_app.bootstrap.backup_words import size_words
        from caseworker_app.storage.backups.second_place import read_standing, try_place

        free = try_place(Path(read_standing(self._office.folder).place))
        return f"Écrit et relu sans erreur. Place libre\u00a0: {size_words(free)}."


def _closing() -> str:
    from caseworker_app.storage.backups.manifest import CLOSING

    return CLOSING
