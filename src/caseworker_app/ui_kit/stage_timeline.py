"""Contracts and stages on a true time axis: spans one under the other, what happened and what is to come."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from caseworker_app.kernel.dates import MONTHS, SHORT_MONTHS, months_between
from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.chart import Chart
from caseworker_app.ui_kit.stage_labels import CIRCLE, LABEL, LabelPlaces, Placed, held_between, line_height
from caseworker_app.ui_kit.stage_times import Milestone, Span, Times
from caseworker_app.ui_kit.theme import colour, px

LABEL_WIDTH = 136
_HEAD, _PITCH, _BAR, _AXIS = 28, 28, 22, 40
_LEAST_LABEL = 34
TODAY, STAGES = "Aujourd’hui", "Étapes"


class StageTimeline(paint.KeyboardRing, Chart):
    """The drawing. Arrows walk from stage to stage, Enter (or a click) opens one: `opened(key)`."""

    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make it empty; `name` says what it shows."""
        super().__init__(parent)
        self._name = name
        self._times: Times | None = None
        self._placed: list[Placed] = []
        self._current = -1
        # Where the axis begins, and the width the labels were placed for.
        self._edge, self._placed_width = px(LABEL_WIDTH), -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_times(self, times: Times) -> None:
        """Show other spans and stages."""
        self._times, self._current, self._placed_width = times, -1, -1
        names = [span.name for span in times.spans]
        widest = max(paint.width(name, fonts.font(13, fonts.MEDIUM)) for name in (*names, STAGES))
        self._edge = max(px(LABEL_WIDTH), widest + px(40))
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(times.spoken)
        self._place()
        self.update()

    @property
    def current_key(self) -> str:
        """The stage one stands on, empty before the first arrow."""
        return self._placed[self._current].milestone.key if 0 <= self._current < len(self._placed) else ""

    def minimumSizeHint(self) -> QSize:
        """Give way down to a few words a bar."""
        return QSize(px(LABEL_WIDTH + 320), self.height())

    def sizeHint(self) -> QSize:
        """Ask for the usual width of a card."""
        return QSize(px(900), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the labels anew: how many lines they take depends on the width."""
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, open with Enter or Space."""
        moves = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event.key() in moves and self._placed:
            self._stand_on(min(len(self._placed) - 1, max(0, self._current + moves[Qt.Key(event.key())])))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current_key:
            self.opened.emit(self.current_key)
        else:
            event.ignore()
            return
        self.ring_shown = True
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on the next stage to come, where one came by keyboard."""
        super().focusInEvent(event)
        if self.ring_shown and self._current < 0 and self._placed and self._times:
            coming = [i for i, p in enumerate(self._placed) if p.milestone.day >= self._times.day]
            self._stand_on(coming[0] if coming else len(self._placed) - 1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the stage."""
        super().focusOutEvent(event)
        self._current = -1
        self.setAccessibleName(self._name)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the stage under the pointer."""
        found = self._under(event.position().toPoint())
        if found is not None:
            self.opened.emit(found.milestone.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a stage opens."""
        found = self._under(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Show the words of a bar or stage that may be cut."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._words_at(event.pos()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint months, spans, line, stages, and the day it is."""
        if self._times is None:
            return
        painter = paint.begin(self)
        self._paint_months(painter, self._times)
        spans = list(enumerate(self._times.spans))
        for row, span in spans:
            self._paint_bar(painter, self._bar_of(self._times, row, span), fading=_goes_on(span, self._times))
        self._paint_now(painter, self._times)
        for row, span in spans:
            self._paint_span(painter, self._times, row, span)
        self._paint_line(painter, self._times)
        for placed in self._placed:
            self._paint_leader(painter, placed)
        for number, placed in enumerate(self._placed):
            self._paint_milestone(painter, placed, ring=number == self._current and self.hasFocus())
        self._paint_today(painter, self._times)
        painter.end()

    def _left(self) -> int:
        return self._edge

    def _x(self, day: date) -> int:
        times = self._times
        if times is None:
            return 0
        whole = max(1, (times.last - times.first).days)
        room = self.width() - self._left() - px(8)
        return self._left() + round(room * (day - times.first).days / whole)

    def _axis_y(self) -> int:
        rows = len(self._times.spans) if self._times else 0
        return px(_HEAD) + px(_PITCH) * rows + px(_AXIS) // 2

    def _place(self) -> None:
        if self._times is None or self.width() < px(_LEAST_LABEL) or self.width() == self._placed_width:
            return
        self._placed_width = self.width()
        top = self._axis_y() + px(CIRCLE) // 2 + px(6)
        places = LabelPlaces(self._left() - px(16), self.width(), self._today_box(self._times))
        self._placed = places.place(self._circles(self._times), top)
        levels = max((p.level for p in self._placed), default=0) + 1
        self.setFixedHeight(top + levels * line_height())

    def _circles(self, times: Times) -> list[tuple[Milestone, int]]:
        """Return the middle of each circle, none on another."""
        found, before = [], -px(CIRCLE)
        for milestone in times.milestones:
            before = max(self._x(milestone.day), before + px(CIRCLE + 2))
            found.append((milestone, before))
        return found

    def _today_box(self, times: Times) -> QRect:
        """Return the pill of the day it is, from the top of what it stands in."""
        wide = paint.width(TODAY, fonts.font(12, fonts.SEMI_BOLD)) + px(20)
        left = held_between(self._left() - px(16), self.width(), self._x(times.day) - wide // 2, wide)
        return QRect(left, 0, wide, px(22))

    def _stand_on(self, number: int) -> None:
        self._current = number
        self.setAccessibleName(f"{self._name}, {self._placed[number].milestone.spoken}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    def _under(self, point: QPoint) -> Placed | None:
        axis, reach = self._axis_y(), px(CIRCLE)
        near = (p for p in self._placed if abs(p.x - point.x()) <= reach // 2 + 2)
        on_circle = next((p for p in near if abs(axis - point.y()) <= reach), None)
        return on_circle or next((p for p in self._placed if p.label.contains(point)), None)

    def _words_at(self, point: QPoint) -> str:
        found = self._under(point)
        if found is not None:
            return found.milestone.spoken
        row = (point.y() - px(_HEAD)) // px(_PITCH)
        spans = self._times.spans if self._times else ()
        return f"{spans[row].name}\u00a0: {spans[row].words}" if 0 <= row < len(spans) else ""

    def _paint_months(self, painter: QPainter, times: Times) -> None:
        months = months_between(times.first, times.last)
        month_width = (self.width() - self._left()) / max(1, len(months))
        step = next((s for s in (1, 2, 3, 6, 12) if month_width * s >= px(52)), 12)
        bottom = self._axis_y()
        if times.shaded is not None:
            left, right = (
                self._x(max(times.shaded[0], times.first)),
                self._x(min(times.shaded[1], times.last)),
            )
            shade = QRect(left, 0, max(0, right - left), bottom - px(6))
            paint.rounded(painter, shade, "warn_soft", None, 0)
        free = self._left()
        for number, month in enumerate(months):
            x = self._x(month)
            painter.fillRect(x, px(_HEAD) - px(4), 1, bottom - px(_HEAD) - px(4), colour("line"))
            # January is told at every step, so that years show.
            if x >= free and (number == 0 or (month.month - 1) % step == 0):
                told = step - (month.month - 1) % step
                # The first month carries its year: it takes the room of the next label rather than lose it.
                told += step if number == 0 and told < step else 0
                last = number + told
                free = self._x(months[last]) if last < len(months) else self.width()
                self._paint_month(painter, month, QRect(x, 0, free - x, px(_HEAD - 6)), told, number == 0)

    def _paint_month(self, painter: QPainter, month: date, box: QRect, told: int, first: bool) -> None:
        """Write a month over its own days: in their middle, or from its first one where it tells several."""
        yearly = first or month.month == 1
        face = fonts.font(12, fonts.SEMI_BOLD if yearly else fonts.REGULAR)
        short = SHORT_MONTHS[month.month - 1]
        forms = [f"{MONTHS[month.month - 1]} {month.year}", f"{short} {month.year}", f"{month.year}"]
        room = min(box.width(), self.width() - box.x()) - px(4)
        words = next((f for f in (forms if yearly else [short]) if paint.width(f, face) <= room), "")
        tone, several = "text" if yearly else "muted", told > 1
        align = Qt.AlignmentFlag.AlignLeft if several else Qt.AlignmentFlag.AlignHCenter
        paint.text(painter, box.adjusted(px(4) if several else 0, 0, 0, 0), words, face, tone, align)

    def _paint_span(self, painter: QPainter, times: Times, row: int, span: Span) -> None:
        top = px(_HEAD) + px(_PITCH) * row
        icons.draw(painter, span.icon, 0, top + px(3), px(16), "muted")
        name = QRect(px(24), top, self._left() - px(24), px(_BAR))
        paint.text(painter, name, span.name, fonts.font(13, fonts.MEDIUM))
        bar = self._bar_of(times, row, span)
        words = bar.adjusted(px(8), 0, -px(6), 0)
        mark, tone = ("circle-check", "ok") if span.signed else ("circle-dashed", "muted")
        if words.width() > px(20):
            icons.draw(painter, mark, words.x(), top + (px(_BAR) - px(14)) / 2, px(14), tone)
            words.setLeft(words.left() + px(20))
            paint.text(painter, words, span.words, fonts.font(12, fonts.MEDIUM))

    def _bar_of(self, times: Times, row: int, span: Span) -> QRect:
        left = self._x(max(span.start, times.first))
        right = self._x(min(span.end or times.last, times.last))
        return QRect(left, px(_HEAD) + px(_PITCH) * row, max(px(8), right - left), px(_BAR))

    def _paint_now(self, painter: QPainter, times: Times) -> None:
        x = self._x(times.day)
        painter.setPen(QPen(colour("accent"), 2))
        painter.drawLine(x, px(_HEAD) - px(4), x, self._axis_y())

    def _paint_leader(self, painter: QPainter, placed: Placed) -> None:
        """Join a circle to a label that went down a line."""
        if placed.level:
            top = self._axis_y() + px(CIRCLE) // 2
            painter.fillRect(placed.x, top, 1, placed.label.top() - top, colour("border"))

    def _paint_bar(self, painter: QPainter, bar: QRect, *, fading: bool) -> None:
        if not fading:
            paint.rounded(painter, bar, "accent_soft", "accent_line", 4)
            return
        # What goes on past the edge has no right border: it fades.
        shade = QLinearGradient(bar.topLeft(), bar.topRight())
        soft, clear = colour("accent_soft"), QColor(colour("accent_soft"))
        clear.setAlpha(0)
        shade.setColorAt(0, soft)
        shade.setColorAt(max(0.0, 1 - px(80) / max(1, bar.width())), soft)
        shade.setColorAt(1, clear)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawRoundedRect(bar, 4, 4)

    def _paint_line(self, painter: QPainter, times: Times) -> None:
        y, now = self._axis_y(), self._x(times.day)
        icons.draw(painter, "flag", 0, y - px(8), px(16), "muted")
        name = QRect(px(24), y - px(11), self._left() - px(24), px(22))
        paint.text(painter, name, STAGES, fonts.font(13, fonts.MEDIUM))
        painter.fillRect(self._left(), y - 1, now - self._left(), 2, colour("accent"))
        painter.fillRect(now, y - 1, self.width() - now, 2, colour("border"))

    def _paint_milestone(self, painter: QPainter, placed: Placed, *, ring: bool) -> None:
        y, size, milestone = self._axis_y(), px(CIRCLE), placed.milestone
        painter.fillRect(placed.label.adjusted(-px(3), 0, px(3), 0), colour("surface"))
        ground = QRect(placed.x - size // 2 - px(2), y - size // 2 - px(2), size + px(4), size + px(4))
        paint.rounded(painter, ground, "surface", None, ground.width() / 2)
        icons.draw_centred(painter, milestone.icon, ground, size, milestone.tone)
        if ring and self.ring_shown:
            paint.ring(painter, ground.adjusted(-2, -2, 2, 2), ground.width() / 2 + 2)
        title = QRect(placed.label.x(), placed.label.y(), placed.label.width(), px(LABEL) // 2)
        paint.text(painter, title, milestone.title, fonts.font(12, fonts.SEMI_BOLD), "text", placed.align)
        words = title.translated(0, px(LABEL) // 2)
        paint.text(
            painter, words, milestone.words, fonts.font(12, fonts.MEDIUM), milestone.tone, placed.align
        )

    def _paint_today(self, painter: QPainter, times: Times) -> None:
        x, y = self._x(times.day), self._axis_y()
        painter.setPen(QPen(colour("surface"), 2))
        painter.setBrush(colour("accent"))
        painter.drawEllipse(QPoint(x, y), px(4), px(4))
        pill = self._today_box(times).translated(0, y + px(CIRCLE) // 2 + px(4))
        paint.rounded(painter, pill, "accent", None, pill.height() / 2)
        face = fonts.font(12, fonts.SEMI_BOLD)
        paint.text(painter, pill, TODAY, face, "on_accent", Qt.AlignmentFlag.AlignHCenter)


def _goes_on(span: Span, times: Times) -> bool:
    return span.end is None or span.end > times.last
