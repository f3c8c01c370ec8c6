"""How a sheet looks: its cells, its bands, the titles of its columns."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.row_model import ITEM_ROLE
from caseworker_app.ui_kit.sheet_model import Index, SheetCell, SheetColumn, SheetRow
from caseworker_app.ui_kit.theme import colour, px

ROW_HEIGHT, HEADER_HEIGHT = 24, 32
PAD, STEP, CHEVRON = 12, 12, 16


class SheetDelegate(QStyledItemDelegate):
    """Paints a cell of a sheet; the view lays its own editor over it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, lines, words, and the ring of the current cell."""
        view: Any = option.widget
        model = view.sheet
        row: SheetRow = model.rows[index.row()]
        column: SheetColumn = model.columns[index.column()]
        cell = index.data(ITEM_ROLE)
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and view.several_chosen
        painter.fillRect(rect, colour(_ground(row, column, selected)))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colour("line"))
        if index.column():
            token = "accent_line" if column.tinted else "line"
            painter.fillRect(rect.x(), rect.y(), 1, rect.height(), colour(token))
        refused = view.refused_text(row.key, column.key)
        if refused is not None:
            self._paint_refused(painter, rect, refused)
        elif column.amounts:
            face, tone = _figure(row, column, cell)
            box = rect.adjusted(px(4), 0, -px(PAD) + 2, 0)
            paint.text(painter, box, cell.words, face, tone, Qt.AlignmentFlag.AlignRight)
        else:
            self._paint_name(painter, rect, row, cell, first=not index.column())
        if view.is_current(index):
            paint.ring(painter, rect.adjusted(0, 0, 0, -1), 2, "accent" if view.hasFocus() else "accent_line")
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of the words, for a double click between two titles."""
        cell = index.data(ITEM_ROLE)
        return QSize(paint.width(cell.words, fonts.font(13)) + px(2 * PAD), px(ROW_HEIGHT))

    def _paint_refused(self, painter: QPainter, rect: QRect, text: str) -> None:
        painter.fillRect(rect, colour("danger_soft"))
        icons.draw(painter, "alert-circle", rect.x() + px(6), rect.center().y() - px(6), px(14), "danger")
        box = rect.adjusted(px(22), 0, -px(PAD) + 2, 0)
        face = fonts.font(13, fonts.SEMI_BOLD, tabular=True)
        paint.text(painter, box, text, face, "danger", Qt.AlignmentFlag.AlignRight)

    def _paint_name(
        self, painter: QPainter, rect: QRect, row: SheetRow, cell: SheetCell, *, first: bool
    ) -> None:
        left = rect.x() + px(PAD)
        if first:
            left += px(STEP) * row.indent
            if row.folded is not None:
                icon = "chevron-right" if row.folded else "chevron-down"
                icons.draw(painter, icon, left - px(4), rect.center().y() - px(6), px(14), "muted")
                left += px(CHEVRON) - px(2)
            else:
                left += px(2)
        box = QRect(left, rect.y(), rect.right() - px(3) - left, rect.height())
        if first:
            strong = row.kind in ("band", "total")
            weight = fonts.SEMI_BOLD if strong else fonts.MEDIUM if row.kind == "group" else fonts.REGULAR
            paint.text(painter, box, cell.words, fonts.font(13, weight), "muted" if cell.muted else "text")
        else:
            box.setLeft(rect.x() + px(8))
            paint.text(painter, box, cell.words, fonts.font(12), "muted")


class SheetHeader(QHeaderView):
    """Titles of the columns; the month one works in is written strong, what is supposed is in accent."""

    def __init__(self, view: Any) -> None:
        """Make the titles of a sheet."""
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFixedHeight(px(HEADER_HEIGHT))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(px(40))
        self.setAccessibleName("Titres des colonnes")

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one title."""
        column: SheetColumn = self._view.sheet.columns[section]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, colour("accent_soft" if column.tinted else "sunken"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colour("border"))
        if section:
            painter.fillRect(rect.x(), rect.y(), 1, rect.height(), colour("line"))
        tone = "accent" if column.tinted else "text" if column.strong else "muted"
        face = fonts.font(12, fonts.SEMI_BOLD if column.strong or column.tinted else fonts.MEDIUM)
        box = rect.adjusted(px(PAD if not section else 8), 0, -px(PAD) + 2, 0)
        align = Qt.AlignmentFlag.AlignRight if column.amounts else Qt.AlignmentFlag.AlignLeft
        paint.text(painter, box, column.title, face, tone, align)
        if column.icon:
            left = box.right() - paint.width(column.title, face) - px(18)
            icons.draw(painter, column.icon, left, rect.center().y() - px(7), px(14), tone)
        painter.restore()


def _ground(row: SheetRow, column: SheetColumn, selected: bool) -> str:
    if selected:
        return "accent_soft"
    if row.kind in ("band", "total"):
        return "chip"
    return "accent_soft" if column.tinted else "surface"


def _figure(row: SheetRow, column: SheetColumn, cell: SheetCell) -> tuple[QFont, str]:
    computed = row.kind != "line"
    if column.tinted:
        weight = fonts.SEMI_BOLD if cell.changed or computed else fonts.REGULAR
        return fonts.font(13, weight, tabular=True), "accent" if cell.changed else "muted"
    weight = fonts.SEMI_BOLD if computed else fonts.MEDIUM if column.strong else fonts.REGULAR
    return fonts.font(13, weight, tabular=True), "text" if column.strong else "muted"
