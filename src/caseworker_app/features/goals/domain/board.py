"""Goals as the tab shows them: by state, each with its words for dates, progress and what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.goals.domain.goal import (
    GOAL_STATE_LABELS,
    STEP_STATE_LABELS,
    Goal,
    GoalState,
    GoalStep,
    GoalWithSteps,
    StepState,
    actor_text,
)
from caseworker_app.kernel.dates import format_long_date, format_short_date
from caseworker_app.kernel.french import plural

# The order of the sections: what is worked on first.
SECTION_ORDER = (
    GoalState.IN_PROGRESS,
    GoalState.PLANNED,
    GoalState.ON_HOLD,
    GoalState.ACHIEVED,
    GoalState.ABANDONED,
)
# The order of the columns: the way a goal goes.
COLUMN_ORDER = (
    GoalState.PLANNED,
    GoalState.IN_PROGRESS,
    GoalState.ON_HOLD,
    GoalState.ACHIEVED,
    GoalState.ABANDONED,
)
SECTION_LABELS = {
    GoalState.IN_PROGRESS: "En cours",
    GoalState.PLANNED: "Prévus",
    GoalState.ON_HOLD: "En pause",
    GoalState.ACHIEVED: "Atteints",
    GoalState.ABANDONED: "Abandonnés",
}


class GoalFilter(StrEnum):
    """Which goals are shown."""

    OPEN = "open"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Section:
    """The goals of one state, in order."""

    state: GoalState
    goals: tuple[GoalWithSteps, ...]

    @property
    def words(self) -> str:
        """Return « En cours », « Atteints »."""
        return SECTION_LABELS[self.state]


def sections(goals: Sequence[GoalWithSteps], chosen: GoalFilter) -> tuple[Section, ...]:
    """Return the goals by state; every state where all are shown, so that each can be dropped upon.

    Of the open ones only the states that have some.
    """
    made = []
    for state in SECTION_ORDER:
        own = tuple(each for each in goals if each.goal.state is state)
        shown = bool(own) and own[0].goal.open
        if shown or chosen is GoalFilter.ALL:
            made.append(Section(state, own))
    return tuple(made)


def columns(goals: Sequence[GoalWithSteps]) -> tuple[Section, ...]:
    """Return the five columns of the board, those without a goal too, each in the order people gave."""
    return tuple(
        Section(state, tuple(each for each in goals if each.goal.state is state)) for state in COLUMN_ORDER
    )


def state_beside(state: GoalState, places: int) -> GoalState | None:
    """Return the state of the column so many places to the right (to the left when negative), None past the last."""
    place = COLUMN_ORDER.index(state) + places
    return COLUMN_ORDER[place] if 0 <= place < len(COLUMN_ORDER) else None


def spoken_column(section: Section) -> str:
    """Say a column as it is read aloud: « Prévus, 2 objectifs »."""
    told = plural(len(section.goals), "objectif") if section.goals else "aucun objectif"
    return f"{section.words}, {told}"


def next_words(goal: GoalWithSteps, today: date) -> str:
    """Return what a goal on the board waits for: its next step while it is open, why it waits when on hold."""
    if goal.goal.state is GoalState.ON_HOLD:
        return goal.goal.hold_reason or ""
    step = goal.next_step if goal.goal.open else None
    return f"{step.title} ({step_day_words(step, today)})" if step is not None else ""


def count_words(goals: Sequence[GoalWithSteps]) -> str:
    """Return « 4 ouverts, 1 atteint », empty without any goal."""
    opened = sum(each.goal.open for each in goals)
    achieved = sum(each.goal.state is GoalState.ACHIEVED for each in goals)
    parts = [plural(opened, "ouvert")] if goals else []
    if achieved:
        parts.append(plural(achieved, "atteint"))
    return ", ".join(parts)


def progress_words(goal: GoalWithSteps) -> str:
    """Return « 3 sur 4 », or that there is no step yet."""
    return f"{goal.done} sur {goal.counted}" if goal.counted else "sans étape"


def goal_day_words(goal: Goal) -> str:
    """Return the day a goal is due or was closed: « 31 mars 2027 », « atteint le 2 oct. 2026 »."""
    if goal.closed_on is not None:
        return f"{GOAL_STATE_LABELS[goal.state]} le {_short_with_year(goal.closed_on)}"
    if goal.on_hold_until is not None:
        return f"reprise le {_short_with_year(goal.on_hold_until)}"
    return format_long_date(goal.target_on) if goal.target_on else "sans échéance"


def step_day_words(step: GoalStep, today: date) -> str:
    """Return a step's state with its day: « faite le 12 sept. », « prévue le 5 févr. », « sans suite »."""
    if step.state is StepState.DROPPED:
        return STEP_STATE_LABELS[StepState.DROPPED]
    if step.state is StepState.DONE:
        return f"faite le {_near(step.done_on, today)}" if step.done_on else "faite"
    return f"prévue le {_near(step.due_on, today)}" if step.due_on else "sans date"


def late_words(days: int) -> str:
    """Return « 9 j de retard », empty when nothing is late."""
    return f"{days}\u00a0j de retard" if days else ""


def days_late(goal: GoalWithSteps, step: GoalStep, today: date) -> int:
    """Return by how many days a step is late; 0 for steps of a goal that is closed or on hold."""
    return step.days_late(today) if step in goal.late_steps(today) else 0


def spoken_goal(goal: GoalWithSteps, today: date) -> str:
    """Say a goal whole, as it is read aloud."""
    late = "en retard" if goal.is_late(today) else ""
    steps = f"étapes\u00a0: {progress_words(goal)}" if goal.counted else "sans étape"
    due = goal_day_words(goal.goal)
    due = f"échéance le {due}" if goal.goal.closed_on is None and goal.goal.target_on else due
    parts = ("Objectif", goal.goal.title, GOAL_STATE_LABELS[goal.goal.state], late, steps, due)
    return ", ".join(part for part in parts if part)


def spoken_step(goal: GoalWithSteps, step: GoalStep, today: date) -> str:
    """Say a step whole, as it is read aloud."""
    state = STEP_STATE_LABELS[step.state]
    day = step_day_words(step, today)
    words = day if day.startswith(state) else f"{state}, {day}"
    late = late_words(days_late(goal, step, today))
    parts = ("Étape", step.title, words, late, actor_text(step.actor, step.actor_name))
    return ", ".join(part for part in parts if part)


def _near(day: date | None, today: date) -> str:
    """Write a day shortly, with its year when that is far."""
    if day is None:
        return ""
    far = abs((day - today).days) > 330
    return _short_with_year(day) if far else format_short_date(day)


def _short_with_year(day: date) -> str:
    return f"{format_short_date(day)}\u00a0{day.year}"
