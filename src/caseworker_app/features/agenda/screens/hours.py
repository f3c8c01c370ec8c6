"""The hours of some days: lines, the present hour, journeys, and the times side by side, each where it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.features.agenda.domain.places import Placed, moved, placed, resized, snapped
from caseworker_app.features.agenda.domain.shown import AgendaSpan, overlapping
from caseworker_app.features.agenda.screens.block import TimeBlock, hatch
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.theme import colour, px

# A day alone has room for everything a time tells.
HOUR_HEIGHT, DAY_HOUR_HEIGHT = 48, 72
GUTTER = 56
# Outside these hours the ground is tinted: they are there, but nobody is expected to work then.
_DAY_FROM, _DAY_TO = 8, 19
_OPENS_AT = 7.5


class NowLine(QWidget):
    """The present hour, over whatever stands at it; the pointer goes through."""

    def __init__(self, parent: QWidget) -> None:
        """Make it, hidden."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a dot and a line."""
        painter = paint.begin(self)
        middle = self.height() / 2
        painter.setPen(QPen(colour("danger"), 1.5))
        painter.drawLine(QPointF(px(4), middle), QPointF(self.width(), middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("danger"))
        painter.drawEllipse(QPointF(px(4), middle), px(3.5), px(3.5))
        painter.end()


class HoursGrid(QWidget):
    """The hours. `opened(id)`, `moved(id, starts_at)`, `stretched(id, minutes)`, `removed(id)`, `new_asked(datetime)`.

    `walked(id, way)`: the arrows were used on a time.
    """

    opened = Signal(str)
    moved = Signal(str, object)
    stretched = Signal(str, int)
    removed = Signal(str)
    new_asked = Signal(object)
    walked = Signal(str, str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.days: tuple[date, ...] = ()
        self.span: AgendaSpan | None = None
        self.now = datetime.combine(date.min, time.min)
        self.blocks: dict[str, TimeBlock] = {}
        self._placed: dict[str, tuple[Placed, int]] = {}
        self._initials: dict[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line = NowLine(self)
        self.setFixedHeight(24 * self.hour + px(8))

    @property
    def hour(self) -> int:
        """Return how high an hour is."""
        return px(DAY_HOUR_HEIGHT if len(self.days) == 1 else HOUR_HEIGHT)

    @property
    def opening_scroll(self) -> int:
        """Return how far down the page begins."""
        return int(_OPENS_AT * self.hour)

    def show_span(
        self, span: AgendaSpan, days: tuple[date, ...], now: datetime, initials: dict[str, str]
    ) -> None:
        """Show some days; `initials` by worker where several people stand together."""
        self.span, self.days, self.now, self._initials = span, days, now, initials
        self._placed = {
            f"{each.time.id}:{column}": (each, column)
            for column, day in enumerate(days)
            for each in placed(span.on(day), day)
        }
        others = overlapping(span.times)
        for key in [key for key in self.blocks if key not in self._placed]:
            block = self.blocks.pop(key)
            block.hide()
            block.deleteLater()
        for key, (each, _column) in self._placed.items():
            block = self.blocks.get(key) or self._new_block(key)
            whose = self._initials.get(each.time.worker_id, "")
            block.show_time(each.time, others.get(each.time.id, ()), whose)
            block.show()
        self.setFixedHeight(24 * self.hour + px(8))
        self._place_blocks()
        self._order_tabs()
        self.update()

    def block_of(self, time_id: str) -> TimeBlock | None:
        """Return the block of a time, None when it is not on these days."""
        return next((block for key, block in self.blocks.items() if key.startswith(f"{time_id}:")), None)

    def look_at(self, now: datetime) -> None:
        """Move the line of the present hour."""
        self.now = now
        self._place_line()

    def moment_at(self, point: QPoint) -> datetime | None:
        """Return the quarter of an hour under a point, None beside the days."""
        column = self._column_at(point.x())
        if column is None:
            return None
        minutes = max(0, min(24 * 60 - 30, int(point.y() / self.hour * 60) // 30 * 30))
        return datetime.combine(self.days[column], time.min) + timedelta(minutes=minutes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything again."""
        super().resizeEvent(event)
        self._place_blocks()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Begin a new time where there is none."""
        moment = self.moment_at(event.position().toPoint())
        if moment is not None:
            self.new_asked.emit(moment)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grounds, lines, journeys and the present hour."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("surface"))
        self._paint_grounds(painter)
        self._paint_lines(painter)
        for each, column in self._placed.values():
            self._paint_journeys(painter, each, column)
        painter.end()

    def _paint_grounds(self, painter: QPainter) -> None:
        hour = self.hour
        for column, day in enumerate(self.days):
            left, wide = self._edges(column)
            off = day.weekday() == 6 or (self.span is not None and bool(self.span.holiday(day)))
            if off:
                painter.fillRect(left, 0, wide, self.height(), colour("sunken"))
            else:
                painter.fillRect(left, 0, wide, _DAY_FROM * hour, colour("sunken"))
                painter.fillRect(left, _DAY_TO * hour, wide, self.height() - _DAY_TO * hour, colour("sunken"))

    def _paint_lines(self, painter: QPainter) -> None:
        hour, gutter = self.hour, px(GUTTER)
        face = fonts.font(11, tabular=True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for number in range(25):
            top = number * hour
            painter.fillRect(gutter, top, self.width() - gutter, 1, colour("line"))
            if number:
                box = QRect(0, top - px(8), gutter - px(8), px(16))
                paint.text(painter, box, f"{number}\u00a0h", face, "muted", Qt.AlignmentFlag.AlignRight)
        for column in range(len(self.days)):
            left, _wide = self._edges(column)
            painter.fillRect(left, 0, 1, self.height(), colour("line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)

    def _paint_journeys(self, painter: QPainter, each: Placed, column: int) -> None:
        for begin, end in ((each.begin, each.top), (each.bottom, each.end)):
            if end > begin:
                box = self._box(each, column, begin, end)
                hatch(painter, box)
                words, face = f"trajet {end - begin}\u00a0min", fonts.font(11)
                if box.height() >= px(16) and paint.width(words, face) + px(16) <= box.width():
                    paint.text(painter, box.adjusted(px(9), 0, 0, 0), words, face, "muted")

    def _place_line(self) -> None:
        here = self.now.date() in self.days
        self.line.setVisible(here)
        if here:
            left, wide = self._edges(self.days.index(self.now.date()))
            top = round((self.now.hour * 60 + self.now.minute) / 60 * self.hour)
            self.line.setGeometry(left - px(4), top - px(4), wide + px(4), px(8) + 1)
            self.line.raise_()

    def _new_block(self, key: str) -> TimeBlock:
        block = self.blocks[key] = TimeBlock(self)
        block.clicked.connect(lambda: self._tell(key, self.opened.emit))
        block.removed.connect(lambda: self._tell(key, self.removed.emit))
        block.walked.connect(lambda way: self._tell(key, lambda row: self.walked.emit(row, way)))
        block.new_asked.connect(lambda: self.new_asked.emit(None))
        block.nudged.connect(lambda days, minutes: self._nudge(key, days, minutes))
        block.stretched.connect(lambda minutes: self._stretch(key, minutes))
        block.dragged.connect(lambda offset, edge, end: self._drag(key, offset, edge=edge, end=end))
        block.dropped.connect(self._place_blocks)
        return block

    def _tell(self, key: str, tell: Callable[[str], object]) -> None:
        time_ = self._placed[key][0].time
        if not time_.hidden:
            tell(time_.id)

    def _nudge(self, key: str, days: int, minutes: int) -> None:
        time_ = self._placed[key][0].time
        if time_.movable:
            self.moved.emit(time_.id, moved(time_, days, minutes))

    def _stretch(self, key: str, minutes: int) -> None:
        time_ = self._placed[key][0].time
        if time_.movable:
            self.stretched.emit(time_.id, resized(time_, minutes))

    def _drag(self, key: str, offset: QPoint, *, edge: bool, end: bool) -> None:
        """Follow the pointer by quarters of an hour and whole days; once dropped, tell."""
        each, column = self._placed[key]
        minutes = snapped(offset.y() / self.hour * 60)
        if edge:
            length = resized(each.time, minutes)
            if end:
                self._dropped(key, length != each.time.minutes, lambda row: self.stretched.emit(row, length))
            else:
                box = self._box(each, column, each.top, each.top + length)
                self.blocks[key].setGeometry(box)
            return
        left, wide = self._edges(column)
        to = self._column_at(left + wide // 2 + offset.x())
        to = column if to is None else to
        start = moved(each.time, (self.days[to] - self.days[column]).days, minutes)
        if end:
            self._dropped(key, start != each.time.starts_at, lambda row: self.moved.emit(row, start))
        else:
            top = start.hour * 60 + start.minute
            self.blocks[key].setGeometry(self._box(each, to, top, top + each.bottom - each.top))

    def _dropped(self, key: str, changed: bool, tell: Callable[[str], object]) -> None:
        if changed:
            self._tell(key, tell)
        else:
            self._place_blocks()

    def _place_blocks(self) -> None:
        for key, (each, column) in self._placed.items():
            if key in self.blocks:
                self.blocks[key].setGeometry(self._box(each, column, each.top, each.bottom))
        self._place_line()

    def _order_tabs(self) -> None:
        """Let Tab walk by day, then by hour."""
        before: QWidget | None = None
        for key in sorted(self._placed, key=lambda k: (self._placed[k][1], self._placed[k][0].top, k)):
            if before is not None:
                QWidget.setTabOrder(before, self.blocks[key])
            before = self.blocks[key]

    def _edges(self, column: int) -> tuple[int, int]:
        """Return the left edge and the width of a day."""
        return edges(self.width(), len(self.days), column)

    def _column_at(self, x: int) -> int | None:
        return next(
            (n for n in range(len(self.days)) if 0 <= x - self._edges(n)[0] < self._edges(n)[1]), None
        )

    def _box(self, each: Placed, column: int, begin: int, end: int) -> QRect:
        left, wide = self._edges(column)
        inside = wide - px(7)
        lane = inside / each.lanes
        scale = self.hour / 60
        top, bottom = round(begin * scale) + 1, round(end * scale) - 1
        return QRect(
            round(left + px(3) + each.lane * lane),
            top,
            max(1, round(lane) - px(2)),
            max(px(14), bottom - top),
        )


def edges(width: int, days: int, column: int) -> tuple[int, int]:
    """Return the left edge and the width of a day among several, beside the hours."""
    room = width - px(GUTTER)
    first, after = room * column // max(1, days), room * (column + 1) // max(1, days)
    return px(GUTTER) + first, after - first
