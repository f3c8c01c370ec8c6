"""The unlock window: which file, its passphrase, and the ways out when it is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.shell.entrance import CAPITALS, EntranceWindow, WatchedPassphrase, step_column
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Rule
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import px

if TYPE_CHECKING:
    from pathlib import Path

    from caseworker_app.shell.restore_step import RestoreDoors, RestoreStep
    from caseworker_app.shell.unlock_steps import SecretStep
    from caseworker_app.ui_kit.tasks import Tasks

Opened = Any
PASSPHRASE, RECOVERY, PIN = range(3)
_TAKING_OVER = (
    "Si l’autre PC est en panne, ou a été éteint sans fermer Passerelle, reprenez le fichier ici. Si quelqu’un y "
    "travaille encore, ce qui y est enregistré serait perdu ou abîmerait le fichier."
)


class UnlockDoors(NamedTuple):
    """What the window may ask for. Each runs on the writer thread, returns what is opened, or raises
    CaseworkerError.

    The growing delay after a wrong passphrase is theirs: they wait before they answer. None: not offered.
    `open_with_pin` is asked first where there is one; `pin_tries`, on the reader thread, says how many tries are
    left on this session, none when the key store has not its half of it. `take_over` forgets, knowingly, that
    another PC held the folder. `keep_copy` keeps, in a folder given with the passphrase, a copy of a file that only a
    newer version opens, and says where it lies.
    """

    open_with_passphrase: Callable[[str], Opened]
    open_with_recovery_key: Callable[[str], Opened]
    open_demonstration: Callable[[], Opened] | None = None
    restore: Callable[[], RestoreDoors] | None = None
    open_with_pin: Callable[[str], Opened] | None = None
    pin_tries: Callable[[], int] | None = None
    take_over: Callable[[], Any] | None = None
    keep_copy: Callable[[str, Path], str] | None = None


class UnlockWindow(EntranceWindow):
    """`opened(what the door returned)` once; `other_file_asked()` for another file or a new one."""

    opened = Signal(object)
    other_file_asked = Signal()

    def __init__(self, file_label: str, doors: UnlockDoors, tasks: Tasks) -> None:
        """Ask for the passphrase of the file shown as `file_label` (its folder)."""
        super().__init__()
        self._doors, self._tasks, self._file_label = doors, tasks, file_label
        self._others: dict[int, SecretStep] = {}
        self.restore_step: RestoreStep | None = None
        self.passphrase = WatchedPassphrase()
        self.passphrase_field = Field("&Phrase secrète", self.passphrase, lines=2)
        self.open_button = Button("&Ouvrir", "primary")
        self.take_over_button = Button("&Reprendre sur ce PC", "secondary", "alert-triangle")
        self.take_over_words = Label(_TAKING_OVER, 13, tone="muted", wrap=True)
        self.copy_button = Button("&Garder une copie\u2026", "secondary", "copy")
        self.steps.addWidget(self._passphrase_step(file_label))
        self._join()
        self.show_step(PASSPHRASE)
        if doors.open_with_pin is not None:
            self._offer_pin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Forget what was typed."""
        self._forget()
        if self.restore_step is not None:
            self.restore_step.forget()
        super().closeEvent(event)
        self.left.emit()

    def try_passphrase(self) -> None:
        """Try what is typed."""
        typed = self.passphrase.text()
        if not typed:
            self.passphrase_field.refuse("Écrivez votre phrase secrète.")
            return
        self.passphrase.hide_again()
        self._try(lambda: self._doors.open_with_passphrase(typed), self.passphrase_field, self.passphrase)

    def try_recovery_key(self) -> None:
        """Try the key typed from the paper."""
        step = self.other_way(RECOVERY)
        typed = step.entry.text()
        if not typed.strip():
            step.field.refuse("Recopiez la clé imprimée à la création du fichier.")
            return
        self._try(lambda: self._doors.open_with_recovery_key(typed), step.field, step.entry)

    def try_pin(self) -> None:
        """Try the PIN typed; once it is out of use, the passphrase is asked and nothing else."""
        step, door = self.other_way(PIN), self._doors.open_with_pin
        typed = step.entry.text()
        if not typed or door is None:
            step.field.refuse("Écrivez votre code court.")
            return
        self._try(lambda: door(typed), step.field, step.entry, self._pin_gone)

    def show_step(self, number: int) -> None:
        """Go to the passphrase (0), to the recovery key (1) or to the PIN (2)."""
        if number == PASSPHRASE:
            self.steps.setCurrentIndex(PASSPHRASE)
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            step = self.other_way(number)
            self.steps.setCurrentWidget(step)
            step.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def other_way(self, number: int) -> SecretStep:
        """Return the step of the recovery key (1) or of the PIN (2), made when it is first asked for."""
        made = self._others.get(number)
        if made is None:
            # Most people never see it, and the window starts the sooner.
            from caseworker_app.shell.unlock_steps import pin_step, recovery_key_step

            made = pin_step(self._file_label) if number == PIN else recovery_key_step()
            made.tried.connect(self.try_pin if number == PIN else self.try_recovery_key)
            made.back_asked.connect(lambda: self.show_step(PASSPHRASE))
            self._others[number] = made
            self.steps.addWidget(made)
        return made

    def asks_pin(self) -> bool:
        """Say whether the PIN is what is asked for now."""
        return PIN in self._others and self.steps.currentWidget() is self._others[PIN]

    def _offer_pin(self) -> None:
        """Ask for the PIN first, and meanwhile look whether the key store still has its half of it."""
        self.show_step(PIN)
        tries = self._doors.pin_tries
        if tries is not None:
            # Whatever the store answers, the passphrase opens: no error is shown.
            self._tasks.read(
                tries, self._judge_tries, lambda _error: self._judge_tries(0),
                owner=self, words="Lecture du trousseau",
            )  # fmt: skip

    def _judge_tries(self, left: int) -> None:
        if not left:
            self._pin_gone(None)

    def _pin_gone(self, error: CaseworkerError | None) -> bool:
        """Ask for the passphrase once the PIN is of no use any more; say whether that is so."""
        from caseworker_app.security.errors import PinNotThere, WrongPin

        spent = isinstance(error, WrongPin) and not error.tries_left
        if not (error is None or spent or isinstance(error, PinNotThere)):
            return False
        self.other_way(PIN).entry.clear()
        if self.asks_pin():
            self.show_step(PASSPHRASE)
            if error is not None:
                self.passphrase_field.refuse(error.sentence)
        return True

    def show_restore(self, place: Path | None = None) -> None:
        """Go to the backups of this file, or of a folder."""
        if self._doors.restore is None:
            return
        if self.restore_step is None:
            # Made when it is asked for: most people never see it, and the window starts the sooner.
            from caseworker_app.shell.restore_step import RestoreStep

            self.restore_step = RestoreStep(self._doors.restore(), self._tasks)
            self.restore_step.opened.connect(self._succeed)
            self.restore_step.back_asked.connect(lambda: self.show_step(PASSPHRASE))
            self.steps.addWidget(self.restore_step)
        self.steps.setCurrentWidget(self.restore_step)
        self.restore_step.show_backups(place)

    def _try(
        self,
        door: Callable[[], Opened],
        field: Field,
        entry: Entry,
        taken: Callable[[CaseworkerError], bool] = lambda _error: False,
    ) -> None:
        self._set_busy(True)

        def refused(error: CaseworkerError) -> None:
            self._set_busy(False)
            if taken(error) or self._is_held_elsewhere(error) or self._is_newer(error):
                return
            field.refuse(error.sentence)
            entry.selectAll()
            entry.setFocus(Qt.FocusReason.OtherFocusReason)

        self._tasks.run(door, self._succeed, refused, owner=self, words="Ouverture du fichier")

    def _is_held_elsewhere(self, error: CaseworkerError) -> bool:
        """Say which PC has the file, and offer to take it over from one that broke down."""
        from caseworker_app.security.errors import HeldByAnotherPc

        held = isinstance(error, HeldByAnotherPc) and self._doors.take_over is not None
        self.take_over_words.setVisible(held)
        self.take_over_button.setVisible(held)
        if held:
            self.show_step(PASSPHRASE)
            self.passphrase_field.refuse(error.sentence)
        return held

    def _is_newer(self, error: CaseworkerError) -> bool:
        """Say that a newer version wrote the file, and offer to keep a copy of it."""
        from caseworker_app.storage.encrypted_file import NewerFile

        newer = isinstance(error, NewerFile) and self._doors.keep_copy is not None
        self.copy_button.setVisible(newer)
        if newer:
            self.show_step(PASSPHRASE)
            self.passphrase_field.refuse(error.sentence)
        return newer

    def ask_copy(self) -> None:
        """Ask in which folder a copy is kept, then keep it."""
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self, "Dossier de la copie")
        if chosen:
            self.keep_copy(Path(chosen))

    def keep_copy(self, place: Path) -> None:
        """Keep a copy of the file in a folder, by the passphrase that is typed."""
        door, typed = self._doors.keep_copy, self.passphrase.text()
        if door is None or not typed:
            self.passphrase_field.refuse("Écrivez votre phrase secrète, puis gardez la copie.")
            return
        self._set_busy(True)

        def kept(where: str) -> None:
            self._set_busy(False)
            self.passphrase_field.accept()
            self.passphrase_field.show_hint(f"Copie gardée et relue\u00a0: {where}")

        def refused(error: CaseworkerError) -> None:
            self._set_busy(False)
            self.passphrase_field.refuse(error.sentence)

        self._tasks.run(lambda: door(typed, place), kept, refused, owner=self, words="Copie du fichier")

    def take_over(self) -> None:
        """Take the file over from another PC, then open it with what is typed, if anything is."""
        door = self._doors.take_over
        if door is None:
            return
        self.take_over_words.hide()
        self.take_over_button.hide()
        self.passphrase_field.accept()

        def taken(_answer: object) -> None:
            if self.passphrase.text():
                self.try_passphrase()
            else:
                self.show_step(PASSPHRASE)

        self._tasks.run(door, taken, lambda error: self.passphrase_field.refuse(error.sentence), owner=self)

    def _succeed(self, opened: Opened) -> None:
        self._forget()
        self.opened.emit(opened)

    def _forget(self) -> None:
        self.passphrase.clear()
        for step in self._others.values():
            step.entry.clear()

    def _set_busy(self, busy: bool) -> None:
        self.open_button.setText("Ouverture\u2026" if busy else "&Ouvrir")
        for step in self._others.values():
            step.set_busy(busy)
        self.steps.setEnabled(not busy)

    def _passphrase_step(self, file_label: str) -> QWidget:
        step, column = step_column("Ouvrir votre fichier")
        file_line = QHBoxLayout()
        file_line.setSpacing(px(8))
        file_line.addWidget(Mark("database", 16))
        file_line.addWidget(ElidedLabel(file_label, 13, tone="muted"), 1)
        other = Button("&Changer\u2026", "ghost", compact=True)
        other.clicked.connect(self.other_file_asked)
        file_line.addWidget(other)
        column.addLayout(file_line)
        column.addSpacing(px(4))
        column.addWidget(self.passphrase_field)
        column.addWidget(self.open_button)
        for part in (self.take_over_words, self.take_over_button, self.copy_button):
            column.addWidget(part)
            part.hide()
        column.addSpacing(px(4))
        self._add_ways_out(column)
        return step

    def _add_ways_out(self, column: QVBoxLayout) -> None:
        forgotten = Button("Phrase secrète o&ubliée\u202f?", "ghost", "key")
        forgotten.clicked.connect(lambda: self.show_step(RECOVERY))
        column.addWidget(forgotten)
        if self._doors.restore is not None:
            restore = Button("Restaurer une sau&vegarde\u2026", "ghost", "history")
            restore.clicked.connect(lambda _checked: self.show_restore(None))
            column.addWidget(restore)
        if self._doors.open_demonstration is not None:
            door = self._doors.open_demonstration
            demonstration = Button("&Essayer la démonstration", "quiet", "sparkles")
            demonstration.clicked.connect(lambda: self._try(door, self.passphrase_field, self.passphrase))
            column.addWidget(Rule())
            column.addWidget(demonstration)

    def _join(self) -> None:
        self.open_button.clicked.connect(self.try_passphrase)
        self.take_over_button.clicked.connect(self.take_over)
        self.copy_button.clicked.connect(self.ask_copy)
        self.passphrase.returnPressed.connect(self.try_passphrase)
        self.passphrase.capitals_locked.connect(
            lambda locked: self.passphrase_field.show_hint(CAPITALS if locked else "")
        )
