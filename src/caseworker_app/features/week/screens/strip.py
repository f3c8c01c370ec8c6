"""The strip of days: one a button, a dot for each meeting, filled once it was held."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy

from caseworker_app.features.week.domain.week import Moment, ShownMeeting, Week
from caseworker_app.kernel.dates import WEEKDAYS, format_long_date
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.theme import colour, px

_DOTS = 5


class DayButton(paint.KeyboardRing, QPushButton):
    """A day: its short name, and a dot for each meeting."""

    def __init__(self) -> None:
        """Make it without a day."""
        super().__init__()
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.day = date.min
        self._held: list[bool] = []

    def show_day(self, day: date, meetings: tuple[ShownMeeting, ...], now: datetime) -> None:
        """Show a day and its meetings."""
        self.day = day
        self._held = [meeting.moment(now) is Moment.HELD for meeting in meetings]
        self.setText(f"{WEEKDAYS[day.weekday()][:3].capitalize()}.\u00a0{day.day}")
        held = sum(self._held)
        told = [format_long_date(day, weekday=True), plural(len(meetings), "rendez-vous", "rendez-vous")]
        if held:
            told.append(f"dont {held} tenu" + ("s" if held > 1 else ""))
        self.setAccessibleName(", ".join(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of the name, over a line of dots."""
        return QSize(paint.width(self.text(), fonts.font(13, fonts.SEMI_BOLD)) + px(18), px(44))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, name and dots."""
        painter = paint.begin(self)
        if self.isChecked() or self.underMouse():
            paint.rounded(painter, self.rect(), "accent_soft" if self.isChecked() else "chip")
        face = fonts.font(13, fonts.SEMI_BOLD if self.isChecked() else fonts.MEDIUM)
        words = QRect(0, px(5), self.width(), px(18))
        paint.text(
            painter,
            words,
            self.text(),
            face,
            "accent" if self.isChecked() else "muted",
            Qt.AlignmentFlag.AlignCenter,
        )
        self._paint_dots(painter)
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
        painter.end()

    def _paint_dots(self, painter: QPainter) -> None:
        dots, size, gap = self._held[:_DOTS], px(6), px(4)
        left = (self.width() - len(dots) * (size + gap) + gap) / 2
        for number, held in enumerate(dots):
            ink = colour("ok" if held else "accent" if self.isChecked() else "muted")
            painter.setPen(ink)
            painter.setBrush(ink if held else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRect(int(left + number * (size + gap)), px(29), size, size))


class DayStrip(Surface):
    """The days of the week. `chosen(date)`."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setAccessibleName("Jours de la semaine")
        self.buttons = [DayButton() for _ in range(7)]
        line = QHBoxLayout(self)
        line.setContentsMargins(px(4), px(4), px(4), px(4))
        line.setSpacing(0)
        for button in self.buttons:
            line.addWidget(button)
            button.clicked.connect(lambda _on=False, b=button: self.chosen.emit(b.day))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_week(self, week: Week, day: date, now: datetime) -> None:
        """Show a week, one day of it chosen."""
        days = week.days()
        for button, on in zip(self.buttons, days, strict=False):
            button.show_day(on, week.meetings_on(on), now)
            button.setChecked(on == day)
            button.show()
        for button in self.buttons[len(days) :]:
            button.hide()
