"""Above the hours: the name of each day, its holiday, and what takes whole days."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.features.agenda.domain.places import moved
from caseworker_app.features.agenda.domain.shown import AgendaSpan, ShownTime, day_name
from caseworker_app.features.agenda.screens.block import TimeBlock
from caseworker_app.features.agenda.screens.hours import edges
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.theme import colour, px

_NAMES, _LINE, _BAR = 48, 24, 12


class DaysHead(QWidget):
    """The head of the days.

    `opened(id)`, `moved(id, starts_at)`, `removed(id)`, `walked(id, way)`, `new_asked(None)`.
    """

    opened = Signal(str)
    moved = Signal(str, object)
    removed = Signal(str)
    walked = Signal(str, str)
    new_asked = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.days: tuple[date, ...] = ()
        self.today = date.min
        self.span: AgendaSpan | None = None
        self.blocks: dict[str, TimeBlock] = {}
        self._rows: dict[str, tuple[ShownTime, int]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(_NAMES))

    def show_span(
        self, span: AgendaSpan, days: tuple[date, ...], today: date, initials: dict[str, str]
    ) -> None:
        """Show some days."""
        self.span, self.days, self.today = span, days, today
        self._rows = self._stacked(span)
        for key in [key for key in self.blocks if key not in self._rows]:
            block = self.blocks.pop(key)
            block.hide()
            block.deleteLater()
        for key, (each, _row) in self._rows.items():
            block = self.blocks.get(key) or self._new_block(key)
            block.show_time(each, (), initials.get(each.worker_id, ""))
            block.show()
        lines = max((row + 1 for _each, row in self._rows.values()), default=0)
        self.setFixedHeight(px(_NAMES) + lines * px(_LINE) + (px(4) if lines else 0))
        self._place()
        names = ", ".join(f"{day_name(day)} {day.day} {span.holiday(day)}".strip() for day in days)
        self.setAccessibleName(f"Jours\u00a0: {names}")
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything again."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the names, today in its disc, the holidays."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("surface"))
        for column, day in enumerate(self.days):
            self._paint_day(painter, column, day)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("border"))
        painter.end()

    def _paint_day(self, painter: QPainter, column: int, day: date) -> None:
        left, wide = edges(self._inner(), len(self.days), column)
        holiday = self.span.holiday(day) if self.span else ""
        here = day == self.today
        face = fonts.font(12, fonts.MEDIUM)
        painter.fillRect(left, 0, 1, self.height(), colour("line"))
        name = day_name(day)
        number = fonts.font(16, fonts.SEMI_BOLD, tabular=True)
        top = px(6) if holiday else px(12)
        box = QRect(left + px(10), top, paint.width(name, face), px(24))
        paint.text(painter, box, name, face, "accent" if here else "muted")
        disc = QRect(
            box.right() + px(6), top, max(px(28), paint.width(str(day.day), number) + px(10)), px(24)
        )
        if here:
            paint.rounded(painter, disc, "accent", None, px(12))
        ink = "on_accent" if here else "text"
        align = Qt.AlignmentFlag.AlignHCenter if here else Qt.AlignmentFlag.AlignLeft
        paint.text(painter, disc, str(day.day), number, ink, align)
        if holiday:
            below = QRect(left + px(10), top + px(23), wide - px(14), px(16))
            paint.text(painter, below, holiday, fonts.font(11, fonts.MEDIUM), "warn")

    def _stacked(self, span: AgendaSpan) -> dict[str, tuple[ShownTime, int]]:
        """Put each on the first line that is free on all its days."""
        taken: list[set[date]] = []
        found: dict[str, tuple[ShownTime, int]] = {}
        for each in span.times:
            days = set(each.days()) & set(self.days) if each.all_day else set()
            if not days:
                continue
            row = next((n for n, busy in enumerate(taken) if not busy & days), len(taken))
            if row == len(taken):
                taken.append(set())
            taken[row] |= days
            found[each.id] = (each, row)
        return found

    def _new_block(self, key: str) -> TimeBlock:
        block = self.blocks[key] = TimeBlock(self, whole_day=True)
        block.clicked.connect(lambda: self._tell(key, self.opened))
        block.removed.connect(lambda: self._tell(key, self.removed))
        block.walked.connect(lambda way: self.walked.emit(key, way))
        block.new_asked.connect(lambda: self.new_asked.emit(None))
        block.nudged.connect(lambda days, _minutes: self._nudge(key, days))
        block.dragged.connect(lambda offset, _edge, end: self._drag(key, offset, end=end))
        block.dropped.connect(self._place)
        return block

    def _tell(self, key: str, signal: SignalInstance) -> None:
        if not self._rows[key][0].hidden:
            signal.emit(key)

    def _nudge(self, key: str, days: int) -> None:
        time_ = self._rows[key][0]
        if days and time_.movable:
            self.moved.emit(key, moved(time_, days))

    def _drag(self, key: str, offset: QPoint, *, end: bool) -> None:
        wide = edges(self._inner(), len(self.days), 0)[1]
        days = round(offset.x() / max(1, wide))
        if not end:
            box = self._box(key)
            self.blocks[key].setGeometry(box.translated(days * wide, 0))
        elif days:
            self._nudge(key, days)
        else:
            self._place()

    def _place(self) -> None:
        for key, block in self.blocks.items():
            block.setGeometry(self._box(key))

    def _box(self, key: str) -> QRect:
        each, row = self._rows[key]
        days = sorted(set(each.days()) & set(self.days))
        left = edges(self._inner(), len(self.days), self.days.index(days[0]))[0]
        last, wide = edges(self._inner(), len(self.days), self.days.index(days[-1]))
        return QRect(
            left + px(3), px(_NAMES) + row * px(_LINE), last + wide - left - px(6), px(_LINE) - px(4)
        )

    def _inner(self) -> int:
        """Return the width of the hours below, beside their bar."""
        return self.width() - _BAR
