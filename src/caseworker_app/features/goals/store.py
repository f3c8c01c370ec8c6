"""Tables of the goals room and the only SQL on them."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import Boolean, Connection, Date, Integer, Text, text

from caseworker_app.features.goals.domain.autonomy import DomainLevel, Evaluation
from caseworker_app.features.goals.domain.edition import GridEdition, grid_of
from caseworker_app.features.goals.domain.goal import Goal, GoalStep
from caseworker_app.features.goals.domain.grid import PROGRAM_GRIDS, Grid, Grids
from caseworker_app.features.goals.domain.library import ModelRow
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
    field("indicator", Text, identifying=True, search=SearchKind.TEXT),
    field("on_hold_until", Date),
    field("hold_reason", Text, internal=True, identifying=True, search=SearchKind.TEXT),
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
    field("grid_edition_id", Text, references="grid_edition"),
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

grid_edition = declare(
    "grid_edition",
    field("code", Text, required=True, merge=Merge.APPEND_ONLY),
    field("starts_on", Date, required=True, merge=Merge.APPEND_ONLY),
    field("content", Text, required=True, merge=Merge.APPEND_ONLY),
    household=None,
)

goal_model = declare(
    "goal_model",
    field("title", Text, required=True),
    field("domain", Text, required=True),
    field("housing", Boolean, required=True),
    field("indicator", Text),
    field("months", Integer),
    field("steps", Text, required=True),
    field("origin", Text),
    field("retired", Boolean, required=True),
    household=None,
)

goals = Mapper(goal, Goal)
steps = Mapper(step, GoalStep)
evaluations = Mapper(evaluation, Evaluation)
levels = Mapper(level, DomainLevel)
editions = Mapper(grid_edition, GridEdition)
models = Mapper(goal_model, ModelRow)


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
_EDITIONS = editions.lookup(order_by=(grid_edition.c.starts_on, grid_edition.c.id))
_MODELS = models.lookup(order_by=(goal_model.c.id,))
_MADE_ON = text("SELECT grid_version, COUNT(*) FROM autonomy_evaluation GROUP BY grid_version")


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


def grids(connection: Connection) -> Grids:
    """Return every version of the grid: the program's, and those the association wrote, oldest first."""
    found = tuple(_grid_of(each) for each in _EDITIONS(connection))
    return Grids(found) if found else PROGRAM_GRIDS


def evaluations_by_version(connection: Connection) -> dict[str, int]:
    """Return how many evaluations were made on each version of the grid."""
    return {str(version): int(count) for version, count in connection.execute(_MADE_ON)}


def goal_models(connection: Connection) -> list[ModelRow]:
    """Return the rows of the library, those put away included, in the order they were written."""
    return _MODELS(connection)


@lru_cache(maxsize=64)
def _grid_of(edition: GridEdition) -> Grid:
    # A version never changes: its words are read once.
    return grid_of(edition)
