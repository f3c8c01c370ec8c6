"""A row of what is to do: why, for whom, by when, and the button that leads where it is solved."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.features.dossier.domain.when import from_today, late_words, short_day
from caseworker_app.features.week.domain.due import Due, Source
from caseworker_app.features.week.domain.rules import rule_of
from caseworker_app.features.week.domain.week import Span, span_of
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

# What can be said done from here; the rest is done on its own page.
SETTLED_HERE = frozenset({Source.PROMISE, Source.GOAL_STEP})
OPEN, FILE, DONE, PUT_OFF, TAKE_UP = "open", "file", "done", "put_off", "take_up"
_DATE_WIDTH, _ACTION_WIDTH = 124, 148


def date_state(on: date, day: date) -> State:
    """Return how near a date is: late in red, this week in amber, else plain."""
    span = span_of(on, day)
    if span is Span.LATE:
        return State(late_words(on, day), "danger", "alert-circle")
    words = from_today(on, day)
    return (
        State(words, "warn", "clock") if span is Span.THIS_WEEK else State(words, "muted", "calendar-event")
    )


class DueRow(QWidget):
    """One thing to do. `asked(action, due)`."""

    asked = Signal(str, object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.due: Due | None = None
        self._put_off = False
        self.mark = Mark("list-check", 20)
        self.title = Label("", 13, fonts.SEMI_BOLD, wrap=True)
        self.detail = Label("", 12, tone="muted", wrap=True)
        self.on = Label("", 13, tabular=True)
        self.state = StateLabel(State(""))
        self.action = Button("", "secondary", compact=True)
        self.action.setMinimumWidth(px(_ACTION_WIDTH))
        self.action.clicked.connect(lambda: self._ask(TAKE_UP if self._put_off else OPEN))
        self.more = IconButton("dots", "Autres actions", size=28, icon_size=16)
        self.more.clicked.connect(self.show_menu)
        self._lay_out()

    def show_due(self, due: Due, day: date, put_off: str = "") -> None:
        """Show something due; `put_off`: until when and why, where it was put off."""
        rule = rule_of(due.source)
        self.due, self._put_off = due, bool(put_off)
        self.mark.set_icon(rule.icon, "muted")
        self.title.setText(due.title)
        self.detail.setText(f"{due.household} · {put_off or due.detail}")
        self.on.setText(short_day(due.on, day))
        self.state.set_state(date_state(due.on, day))
        self.action.setText("Reprendre" if put_off else rule.action)
        self.action.setAccessibleName(f"{self.action.text()}\u00a0: {due.title}, {due.household}")
        self.more.setAccessibleName(f"Autres actions\u00a0: {due.title}, {due.household}")
        self.setToolTip(f"{rule.label}\u00a0: {rule.why}")
        self.updateGeometry()

    def menu(self) -> Menu:
        """Return what else can be done."""
        menu = Menu(parent=self)
        lines = [(FILE, "Ouvrir le &dossier")]
        if self.due is not None and self.due.source in SETTLED_HERE and not self._put_off:
            lines.insert(0, (DONE, "C’est &fait"))
        if not self._put_off:
            lines.append((PUT_OFF, "&Reporter…"))
        for action, words in lines:
            menu.addAction(words).triggered.connect(lambda _on=False, a=action: self._ask(a))
        return menu

    def show_menu(self) -> None:
        """Show it under its button."""
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line under it."""
        painter = paint.begin(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line"))
        painter.end()

    def _ask(self, action: str) -> None:
        if self.due is not None:
            self.asked.emit(action, self.due)

    def _lay_out(self) -> None:
        words, dates = QVBoxLayout(), QVBoxLayout()
        for column, parts in ((words, (self.title, self.detail)), (dates, (self.on, self.state))):
            column.setSpacing(px(2))
            column.addStretch(1)
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
        when = QWidget()
        when.setFixedWidth(px(_DATE_WIDTH))
        dates.setContentsMargins(0, 0, 0, 0)
        when.setLayout(dates)
        line = QHBoxLayout(self)
        line.setContentsMargins(px(15), px(7), px(11), px(8))
        line.setSpacing(px(12))
        line.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        line.addWidget(when)
        line.addWidget(self.action)
        line.addWidget(self.more)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
