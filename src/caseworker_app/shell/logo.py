"""The sign of the program: a footbridge (« passerelle ») between two banks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from caseworker_app.ui_kit import paint
from caseworker_app.ui_kit.theme import LIGHT, colour, px

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


class Logo(QWidget):
    """The sign, 28 by default; the name stands beside it."""

    def __init__(self, size: int = 28, parent: QWidget | None = None) -> None:
        """Draw it `size` pixels wide at 100 %."""
        super().__init__(parent)
        self.setFixedSize(px(size), px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = paint.begin(self)
        draw_logo(painter, QRectF(self.rect()), colour("accent"), colour("on_accent"))
        painter.end()


def draw_logo(painter: QPainter, box: QRectF, ground: QColor, ink: QColor) -> None:
    """Draw the sign in a square: an arch carrying a deck, three hangers between them."""
    unit = box.width() / 28
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 7 * unit, 7 * unit)

    def at(x: float, y: float) -> QPointF:
        return box.topLeft() + QPointF(x, y) * unit

    arch = QPainterPath(at(6, 19.5))
    arch.cubicTo(at(8.5, 5.6), at(19.5, 5.6), at(22, 19.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 2.1 * unit, c=Qt.PenCapStyle.RoundCap))
    painter.drawPath(arch)
    painter.drawLine(at(4.8, 19.5), at(23.2, 19.5))
    painter.setPen(QPen(ink, 1.3 * unit, c=Qt.PenCapStyle.FlatCap))
    for x, top in ((10.4, 11.6), (14.0, 9.6), (17.6, 11.6)):
        painter.drawLine(at(x, top), at(x, 19))


def window_icon() -> QIcon:
    """Return the icon of the windows and the task bar, in the light theme's blue everywhere."""
    from PySide6.QtGui import QIcon

    icon = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        drawn = QPixmap(size, size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_logo(painter, QRectF(0, 0, size, size), QColor(LIGHT.accent), QColor(LIGHT.on_accent))
        painter.end()
        icon.addPixmap(drawn)
    return icon
