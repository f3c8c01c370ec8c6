"""What becomes of a form of goals once it is read: the intention it asks for, then the form closed or begun anew."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from caseworker_app.features.goals.domain.goal import GoalWording
from caseworker_app.features.goals.screens.goal_form import GoalForm
from caseworker_app.features.goals.screens.goal_nodes import (
    GOAL,
    HOLD,
    NEW_GOAL,
    NEW_STEP,
    REASON,
    Editing,
)
from caseworker_app.features.goals.screens.goals_card import GoalsCard
from caseworker_app.features.goals.screens.intentions import Intentions


class GoalSaving(QObject):
    """`saved()` once what was typed is in the file; `added(goal id)` before it for a new goal."""

    saved = Signal()
    added = Signal(str)

    def __init__(self, goals: GoalsCard, intentions: Intentions) -> None:
        """Work for the card of goals."""
        super().__init__(goals)
        self._goals, self._work = goals, intentions

    def save(self, household: str, editing: Editing, read: Any) -> None:
        """Ask the file for what a form says; a refusal is told beside its field."""
        work, form = self._work, self._goals.form
        if form is None:
            return
        failed = form.refuse
        if editing.form == NEW_GOAL:
            steps = form.steps(read.opened_on) if isinstance(form, GoalForm) else ()
            work.add_goal(household, read, steps, self._goal_added, failed)
        elif editing.form == GOAL and isinstance(read, GoalWording):
            goal = next(each.goal for each in self._goals.goals if each.goal.id == editing.goal_id)
            work.reword_goal(goal, read, self._close, failed)
        elif editing.form == REASON:
            reason, on = read
            work.abandon(editing.goal_id, reason, on, self._close, failed)
        elif editing.form == HOLD:
            reason, until = read
            work.hold(editing.goal_id, reason, until, self._close, failed)
        elif editing.form == NEW_STEP:
            work.add_step(editing.goal_id, read, partial(self._step_added, editing.goal_id), failed)
        else:
            work.change_step(editing.step_id, read, self._close, failed)

    def _goal_added(self, goal_id: str) -> None:
        self._close()
        self.added.emit(goal_id)

    def _step_added(self, goal_id: str) -> None:
        """Leave a fresh form: steps come in a row."""
        self._goals.edit(Editing(NEW_STEP, goal_id))
        self.saved.emit()

    def _close(self) -> None:
        self._goals.close_form()
        self.saved.emit()
