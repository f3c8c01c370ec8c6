"""Tables of the goals room and the only SQL on them."""

from __future__ import annotations

from sqlalchemy import Boolean, Connection, Date, Integer, Text

from caseworker_app.features.goals.domain.autonomy import DomainLevel, Evaluation
from caseworker_app.features.goals.domain.goal import Goal, GoalStep
from caseworker_app.storage.declarations import Counted, Merge, OnAnonymisation, SearchKind, declare, field
from caseworker_app.storage.rows import Mapper

goal = declare(
    "goal",
    field("title", Text, search=SearchKind.TEXT, identifying=True, required=True),
    field("domain", Text, required=True, counted=Counted.CODE),
    field("housing", Boolean, required=True),
    field("state", Text, required=True, counted=Counted.CODE),
    field("opened_on", Date, required=True),
    field("target_on", Date),
    field("closed_on", Date),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("position", Integer, own=True),
    field("closing_reason", Text, internal=True, identifying=True, search=SearchKind.TEXT),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
)

step = declare(
    "goal_step",
    field("goal_id", Text, references="goal", required=True),
    field("position", Integer, required=True),
    field("title", Text, search=SearchKind.TEXT, identifying=True, required=True),
    field("actor", Text, required=True),
    field("actor_name", Text, identifying=True, third_person=True),
    field("due_on", Date),
    field("done_on", Date),
    field("state", Text, required=True),
    household="household_id",
    indexes=("goal_id",),
)

evaluation = declare(
    "autonomy_evaluation",
    field("evaluated_on", Date, required=True),
    field("view", Text, required=True, counted=Counted.CODE),
    field("grid_version", Text, required=True, counted=Counted.CODE),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
)

level = declare(
    "autonomy_level",
    field("evaluation_id", Text, references="autonomy_evaluation", required=True),
    field("domain", Text, required=True, counted=Counted.CODE),
    field("level", Text, required=True, counted=Counted.CODE),
    field(
        "observation", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT
    ),
    household="household_id",
    on_anonymisation=OnAnonymisation.CLEAR,
    indexes=("evaluation_id",),
)

goals = Mapper(goal, Goal)
steps = Mapper(step, GoalStep)
evaluations = Mapper(evaluation, Evaluation)
levels = Mapper(level, DomainLevel)


_GOALS = goals.lookup(
    "household_id",
    order_by=(
        goal.c.closed_on.is_not(None),
        # Those nobody moved yet come after the others: a new goal is the last of the list.
        goal.c.position.is_(None),
        goal.c.position,
        goal.c.opened_on,
        goal.c.id,
    ),
)
_STEPS = steps.lookup("household_id", order_by=(step.c.position, step.c.id))
_STEPS_IN = steps.lookup("goal_id", order_by=(step.c.position, step.c.id))
_EVALUATIONS = evaluations.lookup("household_id", order_by=(evaluation.c.evaluated_on, evaluation.c.id))
_LEVELS = levels.lookup("household_id")
_LEVELS_IN = levels.lookup("evaluation_id")


def goals_of(connection: Connection, household_id: str) -> list[Goal]:
    """Return the goals of a household, the open ones first, then as people ordered them, then by opening."""
    return _GOALS(connection, household_id)


def steps_of(connection: Connection, household_id: str) -> list[GoalStep]:
    """Return every step of a household's goals, in order."""
    return _STEPS(connection, household_id)


def steps_in(connection: Connection, goal_id: str) -> list[GoalStep]:
    """Return the steps of one goal, in order."""
    return _STEPS_IN(connection, goal_id)


def next_position(connection: Connection, goal_id: str) -> int:
    """Return the position after the last step of a goal."""
    return max((each.position for each in _STEPS_IN(connection, goal_id)), default=-1) + 1


def evaluations_of(connection: Connection, household_id: str) -> list[Evaluation]:
    """Return the evaluations of a household, oldest first."""
    return _EVALUATIONS(connection, household_id)


def levels_of(connection: Connection, household_id: str) -> list[DomainLevel]:
    """Return every level of a household's evaluations."""
    return _LEVELS(connection, household_id)


def levels_in(connection: Connection, evaluation_id: str) -> list[DomainLevel]:
    """Return the levels of one evaluation."""
    return _LEVELS_IN(connection, evaluation_id)
