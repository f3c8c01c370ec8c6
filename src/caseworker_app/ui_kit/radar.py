"""Levels by domain at one or two dates, drawn as a star; a table beside it says the same in words.

No surface is filled: an area would read as a total, which levels do not have. Lines stop where a domain was
not assessed. The two dates are told by line, mark and colour together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.chart import Chart
from caseworker_app.ui_kit.theme import colour, px, theme

# Fewer axes make a line, not a star.
FEWEST_AXES = 3
RINGS = 5
BEFORE_TONE, AFTER_TONE = "warn", "accent"
_DASH = (4.0, 3.0)
_GAP, _LOCK = 10, 14
_NEAR = 0.35
_LARGEST = 150
# Below this sine an axis points straight up or down: its words are centred.
_UPRIGHT = 0.08


@dataclass(frozen=True, slots=True)
class RadarAxis:
    """A domain: the place of its level from 1 (the innermost ring) to 5 at each date, None where it has none.

    `remark` says why the later one has none (« non évalué », « sans objet »); `applies` False: « sans objet »,
    its spoke is not drawn. `spoken` is what a screen reader says of it.
    """

    key: str
    label: str
    before: int | None
    after: int | None
    spoken: str
    remark: str = ""
    applies: bool = True
    internal: bool = False


class Radar(paint.KeyboardRing, Chart):
    """A star of domains; arrows go round it, a click stands on one. `stood_on(key)`, empty for none (Esc)."""

    stood_on = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make it empty; `name` says what it shows."""
        super().__init__(parent)
        self._name = name
        self.axes: tuple[RadarAxis, ...] = ()
        self._reach: tuple[object, float] | None = None
        self._here = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_axes(self, axes: Sequence[RadarAxis]) -> None:
        """Show other domains; the one stood on stays if it is among them."""
        key = self.current_key()
        self.axes = tuple(axes)
        self._here = next((i for i, axis in enumerate(self.axes) if axis.key == key), -1)
        self._say_here()
        self.updateGeometry()
        self.update()

    def current_key(self) -> str:
        """Return the domain stood on, empty for none."""
        return self.axes[self._here].key if 0 <= self._here < len(self.axes) else ""

    def stand_on(self, key: str) -> None:
        """Stand on a domain without telling; empty or unknown: on none."""
        self._here = next((i for i, axis in enumerate(self.axes) if axis.key == key), -1)
        self._say_here()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for a star of 124 and the words around it."""
        return QSize(px(396), px(2 * 124 + 72))

    def minimumSizeHint(self) -> QSize:
        """Give way down to a smaller star, never to cut words."""
        return QSize(2 * (px(52) + self._side_room()), px(2 * 124 + 72))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go round with the arrows; Esc stands on none."""
        super().keyPressEvent(event)
        key, last = event.key(), len(self.axes) - 1
        if not self.axes:
            event.ignore()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self._go(0 if self._here >= last else self._here + 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self._go(last if self._here <= 0 else self._here - 1)
        elif key == Qt.Key.Key_Home:
            self._go(0)
        elif key == Qt.Key.Key_End:
            self._go(last)
        elif key == Qt.Key.Key_Escape and self._here >= 0:
            self._go(-1)
        else:
            event.ignore()
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stand on the domain nearest to the pointer, on none when it is the one stood on."""
        found = self._axis_at(event.position())
        self.ring_shown = False
        self._go(-1 if found == self._here else found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the domain under the pointer in its tooltip."""
        found = self._axis_at(event.position())
        self.setToolTip(self.axes[found].spoken if found >= 0 else "")
        shape = Qt.CursorShape.PointingHandCursor if found >= 0 else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the web, the lines, the marks, the words."""
        painter = paint.begin(self)
        if len(self.axes) >= FEWEST_AXES:
            self._paint_web(painter)
            self._paint_line(painter, [axis.before for axis in self.axes], BEFORE_TONE, dashed=True)
            self._paint_line(painter, [axis.after for axis in self.axes], AFTER_TONE, dashed=False)
            for index, axis in enumerate(self.axes):
                self._paint_marks(painter, index, axis)
                self._paint_label(painter, index, axis)
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
        painter.end()

    def _go(self, index: int) -> None:
        if index == self._here:
            return
        self._here = index
        self._say_here()
        self.update()
        self.stood_on.emit(self.current_key())

    def _say_here(self) -> None:
        here = self.axes[self._here].spoken if 0 <= self._here < len(self.axes) else ""
        self.setAccessibleDescription(here or "Flèches\u00a0: d’un domaine à l’autre")
        self.setAccessibleName(f"{self._name}. {here}" if here else self._name)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _side_room(self) -> int:
        widths = [self._label_width(axis) for axis in self.axes]
        return max(widths, default=0) + px(_GAP + 4)

    def _label_width(self, axis: RadarAxis) -> int:
        words = paint.width(axis.label, fonts.font(12, fonts.SEMI_BOLD))
        remark = paint.width(axis.remark, fonts.font(12))
        return max(words + (px(_LOCK + 4) if axis.internal else 0), remark)

    def _centre(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _radius(self) -> float:
        """Return the reach of the outer ring, measured once for the words and the size there are."""
        of = (self.width(), self.height(), theme().scale, self.axes)
        if self._reach is None or self._reach[0] != of:
            self._reach = of, self._measured_radius()
        return self._reach[1]

    def _measured_radius(self) -> float:
        """Return how far the words around the outer ring leave it room to reach."""
        across, tall = self.width() / 2 - 2, self.height() / 2 - 2
        reach = float(px(_LARGEST))
        for index, axis in enumerate(self.axes):
            sideways, upwards = self._direction(index)
            words = self._label_width(axis) * (0.5 if abs(sideways) < _UPRIGHT else 1)
            lines = px(16) * (2 if axis.remark else 1)
            if abs(sideways) >= _UPRIGHT:
                reach = min(reach, (across - words) / abs(sideways) - px(_GAP))
            reach = min(reach, (tall - lines * abs(upwards)) / max(0.5, abs(upwards)) - px(_GAP))
        return max(float(px(40)), reach)

    def _direction(self, index: int) -> tuple[float, float]:
        """Return the sine and cosine of an axis, the first one pointing up."""
        angle = 2 * math.pi * index / len(self.axes)
        return math.sin(angle), math.cos(angle)

    def _point(self, index: int, level: float) -> QPointF:
        sideways, upwards = self._direction(index % len(self.axes))
        reach = self._radius() * level / RINGS
        return self._centre() + QPointF(reach * sideways, -reach * upwards)

    def _axis_at(self, point: QPointF) -> int:
        """Return the axis whose direction a point is nearest to, -1 near the centre or without axes."""
        away = point - self._centre()
        if not self.axes or math.hypot(away.x(), away.y()) < self._radius() * _NEAR / 2:
            return -1
        turn = (math.pi / 2 - math.atan2(-away.y(), away.x())) / (2 * math.pi) * len(self.axes)
        return round(turn) % len(self.axes)

    def _paint_web(self, painter: QPainter) -> None:
        count = len(self.axes)
        for ring in range(RINGS, 0, -1):
            painter.setPen(QPen(colour("border" if ring == RINGS else "line"), 1))
            painter.setBrush(colour("sunken") if ring == RINGS else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(QPolygonF([self._point(index, ring) for index in range(count)]))
        for index, axis in enumerate(self.axes):
            if not axis.applies:
                continue
            pen = QPen(colour("line"), 1)
            if axis.after is None:
                pen = QPen(colour("field"), 1, Qt.PenStyle.DotLine)
            if index == self._here:
                pen = QPen(colour("accent_line"), 3)
            painter.setPen(pen)
            painter.drawLine(self._centre(), self._point(index, RINGS))

    def _paint_line(
        self, painter: QPainter, levels: Sequence[int | None], tone: str, *, dashed: bool
    ) -> None:
        pen = QPen(colour(tone), 2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashed else Qt.PenCapStyle.RoundCap)
        if dashed:
            pen.setDashPattern(list(_DASH))
        painter.setPen(pen)
        for index, level in enumerate(levels):
            following = levels[(index + 1) % len(levels)]
            if level is not None and following is not None:
                painter.drawLine(self._point(index, level), self._point(index + 1, following))

    def _paint_marks(self, painter: QPainter, index: int, axis: RadarAxis) -> None:
        if axis.before is not None:
            # Around the dot where both dates have one level, so that neither hides the other.
            side = px(13) if axis.before == axis.after else px(8)
            draw_square(painter, self._point(index, axis.before), side)
        if axis.after is not None:
            draw_dot(painter, self._point(index, axis.after), px(9))

    def _paint_label(self, painter: QPainter, index: int, axis: RadarAxis) -> None:
        here = index == self._here
        face = fonts.font(12, fonts.SEMI_BOLD if here else fonts.MEDIUM)
        tone = "note" if axis.internal else "accent" if here else "text" if axis.applies else "muted"
        wide = self._label_width(axis) + 2
        tall = px(16) * (2 if axis.remark else 1)
        box = self._label_box(index, wide, tall)
        rise = (box.center().x() - self.width() / 2) / max(1, self.width())
        centred = abs(rise) < 0.02
        align = Qt.AlignmentFlag.AlignHCenter
        if not centred:
            align = Qt.AlignmentFlag.AlignLeft if rise > 0 else Qt.AlignmentFlag.AlignRight
        line = QRect(box.x(), box.y(), box.width(), px(16))
        if axis.internal:
            words = paint.width(axis.label, face)
            left = line.x() if align == Qt.AlignmentFlag.AlignLeft else line.right() - words - px(_LOCK + 4)
            if centred:
                left = line.center().x() - (words + px(_LOCK + 4)) // 2
            icons.draw(painter, "lock", left, line.y() + px(1), px(_LOCK), "note")
            paint.text(
                painter, QRect(left + px(_LOCK + 4), line.y(), words + 2, px(16)), axis.label, face, tone
            )
        else:
            paint.text(painter, line, axis.label, face, tone, align)
        if axis.remark:
            paint.text(painter, line.translated(0, px(16)), axis.remark, fonts.font(12), "muted", align)

    def _label_box(self, index: int, wide: int, tall: int) -> QRect:
        rim = self._point(index, RINGS)
        away = rim - self._centre()
        length = math.hypot(away.x(), away.y()) or 1.0
        point = rim + away / length * px(_GAP)
        sideways, upwards = away.x() / length, away.y() / length
        left = point.x() - wide / 2 if abs(sideways) < _UPRIGHT else point.x() - (wide if sideways < 0 else 0)
        # From below the rim at the bottom to above it at the top, level with it at the sides.
        top = point.y() - tall / 2 + upwards * tall / 2
        left = min(max(2.0, left), self.width() - wide - 2.0)
        top = min(max(2.0, top), self.height() - tall - 2.0)
        return QRectF(left, top, wide, tall).toRect()


class RadarSample(QWidget):
    """A piece of one date's line, to stand before its date: dashed with a square, or plain with a dot."""

    def __init__(self, *, dashed: bool, parent: QWidget | None = None) -> None:
        """Draw the earlier date's (`dashed`) or the later one's."""
        super().__init__(parent)
        self._dashed = dashed
        self.setFixedSize(px(30), px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = paint.begin(self)
        pen = QPen(colour(BEFORE_TONE if self._dashed else AFTER_TONE), 2)
        if self._dashed:
            pen.setDashPattern(list(_DASH))
        painter.setPen(pen)
        middle = self.height() / 2
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
        centre = QPointF(self.width() / 2, middle)
        if self._dashed:
            draw_square(painter, centre, px(8))
        else:
            draw_dot(painter, centre, px(9))
        painter.end()


def draw_square(painter: QPainter, centre: QPointF, side: float) -> None:
    """Draw the mark of the earlier date."""
    painter.setPen(QPen(colour(BEFORE_TONE), 1.8))
    painter.setBrush(colour("surface"))
    painter.drawRect(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side))


def draw_dot(painter: QPainter, centre: QPointF, across: float) -> None:
    """Draw the mark of the later date."""
    painter.setPen(QPen(colour("surface"), 1.2))
    painter.setBrush(colour(AFTER_TONE))
    painter.drawEllipse(centre, across / 2, across / 2)
