"""The table of the list: rows that may be ticked, several at once by keyboard, in the columns chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from caseworker_app.features.directory.domain.columns import DEFAULT_COLUMNS, ColumnKey
from caseworker_app.features.directory.screens.rows import cells_of, table_columns
from caseworker_app.ui_kit import paint
from caseworker_app.ui_kit.row_model import Index, LazyRows
from caseworker_app.ui_kit.row_table import RowTable
from caseworker_app.ui_kit.theme import px

# The name is what one reads: it keeps this much, and gives what is beyond the second to town and measure.
_LEAST_NAME, _ENOUGH_NAME, _MOST_GIVEN = 220, 248, 130
# Beside columns one chose, which scroll, a name is whole.
_CHOSEN_NAME = 264
_NAME = 1
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class HouseholdRows(LazyRows):
    """The rows of the list on a day; those of protected households are never ticked."""

    refused = Signal(str)

    def __init__(self, day: date) -> None:
        """Make it empty, with the usual columns."""
        self.day = day
        self.keys: tuple[ColumnKey, ...] = DEFAULT_COLUMNS
        super().__init__(
            lambda row: cells_of(row, self.day, self.keys),
            lambda row: row.id,
            table_columns(self.keys),
            ticks=True,
        )

    def set_columns(self, keys: Sequence[ColumnKey]) -> None:
        """Show other columns: the rows looked at are asked for again, late ones of the old columns dropped."""
        self.beginResetModel()
        self.keys = tuple(keys)
        self.columns = table_columns(self.keys)
        self.generation += 1
        for held in (self._pages, self._wanted, self._asked):
            held.clear()
        self.endResetModel()

    def may_tick(self, index: int) -> bool:
        """Say whether a row is held and may be ticked."""
        row = self.row_at(index)
        return row is not None and not row.protected

    def tick(self, index: int, ticked: bool) -> None:
        """Tick or untick a row, unless its household is protected."""
        if self.may_tick(index):
            super().tick(index, ticked)
        elif self.row_at(index) is not None:
            self.refused.emit(
                "Un ménage protégé ne se sélectionne pas\u00a0: ouvrez son dossier pour l’imprimer ou l’affecter."
            )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Let a screen reader say of the box whose it is and whether it is ticked; show cut words whole."""
        if role == Qt.ItemDataRole.ToolTipRole and index.column() > 0:
            return super().data(index, Qt.ItemDataRole.DisplayRole)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            row = self.row_at(index.row())
            if row is None:
                return ""
            said = (
                "protégé" if row.protected else "sélectionné" if row.id in self.ticked else "non sélectionné"
            )
            return f"{row.title}, {said}"
        return super().data(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name the column of the boxes for screen readers."""
        if role == Qt.ItemDataRole.AccessibleTextRole and section == 0:
            return "Sélection"
        return super().headerData(section, orientation, role)


class HouseholdTable(RowTable):
    """The table. `range_asked(first, last)`: tick rows that may not be held; `all_asked`, `none_asked`.

    Space ticks, Shift with an arrow ticks on the way, Ctrl+A ticks everything, Escape unticks. The current row keeps
    its ring even while one types in the search.
    """

    range_asked = Signal(int, int)
    all_asked = Signal()
    none_asked = Signal()

    def __init__(self, rows: HouseholdRows) -> None:
        """Show the rows."""
        self.households = rows
        super().__init__("Ménages", rows)
        self.setAccessibleDescription(
            "Entrée ouvre le dossier, Espace sélectionne, Ctrl+A sélectionne toute la liste"
        )
        self._anchor: int | None = None
        self.tick_all_asked.connect(self.all_asked)
        rows.modelReset.connect(self._columns_moved)

    def can_tick(self, row: int) -> bool:
        """Say whether a row has a box: that of a protected household has none."""
        return self.households.may_tick(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick several rows by keyboard; the rest as in every table."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key == Qt.Key.Key_A and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.all_asked.emit()
        elif key == Qt.Key.Key_Escape and self.rows.ticked:
            self.none_asked.emit()
        elif modifiers & Qt.KeyboardModifier.ShiftModifier and key in _STEPS:
            self._extend(_STEPS[key])
        elif modifiers & Qt.KeyboardModifier.ShiftModifier and key in _ENDS:
            self._extend_far(key)
        else:
            # Shift alone comes as a key of its own, before the arrow.
            if key not in _MODIFIERS:
                self._anchor = None
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick a whole range with Shift and a click."""
        index = self.indexAt(event.position().toPoint())
        here = self.currentIndex()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and index.isValid() and here.isValid():
            self.range_asked.emit(min(here.row(), index.row()), max(here.row(), index.row()))
            self.setCurrentIndex(index)
            return
        self._anchor = None
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, then the ring of the current row."""
        super().paintEvent(event)
        index = self.currentIndex()
        if not index.isValid():
            return
        rect = self.visualRect(index)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.ring(painter, QRect(QPoint(0, rect.y()), QSize(self.viewport().width(), rect.height())), 3)
        painter.end()

    def shown_columns(self) -> int:
        """Return how many of the columns chosen have room."""
        return sum(not self.isColumnHidden(number) for number in range(_NAME, len(self.rows.columns)))

    def _columns_moved(self) -> None:
        if self.model() is not None:
            self._fit_columns()

    def _extend(self, step: int) -> None:
        """Move by a row, and tick from where one began with Shift to there; going back unticks."""
        here, last = self.currentIndex().row(), self.rows.rowCount() - 1
        there = max(0, min(here + step, last))
        if here < 0 or there == here:
            return
        if self._anchor is None:
            self._anchor = here
            self._tick_quietly(here, ticked=True)
        going_back = abs(there - self._anchor) < abs(here - self._anchor)
        self._tick_quietly(here if going_back else there, ticked=not going_back)
        anchor = self._anchor
        self.setCurrentIndex(self.rows.index(there, 0))
        self._anchor = anchor

    def _extend_far(self, key: Qt.Key) -> None:
        here, last = self.currentIndex().row(), self.rows.rowCount() - 1
        seen = max(1, self.last_seen() - self.first_seen())
        there = {
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
            Qt.Key.Key_PageUp: max(0, here - seen),
            Qt.Key.Key_PageDown: min(last, here + seen),
        }[key]
        if here >= 0:
            self.range_asked.emit(min(here, there), max(here, there))
            self.setCurrentIndex(self.rows.index(there, 0))

    def _tick_quietly(self, row: int, *, ticked: bool) -> None:
        # On the way, a protected household is passed over without a word.
        if self.households.may_tick(row):
            self.rows.tick(row, ticked)

    def fitted_widths(self) -> list[int]:
        """Keep names readable: other columns give way where width is short, and grow where it is not."""
        widths = super().fitted_widths()
        keys = self.households.keys
        numbers = {key: number for number, key in enumerate(keys, _NAME)}
        for key in (ColumnKey.CONTACT, ColumnKey.MEASURE):
            number = numbers.get(key)
            if number is not None and self.rows.columns[number].optional and widths[_NAME] < px(_LEAST_NAME):
                widths[_NAME] += widths[number]
                widths[number] = 0
        widths[_NAME] = max(widths[_NAME], px(_LEAST_NAME if keys == DEFAULT_COLUMNS else _CHOSEN_NAME))
        given = min(px(_MOST_GIVEN), max(0, (widths[_NAME] - px(_ENOUGH_NAME)) // 3))
        for key in (ColumnKey.TOWN, ColumnKey.MEASURE):
            number = numbers.get(key)
            if number is not None and widths[number]:
                widths[number] += given
                widths[_NAME] -= given
        return widths
