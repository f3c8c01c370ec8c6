"""How the tab shows states, levels and trends: icon, word and tone together."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.goals.domain.autonomy import Trend
from caseworker_app.features.goals.domain.goal import (
    GOAL_STATE_LABELS,
    GoalState,
    GoalStep,
    GoalWithSteps,
    StepState,
)
from caseworker_app.ui_kit.states import State

GOAL_DRESS = {
    GoalState.PLANNED: ("muted", "circle"),
    GoalState.IN_PROGRESS: ("accent", "circle-dashed"),
    GoalState.ON_HOLD: ("warn", "clock"),
    GoalState.ACHIEVED: ("ok", "circle-check"),
    GoalState.ABANDONED: ("muted", "ban"),
}
TREND_DRESS = {
    Trend.PROGRESS: ("trending-up", "ok"),
    Trend.DECLINE: ("trending-down", "danger"),
    Trend.STABLE: ("arrow-right", "muted"),
    Trend.NOT_COMPARABLE: ("", "muted"),
}
STEP_ICONS = {
    StepState.TO_DO: ("circle", "muted"),
    StepState.DONE: ("circle-check", "ok"),
    StepState.DROPPED: ("ban", "muted"),
}


def goal_pill(goal: GoalWithSteps, today: date) -> State:
    """Return the state of a goal as a pill; late goes before « en cours »."""
    if goal.is_late(today):
        return State("En retard", "danger", "clock")
    tone, icon = GOAL_DRESS[goal.goal.state]
    return State(GOAL_STATE_LABELS[goal.goal.state].capitalize(), tone, icon)


def step_mark(step: GoalStep, days_late: int) -> tuple[str, str]:
    """Return the icon and tone of a step."""
    return ("alert-triangle", "danger") if days_late else STEP_ICONS[step.state]
