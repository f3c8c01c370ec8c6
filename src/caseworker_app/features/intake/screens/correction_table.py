"""Rows to correct: whose row, what the list says, why it is refused, and the fix proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from caseworker_app.features.intake.domain.checked import FixKey
from caseworker_app.features.intake.screens.editable_table import (
    ActionCell,
    EditableTable,
    FieldCell,
    SentenceCell,
)
from caseworker_app.ui_kit.row_model import Column
from caseworker_app.ui_kit.row_table import Cell
from caseworker_app.ui_kit.theme import px

WHO, VALUE, WHY, FIX = 1, 2, 3, 4
# What a sentence needs; a wider column gives to names and values.
_ENOUGH_WHY = 300
COLUMNS = (
    Column("Ligne", 64, right=True), Column("Qui, quelle colonne", 152), Column("Dans votre liste", 144),
    Column("Ce qui ne va pas"), Column("Proposition", 176),
)  # fmt: skip
TAKE_AGAIN = "Reprendre"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One cell to correct, as shown. `fix`: words of the proposal (« Mettre 512,30 »), empty without one."""

    key: str
    row: int
    column: int
    number: str
    who: str
    theirs: str
    value: str
    why: str
    fix: str = ""
    fix_key: FixKey | None = None
    sheet: str = ""
    grave: bool = True
    editable: bool = True
    skipped: bool = False

    @property
    def place(self) -> str:
        """Return where it is, as read aloud."""
        return f"Ligne {self.number}, {self.theirs}"


def cells_of(wrong: Wrong) -> Sequence[Cell]:
    """Return the cells of a row to correct."""
    tone = "muted" if wrong.skipped else "danger" if wrong.grave else "warn"
    icon = "ban" if wrong.skipped else "alert-circle" if wrong.grave else "alert-triangle"
    why = "Écartée\u00a0: elle ne sera pas importée." if wrong.skipped else wrong.why
    return (
        Cell(wrong.number, wrong.sheet, tone="muted", tabular=True),
        Cell(wrong.who or "Sans nom", wrong.theirs, strong=True),
        FieldCell(wrong.value, tone=tone, framed=wrong.editable and not wrong.skipped),
        SentenceCell(why, tone=tone, icon=icon),
        ActionCell(TAKE_AGAIN if wrong.skipped else wrong.fix),
    )


class CorrectionTable(EditableTable):
    """Enter takes the proposal, or begins to type where there is none; Ctrl+Enter takes the same proposal
    everywhere; Delete sets the row aside, or takes it again.

    `fix_taken(key)`, `fix_taken_everywhere(key)`, `aside_asked(key)`.
    """

    fix_taken = Signal(str)
    fix_taken_everywhere = Signal(str)
    aside_asked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(name, cells_of, COLUMNS, VALUE, parent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is read together close together: of a wide table, names and values take their part."""
        super().resizeEvent(event)
        spare = max(0, self.columnWidth(WHY) - px(_ENOUGH_WHY))
        given = {WHO: min(px(150), spare // 3), VALUE: min(px(130), spare // 3), FIX: min(px(90), spare // 3)}
        for column, more in given.items():
            self.setColumnWidth(column, self.columnWidth(column) + more)
        self.setColumnWidth(WHY, self.columnWidth(WHY) - sum(given.values()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Correct by keyboard."""
        wrong = self.current
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if wrong is None:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete or (entered and wrong.skipped):
            self.aside_asked.emit(wrong.key)
        elif entered and wrong.fix:
            everywhere = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self.fix_taken_everywhere if everywhere else self.fix_taken).emit(wrong.key)
        else:
            super().keyPressEvent(event)

    def pressed_in(self, row: int, column: int) -> None:
        """Take a click in the field or on the proposal."""
        wrong = self.listed[row]
        if column == FIX and wrong.skipped:
            self.aside_asked.emit(wrong.key)
        elif column == FIX and wrong.fix:
            self.fix_taken.emit(wrong.key)
        elif not wrong.skipped:
            super().pressed_in(row, column)
