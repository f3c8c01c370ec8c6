"""The form of a step: what, who, for when; the day it was done, once it is."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from caseworker_app.features.goals.domain.goal import (
    ACTOR_LABELS,
    Actor,
    GoalStep,
    NewStep,
    StepState,
    checked_title,
)
from caseworker_app.features.goals.screens.inline_form import InlineForm, day_typed
from caseworker_app.ui_kit.flow import Flow


class StepForm(InlineForm):
    """A step: what, who, for when; the day it was done, once it is."""

    def __init__(self, step: GoalStep | None, goal_title: str) -> None:
        """Show a step, or an empty one."""
        super().__init__(
            f"Nouvelle étape de «\u00a0{goal_title}\u00a0»" if step is None else "Modifier l’étape",
            "Enregistrer",
        )
        self._state = step.state if step else StepState.TO_DO
        self.column.addWidget(self.add_entry("title", "Ce qu’il y a à faire"))
        line = QWidget()
        flow = Flow(line, gap=12)
        actors = {each.value: words.capitalize() for each, words in ACTOR_LABELS.items()}
        flow.addWidget(self.add_choice("actor", "Qui", actors, 150))
        flow.addWidget(self.add_entry("actor_name", "Nom (facultatif)", 170))
        flow.addWidget(self.add_entry("due_on", "Pour le", 130, tabular=True))
        if self._state is StepState.DONE:
            flow.addWidget(self.add_entry("done_on", "Faite le", 130, tabular=True))
        self.column.addWidget(line)
        self.finish_layout(flow)
        self._fill(step)

    def read(self, today: date) -> NewStep:
        """Return the step typed. Raises InvalidEntry."""
        done = self.day("done_on", today) if self._state is StepState.DONE else None
        return NewStep(
            checked_title(self.typed("title")),
            Actor(self.typed("actor")),
            " ".join(self.typed("actor_name").split()) or None,
            self.day("due_on", today),
            done,
            self._state,
        )

    def _fill(self, step: GoalStep | None) -> None:
        self.put("actor", (step.actor if step else Actor.HOUSEHOLD).value)
        if step is None:
            return
        self.put("title", step.title)
        self.put("actor_name", step.actor_name or "")
        self.put("due_on", day_typed(step.due_on))
        if step.state is StepState.DONE:
            self.put("done_on", day_typed(step.done_on))
