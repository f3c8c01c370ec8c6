"""Where a form of goals stands above the board, and which form goes with what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.goals.domain.goal import GoalStep, GoalWithSteps
from caseworker_app.features.goals.domain.grid import Grid
from caseworker_app.features.goals.domain.library import GoalModel
from caseworker_app.features.goals.screens.goal_form import GoalForm
from caseworker_app.features.goals.screens.goal_nodes import GOAL, HOLD, NEW_GOAL, REASON, Editing
from caseworker_app.features.goals.screens.inline_form import InlineForm
from caseworker_app.features.goals.screens.state_forms import HoldForm, ReasonForm
from caseworker_app.features.goals.screens.step_form import StepForm
from caseworker_app.ui_kit.theme import px


class FormStrip(QWidget):
    """Holds one form as wide as the card: a column of the board is too narrow to type in. Hidden without any."""

    def __init__(self) -> None:
        """Make it hidden."""
        super().__init__()
        self.form: InlineForm | None = None
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, px(8))
        self.hide()

    def show_form(self, form: InlineForm | None) -> None:
        """Show a form in place of the one before; None: there is none, or it stands elsewhere."""
        before = self.form
        if form is not before:
            self.form = form
            if before is not None:
                self._line.removeWidget(before)
                before.hide()
                before.deleteLater()
            if form is not None:
                self._line.addWidget(form)
        self.setVisible(form is not None)


def form_of(
    editing: Editing, goal: GoalWithSteps | None, today: date, grid: Grid, models: Sequence[GoalModel]
) -> InlineForm:
    """Return the form of a goal, of its step, or of what a state asks, as `editing` says; `goal` None: a new one."""
    if editing.form in (NEW_GOAL, GOAL) or goal is None:
        return GoalForm(goal.goal if goal else None, today, grid, models)
    if editing.form == HOLD:
        return HoldForm(goal.goal)
    if editing.form == REASON:
        return ReasonForm(goal.goal, today)
    return StepForm(step_of(goal, editing.step_id), goal.goal.title)


def step_of(goal: GoalWithSteps, step_id: str) -> GoalStep | None:
    """Return a step of a goal, None when it is not there."""
    return next((each for each in goal.steps if each.id == step_id), None)
