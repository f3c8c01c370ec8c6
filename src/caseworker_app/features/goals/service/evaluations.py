"""Intentions on evaluations of the autonomy. Functions that take a unit of work are steps of other rooms'."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from caseworker_app.features.goals import store
from caseworker_app.features.goals.domain.autonomy import (
    DomainLevel,
    DomainProgress,
    EvaluationCorrection,
    EvaluationWithLevels,
    NewEvaluation,
    NewLevel,
    View,
    check_correction,
    check_evaluation,
    compare,
)
from caseworker_app.features.goals.domain.grid import Grid, Grids
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.entries import paragraphs
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def record_evaluation(file: EncryptedFile, who: Who, new: NewEvaluation) -> tuple[str, Changes]:
    """Record an evaluation on the version of the grid it names, else that of its day; return its id.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "record_evaluation") as uow:
        uow.get(declaration_of("household").table, new.household_id)
        return add_evaluations(uow, [new])[0], uow.changes


def record_evaluations(
    file: EncryptedFile, who: Who, evaluations: list[NewEvaluation]
) -> tuple[list[str], Changes]:
    """Record the evaluations of one meeting, a view each, as one change; return their ids.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "record_evaluation") as uow:
        for household_id in {each.household_id for each in evaluations}:
            uow.get(declaration_of("household").table, household_id)
        return add_evaluations(uow, evaluations), uow.changes


def add_evaluations(uow: UnitOfWork, batch: list[NewEvaluation]) -> list[str]:
    """Record many evaluations, a statement a table, and return their ids. Raises InvalidEntry, NotFound."""
    grids = store.grids(uow.connection)
    evaluations = [_evaluation_row(new, grids, uow.today) for new in batch]
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
        store.grids(uow.connection).of_version(evaluation.grid_version).domain(new.domain)
        there = [each for each in store.levels_in(uow.connection, evaluation_id) if each.domain == new.domain]
        row = _level_row(evaluation.household_id, evaluation_id, new)
        if there:
            uow.update(store.level, there[0].id, row, expected_version=expected_version)
        else:
            uow.insert(store.level, row)
        return uow.changes


def correct_evaluation(
    file: EncryptedFile,
    who: Who,
    evaluation_id: str,
    correction: EvaluationCorrection,
    expected_version: str | None = None,
) -> Changes:
    """Correct the day, the note and the levels of an evaluation, as one change.

    Levels the correction does not name stay as they are. Raises InvalidEntry, NotFound, ChangedMeanwhile,
    NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "correct_evaluation") as uow:
        evaluation = store.evaluations.one(uow.connection, evaluation_id)
        there = {each.domain: each for each in store.levels_in(uow.connection, evaluation_id)}
        grid = store.grids(uow.connection).of_version(evaluation.grid_version)
        held = EvaluationWithLevels(evaluation, tuple(there.values()), grid)
        check_correction(held, correction, uow.today)
        changed = {"evaluated_on": correction.evaluated_on, "note": paragraphs(correction.note, "note")}
        uow.update(store.evaluation, evaluation_id, changed, expected_version=expected_version)
        for level in correction.levels:
            row = _level_row(evaluation.household_id, evaluation_id, level)
            if level.domain in there:
                uow.update(store.level, there[level.domain].id, row)
            else:
                uow.insert(store.level, row)
        return uow.changes


def remove_evaluation(file: EncryptedFile, who: Who, evaluation_id: str) -> Changes:
    """Take an evaluation out of the file, with its levels: it was another household's, or made twice.

    Raises NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "remove_evaluation") as uow:
        for level in store.levels_in(uow.connection, evaluation_id):
            uow.delete(store.level, level.id)
        uow.delete(store.evaluation, evaluation_id)
        return uow.changes


def evaluations_of(connection: Connection, who: Who, household_id: str) -> list[EvaluationWithLevels]:
    """Return the evaluations of a household with their levels, oldest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    levels: dict[str, list[DomainLevel]] = defaultdict(list)
    for level in store.levels_of(connection, household_id):
        levels[level.evaluation_id].append(level)
    grids = store.grids(connection)
    found = []
    for each in store.evaluations_of(connection, household_id):
        grid = grids.of_version(each.grid_version)
        found.append(EvaluationWithLevels(each, _in_grid_order(grid, levels[each.id]), grid))
    return found


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


def _evaluation_row(new: NewEvaluation, grids: Grids, today: date) -> dict[str, Any]:
    grid = grids.of_version(new.grid_version) if new.grid_version else grids.on(new.evaluated_on)
    check_evaluation(new, grid, today)
    return {
        "id": new_id(),
        "household_id": new.household_id,
        "evaluated_on": new.evaluated_on,
        "view": new.view,
        "grid_version": grid.version,
        "grid_edition_id": grid.edition_id,
        "note": paragraphs(new.note, "note"),
    }


def _level_row(household_id: str, evaluation_id: str, new: NewLevel) -> dict[str, Any]:
    return {
        "household_id": household_id,
        "evaluation_id": evaluation_id,
        "domain": new.domain,
        "level": new.level,
        "observation": paragraphs(new.observation, "levels"),
    }


def _in_grid_order(grid: Grid, levels: list[DomainLevel]) -> tuple[DomainLevel, ...]:
    order = [domain.code for domain in grid.known]
    return tuple(sorted(levels, key=lambda each: order.index(each.domain)))
