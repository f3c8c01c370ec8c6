"""The dashed frame of a place where files are dropped."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from caseworker_app.ui_kit import paint
from caseworker_app.ui_kit.theme import colour


class DropFrame(QWidget):
    """A dashed frame that lights up while what is held over the page would be taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it at rest."""
        super().__init__(parent)
        self._lit = False

    def light(self, lit: bool) -> None:
        """Show (or stop showing) that what is held over it would be taken."""
        self._lit = lit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dashed frame."""
        painter = paint.begin(self)
        pen = QPen(colour("accent" if self._lit else "field"), 2 if self._lit else 1)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(colour("accent_soft" if self._lit else "surface"))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, paint.CARD_RADIUS, paint.CARD_RADIUS)
        painter.end()
