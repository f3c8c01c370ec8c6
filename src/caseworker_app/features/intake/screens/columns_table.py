"""Their columns and ours: name, examples, what each becomes, how sure that is; changed with Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from caseworker_app.features.intake.domain.column_reading import (
    CONFIDENCE_LABELS,
    LEFT_OUT,
    TO_CHOOSE,
    ColumnReading,
)
from caseworker_app.features.intake.domain.columns import PROBABLE, SURE
from caseworker_app.features.intake.domain.mapping import CHOSEN
from caseworker_app.features.intake.screens.editable_table import EditableDelegate, field_rect
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.row_model import Column, LazyRows
from caseworker_app.ui_kit.row_table import Cell, RowTable
from caseworker_app.ui_kit.theme import px

THEIRS, SAMPLES, OURS, CONFIDENCE = range(4)
ROW_HEIGHT = 38
COLUMNS = (
    Column("Votre colonne", 190), Column("Exemples", optional=True), Column("Devient dans Passerelle"),
    Column("Confiance", 136),
)  # fmt: skip
_LOOKS = {
    TO_CHOOSE: ("danger", "alert-circle"),
    PROBABLE: ("warn", "help"),
    CHOSEN: ("accent", "check"),
    SURE: ("ok", "circle-check"),
    LEFT_OUT: ("muted", "ban"),
}
_ORDER = (TO_CHOOSE, PROBABLE, CHOSEN, SURE, LEFT_OUT)
CHOOSE, LEAVE_OUT, WITHHELD = "Choisir…", "Ne pas reprendre", "Jamais reprise"


@dataclass(frozen=True, slots=True)
class OursCell(Cell):
    """What a column becomes, in the frame of the choice it opens; `fixed`: it cannot be changed."""

    fixed: bool = False


def in_order(columns: Sequence[ColumnReading]) -> list[int]:
    """Return the indexes of the columns: those to choose first, then probable, then sure, then left out."""
    ranked = sorted(columns, key=lambda column: (_ORDER.index(column.confidence), column.index))
    return [column.index for column in ranked]


def ours_words(column: ColumnReading) -> str:
    """Return what a column becomes, in words."""
    if column.withheld:
        return WITHHELD
    if column.ours:
        return capital(column.label)
    return CHOOSE if column.confidence == TO_CHOOSE else LEAVE_OUT


def cells_of(column: ColumnReading) -> Sequence[Cell]:
    """Return the cells of a column, one a table column."""
    tone, icon = ("note", "lock") if column.withheld else _LOOKS[column.confidence]
    examples = " · ".join(column.samples[:3]) or "colonne vide"
    if not column.ours and column.why:
        examples = column.why
    idle = "text" if column.ours else "muted"
    return (
        Cell(column.theirs, strong=True),
        Cell(examples, tone="muted"),
        OursCell(ours_words(column), tone=idle, fixed=column.withheld),
        Cell(
            "Protégée" if column.withheld else capital(CONFIDENCE_LABELS[column.confidence]),
            tone=tone,
            icon=icon,
        ),
    )


class ColumnsDelegate(EditableDelegate):
    """Paints the choice of each column besides plain cells."""

    def _paint_cell(self, painter: QPainter, rect: QRect, cell: Cell, *, right: bool) -> None:
        if not isinstance(cell, OursCell):
            super()._paint_cell(painter, rect, cell, right=right)
            return
        box = field_rect(rect)
        inner = box.adjusted(px(10), 0, -px(28), 0)
        face = fonts.font(13, fonts.MEDIUM if cell.tone == "text" else fonts.REGULAR)
        if not cell.fixed:
            paint.rounded(painter, box, "surface", "field", paint.CONTROL_RADIUS)
            top = box.y() + (box.height() - px(16)) / 2
            icons.draw(painter, "chevron-down", box.right() - px(22), top, px(16), "muted")
        paint.text(painter, inner, cell.words, face, cell.tone)


class ColumnsTable(RowTable):
    """Enter, F2, Alt+↓ or a click opens the choice; Delete leaves the column out. `choice_asked(index, place)`: where
    it stands on the screen; `left_out(index)`.
    """

    choice_asked = Signal(int, QRect)
    left_out = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        self.listed: list[ColumnReading] = []
        rows = LazyRows(cells_of, lambda column: str(column.index), COLUMNS)
        super().__init__("Colonnes de votre liste", rows, parent)
        self.verticalHeader().setDefaultSectionSize(px(ROW_HEIGHT))
        self.setItemDelegate(ColumnsDelegate(self))
        self.opened.connect(lambda _key: self.ask_choice())

    @property
    def current(self) -> ColumnReading | None:
        """Return the column one stands on."""
        row = self.currentIndex().row()
        return self.listed[row] if 0 <= row < len(self.listed) else None

    def show_columns(self, columns: Sequence[ColumnReading], *, begin: bool) -> None:
        """Show the columns; `begin`: put them in order and stand on the first, else everything stays in place."""
        order = in_order(columns) if begin else [column.index for column in self.listed]
        by_index = {column.index: column for column in columns}
        row, top = self.currentIndex().row(), self.verticalScrollBar().value()
        self.listed = [by_index[index] for index in order if index in by_index]
        self.rows.set_rows(self.listed)
        if self.listed:
            row = 0 if begin else max(0, min(row, len(self.listed) - 1))
            self.setCurrentIndex(self.rows.index(row, 0))
            self.verticalScrollBar().setValue(0 if begin else top)

    def ask_choice(self) -> None:
        """Ask for what the current column becomes, under it."""
        column = self.current
        if column is None or column.withheld:
            return
        index = self.rows.index(self.currentIndex().row(), OURS)
        self.scrollTo(index)
        box = field_rect(self.visualRect(index))
        corner = self.viewport().mapToGlobal(box.topLeft())
        self.choice_asked.emit(column.index, QRect(corner, box.size()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the choice by keyboard."""
        key, column = event.key(), self.current
        down = key == Qt.Key.Key_Down and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key in (Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_Space) or down:
            self.ask_choice()
        elif key == Qt.Key.Key_Delete and column is not None and not column.withheld:
            self.left_out.emit(column.index)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the choice that was clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        inside = field_rect(self.visualRect(index)).contains(event.position().toPoint())
        if index.isValid() and index.column() == OURS and inside:
            self.ask_choice()
