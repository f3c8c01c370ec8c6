"""Versions of the grid in a real file: recorded, in force, taken back, never under an evaluation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain import edition
from caseworker_app.features.goals.domain.autonomy import (
    EvaluationCorrection,
    Level,
    NewEvaluation,
    NewLevel,
    View,
)
from caseworker_app.features.goals.domain.edition import GridDraft
from caseworker_app.features.goals.domain.goal import NewGoal
from caseworker_app.features.goals.domain.grid import Grid, Grids, grid_on
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry, NotAllowed
from caseworker_app.storage.unit_of_work import ChangedMeanwhile

ANCHORS = ("Rien encore", "Un peu", "Assez", "Bien", "Seul")


def the_grids(file, who) -> Grids:
    with file.reading() as connection:
        return service.grids(connection, who)


def drafted(grid: Grid) -> GridDraft:
    draft, code = edition.added(edition.left_out(edition.draft_of(grid), "employment"), "Mobilité")
    domain = draft.domain(code)
    assert domain is not None
    return edition.reworded(draft, replace(domain, anchors=ANCHORS))


def edited(file, who) -> Grid:
    now = the_grids(file, who).on(today(file.clock))
    return service.edit_grid(file, who, drafted(now), now.version)[0]


def test_an_edition_is_in_force_and_the_older_words_stay(file, who, household) -> None:
    day = today(file.clock)
    old = grid_on(day)
    first = NewEvaluation(household, day, View.WORKER, (NewLevel("employment", Level.FRAGILE),))
    service.record_evaluation(file, who, first)
    grid = edited(file, who)
    assert [each.label for each in grid.domains][-1] == "Mobilité"
    later = NewEvaluation(household, day, View.WORKER, (NewLevel("Mobilité", Level.STABLE),))
    service.record_evaluation(file, who, later)
    with file.reading() as connection:
        found = service.evaluations_of(connection, who, household)
        made = service.evaluations_by_version(connection, who)
    assert [each.grid.version for each in found] == [old.version, grid.version]
    assert found[0].grid.domain("employment").anchors == old.domain("employment").anchors
    assert made == {old.version: 1, grid.version: 1}
    goal, _ = service.add_goal(file, who, NewGoal(household, "Passer le permis", "Mobilité"))
    with file.reading() as connection:
        assert service.goals_of(connection, who, household)[0].goal.id == goal


def test_a_sheet_begun_before_an_edition_is_recorded_with_its_own_words(file, who, household) -> None:
    day = today(file.clock)
    begun = grid_on(day).version
    grid = edited(file, who)
    sheet = NewEvaluation(
        household, day, View.WORKER, (NewLevel("employment", Level.FRAGILE),), grid_version=begun
    )
    made, _ = service.record_evaluation(file, who, sheet)
    with file.reading() as connection:
        assert service.evaluations_of(connection, who, household)[0].grid.version == begun
    # And it is corrected on the words it was made with.
    service.correct_evaluation(
        file, who, made, EvaluationCorrection(day, (NewLevel("employment", Level.STABLE),))
    )
    with pytest.raises(InvalidEntry):
        service.change_level(file, who, made, NewLevel("Mobilité", Level.STABLE))
    assert grid.version != begun


def test_an_edition_is_taken_back_unless_an_evaluation_rests_on_it(file, who, household) -> None:
    day = today(file.clock)
    edited(file, who)
    action, _ = take_back_last(file, who)
    assert action
    assert the_grids(file, who).editions == ()
    grid = edited(file, who)
    later = NewEvaluation(household, day, View.WORKER, (NewLevel("Mobilité", Level.STABLE),))
    service.record_evaluation(file, who, later)
    with file.reading() as connection:
        changes = dossier.undoable_changes(connection, who)
    told = [each for each in changes if each.action == "grille d’autonomie modifiée" and not each.undone]
    assert told[0].obstacle
    with pytest.raises(CaseworkerError):
        dossier.undo_change(file, who, told[0].changeset_id)
    assert the_grids(file, who).on(day).version == grid.version


def test_two_editions_begun_on_one_version_do_not_write_over_each_other(file, who) -> None:
    begun = the_grids(file, who).on(today(file.clock))
    service.edit_grid(file, who, drafted(begun), begun.version)
    with pytest.raises(ChangedMeanwhile):
        service.edit_grid(file, who, drafted(begun), begun.version)


def test_a_second_edition_of_one_day_is_the_one_in_force(file, who) -> None:
    first = edited(file, who)
    draft = edition.put_before(edition.draft_of(first), "Mobilité", "budget")
    second, _ = service.edit_grid(file, who, draft, first.version)
    assert the_grids(file, who).on(today(file.clock)) == second
    assert second.version != first.version


def test_who_may_not_manage_reads_without_writing(file, who) -> None:
    worker = Who(who.worker_id, who.name, Role.CASEWORKER)
    begun = the_grids(file, worker).on(today(file.clock))
    with pytest.raises(NotAllowed):
        service.edit_grid(file, worker, drafted(begun), begun.version)
    with pytest.raises(NotAllowed):
        the_grids(file, Who(who.worker_id, who.name, Role.COORDINATOR))
