"""Tables of two-line cells, such as the list of households: sorted by their headers, ticked by a first
column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.choices import draw_box
from caseworker_app.ui_kit.row_list import ListRing, prepare_view
from caseworker_app.ui_kit.row_model import Column, LazyRows
from caseworker_app.ui_kit.theme import colour, px

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT, HEADER_HEIGHT, TICK_WIDTH = 44, 40, 40
_PAD = 8
_LEAST_FREE = 128
# Named once: looked up for each cell painted, Qt's enumerations cost as much as a word.
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_SELECTED, _UNDER_POINTER = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_MouseOver


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: a line, and below it a smaller one; each with its tone and its icon."""

    words: str = ""
    detail: str = ""
    tone: str = "text"
    detail_tone: str = "muted"
    icon: str = ""
    detail_icon: str = ""
    strong: bool = False
    tabular: bool = False
    ground: str = ""

    @property
    def spoken(self) -> str:
        """Return what a screen reader says."""
        return ", ".join(part for part in (self.words, self.detail) if part)


class CellDelegate(QStyledItemDelegate):
    """Paints a Cell, and the tick of a first column."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, rule and content."""
        view: Any = option.widget
        rows, row, column = view.rows, index.row(), index.column()
        cell = rows.value_at(row, column)
        rect = QRect(option.rect)
        painter.save()
        self._paint_ground(painter, option, rect, cell, view.is_ticked(row))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colour("line"))
        if isinstance(cell, Cell) and (cell.words or cell.icon):
            self._paint_cell(painter, rect, cell, right=rows.columns[column].right)
        if column == 0 and rows.ticks and view.can_tick(row):
            left = rect.x() + (px(TICK_WIDTH) - px(16)) // 2 + px(4)
            draw_box(painter, left, rect.center().y() - px(8) + 1, view.is_ticked(row))
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, cell: Any, ticked: bool
    ) -> None:
        state = option.state
        here = _SELECTED in state
        tinted = isinstance(cell, Cell) and cell.ground
        if ticked or tinted or here:
            token = "accent_soft" if ticked else cell.ground if tinted else "sunken"
            painter.fillRect(rect, colour(token))
        elif _UNDER_POINTER in state:
            painter.fillRect(rect, colour("sunken"))
        if here and rect.x() <= 0:
            # Ticked rows share a ground: a bar tells the one shown beside the table.
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), colour("accent"))

    def _paint_cell(self, painter: QPainter, rect: QRect, cell: Cell, *, right: bool) -> None:
        align = _RIGHT if right else _LEFT
        line = QRect(rect.x() + px(_PAD), rect.center().y() - px(9), rect.width() - 2 * px(_PAD), px(18))
        if cell.detail:
            line.translate(0, -px(8))
            below = line.translated(0, px(16))
            face = fonts.font(12, tabular=cell.tabular)
            if cell.detail_icon:
                icons.draw(painter, cell.detail_icon, below.x(), below.y() + px(2), px(14), cell.detail_tone)
                below.setLeft(below.left() + px(18))
                face = fonts.font(12, fonts.MEDIUM)
            paint.text(painter, below, cell.detail, face, cell.detail_tone, align)
        small = bool(cell.icon) and not cell.strong
        if cell.icon:
            icons.draw(painter, cell.icon, line.x(), line.y() + px(2), px(14 if small else 16), cell.tone)
            line.setLeft(line.left() + px(18 if small else 22))
        weight = fonts.SEMI_BOLD if cell.strong else fonts.MEDIUM if small else fonts.REGULAR
        face = fonts.font(12 if small else 13, weight, tabular=cell.tabular)
        paint.text(painter, line, cell.words, face, "text" if cell.strong and cell.icon else cell.tone, align)


class _Header(QHeaderView):
    """Titles on a sunken ground, the sorted one in the text's own colour with its arrow."""

    def __init__(self, table: RowTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.sectionClicked.connect(self._clicked)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(px(HEADER_HEIGHT))
        self.setMinimumSectionSize(px(TICK_WIDTH))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName("Titres des colonnes")

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        column = self._table.rows.columns[section]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, colour("sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colour("border"))
        if self._table.rows.ticks and section == 0:
            left, top = rect.x() + (px(TICK_WIDTH) - px(16)) // 2 + px(4), rect.center().y() - px(8) + 1
            draw_box(painter, left, top, bool(self._table.rows.ticked), "minus")
        box = rect.adjusted(px(_PAD), 0, -px(_PAD), 0)
        sorted_here = bool(column.sort_key) and column.sort_key == self._table.sort_key
        face = fonts.font(12, fonts.SEMI_BOLD if sorted_here else fonts.MEDIUM)
        align = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        paint.text(painter, box, column.title, face, "text" if sorted_here else "muted", align)
        if sorted_here:
            arrow = "arrow-down" if self._table.sort_descending else "arrow-up"
            left = box.x() + paint.width(column.title, face) + px(5)
            icons.draw(painter, arrow, left, rect.center().y() - px(7) + 1, px(14))
        painter.restore()

    def _clicked(self, section: int) -> None:
        self._table.title_clicked(section)


class RowTable(ListRing, QTableView):
    """A table of Cell on LazyRows. Arrows move by rows, Enter opens, Space ticks, a click on a title sorts.

    `opened(key)`, `stood_on(key)`, `sort_asked(sort_key, descending)`; ticks are in `rows.ticked`;
    `tick_all_asked()` when the box of the title is clicked: answer with `rows.tick_keys`.
    With ticks, the first column given is the tick's own (give its cells as `Cell()`).
    """

    opened = Signal(str)
    stood_on = Signal(str)
    sort_asked = Signal(str, bool)
    tick_all_asked = Signal()

    def __init__(self, name: str, rows: LazyRows, parent: QWidget | None = None) -> None:
        """Show `rows`; `name` says what the table lists."""
        super().__init__(parent)
        self.rows = rows
        self.sort_key, self.sort_descending = "", False
        self.setAccessibleName(name)
        prepare_view(self)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.setAutoFillBackground(True)
        self.setShowGrid(False)
        self.setItemDelegate(CellDelegate(self))
        self.setHorizontalHeader(_Header(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(px(ROW_HEIGHT))
        self.setModel(rows)
        rows.ticks_changed.connect(self.horizontalHeader().viewport().update)
        self.doubleClicked.connect(lambda index: self._tell(self.opened, index))
        self.activated.connect(lambda index: self._tell(self.opened, index))
        self.selectionModel().currentRowChanged.connect(
            lambda index, _before: self._tell(self.stood_on, index)
        )
        self._fit_columns()

    def is_ticked(self, row: int) -> bool:
        """Say whether a row is ticked."""
        return bool(self.rows.ticked) and self.rows.key_at(row) in self.rows.ticked

    def can_tick(self, row: int) -> bool:
        """Say whether a row has a box to tick; every one has, unless a table says otherwise."""
        return True

    def mark_sorted(self, sort_key: str, descending: bool = False) -> None:
        """Show which column the rows are sorted by."""
        if (sort_key, descending) == (self.sort_key, self.sort_descending):
            return
        self.sort_key, self.sort_descending = sort_key, descending
        self.horizontalHeader().viewport().update()

    def first_seen(self) -> int:
        """Return the number of the first row seen, from 0."""
        return max(0, self.rowAt(0))

    def last_seen(self) -> int:
        """Return the number of the last row seen, from 0 (-1 without rows)."""
        bottom = self.rowAt(self.viewport().height() - 1)
        return bottom if bottom >= 0 else self.rows.rowCount() - 1

    def sizeHint(self) -> QSize:
        """Ask for a handful of rows."""
        return QSize(px(600), px(HEADER_HEIGHT + 6 * ROW_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space; the rest as in every list."""
        if event.key() == Qt.Key.Key_Space and self.rows.ticks and self.currentIndex().isValid():
            row = self.currentIndex().row()
            self.rows.tick(row, not self.is_ticked(row))
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick with a click in the first column."""
        index = self.indexAt(event.position().toPoint())
        if self.rows.ticks and index.isValid() and index.column() == 0:
            self.rows.tick(index.row(), not self.is_ticked(index.row()))
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rest of the width to the columns that take it."""
        super().resizeEvent(event)
        self._fit_columns()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, then the ring around the whole current row."""
        super().paintEvent(event)
        index = self.currentIndex()
        if not (index.isValid() and self.hasFocus() and self.ring_shown):
            return
        rect = self.visualRect(index)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.ring(painter, QRect(QPoint(0, rect.y()), QSize(self.viewport().width(), rect.height())), 3)
        painter.end()

    def fitted_widths(self) -> list[int]:
        """Return the width of each column in pixels, 0 for one that gives way, in the room there is."""
        columns, room = self.rows.columns, self.viewport().width()
        shown = list(range(len(columns)))
        for number in reversed(range(len(columns))):
            if sum(_least(columns[i]) for i in shown) > room and columns[number].optional:
                shown.remove(number)
        free = [i for i in shown if not columns[i].width]
        fixed = sum(px(columns[i].width) for i in shown)
        rest = max(px(_LEAST_FREE), (room - fixed) // len(free)) if free else 0
        return [
            0 if number not in shown else px(column.width) if column.width else rest
            for number, column in enumerate(columns)
        ]

    def _fit_columns(self) -> None:
        # Each is set once: a column set to and fro has every row painted again.
        for number, wide in enumerate(self.fitted_widths()):
            self.setColumnHidden(number, not wide)
            if wide:
                self.setColumnWidth(number, wide)

    def title_clicked(self, section: int) -> None:
        """Sort by a column, or tick and untick everything."""
        if self.rows.ticks and section == 0:
            if self.rows.ticked:
                self.rows.untick_all()
            else:
                self.tick_all_asked.emit()
            return
        key = self.rows.columns[section].sort_key
        if key:
            descending = key == self.sort_key and not self.sort_descending
            self.mark_sorted(key, descending)
            self.sort_asked.emit(key, descending)

    def _tell(self, signal: Any, index: QModelIndex) -> None:
        key = self.rows.key_at(index.row()) if index.isValid() else ""
        if key:
            signal.emit(key)


def _least(column: Column) -> int:
    return px(column.width or _LEAST_FREE)
