"""Choosing the columns of the list and their order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.directory.domain.columns import (
    COLUMN_LABELS,
    DEFAULT_COLUMNS,
    ColumnKey,
    checked_columns,
)
from caseworker_app.features.directory.domain.filters import FilterChoice
from caseworker_app.features.directory.screens.filter_popup import BoxList
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.theme import px

_ROW, _ROWS_SEEN = 32, 8


class ColumnsDialog(AskDialog):
    """The dialog. `entered(columns)` when it is confirmed; Alt with an arrow moves a column."""

    entered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Colonnes de la liste", "&Appliquer", "check", parent)
        self.say("La colonne Ménage reste toujours la première. Les autres s’affichent dans cet ordre.")
        self.boxes = BoxList("Colonnes affichées")
        self.boxes.setAccessibleDescription("Espace affiche ou masque, Alt et une flèche déplacent")
        # A dialog stays within a small screen at 150 %: the rest scrolls.
        self.boxes.setFixedHeight(px(_ROW) * _ROWS_SEEN + 2)
        self.up = Button("&Monter", "secondary", "arrow-up", compact=True)
        self.down = Button("&Descendre", "secondary", "arrow-down", compact=True)
        self.usual = Button("&Colonnes habituelles", "ghost", compact=True)
        side = QVBoxLayout()
        for button in (self.up, self.down, self.usual):
            button.setAutoDefault(False)
            side.addWidget(button)
        side.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(px(12))
        line.addWidget(self.boxes, 1)
        line.addLayout(side)
        self.body.addLayout(line)
        self.boxes.itemClicked.connect(lambda item: self.boxes.toggle(self.boxes.row(item)))
        self.boxes.installEventFilter(self)
        self.up.clicked.connect(lambda: self.move_column(-1))
        self.down.clicked.connect(lambda: self.move_column(1))
        self.usual.clicked.connect(lambda: self._fill(DEFAULT_COLUMNS))
        self.confirm.clicked.connect(self._enter)

    def ask(self, shown: Sequence[ColumnKey]) -> None:
        """Show the columns, those shown first and ticked."""
        self.line.clear()
        self.confirm.setEnabled(True)
        self._fill(shown)
        self.boxes.setFocus()
        self.open()

    @property
    def columns(self) -> tuple[ColumnKey, ...]:
        """The columns ticked, in order, the household first."""
        return checked_columns(self.boxes.values())

    def move_column(self, step: int) -> None:
        """Move the column one stands on up (-1) or down (1)."""
        row = self.boxes.currentRow()
        there = row + step
        if row < 0 or not 0 <= there < self.boxes.count():
            return
        item = self.boxes.takeItem(row)
        self.boxes.insertItem(there, item)
        self.boxes.setCurrentRow(there)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move a column with Alt and an arrow."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.move_column(steps[Qt.Key(event.key())])
            return True
        return False

    def _fill(self, shown: Sequence[ColumnKey]) -> None:
        others = [key for key in ColumnKey if key not in shown]
        keys = [key for key in (*shown, *others) if key is not ColumnKey.NAME]
        choices = [FilterChoice(key.value, COLUMN_LABELS[key]) for key in keys]
        self.boxes.show_choices(choices, [key.value for key in shown])
        self.boxes.setCurrentRow(0)

    def _enter(self) -> None:
        self.accept()
        self.entered.emit(self.columns)
