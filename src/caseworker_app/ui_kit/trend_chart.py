"""The course of a figure over the months: a line with its scale, read point by point with the arrows."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.chart import Chart
from caseworker_app.ui_kit.theme import colour, px

_HEIGHT, _STEPS = 168, 4
_TICK = 18


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A month of a course: the word under it (« nov. »), its value in any unit (None: no figure), its words.

    `spoken`: what is read aloud, and shown when one stands on it (« novembre 2026 »).
    """

    label: str
    value: float | None
    words: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A course to draw. `write`: how the scale writes a value; `supposed`: where the last point would be."""

    title: str
    points: tuple[TrendPoint, ...]
    write: Callable[[float], str]
    supposed: TrendPoint | None = None


class TrendChart(paint.KeyboardRing, Chart):
    """A chart 168 high. Left and Right move from month to month; so does the pointer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._trend = Trend("", (), str)
        self._here: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_trend(self, trend: Trend) -> None:
        """Show a course; a screen reader is given every month of it."""
        self._trend, self._here = trend, None
        self.setAccessibleName(trend.title)
        told = [f"{point.spoken}\u00a0: {point.words}" for point in trend.points]
        if trend.supposed is not None:
            told.append(f"et si\u00a0: {trend.supposed.words}")
        self.setAccessibleDescription(", ".join(told))
        self.update()

    @property
    def standing_on(self) -> TrendPoint | None:
        """Return the month one stands on."""
        return None if self._here is None else self._trend.points[self._here]

    def sizeHint(self) -> QSize:
        """Return a common width."""
        return QSize(px(420), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Give way down to a few months."""
        return QSize(px(240), px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from month to month."""
        points = self._trend.points
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not points:
            super().keyPressEvent(event)
            return
        self.ring_shown = True
        here = len(points) - 1 if self._here is None else self._here + step
        self._stand(min(len(points) - 1, max(0, here)))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stand on no month any more."""
        self._stand(None)
        super().focusOutEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stand on the month under the pointer."""
        box, count = self._box(), len(self._trend.points)
        if count:
            share = (event.position().x() - box.left()) / max(1.0, box.width())
            self._stand(min(count - 1, max(0, round(share * (count - 1)))))

    def leaveEvent(self, event: object) -> None:
        """Stand on no month any more, unless the keyboard is in use."""
        if not self.hasFocus():
            self._stand(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scale, the line, the months, and the figure one looks at."""
        painter = paint.begin(self)
        values = self._values()
        if values:
            low, high, step = scale_of(values)
            self._paint_scale(painter, low, high, step)
            self._paint_line(painter, low, high)
            self._paint_words(painter, low, high)
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
        painter.end()

    def _stand(self, here: int | None) -> None:
        if here == self._here:
            return
        self._here = here
        point = self.standing_on
        if point is not None:
            self.setAccessibleName(f"{self._trend.title}, {point.spoken}\u00a0: {point.words}")
        else:
            self.setAccessibleName(self._trend.title)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    def _values(self) -> list[float]:
        supposed = self._trend.supposed
        points = [*self._trend.points, *((supposed,) if supposed is not None else ())]
        return [point.value for point in points if point.value is not None]

    def _box(self) -> QRectF:
        face = fonts.font(12, tabular=True)
        values = self._values()
        low, high, _step = scale_of(values) if values else (0.0, 1.0, 1.0)
        left = max(paint.width(self._trend.write(value), face) for value in (low, high)) + px(10)
        points = self._trend.points
        last = max((paint.width(p.words, _strong()) for p in points[-1:]), default=0)
        return QRectF(left + px(10), px(12), self.width() - left - last - px(26), self.height() - px(42))

    def _spot(self, number: int, value: float, low: float, high: float) -> QPointF:
        box, count = self._box(), len(self._trend.points)
        share = number / (count - 1) if count > 1 else 1.0
        up = (value - low) / (high - low)
        return QPointF(box.left() + box.width() * share, box.bottom() - box.height() * up)

    def _paint_scale(self, painter: QPainter, low: float, high: float, step: float) -> None:
        box, face = self._box(), fonts.font(12, tabular=True)
        for number in range(round((high - low) / step) + 1):
            value = low + number * step
            y = box.bottom() - box.height() * (value - low) / (high - low)
            zero = abs(value) < step / 1000
            painter.fillRect(QRectF(box.left(), y, box.width(), 1), colour("border" if zero else "line"))
            words = QRect(0, round(y) - px(9), round(box.left()) - px(8), px(_TICK))
            paint.text(painter, words, self._trend.write(value), face, "muted", Qt.AlignmentFlag.AlignRight)

    def _paint_line(self, painter: QPainter, low: float, high: float) -> None:
        spots = [
            self._spot(number, point.value, low, high)
            for number, point in enumerate(self._trend.points)
            if point.value is not None
        ]
        if not spots:
            return
        line = QPainterPath(spots[0])
        for spot in spots[1:]:
            line.lineTo(spot)
        self._paint_ground(painter, line, spots)
        painter.setPen(QPen(colour("accent"), 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(line)
        for spot in spots:
            painter.setPen(QPen(colour("surface"), 1.5))
            painter.setBrush(colour("accent"))
            painter.drawEllipse(spot, px(4), px(4))
        supposed = self._trend.supposed
        if supposed is not None and supposed.value is not None:
            spot = self._spot(len(self._trend.points) - 1, supposed.value, low, high)
            painter.setPen(QPen(colour("accent"), 1.6, Qt.PenStyle.DashLine))
            painter.drawLine(spots[-1], spot)
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(colour("surface"))
            painter.drawEllipse(spot, px(4), px(4))

    def _paint_ground(self, painter: QPainter, line: QPainterPath, spots: Sequence[QPointF]) -> None:
        bottom = self._box().bottom()
        under = QPainterPath(line)
        under.lineTo(spots[-1].x(), bottom)
        under.lineTo(spots[0].x(), bottom)
        shade, faint = QLinearGradient(0, self._box().top(), 0, bottom), QColor(colour("accent"))
        for place, strength in ((0.0, 0.16), (1.0, 0.02)):
            faint.setAlphaF(strength)
            shade.setColorAt(place, faint)
        painter.fillPath(under, shade)

    def _paint_words(self, painter: QPainter, low: float, high: float) -> None:
        points = self._trend.points
        here = len(points) - 1 if self._here is None else self._here
        # Where months stand too close, only some are named: always the last, or the one looked at.
        room = self._box().width() / max(1, len(points) - 1)
        wide = max(paint.width(point.label, _strong()) for point in points) + px(8)
        every = max(1, math.ceil(wide / max(1.0, room)))
        for number, point in enumerate(points):
            shown = number == here or (
                (len(points) - 1 - number) % every == 0 and abs(number - here) >= every
            )
            if not shown:
                continue
            x = self._spot(number, low, low, high).x()
            box = QRect(round(x) - px(40), self.height() - px(24), px(80), px(20))
            face, tone = (_strong(), "text") if number == here else (fonts.font(12), "muted")
            paint.text(painter, box, point.label, face, tone, Qt.AlignmentFlag.AlignHCenter)
        self._paint_figure(painter, points[here], here, low, high)

    def _paint_figure(
        self, painter: QPainter, point: TrendPoint, number: int, low: float, high: float
    ) -> None:
        """Write the figure looked at: beside the last point, above another."""
        value = low if point.value is None else point.value
        spot, wide = self._spot(number, value, low, high), paint.width(point.words, _strong())
        last = number == len(self._trend.points) - 1
        left = spot.x() + px(10) if last else min(spot.x() - wide / 2, self.width() - wide - px(2))
        top = spot.y() - px(9) if last else max(0.0, spot.y() - px(26))
        box = QRect(round(max(0.0, left)), round(top), wide + px(2), px(18))
        if not last:
            paint.rounded(painter, box.adjusted(-px(4), 0, px(4), 0), "surface", None, 4)
        paint.text(painter, box, point.words, _strong(), "accent")


def scale_of(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the lowest and highest value of a scale, and its step: round ones, zero included."""
    low, high = min(0.0, *values), max(0.0, *values)
    if high - low < 1e-9:
        return 0.0, 1.0, 1.0
    rough = (high - low) / _STEPS
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * times for times in (1, 2, 2.5, 5, 10) if unit * times >= rough * 0.999)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step


def _strong() -> QFont:
    return fonts.font(12, fonts.SEMI_BOLD, tabular=True)
