"""The last row of a sheet, kept in sight under it: the total that everything typed above leads to."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.sheet_model import SheetRow
from caseworker_app.ui_kit.sheet_paint import PAD, ROW_HEIGHT
from caseworker_app.ui_kit.sheet_table import SheetTable
from caseworker_app.ui_kit.theme import colour, px


class SheetTotal(QWidget):
    """Paints one row under the columns of a sheet; read aloud whole."""

    def __init__(self, view: SheetTable, parent: QWidget | None = None) -> None:
        """Stand under a sheet."""
        super().__init__(parent)
        self._view, self._row = view, SheetRow("", "total", ())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        header = view.horizontalHeader()
        header.sectionResized.connect(lambda *_sizes: self.update())
        view.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())

    def show_row(self, row: SheetRow) -> None:
        """Show a row of the sheet's own columns."""
        self._row = row
        columns = self._view.sheet.columns
        told = [
            f"{column.spoken or column.title}\u00a0: {cell.spoken or cell.words}"
            for column, cell in zip(columns, row.cells, strict=True)
            if column.amounts and cell.words
        ]
        self.setAccessibleName(f"{row.cells[0].words}, {', '.join(told)}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a row, a little more."""
        return QSize(px(300), px(ROW_HEIGHT + 4))

    def minimumSizeHint(self) -> QSize:
        """Keep the height."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, name and amounts, under their columns."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("chip"))
        painter.fillRect(0, 0, self.width(), 1, colour("border"))
        columns, view = self._view.sheet.columns, self._view
        for number, (column, cell) in enumerate(zip(columns, self._row.cells, strict=False)):
            if view.isColumnHidden(number):
                continue
            left = view.columnViewportPosition(number)
            box = QRect(left, 0, view.columnWidth(number), self.height())
            if not column.amounts:
                face = fonts.font(13, fonts.SEMI_BOLD)
                paint.text(painter, box.adjusted(px(PAD), 0, 0, 0), cell.words, face)
                continue
            face = fonts.font(13, fonts.SEMI_BOLD, tabular=True)
            tone = "accent" if cell.changed else "text" if column.strong else "muted"
            box.adjust(px(4), 0, -px(PAD) + 2, 0)
            paint.text(painter, box, cell.words, face, tone, Qt.AlignmentFlag.AlignRight)
        painter.end()
