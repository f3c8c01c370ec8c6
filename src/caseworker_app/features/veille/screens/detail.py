"""What stands beside the list: how a household is reached, the keys of a call's result, what was asked and done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.veille.domain.contact import OUTCOME_LABELS, Outcome, Way, outcomes_of
from caseworker_app.features.veille.domain.file import WatchFile
from caseworker_app.features.veille.domain.shown import (
    contact_lines,
    held_by,
    reach_facts,
    state_words,
    watch_facts,
)
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.side_detail import SideDetail, add_facts, add_title, new_body
from caseworker_app.ui_kit.states import Pill, State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

WAY_ICONS = {Way.CALL: "phone-call", Way.VISIT: "home"}
_PROTECTED = State("Ménage protégé", "note", "shield-lock")


class WatchDetail(SideDetail):
    """A veille, or nothing. `noted(Outcome)`, `edit_asked()`, `end_asked()`, `orient_asked()`, `dossier_asked()`."""

    shown: WatchFile | None
    noted = Signal(object)
    edit_asked = Signal()
    end_asked = Signal()
    orient_asked = Signal()
    dossier_asked = Signal()

    def __init__(self, today: Callable[[], date], *, may_write: bool, may_call: bool) -> None:
        """Show nothing; a worker is offered what their role allows."""
        super().__init__("Veille", "phone-call", "Choisissez une veille pour la voir.")
        self._today, self._may_write, self._may_call = today, may_write, may_call
        self.state = Pill(State(""))
        self.protection = StateLabel(_PROTECTED)
        self.results: dict[Outcome, Button] = {}
        self.edit = Button("&Modifier", "quiet", "pencil", compact=True)
        self.end = Button("&Terminer…", "quiet", "flag", compact=True)
        self.orient = Button("Or&ienter", "quiet", "share-3", compact=True)
        self.dossier = Button("Ouvrir le d&ossier", "quiet", "arrow-right", compact=True)
        for button, signal in (
            (self.edit, self.edit_asked), (self.end, self.end_asked), (self.orient, self.orient_asked),
            (self.dossier, self.dossier_asked),
        ):  # fmt: skip
            button.clicked.connect(signal)
        self.lay_out(self.edit, self.end, self.orient, self.dossier, under=self.protection, right=self.state)

    def show_head(self, one: WatchFile) -> bool:
        """Name the household, say what is done and when it is next."""
        words, tone = state_words(one, self._today())
        self.name.setText(one.people.household.name)
        self.caption.setText(held_by(one))
        self.mark.set_icon(WAY_ICONS[one.watch.way], "accent")
        self.state.set_state(State(capital(words), tone))
        self.protection.setVisible(one.people.household.protected)
        for button in (self.edit, self.end):
            button.setVisible(self._may_write and one.watch.runs)
        self.orient.setVisible(self._may_write)
        return True

    def body_of(self, one: WatchFile) -> QWidget:
        """Return how to reach them, the results to note, the veille, its calls and visits."""
        inner, column = new_body(4)
        add_facts(column, reach_facts(one, self._today()))
        self.results = {}
        if self._may_call and one.watch.runs:
            self._add_results(column, one)
        add_title(column, "La veille", internal=True)
        add_facts(column, watch_facts(one))
        if one.contacts:
            add_title(column, "Appels et visites", internal=True)
        for first, second in contact_lines(one):
            column.addWidget(Label(first, 13, fonts.MEDIUM, wrap=True))
            if second:
                column.addWidget(Label(second, 12, tone="muted", wrap=True))
            column.addSpacing(px(4))
        column.addStretch(1)
        return inner

    def _add_results(self, column: QVBoxLayout, one: WatchFile) -> None:
        add_title(column, "Noter le résultat", internal=False)
        place = QWidget()
        flow = Flow(place, gap=6)
        for number, outcome in enumerate(outcomes_of(one.watch.way), start=1):
            words = OUTCOME_LABELS[outcome]
            button = Button(f"{number}\u00a0 {capital(words)}", "secondary", compact=True)
            button.setAccessibleName(capital(words))
            button.clicked.connect(lambda _on=False, outcome=outcome: self.noted.emit(outcome))
            self.results[outcome] = button
            flow.addWidget(button)
        column.addWidget(place)
        hint = "Au clavier\u00a0: 1 à 6 dans la liste, puis Ctrl\u00a0+\u00a0Entrée, et la suivante vient."
        column.addWidget(Label(hint, 12, tone="muted", wrap=True))
