"""Beside the text: what the home and the latest budget call for, and the next appointment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.budget.domain.sheet import BudgetSheet
from caseworker_app.features.diary.domain.home_reminders import (
    HomeReminder,
    Urgency,
    budget_missing,
    home_reminders,
)
from caseworker_app.features.diary.domain.typed_moments import format_hour, parse_hour
from caseworker_app.features.diary.domain.visit import NewAppointment
from caseworker_app.features.diary.domain.visit_sheet import HOME, Reminder, budget_month, budget_reminders
from caseworker_app.features.housing.domain.shown_housing import ShownHome
from caseworker_app.kernel.dates import format_date, format_long_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_URGENCY = {
    Urgency.LATE: ("danger", "alert-circle"),
    Urgency.SOON: ("warn", "clock"),
    Urgency.CALM: ("ok", "circle-check"),
}


class _FigureWords(QWidget):
    """A small label over a figure; the way it was made is in its tooltip and read aloud."""

    def __init__(self, reminder: Reminder) -> None:
        super().__init__()
        label = Label(reminder.label, 12, tone="muted")
        value = Label(reminder.value, 15, fonts.SEMI_BOLD, tabular=True)
        self.setToolTip(reminder.explanation)
        self.setAccessibleName(f"{reminder.label}\u00a0: {reminder.value} {reminder.unit}".strip())
        self.setAccessibleDescription(reminder.explanation)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label)
        column.addWidget(value)
        column.addWidget(Label(reminder.unit, 12, tone="muted"))


class BudgetCard(Card):
    """« Rappel budget », read-only."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Rappel budget")
        self._none = Label("Aucun budget saisi pour ce ménage.", 13, tone="muted", wrap=True)
        self._late = StateLabel(State("", "warn"))
        self._figures = QWidget()
        self._line = Columns(self._figures, gap=8)
        self.add(self._none)
        self.add(self._figures)
        self.add(self._late)

    def show_sheet(self, sheet: BudgetSheet | None, day: date) -> None:
        """Show the figures of a month, or that there is none, and whether that of `day` is still to be typed."""
        missing = budget_missing(sheet, day)
        self._late.set_state(State(missing, "warn"))
        self._late.setVisible(bool(missing))
        while (item := self._line.takeAt(0)) is not None:
            figure = item.widget()
            if figure is not None:
                figure.hide()
                figure.deleteLater()
        self._none.setVisible(sheet is None)
        self._figures.setVisible(sheet is not None)
        self.remark.setText("" if sheet is None else budget_month(sheet))
        for reminder in () if sheet is None else budget_reminders(sheet):
            self._line.addWidget(_FigureWords(reminder))


class HomeCard(Card):
    """« Rappel logement »: debt, plan, deadlines, proofs. `settle_asked(tab)`: one goes where it is settled."""

    settle_asked = Signal(str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Rappel logement")
        self._none = Label("Aucun logement saisi pour ce ménage.", 13, tone="muted", wrap=True)
        self.add(self._none)
        self.see = Button("Voir le logement", "ghost", "home", compact=True)
        self.see.clicked.connect(lambda: self.settle_asked.emit("housing"))
        self.add_action(self.see)
        self.lines: list[QWidget] = []

    def show_home(self, home: ShownHome | None, day: date) -> None:
        """Show what to keep in mind of a home on a day."""
        for line in self.lines:
            line.hide()
            self.body.removeWidget(line)
            line.deleteLater()
        told = home_reminders(home, day)
        self.lines = [_reminder_line(each) for each in told]
        for line in self.lines:
            self.add(line)
        self.see.setVisible(home is not None)
        self._none.setText(
            "Aucun logement saisi pour ce ménage."
            if home is None
            else "Rien à rappeler\u00a0: tout est à jour."
        )
        self._none.setVisible(not told)


def _reminder_line(reminder: HomeReminder) -> QWidget:
    line = QWidget()
    line.setAccessibleName(reminder.spoken)
    tone, icon = _URGENCY[reminder.urgency]
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(reminder.title, 13, fonts.MEDIUM, wrap=True))
    if reminder.detail:
        words.addWidget(Label(reminder.detail, 12, tone="muted", wrap=True))
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(8))
    row.addWidget(Mark(icon, 16, tone), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return line


class AppointmentCard(Card):
    """« Prochain rendez-vous »: day, hour and place; nothing is planned while the day is empty."""

    edited = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Prochain rendez-vous")
        self.day = _entry("jj/mm/aaaa", "Date du prochain rendez-vous", "calendar-event")
        self.hour = _entry("14:00", "Heure du prochain rendez-vous", "clock")
        self.place = _entry("Lieu", "Lieu du prochain rendez-vous", "map-pin")
        self.line = SentenceLine("Rien n’est planifié tant que la date est vide.")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for entry, stretch in ((self.day, 15), (self.hour, 10), (self.place, 13)):
            row.addWidget(entry, stretch)
        self.body.addLayout(row)
        self.add(self.line)
        self._near = date.min
        for entry in (self.day, self.hour, self.place):
            entry.textEdited.connect(self._changed)

    def show_appointment(self, new: NewAppointment | None, near: date, typed: Mapping[str, object]) -> None:
        """Show an appointment; `typed` are the fields as a draft kept them."""
        self._near = near
        self.day.setText(format_date(new.starts_at.date()) if new else "")
        self.hour.setText(format_hour(new.starts_at.time()) if new else "")
        self.place.setText((new.place if new else None) or HOME)
        for name, entry in (("day", self.day), ("hour", self.hour), ("place", self.place)):
            if isinstance(typed.get(name), str):
                entry.setText(str(typed[name]))
        self._changed(tell=False)

    def read(self, *, strict: bool) -> NewAppointment | None:
        """Return the appointment, None without a day. Raises InvalidEntry for « starts_at » when `strict`."""
        if not self.day.text().strip():
            return None
        try:
            day = parse_day(self.day.text(), self._near, "starts_at")
            hour = parse_hour(self.hour.text(), "starts_at")
        except InvalidEntry:
            if strict:
                raise
            return None
        return NewAppointment(datetime.combine(day, hour), self.place.text().strip() or None)

    def typed(self) -> dict[str, str]:
        """Return the fields as typed, for a draft."""
        return {"day": self.day.text(), "hour": self.hour.text(), "place": self.place.text()}

    def refuse(self, sentence: str) -> None:
        """Say what is wrong."""
        self.line.refuse(sentence)
        wrong = self.day if self._day() is None or self.hour.text().strip() else self.hour
        wrong.set_refused(True)
        wrong.setFocus(Qt.FocusReason.OtherFocusReason)

    def _day(self) -> date | None:
        try:
            return parse_day(self.day.text(), self._near, "starts_at")
        except InvalidEntry:
            return None

    def _changed(self, _text: str = "", *, tell: bool = True) -> None:
        for entry in (self.day, self.hour):
            entry.set_refused(False)
        self.line.clear()
        day = self._day()
        self.line.say(format_long_date(day, weekday=True).capitalize() if day else self._empty_words())
        if tell:
            self.edited.emit()

    def _empty_words(self) -> str:
        return "" if self.day.text().strip() else "Rien n’est planifié tant que la date est vide."


def _entry(placeholder: str, name: str, icon: str) -> Entry:
    entry = Entry(placeholder, height=32, icon=icon, tabular=icon != "map-pin")
    entry.setAccessibleName(name)
    return entry
