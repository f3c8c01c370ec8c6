"""The top of the agenda: which days, whose, day or week, and what is begun from there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caseworker_app.features.agenda.screens.desk import EVERYBODY, MINE
from caseworker_app.features.team.domain import Worker
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.choices import Segment
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import px, theme

DAY, WEEK = "day", "week"
# Up to this size of text, in percent, the head stands on one line.
_ONE_LINE = 100


class AgendaHead(Band):
    """The band; the page joins the buttons.

    `stepped(int)`, `today_asked()`, `view_chosen(str)`, `whose_chosen(str)`.
    """

    stepped = Signal(int)
    today_asked = Signal()
    view_chosen = Signal(str)
    whose_chosen = Signal(str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.title = Label("Agenda", 22, fonts.SEMI_BOLD)
        self.days = ElidedLabel("", 13, tone="muted")
        self.overlaps = StateLabel(State("", "warn", "alert-triangle"))
        self.before = IconButton("chevron-left", "Semaine précédente", bordered=True, size=36)
        self.after = IconButton("chevron-right", "Semaine suivante", bordered=True, size=36)
        self.today = Button("&Aujourd’hui", "secondary")
        self.view = Segment("Étendue")
        self.view.add(WEEK, "Semaine")
        self.view.add(DAY, "Jour")
        self.whose = Choice()
        self.whose.setAccessibleName("De qui l’agenda est montré")
        self.whose.setMinimumWidth(px(140))
        self.more = IconButton("dots", "Imprimer, importer, exporter", bordered=True, size=36)
        self.new = Button("&Nouveau", "primary", "plus")
        self.new.setAccessibleName("Nouveau rendez-vous")
        self.menu = Menu(parent=self)
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.today.clicked.connect(self.today_asked)
        self.view.chosen.connect(self.view_chosen)
        self.whose.activated.connect(lambda _index: self.whose_chosen.emit(self.whose.current_key()))
        self.more.clicked.connect(
            lambda: self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
        )
        self._lay_out()

    def show_days(self, words: str, count: str, overlaps: str, view: str) -> None:
        """Show which days, how many times, and how many overlap."""
        self.days.setText(f"{words} · {count}" if count else words)
        self.overlaps.set_state(State(overlaps, "warn", "alert-triangle"))
        self.overlaps.setVisible(bool(overlaps))
        week = view == WEEK
        self.before.set_icon("chevron-left", "Semaine précédente" if week else "Jour précédent")
        self.after.set_icon("chevron-right", "Semaine suivante" if week else "Jour suivant")
        self.view.choose(view)

    def mute_letters(self, *, muted: bool) -> None:
        """Leave the letters of Alt to the form while one is open."""
        self.today.setText("Aujourd’hui" if muted else "&Aujourd’hui")
        self.new.setText("Nouveau" if muted else "&Nouveau")

    def show_workers(self, workers: tuple[Worker, ...], own: str, chosen: str) -> None:
        """Offer whose agenda is shown."""
        lines = [(MINE, "Mon agenda"), (EVERYBODY, "Toute l’équipe")]
        lines += [(each.id, each.name) for each in workers if each.id != own]
        if [self.whose.itemData(n) for n in range(self.whose.count())] != [key for key, _ in lines]:
            self.whose.clear()
            for key, words in lines:
                self.whose.add(key, words)
        self.whose.choose(chosen)

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(px(2))
        names.addWidget(self.title)
        under = QHBoxLayout()
        under.setSpacing(px(12))
        under.addWidget(self.days, 1)
        under.addWidget(self.overlaps)
        names.addLayout(under)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, px(12), 24, px(12))
        whole.setSpacing(px(8))
        first = QHBoxLayout()
        first.setSpacing(px(8))
        first.addLayout(names, 1)
        line = first
        if theme().scale > _ONE_LINE:
            whole.addLayout(first)
            line = QHBoxLayout()
            line.setSpacing(px(8))
        for part in (self.today, self.before, self.after, self.view, self.whose):
            line.addWidget(part)
        if line is not first:
            line.addStretch(1)
        line.addWidget(self.more)
        line.addWidget(self.new)
        whole.addLayout(line)
