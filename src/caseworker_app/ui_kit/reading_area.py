"""Where pages and photos are read: a ground that scrolls, moved by the keys of a reader."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from caseworker_app.ui_kit import paint
from caseworker_app.ui_kit.scroll import slim
from caseworker_app.ui_kit.theme import colour


class ReadingArea(QScrollArea):
    """Scrolls what is shown; Home, End and Space move it. `resized()` when there is more or less room."""

    resized = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make it empty; `name` says what is read in it."""
        super().__init__(parent)
        slim(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that the room changed."""
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by the keys of a reader; the rest as in every scrolling area."""
        bar, key = self.verticalScrollBar(), Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
            Qt.Key.Key_Space: bar.pageStep(),
        }
        if key in steps:
            bar.setValue(bar.value() + steps[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and the focus ring inside it."""
        painter = paint.begin(self.viewport())
        painter.fillRect(self.viewport().rect(), colour("chip"))
        if self.hasFocus():
            paint.ring(painter, self.viewport().rect(), 0)
        painter.end()
