"""The head of « Ma semaine »: the day, whose week, the load, the strip of days, and « Nouvelle visite »."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.features.team.domain import Worker
from caseworker_app.features.week.domain.week import Load
from caseworker_app.features.week.screens.reading import EVERYBODY, MINE, Shown
from caseworker_app.features.week.screens.strip import DayStrip
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.states import Progress
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

# Pixels at 100 % between two parts of the head.
_GAP = 16
_LOAD_WIDTH = 188


class LoadBar(QWidget):
    """The load: measures and hours a month, over the visits held of those agreed this month."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setFixedWidth(px(_LOAD_WIDTH))
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
        # A team's figures are longer than one person's.
        words = max(self.words.sizeHint().width(), self.visits.sizeHint().width())
        self.setFixedWidth(max(px(_LOAD_WIDTH), words))
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
        self._names = _stacked(self.title, self.today)
        self._first, self._under = QHBoxLayout(), Flow(gap=_GAP)
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """Return the room folded: the head folds before it makes the page wider than what is seen."""
        widest = max(_wide((part,)) for part in self._middle())
        return QSize(max(_wide(self._ends()), widest), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand on one line where all has its room, else on several."""
        super().resizeEvent(event)
        self._fold()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(12))
        self._first.addWidget(self._names)
        self._first.addStretch(1)
        self._first.addWidget(self.visit)
        for part in self._middle():
            self._under.addWidget(part)
        self._first.setSpacing(px(_GAP))
        whole.addLayout(self._first)
        whole.addLayout(self._under)

    def _ends(self) -> tuple[QWidget, ...]:
        return (self._names, self.visit)

    def _middle(self) -> tuple[QWidget, ...]:
        return (self.whose, self.load, self.strip)

    def _fold(self) -> None:
        """Put whose week, the load and the days beside the title, or under it."""
        on_one = _wide((*self._ends(), *self._middle())) <= self.width()
        for number, part in enumerate(self._middle()):
            if on_one and self._first.indexOf(part) < 0:
                self._first.insertWidget(2 + number, part)
            elif not on_one and self._under.indexOf(part) < 0:
                self._under.addWidget(part)

    def show_head(self, shown: Shown, day: date, whose: str, own_id: str) -> None:
        """Show a reading, with a day chosen."""
        today = format_long_date(shown.day, weekday=True).capitalize()
        self.today.setText(f"{today}, semaine {shown.day.isocalendar().week}")
        self.title.setText("Ma semaine" if whose == MINE else "La semaine")
        self.load.show_load(shown.week.load)
        self.strip.show_week(shown.week, day, shown.now)
        self._show_workers(shown.workers, whose, own_id)
        self._fold()

    def _show_workers(self, workers: tuple[Worker, ...], whose: str, own_id: str) -> None:
        others = [each for each in workers if each.id != own_id]
        self.whose.setVisible(bool(others))
        self.whose.clear()
        self.whose.add(MINE, "Mes mesures")
        self.whose.add(EVERYBODY, "Toute l’équipe")
        for each in others:
            self.whose.add(each.id, each.name)
        self.whose.choose(whose)


def _stacked(*labels: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(2))
    for label in labels:
        column.addWidget(label)
    return whole


def _wide(parts: tuple[QWidget, ...]) -> int:
    """Return the least width of the parts side by side, those that are hidden left out."""
    shown = [part for part in parts if not part.isHidden()]
    return sum(_least(part) for part in shown) + px(_GAP) * (len(shown) - 1)


def _least(part: QWidget) -> int:
    return min(max(part.minimumSizeHint().width(), part.minimumWidth()), part.maximumWidth())
