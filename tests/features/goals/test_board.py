"""Goals as the tab tells them: sections, counts, dates, what is late, what is read aloud."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.features.goals.domain import board
from caseworker_app.features.goals.domain.board import GoalFilter
from caseworker_app.features.goals.domain.goal import (
    Actor,
    Goal,
    GoalState,
    GoalStep,
    GoalWithSteps,
    StepState,
    require_reason,
)
from caseworker_app.kernel.errors import InvalidEntry

TODAY = date(2026, 11, 24)
GOAL = Goal(
    "g", "v", "h", "Assainir la salle de bains", "upkeep", True, GoalState.IN_PROGRESS,
    date(2026, 5, 4), date(2027, 1, 12), None, None,
)  # fmt: skip
STEP = GoalStep(
    "s",
    "v",
    "h",
    "g",
    0,
    "Passage du plombier",
    Actor.LANDLORD,
    None,
    date(2026, 11, 15),
    None,
    StepState.TO_DO,
)


def goal(state: GoalState = GoalState.IN_PROGRESS, *steps: GoalStep) -> GoalWithSteps:
    closed = date(2026, 10, 2) if state in (GoalState.ACHIEVED, GoalState.ABANDONED) else None
    return GoalWithSteps(replace(GOAL, state=state, closed_on=closed), steps)


def test_open_goals_are_parted_by_state_and_all_shows_every_state() -> None:
    goals = [goal(GoalState.ON_HOLD), goal(), goal(GoalState.ACHIEVED), goal()]
    opened = board.sections(goals, GoalFilter.OPEN)
    assert [(each.state, len(each.goals)) for each in opened] == [
        (GoalState.IN_PROGRESS, 2),
        (GoalState.ON_HOLD, 1),
    ]
    assert [each.state for each in board.sections(goals, GoalFilter.ALL)] == list(board.SECTION_ORDER)
    assert board.sections([], GoalFilter.OPEN) == ()


def test_counts_are_said_in_words() -> None:
    assert board.count_words([goal(), goal(GoalState.ACHIEVED)]) == "1\u00a0ouvert, 1\u00a0atteint"
    assert board.count_words([]) == ""
    assert board.progress_words(goal()) == "sans étape"
    done = replace(STEP, state=StepState.DONE, done_on=TODAY)
    assert board.progress_words(goal(GoalState.IN_PROGRESS, STEP, done)) == "1 sur 2"


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (STEP, "prévue le 15\u00a0nov."),
        (replace(STEP, due_on=None), "sans date"),
        (replace(STEP, due_on=date(2028, 1, 3)), "prévue le 3\u00a0janv.\u00a02028"),
        (replace(STEP, state=StepState.DONE, done_on=date(2026, 9, 12)), "faite le 12\u00a0sept."),
        (replace(STEP, state=StepState.DROPPED), "sans suite"),
    ],
)
def test_a_step_carries_its_state_with_its_day(step: GoalStep, words: str) -> None:
    assert board.step_day_words(step, TODAY) == words


def test_a_goal_tells_when_it_is_due_or_was_closed() -> None:
    assert board.goal_day_words(GOAL) == "12\u00a0janvier\u00a02027"
    assert board.goal_day_words(replace(GOAL, target_on=None)) == "sans échéance"
    assert board.goal_day_words(goal(GoalState.ACHIEVED).goal) == "atteint le 2\u00a0oct.\u00a02026"


def test_nothing_is_late_in_a_goal_on_hold() -> None:
    assert board.days_late(goal(GoalState.IN_PROGRESS, STEP), STEP, TODAY) == 9
    assert board.days_late(goal(GoalState.ON_HOLD, STEP), STEP, TODAY) == 0
    assert (board.late_words(9), board.late_words(0)) == ("9\u00a0j de retard", "")


def test_rows_are_read_aloud_whole() -> None:
    late = goal(GoalState.IN_PROGRESS, STEP)
    assert board.spoken_step(late, STEP, TODAY) == (
        "Étape, Passage du plombier, à faire, prévue le 15\u00a0nov., 9\u00a0j de retard, bailleur"
    )
    assert board.spoken_goal(late, TODAY) == (
        "Objectif, Assainir la salle de bains, en cours, en retard, étapes\u00a0: 0 sur 1, "
        "échéance le 12\u00a0janvier\u00a02027"
    )


def test_abandoning_asks_why() -> None:
    assert require_reason("  Le ménage   déménage ") == "Le ménage déménage"
    with pytest.raises(InvalidEntry) as refused:
        require_reason(" \u00a0 ")
    assert refused.value.field == "reason"
