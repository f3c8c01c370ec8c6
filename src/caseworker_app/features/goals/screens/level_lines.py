"""Levels over time: a small line a domain, on the same five steps; nothing adds them up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.features.goals.domain.autonomy import LADDER, LEVEL_LABELS, rung
from caseworker_app.features.goals.domain.course import DomainCourse
from caseworker_app.kernel.dates import format_short_date
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.chart import Chart
from caseworker_app.ui_kit.theme import colour, px

_ROW, _HEAD, _PAD = 44, 24, 7


class LevelLines(paint.KeyboardRing, Chart):
    """Up and Down go from domain to domain, the pointer too. `stood_on(code)`; the tooltip says a course whole."""

    stood_on = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make it empty; `name` says what it shows."""
        super().__init__(parent)
        self._name, self._here = name, -1
        self.courses: tuple[DomainCourse, ...] = ()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_courses(self, courses: Sequence[DomainCourse]) -> None:
        """Show the courses; a screen reader is given every one of them."""
        self.courses, self._here = tuple(courses), -1
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(". ".join(each.spoken for each in courses))
        self.updateGeometry()
        self.update()

    def current(self) -> DomainCourse | None:
        """Return the course stood on."""
        return self.courses[self._here] if 0 <= self._here < len(self.courses) else None

    def sizeHint(self) -> QSize:
        """Return a row a domain, under the line of the dates."""
        return QSize(px(396), px(_HEAD) + px(_ROW) * len(self.courses))

    def minimumSizeHint(self) -> QSize:
        """Give way down to short lines."""
        return QSize(px(240), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not self.courses:
            super().keyPressEvent(event)
            return
        self.ring_shown = True
        self._stand(min(len(self.courses) - 1, max(0, self._here + step)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stand on the domain under the pointer."""
        self.ring_shown = False
        self._stand(self._row_at(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the domain under the pointer in its tooltip."""
        row = self._row_at(event)
        self.setToolTip(self.courses[row].spoken if row >= 0 else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dates, then a row a domain."""
        painter = paint.begin(self)
        if self.courses:
            self._paint_dates(painter)
        for number, each in enumerate(self.courses):
            self._paint_row(painter, number, each)
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
        painter.end()

    def _stand(self, row: int) -> None:
        if row == self._here:
            return
        self._here = row
        found = self.current()
        self.setAccessibleName(found.spoken if found else self._name)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()
        self.stood_on.emit(found.domain.code if found else "")

    def _row_at(self, event: QMouseEvent) -> int:
        row = (round(event.position().y()) - px(_HEAD)) // px(_ROW)
        return row if 0 <= row < len(self.courses) else -1

    def _box(self, number: int) -> QRect:
        """Return where the line of a row is drawn: between the names and the words of the last level."""
        names = max(
            paint.width(each.domain.short_label, fonts.font(12, fonts.MEDIUM)) for each in self.courses
        )
        words = max(paint.width(LEVEL_LABELS[each.last], fonts.font(12)) for each in self.courses)
        left, right = names + px(22), self.width() - words - px(16)
        top = px(_HEAD) + px(_ROW) * number
        return QRect(left, top + px(_PAD), max(px(20), right - left), px(_ROW) - 2 * px(_PAD))

    def _spot(self, box: QRect, course: DomainCourse, place: int) -> QPointF | None:
        step = rung(course.points[place].level)
        if step is None:
            return None
        days = [point.day.toordinal() for point in course.points]
        span = days[-1] - days[0]
        share = (days[place] - days[0]) / span if span else place / max(1, len(days) - 1)
        up = (step - 1) / (len(LADDER) - 1)
        return QPointF(box.left() + share * box.width(), box.bottom() - up * box.height())

    def _paint_dates(self, painter: QPainter) -> None:
        box, points = self._box(0), self.courses[0].points
        face = fonts.font(11, tabular=True)
        ends = ((points[0], Qt.AlignmentFlag.AlignLeft), (points[-1], Qt.AlignmentFlag.AlignRight))
        for point, side in ends if len(points) > 1 else ends[1:]:
            words = f"{format_short_date(point.day)}\u00a0{point.day.year}"
            line = QRect(box.left() - px(20), 0, box.width() + px(40), px(_HEAD))
            paint.text(painter, line, words, face, "muted", side)

    def _paint_row(self, painter: QPainter, number: int, course: DomainCourse) -> None:
        box, top = self._box(number), px(_HEAD) + px(_ROW) * number
        if number == self._here:
            painter.fillRect(QRect(0, top, self.width(), px(_ROW)), colour("accent_soft"))
        painter.fillRect(QRect(0, top, self.width(), 1), colour("line"))
        tone = "note" if course.domain.internal else "text"
        name = QRect(px(4), top, box.left() - px(8), px(_ROW))
        paint.text(painter, name, course.domain.short_label, fonts.font(12, fonts.MEDIUM), tone)
        words = QRect(box.right() + px(10), top, self.width() - box.right() - px(10), px(_ROW))
        paint.text(painter, words, LEVEL_LABELS[course.last], fonts.font(12), "muted")
        spots = [self._spot(box, course, place) for place in range(len(course.points))]
        painter.setPen(QPen(colour("accent"), 2))
        for before, after, point in zip(spots, spots[1:], course.points[1:], strict=False):
            if before is not None and after is not None and point.joined:
                painter.drawLine(before, after)
        painter.setPen(QPen(colour("surface"), 1.5))
        painter.setBrush(colour("accent"))
        for spot in spots:
            if spot is not None:
                painter.drawEllipse(spot, px(4), px(4))
