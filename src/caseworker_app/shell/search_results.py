"""What the search finds, in a list under its field; the cursor stays in the field."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

SHOWN = 8
_ROW = 50


class SearchResults(Surface):
    """A list that floats under the search field. `opened(key)` when a result is chosen."""

    opened = Signal(str)

    def __init__(self, window: QWidget) -> None:
        """Float over a window, hidden."""
        super().__init__("raised", "field", parent=window)
        self._window = window
        self.list = RowList("Résultats de la recherche", height=_ROW)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.opened.connect(self._open)
        self.nothing = Label("", 13, tone="muted", wrap=True)
        self.nothing.setContentsMargins(16, px(12), 16, px(12))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.addWidget(self.list)
        column.addWidget(self.nothing)
        self.hide()

    def show_rows(self, rows: list[Row], nothing: str, under: QWidget) -> None:
        """Show results under a field, the first one ready for Enter; `nothing` is said when there are
        none.
        """
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.nothing.setText(nothing)
        if rows:
            self.list.setCurrentIndex(self.list.rows.index(0, 0))
            self.list.setFixedHeight(px(_ROW) * min(SHOWN, len(rows)))
        self.setFixedWidth(under.width())
        self.adjustSize()
        self.move(under.mapTo(self._window, QPoint(0, under.height() + 4)))
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Move in the list."""
        count = self.list.rows.rowCount()
        if self.isVisible() and count:
            row = min(count - 1, max(0, self.list.currentIndex().row() + by))
            self.list.setCurrentIndex(self.list.rows.index(row, 0))

    def open_current(self) -> None:
        """Open the result one stands on."""
        if self.isVisible() and self.list.currentIndex().isValid():
            self._open(self.list.rows.key_at(self.list.currentIndex().row()))

    def _open(self, key: str) -> None:
        self.hide()
        self.opened.emit(key)
