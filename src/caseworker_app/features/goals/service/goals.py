"""Intentions on goals and their steps. Functions that take a unit of work are steps of other rooms' intentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from caseworker_app.features.goals import store
from caseworker_app.features.goals.domain.goal import (
    CLOSED_STATES,
    MAX_INDICATOR,
    Goal,
    GoalState,
    GoalStep,
    GoalWithSteps,
    GoalWording,
    NewGoal,
    NewStep,
    StateChange,
    StepState,
    check_done_on,
    check_goal_dates,
    check_step,
    checked_title,
    closing_date,
    state_fields,
)
from caseworker_app.features.goals.domain.grid import Grid
from caseworker_app.features.goals.domain.ordering import moved
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.entries import optional_line
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
    grid = store.grids(uow.connection).on(uow.today)
    goals = [_goal_row(new, grid, uow.today) for new in batch]
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
        store.grids(uow.connection).on(uow.today).domain(wording.domain).housing_goal(wording.housing)
        uow.update(store.goal, goal_id, _wording_fields(wording), expected_version=expected_version)
        return uow.changes


def change_goal_state(
    file: EncryptedFile,
    who: Who,
    goal_id: str,
    state: GoalState,
    on: date | None = None,
    expected_version: str | None = None,
    reason: str | None = None,
    until: date | None = None,
) -> Changes:
    """Put a goal into a state; a closed one takes the day `on` (default today), a reopened one loses it.

    `reason`: why it is abandoned or on hold, *interne*; `until`: when one looks at a goal on hold again; other
    states lose both. Steps keep their states. Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_goal_state") as uow:
        goal = store.goals.one(uow.connection, goal_id)
        changed = state_fields(goal, StateChange(state, on, reason, until), uow.today)
        uow.update(store.goal, goal_id, changed, expected_version=expected_version)
        return uow.changes


def move_goal(file: EncryptedFile, who: Who, goal_id: str, before_id: str | None) -> Changes:
    """Put a goal before another one of its household, after all the others when that is None.

    Raises NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "move_goal") as uow:
        goal = store.goals.one(uow.connection, goal_id)
        order = [each.id for each in store.goals_of(uow.connection, goal.household_id)]
        for position, each in enumerate(moved(order, goal_id, before_id)):
            uow.update(store.goal, each, {"position": position})
        return uow.changes


def move_step(file: EncryptedFile, who: Who, step_id: str, before_id: str | None) -> Changes:
    """Put a step before another one of its goal, after all the others when that is None.

    Raises NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "move_step") as uow:
        step = store.steps.one(uow.connection, step_id)
        order = [each.id for each in store.steps_in(uow.connection, step.goal_id)]
        for position, each in enumerate(moved(order, step_id, before_id)):
            uow.update(store.step, each, {"position": position})
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


def goal_with_steps(uow: UnitOfWork, goal_id: str) -> GoalWithSteps:
    """Return one goal with its steps, for another intention. Raises NotFound."""
    goal = store.goals.one(uow.connection, goal_id)
    return GoalWithSteps(goal, tuple(store.steps_in(uow.connection, goal_id)))


def _open_goal(uow: UnitOfWork, goal_id: str) -> Goal:
    goal = store.goals.one(uow.connection, goal_id)
    if goal.state in CLOSED_STATES:
        raise InvalidEntry("Cet objectif est clos\u00a0: rouvrez-le avant de toucher à ses étapes.", "goal")
    return goal


def _goal_row(new: NewGoal, grid: Grid, today: date) -> dict[str, Any]:
    domain = grid.domain(new.domain)
    opened_on = new.opened_on or today
    check_goal_dates(opened_on, new.target_on, today)
    wording = GoalWording(
        new.title,
        new.domain,
        domain.housing_goal(new.housing),
        opened_on,
        new.target_on,
        new.note,
        new.indicator,
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
        "indicator": optional_line(wording.indicator, MAX_INDICATOR, "indicator"),
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
