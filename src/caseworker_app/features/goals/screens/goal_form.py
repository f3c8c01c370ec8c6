"""The form of a goal: its words, domain and dates, a model of the library with its steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.features.goals.domain.goal import Goal, GoalWording, NewStep, checked_title
from caseworker_app.features.goals.domain.grid import Grid
from caseworker_app.features.goals.domain.library import GoalModel, steps_from, wording_from
from caseworker_app.features.goals.screens.inline_form import InlineForm, day_typed
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.text import Label

_VERB = "Avec un verbe d’abord\u00a0: payer, obtenir, apprendre…"


class GoalForm(InlineForm):
    """A goal: its title, domain, dates, whether it concerns the dwelling, a note *interne*."""

    library_asked = Signal()

    def __init__(self, goal: Goal | None, today: date, grid: Grid, models: Sequence[GoalModel] = ()) -> None:
        """Show a goal, or an empty one, with the domains of a grid; that of the goal even where it is left out.

        `models`: the library a new goal may be taken from.
        """
        super().__init__("Nouvel objectif" if goal is None else "Modifier l’objectif", "Enregistrer")
        self._today = today
        self._models = tuple(models)
        self.model: GoalModel | None = None
        self.column.addWidget(self.add_entry("title", "Ce que le ménage veut atteindre", hint=_VERB))
        line = QWidget()
        flow = Flow(line, gap=12)
        self._grid = grid
        own = goal.domain if goal is not None else ""
        domains = {each.code: each.label for each in grid.known if not each.left_out or each.code == own}
        flow.addWidget(self.add_choice("domain", "Domaine", domains, 232))
        flow.addWidget(self.add_entry("target_on", "À atteindre pour le", 140, tabular=True))
        flow.addWidget(self.add_entry("opened_on", "Ouvert le", 120, tabular=True))
        self.column.addWidget(line)
        self.column.addWidget(self.add_entry("indicator", "On saura que c’est atteint quand (facultatif)"))
        self.housing = Check("Concerne le logement (proposable au bailleur)")
        self.column.addWidget(self.housing)
        self.column.addWidget(self.add_text("note", "Note interne (facultatif)"))
        self.with_steps = Label("", 12, tone="muted", wrap=True)
        self.with_steps.hide()
        self.column.addWidget(self.with_steps)
        self.finish_layout(flow)
        self.library = Button("Depuis la &bibliothèque…", "quiet", "bookmark", compact=True)
        self.library.clicked.connect(self.library_asked)
        self.library.installEventFilter(self)
        self.buttons.insertWidget(2, self.library)
        self.library.setVisible(bool(self._models) and goal is None)
        self._join()
        self._fill(goal)

    def read(self, today: date) -> GoalWording:
        """Return the goal typed. Raises InvalidEntry."""
        domain = self.typed("domain")
        if not domain:
            raise InvalidEntry("Choisissez le domaine de la grille.", "domain")
        return GoalWording(
            checked_title(self.typed("title")),
            domain,
            self.housing.isChecked(),
            self.day("opened_on", today) or today,
            self.day("target_on", today),
            self.typed("note").strip() or None,
            self.typed("indicator").strip() or None,
        )

    def steps(self, today: date) -> tuple[NewStep, ...]:
        """Return the steps that come with the model taken, none without one."""
        return steps_from(self.model, today) if self.model is not None else ()

    def take_model(self, model: GoalModel) -> None:
        """Fill the form with a goal of the library; its steps come with it."""
        self.model = model
        wording = wording_from(model, self._today)
        self.put("title", wording.title)
        self.put("domain", wording.domain)
        self.put("target_on", day_typed(wording.target_on))
        self.put("indicator", wording.indicator or "")
        self._show_housing(wording.housing)
        self._show_model()
        self.edited.emit()
        self.updateGeometry()

    def content(self) -> dict[str, Any]:
        """Return what is typed, as a draft keeps it."""
        key = self.model.key if self.model is not None else ""
        return {**super().content(), "housing": self.housing.isChecked(), "model": key}

    def show_content(self, content: Mapping[str, Any]) -> None:
        """Fill the form with what a draft kept."""
        super().show_content(content)
        self._show_housing(bool(content.get("housing")))
        key = content.get("model")
        self.model = next((each for each in self._models if each.key == key), None)
        self._show_model()

    def _show_model(self) -> None:
        steps = self.model.steps if self.model is not None else ()
        self.with_steps.setVisible(bool(steps))
        told = ", ".join(step.title for step in steps)
        self.with_steps.setText(f"Avec {plural(len(steps), 'étape')}\u00a0: {told}")

    def _join(self) -> None:
        self.housing.installEventFilter(self)
        self.housing.clicked.connect(lambda _on: self.edited.emit())
        choice = self.fields["domain"].editor
        if isinstance(choice, Choice):
            choice.activated.connect(lambda _index: self._domain_chosen())

    def _domain_chosen(self) -> None:
        self._show_housing(self._grid.domain(self.typed("domain")).housing)

    def _show_housing(self, housing: bool) -> None:
        code = self.typed("domain")
        internal = bool(code) and self._grid.domain(code).internal
        self.housing.setEnabled(not internal)
        self.housing.setChecked(housing and not internal)
        self.housing.setToolTip("Santé et parentalité restent internes." if internal else "")

    def _fill(self, goal: Goal | None) -> None:
        self.put("opened_on", day_typed(goal.opened_on if goal else self._today))
        if goal is None:
            return
        self.put("title", goal.title)
        self.put("domain", goal.domain)
        self.put("target_on", day_typed(goal.target_on))
        self.put("note", goal.note or "")
        self.put("indicator", goal.indicator or "")
        self._show_housing(goal.housing)
