"""The card of a day's meetings, in order: hour, with whom, about what, where, and where each stands."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.dossier.domain.when import hour_words
from caseworker_app.features.week.domain.week import Moment, ShownMeeting
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.states import Pill, State
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_STATES = {
    Moment.HELD: State("Tenu", "ok", "circle-check"),
    Moment.MISSED: State("Manqué", "danger", "ban"),
    Moment.TO_COMPLETE: State("À compléter", "warn", "pencil"),
    Moment.COMING: State("À venir", "muted", "clock"),
}
_ICONS = {Moment.HELD: "check", Moment.MISSED: "ban", Moment.TO_COMPLETE: "pencil"}


def state_of(meeting: ShownMeeting, now: datetime) -> State:
    """Return where a meeting stands, in words."""
    moment = meeting.moment(now)
    if moment is Moment.SOON:
        return State(f"Dans {meeting.minutes_left(now)}\u00a0min", "accent", "clock")
    return _STATES[moment]


class MeetingRow(QWidget):
    """One meeting. `opened(household)` and `written(household)`."""

    opened = Signal(str)
    written = Signal(str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self._household = ""
        self.hour = Label("", 14, fonts.SEMI_BOLD, tabular=True)
        self.hour.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.hour.setFixedWidth(px(58))
        self.mark = Mark("calendar-event", 20)
        self.name = Button("", "ghost", compact=True)
        self.name.clicked.connect(lambda: self.opened.emit(self._household))
        self.write = Button("É&crire", "secondary", "pencil", compact=True)
        self.write.clicked.connect(lambda: self.written.emit(self._household))
        self.pill = Pill(State(""))
        self.purpose = Label("", 13, wrap=True)
        self.where = Label("", 12, tone="muted", wrap=True)
        self._lay_out()

    def show_meeting(self, meeting: ShownMeeting, now: datetime) -> None:
        """Show a meeting as it stands at an hour."""
        self._household = meeting.household_id
        state = state_of(meeting, now)
        self.hour.setText(hour_words(meeting.starts_at))
        self.name.setText(meeting.household.replace("&", "&&"))
        self.name.setAccessibleName(f"{hour_words(meeting.starts_at)}, {meeting.household}, {state.words}")
        self.mark.set_icon(_ICONS.get(meeting.moment(now), "calendar-event"), state.tone)
        self.pill.set_state(state)
        self.purpose.setText(meeting.purpose)
        self.where.setText(meeting.where)
        self.where.setVisible(bool(meeting.where))
        to_write = meeting.moment(now) in (Moment.TO_COMPLETE, Moment.SOON)
        self.write.setVisible(to_write)
        self.write.setAccessibleName(f"Écrire la visite, {meeting.household}")

    def _lay_out(self) -> None:
        first, middle, last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.name)
        first.addStretch(1)
        middle.addWidget(self.purpose, 1)
        middle.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignTop)
        last.addWidget(self.where, 1)
        last.addWidget(self.write, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addLayout(first)
        for part in (middle, last):
            # The name is a button: its words begin at its own inset.
            part.setContentsMargins(px(8), 0, 0, 0)
            part.setSpacing(px(8))
            words.addLayout(part)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, px(4), 0, px(8))
        line.setSpacing(px(8))
        hour = QVBoxLayout()
        hour.setContentsMargins(0, px(5), 0, 0)
        hour.addWidget(self.hour)
        hour.addStretch(1)
        line.addLayout(hour)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, px(4), 0, 0)
        mark.addWidget(self.mark)
        mark.addStretch(1)
        line.addLayout(mark)
        line.addLayout(words, 1)


class AgendaCard(Card):
    """The meetings of one day. `opened(household)` and `written(household)`."""

    opened = Signal(str)
    written = Signal(str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Aujourd’hui", " ")
        self.rows: list[MeetingRow] = []
        self.nothing = EmptyState(
            "calendar", "Aucun rendez-vous", "Fixez-en un dans l’agenda, ou en écrivant une visite."
        )
        self.add(self.nothing)
        self.add_stretch()

    def show_day(self, day: date, meetings: tuple[ShownMeeting, ...], now: datetime) -> None:
        """Show a day of the week."""
        today = day == now.date()
        self.title.setText("Aujourd’hui" if today else format_long_date(day, weekday=True).capitalize())
        self.setAccessibleName(self.title.text())
        self.remark.setText(plural(len(meetings), "rendez-vous", "rendez-vous") if meetings else "")
        self.nothing.setVisible(not meetings)
        while len(self.rows) < len(meetings):
            self._add_row()
        for row, meeting in zip(self.rows, meetings, strict=False):
            row.show_meeting(meeting, now)
            row.show()
        for row in self.rows[len(meetings) :]:
            row.hide()

    def _add_row(self) -> None:
        row = MeetingRow()
        row.opened.connect(self.opened)
        row.written.connect(self.written)
        self.rows.append(row)
        self.add(row)
