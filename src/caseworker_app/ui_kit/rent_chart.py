"""What is owed month after month: past bars solid, the plan's dashed, the alert as a line with its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.kernel.dates import SHORT_MONTHS, format_month
from caseworker_app.kernel.money import format_euros
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.chart import Chart
from caseworker_app.ui_kit.theme import colour, px

HEIGHT = 236
_TOP, _FOOT, _LEAST = 30, 26, 320
# Steps of the scale, in euros: the first that cuts the height in four at most.
_STEPS = (10, 20, 50, 100, 200, 400, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)


@dataclass(frozen=True, slots=True)
class RentBar:
    """What is owed at the end of a month, in cents; `planned`: if the plan is kept."""

    month: date
    cents: int
    planned: bool = False

    @property
    def spoken(self) -> str:
        """Return what a screen reader says."""
        told = f"{format_month(self.month)}\u00a0: {format_euros(self.cents)}"
        return f"{told}, prévu" if self.planned else told


class RentChart(paint.KeyboardRing, Chart):
    """The drawing; arrows (or the pointer) read one month after the other."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make it empty; `name` says what is drawn."""
        super().__init__(parent)
        self._name = name
        self._bars: tuple[RentBar, ...] = ()
        self._alert: tuple[int, str] | None = None
        self._plan_words = ""
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(px(HEIGHT))
        self.setAccessibleName(name)

    def show_bars(
        self, bars: Sequence[RentBar], alert: tuple[int, str] | None = None, plan_words: str = ""
    ) -> None:
        """Show other months; `alert`: cents and words of its line, `plan_words` over the months planned."""
        self._bars, self._alert, self._plan_words, self._current = tuple(bars), alert, plan_words, -1
        self.setAccessibleName(self._name)
        told = [bar.spoken for bar in bars]
        if alert is not None:
            told.append(f"{alert[1]}\u00a0: {format_euros(alert[0])}")
        self.setAccessibleDescription(". ".join(told))
        self.update()

    @property
    def bars(self) -> tuple[RentBar, ...]:
        """What is drawn."""
        return self._bars

    def minimumSizeHint(self) -> QSize:
        """Give way down to narrow bars."""
        return QSize(px(_LEAST), px(HEIGHT))

    def sizeHint(self) -> QSize:
        """Ask for the usual width of a card."""
        return QSize(px(480), px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the months with the arrows."""
        moves = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event.key() not in moves or not self._bars:
            event.ignore()
            return
        self.ring_shown = True
        self._stand_on(min(len(self._bars) - 1, max(0, self._current + moves[Qt.Key(event.key())])))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin on the last month that is known."""
        super().focusInEvent(event)
        if self.ring_shown and self._bars:
            known = [i for i, bar in enumerate(self._bars) if not bar.planned]
            self._stand_on(known[-1] if known else 0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the month."""
        super().focusOutEvent(event)
        self.setAccessibleName(self._name)
        self._current = -1
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the month under the pointer."""
        point = event.position().toPoint()
        under = next((i for i in range(len(self._bars)) if self._slot(i).contains(point)), -1)
        if under != self._current:
            self._current = under
            self.update()

    def leaveEvent(self, event: object) -> None:
        """Stop reading."""
        if not self.hasFocus():
            self._current = -1
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint scale, bars, lines and months."""
        painter = paint.begin(self)
        self._paint_scale(painter)
        for number, bar in enumerate(self._bars):
            self._paint_bar(painter, number, bar)
        self._paint_alert(painter)
        self._paint_plan(painter)
        self._paint_months(painter)
        if 0 <= self._current < len(self._bars):
            self._paint_read(painter, self._current)
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
        painter.end()

    def _stand_on(self, number: int) -> None:
        self._current = number
        self.setAccessibleName(f"{self._name}, {self._bars[number].spoken}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    def _step(self) -> int:
        """Return the step of the scale, in cents."""
        highest = max([bar.cents for bar in self._bars] + ([self._alert[0]] if self._alert else []) + [1])
        return next((s * 100 for s in _STEPS if s * 400 >= highest), highest // 4)

    def _top_cents(self) -> int:
        step = self._step()
        highest = max([bar.cents for bar in self._bars] + ([self._alert[0]] if self._alert else []) + [1])
        return step * max(2, -(-highest // step))

    def _left(self) -> int:
        return paint.width(_whole(self._top_cents()), fonts.font(12, tabular=True)) + px(10)

    def _y(self, cents: int) -> int:
        tall = self.height() - px(_TOP) - px(_FOOT)
        return self.height() - px(_FOOT) - round(tall * cents / self._top_cents())

    def _slot(self, number: int) -> QRect:
        room = self.width() - self._left()
        edges = [self._left() + room * n // max(1, len(self._bars)) for n in (number, number + 1)]
        return QRect(edges[0], px(_TOP), edges[1] - edges[0], self.height() - px(_TOP + _FOOT))

    def _box(self, number: int) -> QRectF:
        slot, bar = self._slot(number), self._bars[number]
        wide = min(px(20), max(3, slot.width() - px(6)))
        top = self._y(bar.cents)
        tall = max(2, self._y(0) - top)
        return QRectF(slot.center().x() - wide / 2 + 0.5, self._y(0) - tall, wide, tall)

    def _paint_scale(self, painter: QPainter) -> None:
        face, step = fonts.font(12, tabular=True), self._step()
        for cents in range(0, self._top_cents() + 1, step):
            y = self._y(cents)
            painter.fillRect(self._left(), y, self.width() - self._left(), 1, colour("line"))
            box = QRect(0, y - px(9), self._left() - px(8), px(18))
            paint.text(painter, box, _whole(cents), face, "muted", Qt.AlignmentFlag.AlignRight)

    def _paint_bar(self, painter: QPainter, number: int, bar: RentBar) -> None:
        high = self._alert is not None and bar.cents >= self._alert[0]
        box = self._box(number)
        if bar.planned:
            painter.setPen(QPen(colour("accent"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(colour("accent_soft"))
            box.adjust(0.5, 0.5, -0.5, -0.5)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("danger" if high else "accent"))
        painter.drawRoundedRect(box, 2, 2)

    def _paint_alert(self, painter: QPainter) -> None:
        if self._alert is None:
            return
        cents, words = self._alert
        y, face = self._y(cents), fonts.font(12, fonts.MEDIUM)
        painter.setPen(QPen(colour("danger"), 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(self._left(), y, self.width(), y)
        wide = min(paint.width(words, face), self.width() - self._left()) + px(4)
        right, left = self.width() - wide, self._left() + px(4)
        # Above the line or under it, at the right or the left: where no bar stands.
        places = [QRect(x, top, wide, px(18)) for x in (right, left) for top in (y - px(20), y + px(2))]
        box = next((place for place in places if not self._covered(place)), places[0])
        painter.fillRect(box.adjusted(-px(3), 0, 0, 0), colour("surface"))
        align = Qt.AlignmentFlag.AlignRight if box.x() == right else Qt.AlignmentFlag.AlignLeft
        paint.text(painter, box, words, face, "danger", align)

    def _covered(self, box: QRect) -> bool:
        return any(self._box(number).intersects(QRectF(box)) for number in range(len(self._bars)))

    def _paint_plan(self, painter: QPainter) -> None:
        first = next((i for i, bar in enumerate(self._bars) if bar.planned), None)
        if first is None or not self._plan_words:
            return
        x, face = self._slot(first).left(), fonts.font(12, fonts.MEDIUM)
        painter.fillRect(x, px(20), 1, self.height() - px(20 + _FOOT), colour("accent"))
        wide = paint.width(self._plan_words, face)
        left = max(0, min(x, self.width() - wide))
        paint.text(painter, QRect(left, 0, wide, px(18)), self._plan_words, face, "accent")

    def _paint_months(self, painter: QPainter) -> None:
        face, strong = fonts.font(12), fonts.font(12, fonts.SEMI_BOLD)
        count, y = len(self._bars), self.height() - px(_FOOT) + px(6)
        last_known = max((i for i, bar in enumerate(self._bars) if not bar.planned), default=0)
        boxes = [self._month_box(number, y) for number in range(count)]
        step = next((s for s in (1, 2, 3, 4, 6) if self._apart(boxes, last_known % s, s)), 12)
        for number in range(last_known % step, count, step):
            here = number == last_known
            words = SHORT_MONTHS[self._bars[number].month.month - 1]
            paint.text(painter, boxes[number], words, strong if here else face, "text" if here else "muted")

    def _apart(self, boxes: list[QRect], first: int, step: int) -> bool:
        shown = boxes[first::step]
        return all(b.left() - a.right() >= px(6) for a, b in pairwise(shown))

    def _month_box(self, number: int, y: int) -> QRect:
        words = SHORT_MONTHS[self._bars[number].month.month - 1]
        wide = paint.width(words, fonts.font(12, fonts.SEMI_BOLD))
        middle = self._slot(number).center().x()
        left = min(max(self._left() - px(4), middle - wide // 2), self.width() - wide)
        return QRect(left, y, wide + 1, px(18))

    def _paint_read(self, painter: QPainter, number: int) -> None:
        bar, face = self._bars[number], fonts.font(12, fonts.MEDIUM)
        words = bar.spoken
        wide, box = paint.width(words, face) + px(16), self._box(number)
        left = min(max(0, int(box.center().x()) - wide // 2), self.width() - wide)
        plate = QRect(left, max(0, int(box.top()) - px(30)), wide, px(24))
        paint.rounded(painter, plate, "raised", "field", 4)
        paint.text(painter, plate, words, face, "text", Qt.AlignmentFlag.AlignHCenter)
        painter.setPen(QPen(colour("text"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 2, 2)


def _whole(cents: int) -> str:
    return f"{cents // 100:,}".replace(",", "\u202f") + "\u00a0€"
