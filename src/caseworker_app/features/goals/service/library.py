"""Intentions on the library of goals and steps an association reuses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from caseworker_app.features.goals import store
from caseworker_app.features.goals.domain.library import (
    GoalModel,
    NewModel,
    check_model,
    check_names_nobody,
    library,
    model_of,
    proposed_models,
    steps_content,
)
from caseworker_app.features.goals.service.goals import goal_with_steps
from caseworker_app.features.households import service as households
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import NotFound
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def write_model(
    file: EncryptedFile, who: Who, new: NewModel, key: str = "", expected_version: str | None = None
) -> tuple[str, Changes]:
    """Write a model, or write the one of `key` anew, and return its id; a proposed one becomes the association's.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "write_goal_model") as uow:
        checked = check_model(new, store.grids(uow.connection).on(uow.today))
        found = _found(uow, key) if key else None
        origin = (found.origin or (found.key if found.proposed else None)) if found else None
        row = _row(checked, origin)
        if found is None or found.proposed:
            return uow.insert(store.goal_model, row), uow.changes
        uow.update(store.goal_model, found.key, row, expected_version=expected_version)
        return found.key, uow.changes


def retire_model(file: EncryptedFile, who: Who, key: str) -> Changes:
    """Put a model away: it is no longer proposed. Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "retire_goal_model") as uow:
        found = _found(uow, key)
        if found.proposed:
            new = NewModel(
                found.title, found.domain, found.housing, found.indicator, found.months, found.steps
            )
            uow.insert(store.goal_model, {**_row(new, found.key), "retired": True})
        else:
            uow.update(store.goal_model, found.key, {"retired": True})
        return uow.changes


def keep_as_model(file: EncryptedFile, who: Who, goal_id: str) -> tuple[str, Changes]:
    """Keep the words of a household's goal in the library, without dates; return the model's id.

    Refused where they name somebody of the household. Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "write_goal_model") as uow:
        grid = store.grids(uow.connection).on(uow.today)
        goal = goal_with_steps(uow, goal_id)
        checked = check_model(model_of(goal), grid)
        people = households.open_household(uow.connection, who, goal.goal.household_id).everyone
        check_names_nobody(checked, [name for p in people for name in (p.first_name, p.last_name) if name])
        return uow.insert(store.goal_model, _row(checked, None)), uow.changes


def add_models(uow: UnitOfWork, batch: Sequence[NewModel]) -> list[str]:
    """Add many models inside another intention and return their ids. Raises InvalidEntry."""
    grid = store.grids(uow.connection).on(uow.today)
    return [uow.insert(store.goal_model, _row(check_model(each, grid), None)) for each in batch]


def goal_library(connection: Connection, who: Who, day: date) -> list[GoalModel]:
    """Return the models to choose from on a day. For whoever reads files or manages the office. Raises NotAllowed."""
    if not who.may(Right.MANAGE_OFFICE):
        who.require(Right.READ_FILES)
    return library(store.goal_models(connection), day)


def _found(uow: UnitOfWork, key: str) -> GoalModel:
    for each in (*library(store.goal_models(uow.connection), uow.today), *proposed_models(uow.today)):
        if each.key == key:
            return each
    raise NotFound("Ce modèle n’est plus dans la bibliothèque\u00a0: il a été rangé entre-temps.")


def _row(new: NewModel, origin: str | None) -> dict[str, Any]:
    return {
        "title": new.title,
        "domain": new.domain,
        "housing": new.housing,
        "indicator": new.indicator,
        "months": new.months,
        "steps": steps_content(new.steps),
        "origin": origin,
        "retired": False,
    }
