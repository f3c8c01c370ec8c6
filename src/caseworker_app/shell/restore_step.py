"""Restoring a backup from the entrance: which one, the secret of its day, and what becomes of the present file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.shell.backups_shown import OfferedBackup
from caseworker_app.shell.entrance import WatchedPassphrase, step_column
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.row_list import RowList
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_ROWS_SHOWN, _ROW = 4, 50
_EXPLAINED = (
    "La sauvegarde choisie remplace le fichier présent, qui est mis de côté, jamais effacé. "
    "Écrivez la phrase secrète de ce jour-là, ou la clé de secours."
)
_NONE = "Aucune sauvegarde ici. Branchez la clé USB ou le lecteur réseau, puis cherchez-y."


@dataclass(frozen=True, slots=True)
class RestoreDoors:
    """What the step may ask for, on the threads of `tasks`.

    `offered(place)`: the backups of a folder, those of the file without one, newest first. `restore(key, secret)`:
    what is opened once restored; raises CaseworkerError, whose `next_older` names the one to try next when it has one.
    """

    offered: Callable[[Path | None], list[OfferedBackup]]
    restore: Callable[[str, str], Any]


class RestoreStep(QWidget):
    """`opened(what the door returned)` once restored; `back_asked()` to return to the passphrase."""

    opened = Signal(object)
    back_asked = Signal()

    def __init__(self, doors: RestoreDoors, tasks: Tasks) -> None:
        """List nothing yet."""
        super().__init__()
        self._doors, self._tasks = doors, tasks
        self._offered: dict[str, OfferedBackup] = {}
        self.list = RowList("Sauvegardes", height=_ROW)
        self.list.setFixedHeight(px(_ROW * _ROWS_SHOWN))
        self.empty = Label(_NONE, 13, tone="muted", wrap=True)
        self.secret = WatchedPassphrase()
        self.field = Field("&Phrase secrète ou clé de secours de ce jour-là", self.secret, lines=3)
        self.restore_button = Button("&Restaurer", "primary", "history")
        self.elsewhere = Button("&Chercher sur une clé ou un autre dossier\u2026", "ghost", "folder-open")
        self._lay_out()
        self.restore_button.clicked.connect(self.restore)
        self.secret.returnPressed.connect(self.restore)
        self.elsewhere.clicked.connect(self._ask_elsewhere)

    def show_backups(self, place: Path | None = None) -> None:
        """List the backups of a folder, or those of the file."""
        offered = self._doors.offered
        self._tasks.read(lambda: offered(place), self._show, owner=self, words="Recherche des sauvegardes")

    def restore(self) -> None:
        """Restore the one stood on with what is typed."""
        chosen = self._offered.get(self._current())
        if chosen is None or not chosen.usable:
            self.field.refuse("Choisissez d’abord une sauvegarde de la liste.")
            return
        typed = self.secret.text()
        if not typed.strip():
            self.field.refuse("Écrivez la phrase secrète de ce jour-là, ou la clé de secours.")
            return
        self.secret.hide_again()
        self._set_busy(busy=True)
        restore = self._doors.restore
        self._tasks.run(
            lambda: restore(chosen.key, typed), self._succeed, self._refused, owner=self, words="Restauration"
        )

    def forget(self) -> None:
        """Forget what was typed."""
        self.secret.clear()

    def _show(self, offered: list[OfferedBackup]) -> None:
        self._offered = {each.key: each for each in offered}
        self.list.set_rows([each.row() for each in offered])
        self.rows.setVisible(bool(offered))
        self.empty.setVisible(not offered)
        first = next((each.key for each in offered if each.usable), "")
        if first:
            self.list.stand_on(first)
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _succeed(self, opened: Any) -> None:
        self.forget()
        self.opened.emit(opened)

    def _refused(self, error: CaseworkerError) -> None:
        self._set_busy(busy=False)
        self.field.refuse(error.sentence)
        older = getattr(error, "next_older", "")
        key = next((key for key in self._offered if older and Path(key).name == older), "")
        if key:  # the damaged one is left for the one before it
            self.list.stand_on(key)
        self.secret.selectAll()
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_busy(self, *, busy: bool) -> None:
        self.restore_button.setText("Restauration\u2026" if busy else "&Restaurer")
        self.setEnabled(not busy)

    def _current(self) -> str:
        index = self.list.currentIndex()
        return self.list.rows.key_at(index.row()) if index.isValid() else ""

    def _ask_elsewhere(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Où sont les sauvegardes")
        if chosen:
            self.show_backups(Path(chosen))

    def _lay_out(self) -> None:
        step, column = step_column("Restaurer une sauvegarde", _EXPLAINED)
        self.rows = Card()
        self.rows.add_rows(self.list, rule=False)
        self.empty.hide()
        back = Button("Re&venir", "ghost", "arrow-left")
        back.clicked.connect(self.back_asked)
        for part in (self.rows, self.empty, self.elsewhere, self.field, self.restore_button, back):
            column.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(step)
