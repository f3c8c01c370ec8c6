"""Intentions of the goals room. Functions that take a unit of work are steps of other rooms' intentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from caseworker_app.features.goals import store
from caseworker_app.features.goals.domain.autonomy import (
    DomainLevel,
    DomainProgress,
    EvaluationWithLevels,
    NewEvaluation,
    NewLevel,
    View,
    check_evaluation,
    compare,
)
from caseworker_app.features.goals.domain.goal import (
    CLOSED_STATES,
    Goal,
    GoalState,
    GoalStep,
    GoalWithSteps,
    GoalWording,
    NewGoal,
    NewStep,
    StepState,
    check_done_on,
    check_goal_dates,
    check_step,
    checked_title,
    closing_date,
)
from caseworker_app.features.goals.domain.grid import grid_of_version, grid_on
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def add_goal(file: EncryptedFile, who: Who, new: NewGoal) -> tuple[str, Changes]:
    """Add a goal with its steps and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_goal") as uow:
        uow.get(declaration_of("household").table, new.household_id)
        return add_goals(uow, [new])[0], uow.changes


def add_goals(uow: UnitOfWork, batch: list[NewGoal]) -> list[str]:
    """Add many goals with their steps, a statement a table, and return their ids. Raises InvalidEntry."""
    goals = [_goal_row(new, uow.today) for new in batch]
    steps = [
        _step_row(goal["household_id"], goal["id"], position, step, uow.today)
        for goal, new in zip(goals, batch, strict=True)
        for position, step in enumerate(new.steps)
    ]
    uow.insert_many(store.goal, goals)
    uow.insert_many(store.step, steps)
    return [row["id"] for row in goals]


def reword_goal(
    file: EncryptedFile, who: Who, goal_id: str, wording: GoalWording, expected_version: str | None = None
) -> Changes:
    """Rewrite what a goal says. Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "reword_goal") as uow:
        check_goal_dates(wording.opened_on, wording.target_on, uow.today)
        grid_on(uow.today).domain(wording.domain).housing_goal(wording.housing)
        uow.update(store.goal, goal_id, _wording_fields(wording), expected_version=expected_version)
        return uow.changes


def change_goal_state(
    file: EncryptedFile,
    who: Who,
    goal_id: str,
    state: GoalState,
    on: date | None = None,
    expected_version: str | None = None,
) -> Changes:
    """Put a goal into a state; a closed one takes the day `on` (default today), a reopened one loses it.

    Steps keep their states. Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_goal_state") as uow:
        goal = store.goals.one(uow.connection, goal_id)
        closed_on = closing_date(state, goal.opened_on, on, uow.today)
        changed = {"state": state, "closed_on": closed_on}
        uow.update(store.goal, goal_id, changed, expected_version=expected_version)
        return uow.changes


def add_step(file: EncryptedFile, who: Who, goal_id: str, new: NewStep) -> tuple[str, Changes]:
    """Add a step after the others of its goal and return its id.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_step") as uow:
        goal = _open_goal(uow, goal_id)
        position = store.next_position(uow.connection, goal_id)
        row = _step_row(goal.household_id, goal_id, position, new, uow.today)
        return uow.insert(store.step, row), uow.changes


def change_step(
    file: EncryptedFile, who: Who, step_id: str, changed: NewStep, expected_version: str | None = None
) -> Changes:
    """Rewrite a step, state and days included.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_step") as uow:
        check_step(changed, uow.today)
        uow.update(store.step, step_id, _step_fields(changed), expected_version=expected_version)
        return uow.changes


def complete_step(file: EncryptedFile, who: Who, step_id: str, on: date | None = None) -> Changes:
    """Mark a step as done `on` a day (default today); a goal only planned is now in progress.

    The last step does not close the goal: a person does. Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "complete_step") as uow:
        step = store.steps.one(uow.connection, step_id)
        finish_steps(uow, step.household_id, [step_id], on or uow.today)
        return uow.changes


def reopen_step(file: EncryptedFile, who: Who, step_id: str) -> Changes:
    """Put a step back to do. Raises InvalidEntry when its goal is closed, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "reopen_step") as uow:
        _open_goal(uow, store.steps.one(uow.connection, step_id).goal_id)
        uow.update(store.step, step_id, {"state": StepState.TO_DO, "done_on": None})
        return uow.changes


def drop_step(file: EncryptedFile, who: Who, step_id: str) -> Changes:
    """Leave a step aside: it stays readable and counts no more. Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "drop_step") as uow:
        uow.update(store.step, step_id, {"state": StepState.DROPPED, "done_on": None})
        return uow.changes


def finish_steps(uow: UnitOfWork, household_id: str, step_ids: Iterable[str], on: date) -> None:
    """Mark steps as done inside another intention (a visit); those already done keep their day.

    Raises InvalidEntry for a step of another household, of a closed goal, or a day to come; NotFound.
    """
    check_done_on(on, uow.today)
    for step_id in step_ids:
        step = store.steps.one(uow.connection, step_id)
        require_goals(uow, household_id, [step.goal_id])
        if step.state is not StepState.DONE:
            goal = _open_goal(uow, step.goal_id)
            uow.update(store.step, step_id, {"state": StepState.DONE, "done_on": on})
            if goal.state is GoalState.PLANNED:
                uow.update(store.goal, goal.id, {"state": GoalState.IN_PROGRESS})


def require_goals(uow: UnitOfWork, household_id: str, goal_ids: Iterable[str]) -> None:
    """Check that goals belong to a household. Raises InvalidEntry."""
    own = {goal.id for goal in store.goals_of(uow.connection, household_id)}
    if not set(goal_ids) <= own:
        raise InvalidEntry(
            "Cet objectif n’est pas un objectif de ce ménage\u00a0: choisissez-en un de sa liste.", "goals"
        )


def goals_of(connection: Connection, who: Who, household_id: str) -> list[GoalWithSteps]:
    """Return the goals of a household with their steps, the open ones first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    steps: dict[str, list[GoalStep]] = defaultdict(list)
    for step in store.steps_of(connection, household_id):
        steps[step.goal_id].append(step)
    return [GoalWithSteps(goal, tuple(steps[goal.id])) for goal in store.goals_of(connection, household_id)]


def record_evaluation(file: EncryptedFile, who: Who, new: NewEvaluation) -> tuple[str, Changes]:
    """Record an evaluation on the grid in force that day; return its id.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "record_evaluation") as uow:
        uow.get(declaration_of("household").table, new.household_id)
        return add_evaluations(uow, [new])[0], uow.changes


def add_evaluations(uow: UnitOfWork, batch: list[NewEvaluation]) -> list[str]:
    """Record many evaluations, a statement a table, and return their ids. Raises InvalidEntry, NotFound."""
    evaluations = [_evaluation_row(new, uow.today) for new in batch]
    levels = [
        _level_row(row["household_id"], row["id"], level)
        for row, new in zip(evaluations, batch, strict=True)
        for level in new.levels
    ]
    uow.insert_many(store.evaluation, evaluations)
    uow.insert_many(store.level, levels)
    return [row["id"] for row in evaluations]


def change_level(
    file: EncryptedFile, who: Who, evaluation_id: str, new: NewLevel, expected_version: str | None = None
) -> Changes:
    """Correct, or add, the level of one domain in an evaluation.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_level") as uow:
        evaluation = store.evaluations.one(uow.connection, evaluation_id)
        grid_of_version(evaluation.grid_version).domain(new.domain)
        there = [each for each in store.levels_in(uow.connection, evaluation_id) if each.domain == new.domain]
        row = _level_row(evaluation.household_id, evaluation_id, new)
        if there:
            uow.update(store.level, there[0].id, row, expected_version=expected_version)
        else:
            uow.insert(store.level, row)
        return uow.changes


def evaluations_of(connection: Connection, who: Who, household_id: str) -> list[EvaluationWithLevels]:
    """Return the evaluations of a household with their levels, oldest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    levels: dict[str, list[DomainLevel]] = defaultdict(list)
    for level in store.levels_of(connection, household_id):
        levels[level.evaluation_id].append(level)
    evaluations = store.evaluations_of(connection, household_id)
    return [
        EvaluationWithLevels(each, _in_grid_order(each.grid_version, levels[each.id])) for each in evaluations
    ]


def progress_between(
    connection: Connection, who: Who, household_id: str, start: date, end: date, view: View = View.WORKER
) -> tuple[DomainProgress, ...]:
    """Compare, in words, the evaluation held at `start` with the last one up to `end`, both days included.

    Held at `start`: the last one on or before it, else the first after it. Empty when that makes no two
    evaluations.
    """
    seen = [
        each
        for each in evaluations_of(connection, who, household_id)
        if each.evaluation.view is view and each.evaluation.evaluated_on <= end
    ]
    earlier = [each for each in seen if each.evaluation.evaluated_on <= start]
    first = earlier[-1] if earlier else seen[0] if seen else None
    if first is None or first is seen[-1]:
        return ()
    return compare(first, seen[-1])


def _open_goal(uow: UnitOfWork, goal_id: str) -> Goal:
    goal = store.goals.one(uow.connection, goal_id)
    if goal.state in CLOSED_STATES:
        raise InvalidEntry("Cet objectif est clos\u00a0: rouvrez-le avant de toucher à ses étapes.", "goal")
    return goal


def _goal_row(new: NewGoal, today: date) -> dict[str, Any]:
    domain = grid_on(today).domain(new.domain)
    opened_on = new.opened_on or today
    check_goal_dates(opened_on, new.target_on, today)
    wording = GoalWording(
        new.title, new.domain, domain.housing_goal(new.housing), opened_on, new.target_on, new.note
    )
    return {
        "id": new_id(),
        "household_id": new.household_id,
        **_wording_fields(wording),
        "state": new.state,
        "closed_on": closing_date(new.state, opened_on, new.closed_on, today),
    }


def _wording_fields(wording: GoalWording) -> dict[str, Any]:
    return {
        "title": checked_title(wording.title),
        "domain": wording.domain,
        "housing": wording.housing,
        "opened_on": wording.opened_on,
        "target_on": wording.target_on,
        "note": wording.note,
    }


def _step_row(household_id: str, goal_id: str, position: int, new: NewStep, today: date) -> dict[str, Any]:
    check_step(new, today)
    return {"household_id": household_id, "goal_id": goal_id, "position": position, **_step_fields(new)}


def _step_fields(new: NewStep) -> dict[str, Any]:
    return {
        "title": checked_title(new.title),
        "actor": new.actor,
        "actor_name": new.actor_name,
        "due_on": new.due_on,
        "done_on": new.done_on,
        "state": new.state,
    }


def _evaluation_row(new: NewEvaluation, today: date) -> dict[str, Any]:
    grid = grid_on(new.evaluated_on)
    check_evaluation(new, grid, today)
    return {
        "id": new_id(),
        "household_id": new.household_id,
        "evaluated_on": new.evaluated_on,
        "view": new.view,
        "grid_version": grid.version,
        "note": new.note,
    }


def _level_row(household_id: str, evaluation_id: str, new: NewLevel) -> dict[str, Any]:
    return {
        "household_id": household_id,
        "evaluation_id": evaluation_id,
        "domain": new.domain,
        "level": new.level,
        "observation": new.observation,
    }


def _in_grid_order(grid_version: str, levels: list[DomainLevel]) -> tuple[DomainLevel, ...]:
    order = [domain.code for domain in grid_of_version(grid_version).domains]
    return tuple(sorted(levels, key=lambda each: order.index(each.domain)))
