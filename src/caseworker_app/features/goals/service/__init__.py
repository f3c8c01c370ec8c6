"""Intentions and reads of the goals room, one door for the other rooms.

Functions that take a unit of work are steps of other rooms' intentions.
"""

from caseworker_app.features.goals.service.evaluations import (
    add_evaluations,
    change_level,
    correct_evaluation,
    evaluations_of,
    progress_between,
    record_evaluation,
    record_evaluations,
    remove_evaluation,
)
from caseworker_app.features.goals.service.goals import (
    add_goal,
    add_goals,
    add_step,
    change_goal_state,
    change_step,
    complete_step,
    drop_step,
    finish_steps,
    goals_of,
    move_goal,
    move_step,
    reopen_step,
    require_goals,
    reword_goal,
)
from caseworker_app.features.goals.service.grids import edit_grid, evaluations_by_version, grids
from caseworker_app.features.goals.service.library import (
    add_models,
    goal_library,
    keep_as_model,
    retire_model,
    write_model,
)

__all__ = [
    "add_evaluations",
    "add_goal",
    "add_goals",
    "add_models",
    "add_step",
    "change_goal_state",
    "change_level",
    "change_step",
    "complete_step",
    "correct_evaluation",
    "drop_step",
    "edit_grid",
    "evaluations_by_version",
    "evaluations_of",
    "finish_steps",
    "goal_library",
    "goals_of",
    "grids",
    "keep_as_model",
    "move_goal",
    "move_step",
    "progress_between",
    "record_evaluation",
    "record_evaluations",
    "remove_evaluation",
    "reopen_step",
    "require_goals",
    "retire_model",
    "reword_goal",
    "write_model",
]
