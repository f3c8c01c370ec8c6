"""Key figures: label, value, how it moved, and a small drawing of its last months; a click explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.theme import colour, px

Drawing = Literal["line", "bars"]
_WIDE_FROM = 340


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure to show: its value as words (« 9,40 € »), a small unit after it, its trend, its series of
    months.

    The series only draws a shape: any consistent numbers (cents, thousandths); none, no drawing.
    """

    label: str
    value: str
    unit: str = ""
    trend: State | None = None
    series: Sequence[float] = ()
    drawing: Drawing = "line"
    tone: str = "accent"

    @property
    def spoken(self) -> str:
        """Return what a screen reader says."""
        said = f"{self.label}\u00a0: {self.value} {self.unit}".strip()
        return f"{said}, {self.trend.words}" if self.trend else said


class FigureTile(paint.KeyboardRing, QPushButton):
    """A tile 103 high; `clicked` should show the lines, the formula and the source behind the figure."""

    def __init__(self, figure: Figure, *, explained: bool = True, parent: QWidget | None = None) -> None:
        """Show a figure; `explained` shows the calculator that says a click explains it."""
        super().__init__(parent)
        self._explained = explained
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if explained else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if explained:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAccessibleDescription("Voir le calcul et ses sources")
        self.show_figure(figure)

    def show_figure(self, figure: Figure) -> None:
        """Show another figure."""
        self.figure = figure
        self.setAccessibleName(figure.spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return 103 high, wide enough for label, value and trend."""
        figure = self.figure
        label = paint.width(figure.label, fonts.font(13, fonts.MEDIUM)) + px(16 + 8)
        value = self._value_width() + (px(16 + 96) if figure.series else 0)
        trend = paint.width(figure.trend.words, fonts.font(12, fonts.MEDIUM)) + px(18) if figure.trend else 0
        return QSize(max(label, value, trend) + 2 * px(16), px(103))

    def minimumSizeHint(self) -> QSize:
        """Never cut; the drawing alone may go."""
        figure = self.figure
        label = paint.width(figure.label, fonts.font(13, fonts.MEDIUM)) + px(16 + 8)
        trend = paint.width(figure.trend.words, fonts.font(12, fonts.MEDIUM)) + px(18) if figure.trend else 0
        return QSize(max(label, self._value_width(), trend) + 2 * px(16), px(103))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tile."""
        painter = paint.begin(self)
        lit = self._explained and self.underMouse()
        paint.rounded(painter, self.rect(), "surface", "accent_line" if lit else "border")
        self._paint_words(painter)
        if self._explained:
            icons.draw(
                painter, "calculator", self.width() - px(32), px(13), px(16), "accent" if lit else "muted"
            )
        room = self.width() - 2 * px(16) - self._value_width() - px(16)
        if self.figure.series and room >= px(64):
            wide = min(room, px(176 if self.width() >= px(_WIDE_FROM) else 96))
            self._paint_drawing(painter, QRect(self.width() - px(20) - wide, px(36), wide, px(34)))
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect(), paint.CARD_RADIUS)
        painter.end()

    def _value_width(self) -> int:
        unit = paint.width(self.figure.unit, fonts.font(12, fonts.MEDIUM)) + px(8) if self.figure.unit else 0
        return paint.width(self.figure.value, fonts.font(22, fonts.SEMI_BOLD)) + unit

    def _paint_words(self, painter: QPainter) -> None:
        figure, left, wide = self.figure, px(16), self.width() - 2 * px(16)
        label = QRect(left, px(12), wide - px(20), px(20))
        paint.text(painter, label, figure.label, fonts.font(13, fonts.MEDIUM), "muted")
        face = fonts.font(22, fonts.SEMI_BOLD)
        value = QRect(left, px(38), wide, px(28))
        paint.text(painter, value, figure.value, face)
        if figure.unit:
            value.setLeft(left + paint.width(figure.value, face) + px(8))
            paint.text(
                painter, value.translated(0, px(2)), figure.unit, fonts.font(12, fonts.MEDIUM), "muted"
            )
        if figure.trend:
            line = QRect(left, px(73), wide, px(18))
            if figure.trend.icon_name:
                icons.draw(painter, figure.trend.icon_name, left, line.y() + px(2), px(14), figure.trend.tone)
                line.setLeft(left + px(18))
            paint.text(painter, line, figure.trend.words, fonts.font(12, fonts.MEDIUM), figure.trend.tone)

    def _paint_drawing(self, painter: QPainter, box: QRect) -> None:
        if self.figure.drawing == "bars":
            draw_bars(painter, QRectF(box), self.figure.series, self.figure.tone)
        else:
            draw_spark(painter, QRectF(box), self.figure.series, self.figure.tone)


def draw_spark(painter: QPainter, box: QRectF, series: Sequence[float], tone: str) -> None:
    """Draw a line through a series, with a faint ground and a dot at its end."""
    low, high = min(series), max(series)
    spread, step = (high - low) or 1, box.width() / max(1, len(series) - 1)
    top, tall = box.top() + 4, box.height() - 8
    points = [QPointF(box.left() + i * step, top + tall * (high - v) / spread) for i, v in enumerate(series)]
    line = QPainterPath(points[0])
    for point in points[1:]:
        line.lineTo(point)
    under = QPainterPath(line)
    under.lineTo(points[-1].x(), box.bottom())
    under.lineTo(points[0].x(), box.bottom())
    shade, faint = QLinearGradient(box.topLeft(), box.bottomLeft()), QColor(colour(tone))
    faint.setAlphaF(0.14)
    shade.setColorAt(0, faint)
    faint.setAlphaF(0.0)
    shade.setColorAt(1, faint)
    painter.fillPath(under, shade)
    painter.setPen(QPen(colour(tone), 1.6, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(line)
    painter.setPen(QPen(colour("surface"), 1.5))
    painter.setBrush(colour(tone))
    painter.drawEllipse(points[-1], 3.8, 3.8)


def draw_bars(painter: QPainter, box: QRectF, series: Sequence[float], tone: str) -> None:
    """Draw a series as bars from zero, the last one full, the others faint."""
    high = max((*series, 1e-9))
    step = box.width() / len(series)
    wide = min(8.0, step * 0.5)
    faint = QColor(colour(tone))
    faint.setAlphaF(0.4)
    for number, value in enumerate(series):
        tall = max(1.0, (box.height() - 2) * max(0.0, value) / high)
        left = box.left() + step * (number + 1) - wide
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(tone) if number == len(series) - 1 else faint)
        painter.drawRoundedRect(QRectF(left, box.bottom() - tall, wide, tall), 2, 2)
