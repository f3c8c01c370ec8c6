"""The head of « Ma semaine »: the day, whose week, the load, the strip of days, and « Nouvelle visite »."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.features.team.domain import Worker
from caseworker_app.features.week.domain.week import Load
from caseworker_app.features.week.screens.reading import EVERYBODY, MINE, Shown
from caseworker_app.features.week.screens.strip import DayStrip
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.states import Progress
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px, theme

# Up to this size of text, in percent, the head stands on one line.
_ONE_LINE = 100


class LoadBar(QWidget):
    """The load: measures and hours a month, over the visits held of those agreed this month."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setFixedWidth(px(188))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.words = Label("", 12, fonts.SEMI_BOLD)
        self.bar = Progress("Visites du mois")
        self.visits = Label("", 12, tone="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addWidget(self.visits)

    def show_load(self, load: Load) -> None:
        """Show a load."""
        self.words.setText(load.words())
        self.bar.setRange(0, max(1, load.visits_agreed))
        self.bar.setValue(min(load.visits_held, load.visits_agreed))
        said = load.visits_words()
        self.visits.setText(said)
        self.bar.setAccessibleName(said)
        self.setToolTip(
            f"Les visites convenues, à raison de {load.visit_minutes}\u00a0min chacune avec le trajet et l’écrit "
            "(barème à régler par l’association)."
        )


class WeekHead(QWidget):
    """The head. `day_chosen(date)`, `whose_chosen(str)`, `visit_asked()`."""

    day_chosen = Signal(object)
    whose_chosen = Signal(str)
    visit_asked = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.title, self.today = Label("Ma semaine", 22, fonts.SEMI_BOLD), Label("", 13, tone="muted")
        self.whose = Choice()
        self.whose.setAccessibleName("De qui la semaine est montrée")
        self.whose.setMinimumWidth(px(148))
        self.whose.activated.connect(lambda _index: self.whose_chosen.emit(self.whose.current_key()))
        self.load, self.strip = LoadBar(), DayStrip()
        self.strip.chosen.connect(self.day_chosen)
        self.visit = Button("&Nouvelle visite", "primary", "plus")
        self.visit.clicked.connect(self.visit_asked)
        names = QWidget()
        column = QVBoxLayout(names)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(self.title)
        column.addWidget(self.today)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(12))
        first, second = QHBoxLayout(), QHBoxLayout()
        # Large words have no room for all of it side by side.
        last = first if theme().scale <= _ONE_LINE else second
        first.addWidget(names)
        first.addStretch(1)
        for part in (self.whose, self.load, self.strip):
            last.addWidget(part)
        if last is second:
            second.addStretch(1)
        first.addWidget(self.visit)
        for line in (first, second):
            line.setSpacing(px(16))
        whole.addLayout(first)
        if last is second:
            whole.addLayout(second)

    def show_head(self, shown: Shown, day: date, whose: str, own_id: str) -> None:
        """Show a reading, with a day chosen."""
        today = format_long_date(shown.day, weekday=True).capitalize()
        self.today.setText(f"{today}, semaine {shown.day.isocalendar().week}")
        self.title.setText("Ma semaine" if whose == MINE else "La semaine")
        self.load.show_load(shown.week.load)
        self.strip.show_week(shown.week, day, shown.now)
        self._show_workers(shown.workers, whose, own_id)

    def _show_workers(self, workers: tuple[Worker, ...], whose: str, own_id: str) -> None:
        others = [each for each in workers if each.id != own_id]
        self.whose.setVisible(bool(others))
        self.whose.clear()
        self.whose.add(MINE, "Mes mesures")
        self.whose.add(EVERYBODY, "Toute l’équipe")
        for each in others:
            self.whose.add(each.id, each.name)
        self.whose.choose(whose)
