"""Shapes every painted control shares: rounded grounds, one-pixel borders, the focus ring inside."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QPushButton, QWidget

from caseworker_app.ui_kit.theme import colour

if TYPE_CHECKING:
    # PySide builds a class and all its enumerations when it is first named: not before the first window.
    from PySide6.QtGui import QFocusEvent, QKeyEvent

CARD_RADIUS = 8
CONTROL_RADIUS = 6
RING = 2

_RIGHT, _CENTRE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
_KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


def begin(widget: QWidget) -> QPainter:
    """Return an antialiased painter on a widget."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def fill(painter: QPainter, rect: QRect, token: str) -> None:
    """Fill a rectangle with a token, edge to edge.

    As `QPainter.fillRect`, which PySide answers by making every gradient Qt knows of: 3 ms of the first picture.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(token))
    painter.drawRect(rect)


def rounded(
    painter: QPainter, rect: QRect, ground: str | None, border: str | None = None, radius: float = CARD_RADIUS
) -> None:
    """Fill a rounded rectangle with a token, with a crisp one-pixel border of another."""
    painter.setPen(QPen(colour(border), 1) if border else Qt.PenStyle.NoPen)
    painter.setBrush(colour(ground) if ground else Qt.BrushStyle.NoBrush)
    box = QRectF(rect)
    if border:
        box.adjust(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, radius, radius)


def ring(
    painter: QPainter, rect: QRect, radius: float = CONTROL_RADIUS, token: str = "accent", inset: int = 0
) -> None:
    """Draw the focus ring, two pixels wide, inside a rectangle so that nothing moves."""
    painter.setPen(QPen(colour(token), RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    edge = inset + RING / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(edge, edge, -edge, -edge), radius - inset, radius - inset)


def text(
    painter: QPainter,
    rect: QRect,
    words: str,
    font: QFont,
    tone: str | QColor = "text",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Write one line, centred in height, cut with an ellipsis where the rectangle is too narrow."""
    room = rect.width()
    line = _line(words, font)
    if line.advance > room:
        words = _cut(words, font, room)
        line = _line(words, font)
    painter.setFont(font)
    painter.setPen(colour(tone) if isinstance(tone, str) else tone)
    if line.height > rect.height():
        # Higher than its place: Qt cuts it there.
        painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, words)
        return
    left = float(rect.x())
    if align is not Qt.AlignmentFlag.AlignLeft:
        free = room - line.width
        left += free if align & _RIGHT else free / 2 if align & _CENTRE else 0
    painter.drawStaticText(QPointF(left, rect.y() + (rect.height() - line.height) / 2), line.laid_out)


def width(words: str, font: QFont) -> int:
    """Return the pixels a line takes; one more than measured, since advances are rounded."""
    return _line(words, font).advance + 1 if words else 0


class _Line(NamedTuple):
    """A line laid out once; `advance`: its width in whole pixels, as Qt's metrics say."""

    laid_out: QStaticText
    advance: int
    width: float
    height: float


# Finding the glyphs of a line takes most of what painting it does; the same lines are painted again and again, whenever
# a letter is typed, the pointer passes, a neighbour is repainted.
@lru_cache(maxsize=1024)
def _line(words: str, font: QFont) -> _Line:
    made = QStaticText(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(font=font)
    # What it says of its own size is rounded up: a line would stand a pixel off where Qt writes it.
    metrics = QFontMetricsF(font)
    wide = metrics.horizontalAdvance(words)
    return _Line(made, int(wide + 0.5), wide, metrics.height())


@lru_cache(maxsize=512)
def _cut(words: str, font: QFont, room: int) -> str:
    return QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room)


def forget_lines() -> None:
    """Forget every line that was painted: whose names they are is nobody's any more."""
    _line.cache_clear()
    _cut.cache_clear()


class KeyboardRing:
    """Says whether a control shows its focus ring: when the keyboard brought the focus, not after a click."""

    ring_shown = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where the focus came by keyboard or by the program."""
        self.ring_shown = event.reason() in _KEYBOARD_REASONS
        super().focusInEvent(event)  # type: ignore[misc]

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        self.ring_shown = False
        super().focusOutEvent(event)  # type: ignore[misc]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the ring as soon as a key is used, even after a click; Enter presses a button, as Space does.

        Qt presses by Enter in dialogs only. A key held down presses once.
        """
        self.ring_shown = True
        self.update()  # type: ignore[attr-defined]
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if isinstance(self, QPushButton) and bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)  # type: ignore[misc]
