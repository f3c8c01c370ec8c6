"""The hours of some days: lines, the present hour, journeys, and the times side by side, each where it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.features.agenda.domain.places import Placed, moved, resized, snapped
from caseworker_app.features.agenda.domain.shown import AgendaSpan, ShownTime
from caseworker_app.features.agenda.screens.block import TimeBlock, hatch
from caseworker_app.features.agenda.screens.desk import Shown
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.theme import colour, px

# A day alone has room for everything a time tells.
HOUR_HEIGHT, DAY_HOUR_HEIGHT = 48, 72
GUTTER = 56
# Outside these hours the ground is tinted: they are there, but nobody is expected to work then.
_DAY_FROM, _DAY_TO = 8, 19
_OPENS_AT = 7.5
_BLOCKS_A_TURN = 24


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
        self._others: Mapping[str, tuple[ShownTime, ...]] = {}
        # The blocks of these days in the order of Tab, which of them are still to be made or told what changed, and how
        # many were walked past.
        self._order: list[str] = []
        self._waiting: set[str] = set()
        self._told = 0
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._show_some)
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

    def show_days(self, shown: Shown, days: tuple[date, ...], initials: dict[str, str]) -> None:
        """Show some days of what was read; `initials` by worker where several people stand together."""
        self.span, self.days, self.now, self._initials = shown.span, days, shown.now, initials
        self._placed = {
            f"{each.time.id}:{column}": (each, column)
            for column, day in enumerate(days)
            for each in shown.columns.get(day, ())
        }
        self._others = shown.others
        for key in [key for key in self.blocks if key not in self._placed]:
            block = self.blocks.pop(key)
            block.hide()
            block.deleteLater()
        self.setFixedHeight(24 * self.hour + px(8))
        self._order = sorted(self._placed, key=self._tab_place)
        self._waiting, self._told = set(self._order), 0
        self._show_some()
        self._place_line()
        self.update()

    def block_of(self, time_id: str) -> TimeBlock | None:
        """Return the block of a time, None when it is not on these days."""
        key = next((key for key in self._placed if key.startswith(f"{time_id}:")), None)
        if key in self._waiting:
            self._show_block(key)
        return self.blocks.get(key) if key else None

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

    def _show_some(self) -> None:
        """Show the next blocks, Tab walking by day, then by hour.

        Those of a whole team are more than one turn of the window can make.
        """
        last = min(len(self._order), self._told + _BLOCKS_A_TURN)
        for number in range(self._told, last):
            key = self._order[number]
            if key in self._waiting:
                self._show_block(key)
            if number:
                QWidget.setTabOrder(self.blocks[self._order[number - 1]], self.blocks[key])
        self._told = last
        if last < len(self._order):
            self._rest.start()

    def _show_block(self, key: str) -> None:
        self._waiting.discard(key)
        each, column = self._placed[key]
        block = self.blocks.get(key) or self._new_block(key)
        whose = self._initials.get(each.time.worker_id, "")
        block.show_time(each.time, self._others.get(each.time.id, ()), whose)
        block.setGeometry(self._box(each, column, each.top, each.bottom))
        block.show()
        self.line.raise_()

    def _tab_place(self, key: str) -> tuple[int, int, str]:
        each, column = self._placed[key]
        return column, each.top, key

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
