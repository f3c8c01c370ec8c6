"""Chooses a goal of the library: searched as one types, its steps read before it is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.features.goals.domain.grid import Grid
from caseworker_app.features.goals.domain.library import GoalModel, found_models
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.entries import SearchField
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_SHOWN_HEIGHT = 300


class LibraryDialog(AskDialog):
    """`chosen(GoalModel)` once one is taken."""

    chosen = Signal(object)

    def __init__(self, models: Sequence[GoalModel], grid: Grid, parent: QWidget) -> None:
        """Show every model."""
        super().__init__("Depuis la bibliothèque", "&Prendre cet objectif", "check", parent)
        self._models, self._grid = list(models), grid
        self.search = SearchField("Chercher un objectif, un domaine, une étape")
        self.search.setAccessibleName("Chercher dans la bibliothèque")
        self.list = RowList("Objectifs de la bibliothèque", height=50)
        self.list.setMinimumHeight(px(_SHOWN_HEIGHT))
        self.steps = Label("", 13, tone="muted", wrap=True)
        self.steps.setMinimumHeight(px(60))
        for part in (self.search, self.list, self.steps):
            self.body.addWidget(part)
        self.say("Les mots se reprennent, puis se changent\u202f; les dates partent d’aujourd’hui.")
        self.search.textChanged.connect(lambda _text: self.show_found())
        self.search.returnPressed.connect(self.take)
        self.list.stood_on.connect(self._stand)
        self.list.opened.connect(self._stand)
        self.confirm.clicked.connect(self.take)
        self.show_found()

    def show_found(self) -> None:
        """Show the models that hold what is typed, and stand on the first."""
        found = found_models(self._models, self.search.text(), self._grid)
        self.list.set_rows([self._row(each) for each in found])
        self.confirm.setEnabled(bool(found))
        self.steps.setText("" if found else "Rien dans la bibliothèque avec ces mots.")
        if found:
            self.list.stand_on(found[0].key)
            self._stand(found[0].key)

    def take(self) -> None:
        """Take the model stood on."""
        found = self._current()
        if found is not None and self.confirm.isEnabled():
            self.accept()
            self.chosen.emit(found)

    def _stand(self, key: str) -> None:
        found = next((each for each in self._models if each.key == key), None)
        self.steps.setText(model_words(found) if found else "")

    def _current(self) -> GoalModel | None:
        index = self.list.currentIndex()
        key = self.list.rows.key_at(index.row()) if index.isValid() else ""
        return next((each for each in self._models if each.key == key), None)

    def _row(self, model: GoalModel) -> Row:
        domain = self._grid.domain(model.domain).label if self._grid.holds(model.domain) else ""
        steps = plural(len(model.steps), "étape")
        whose = "" if model.proposed else "de l’association"
        return Row(model.key, model.title, f"{domain}, {steps}", icon="flag", trailing=whose, chevron=False)


def model_words(model: GoalModel) -> str:
    """Return what comes with a model: its steps, one after the other."""
    if not model.steps:
        return "Sans étape."
    told = ", ".join(step.title[:1].lower() + step.title[1:] for step in model.steps)
    return f"{plural(len(model.steps), 'étape')}\u00a0: {told}."
