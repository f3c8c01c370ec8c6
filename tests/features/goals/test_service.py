"""Goals and evaluations written into a real encrypted file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain.autonomy import Level, NewEvaluation, NewLevel, Trend, View
from caseworker_app.features.goals.domain.goal import (
    GoalState,
    GoalWithSteps,
    GoalWording,
    NewGoal,
    NewStep,
    StepState,
)
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.search import find_households
from caseworker_app.storage.undo import undo_last
from caseworker_app.storage.unit_of_work import ChangedMeanwhile

TODAY = date(2026, 11, 24)


def rent(household: str) -> NewGoal:
    steps = (NewStep("Virement permanent mis en place"), NewStep("Six mois payés de suite", due_on=TODAY))
    return NewGoal(
        household, " Payer le  loyer et le plan ", "rent_payment", steps, opened_on=date(2026, 5, 1)
    )


def only(file: EncryptedFile, who: Who, household: str) -> GoalWithSteps:
    with file.reading() as connection:
        (found,) = service.goals_of(connection, who, household)
    return found


def test_a_goal_comes_back_with_its_steps_in_order(file: EncryptedFile, who: Who, household: str) -> None:
    goal_id, changes = service.add_goal(file, who, rent(household))
    found = only(file, who, household)
    assert changes.households == {household}
    assert (found.goal.id, found.goal.title, found.goal.housing) == (
        goal_id,
        "Payer le loyer et le plan",
        True,
    )
    assert [step.title for step in found.steps] == [
        "Virement permanent mis en place",
        "Six mois payés de suite",
    ]


def test_a_goal_of_health_is_refused_as_a_housing_goal(file: EncryptedFile, who: Who, household: str) -> None:
    goal_id, _ = service.add_goal(file, who, replace(rent(household), domain="health", housing=None))
    assert not only(file, who, household).goal.housing
    with pytest.raises(InvalidEntry):
        service.add_goal(file, who, replace(rent(household), domain="health", housing=True))
    with pytest.raises(InvalidEntry):
        service.reword_goal(file, who, goal_id, GoalWording("Suivi", "health", True, TODAY))


def test_words_of_a_goal_are_found(file: EncryptedFile, who: Who, household: str) -> None:
    service.add_goal(file, who, rent(household))
    with file.reading() as connection:
        assert [hit.household_id for hit in find_households(connection, "virement permanent")] == [household]


def test_completing_a_step_starts_a_planned_goal_and_closes_none(
    file: EncryptedFile, who: Who, household: str
) -> None:
    service.add_goal(file, who, replace(rent(household), state=GoalState.PLANNED))
    for step in only(file, who, household).steps:
        service.complete_step(file, who, step.id, date(2026, 11, 5))
    found = only(file, who, household)
    assert found.goal.state is GoalState.IN_PROGRESS
    assert [(step.state, step.done_on) for step in found.steps] == [(StepState.DONE, date(2026, 11, 5))] * 2
    assert (found.done, found.next_step) == (2, None)


def test_a_step_done_keeps_its_day(file: EncryptedFile, who: Who, household: str) -> None:
    service.add_goal(file, who, rent(household))
    step = only(file, who, household).steps[0]
    service.complete_step(file, who, step.id, date(2026, 9, 12))
    assert service.complete_step(file, who, step.id).tables == frozenset()
    assert only(file, who, household).steps[0].done_on == date(2026, 9, 12)


def test_a_step_can_be_reopened_dropped_added_and_rewritten(
    file: EncryptedFile, who: Who, household: str
) -> None:
    goal_id, _ = service.add_goal(file, who, rent(household))
    first, second = only(file, who, household).steps
    service.complete_step(file, who, first.id)
    service.reopen_step(file, who, first.id)
    service.drop_step(file, who, second.id)
    service.add_step(file, who, goal_id, NewStep("Trois mois payés"))
    service.change_step(file, who, first.id, NewStep("Virement demandé"))
    steps = only(file, who, household).steps
    assert [(step.title, step.state, step.done_on) for step in steps] == [
        ("Virement demandé", StepState.TO_DO, None),
        ("Six mois payés de suite", StepState.DROPPED, None),
        ("Trois mois payés", StepState.TO_DO, None),
    ]


def test_a_closed_goal_keeps_its_steps_until_it_is_reopened(
    file: EncryptedFile, who: Who, household: str
) -> None:
    goal_id, _ = service.add_goal(file, who, rent(household))
    service.change_goal_state(file, who, goal_id, GoalState.ACHIEVED, date(2026, 10, 2))
    found = only(file, who, household)
    assert (found.goal.closed_on, found.done) == (date(2026, 10, 2), 0)
    with pytest.raises(InvalidEntry):
        service.complete_step(file, who, found.steps[0].id)
    with pytest.raises(InvalidEntry):
        service.add_step(file, who, goal_id, NewStep("Encore"))
    service.change_goal_state(file, who, goal_id, GoalState.IN_PROGRESS)
    service.complete_step(file, who, found.steps[0].id)
    assert only(file, who, household).goal.closed_on is None


def test_a_goal_is_reworded_unless_it_changed_meanwhile(
    file: EncryptedFile, who: Who, household: str
) -> None:
    goal_id, _ = service.add_goal(file, who, rent(household))
    seen = only(file, who, household).goal
    wording = GoalWording("Tenir le plan", "debts", False, date(2026, 5, 1), date(2027, 3, 31))
    service.reword_goal(file, who, goal_id, wording, seen.version)
    assert only(file, who, household).goal.target_on == date(2027, 3, 31)
    with pytest.raises(ChangedMeanwhile):
        service.reword_goal(file, who, goal_id, wording, seen.version)


def test_a_step_of_another_household_is_not_completed(file: EncryptedFile, who: Who, household: str) -> None:
    service.add_goal(file, who, rent(household))
    step = only(file, who, household).steps[0]
    with pytest.raises(InvalidEntry), file.unit_of_work(who.worker_id, "confirm_visit") as uow:
        service.finish_steps(uow, "ab" * 16, [step.id], TODAY)


def test_a_volunteer_or_an_unknown_household_changes_nothing(
    file: EncryptedFile, who: Who, household: str
) -> None:
    volunteer = Who(who.worker_id, who.name, Role.VOLUNTEER)
    with pytest.raises(NotAllowed):
        service.add_goal(file, volunteer, rent(household))
    with pytest.raises(NotFound):
        service.add_goal(file, who, rent("ab" * 16))


def test_a_goal_can_be_taken_back_whole(file: EncryptedFile, who: Who, household: str) -> None:
    service.add_goal(file, who, rent(household))
    assert undo_last(file, who.worker_id)[0] == "add_goal"
    with file.reading() as connection:
        assert service.goals_of(connection, who, household) == []


def evaluate(
    file: EncryptedFile, who: Who, household: str, day: date, level: Level, view: View = View.WORKER
) -> str:
    levels = (NewLevel("upkeep", Level.STABLE), NewLevel("rent_payment", level, "prévient en cas d’imprévu"))
    return service.record_evaluation(file, who, NewEvaluation(household, day, view, levels))[0]


def test_an_evaluation_comes_back_in_the_order_of_the_grid(
    file: EncryptedFile, who: Who, household: str
) -> None:
    levels = (NewLevel("health", Level.FRAGILE), NewLevel("housing_status", Level.STABLE))
    service.record_evaluation(file, who, NewEvaluation(household, TODAY, View.HOUSEHOLD, levels))
    with file.reading() as connection:
        (found,) = service.evaluations_of(connection, who, household)
    assert [each.domain for each in found.levels] == ["housing_status", "health"]
    assert found.level("budget") is Level.NOT_ASSESSED


def test_progress_of_a_period_takes_the_view_and_the_dates_around_it(
    file: EncryptedFile, who: Who, household: str
) -> None:
    evaluate(file, who, household, date(2026, 4, 6), Level.FRAGILE)
    evaluate(file, who, household, date(2026, 7, 1), Level.TO_SECURE)
    evaluate(file, who, household, date(2026, 10, 6), Level.PROGRESSING)
    evaluate(file, who, household, date(2026, 10, 7), Level.TO_SECURE, View.HOUSEHOLD)
    evaluate(file, who, household, date(2026, 11, 20), Level.AUTONOMOUS)
    with file.reading() as connection:
        found = service.progress_between(connection, who, household, date(2026, 5, 1), date(2026, 10, 31))
        alone = service.progress_between(
            connection, who, household, date(2026, 5, 1), date(2026, 10, 31), View.HOUSEHOLD
        )
    by_domain = {each.domain: each.sentence for each in found}
    assert by_domain == {"upkeep": "stable\u00a0: stabilisé", "rent_payment": "de fragile à en progrès"}
    assert alone == ()


def test_a_level_is_corrected_or_added(file: EncryptedFile, who: Who, household: str) -> None:
    evaluation_id = evaluate(file, who, household, TODAY, Level.FRAGILE)
    service.change_level(file, who, evaluation_id, NewLevel("rent_payment", Level.STABLE))
    service.change_level(file, who, evaluation_id, NewLevel("budget", Level.FRAGILE))
    with file.reading() as connection:
        (found,) = service.evaluations_of(connection, who, household)
    assert {each.domain: each.level for each in found.levels} == {
        "upkeep": Level.STABLE,
        "rent_payment": Level.STABLE,
        "budget": Level.FRAGILE,
    }


def test_many_goals_and_evaluations_are_added_at_once(file: EncryptedFile, who: Who, household: str) -> None:
    with file.unit_of_work(who.worker_id, "fill") as uow:
        ids = service.add_goals(uow, [rent(household) for _ in range(30)])
        level = (NewLevel("budget", Level.STABLE),)
        service.add_evaluations(uow, [NewEvaluation(household, TODAY, View.WORKER, level) for _ in range(30)])
    with file.reading() as connection:
        goals = service.goals_of(connection, who, household)
        evaluations = service.evaluations_of(connection, who, household)
    assert len(set(ids)) == len(goals) == len(evaluations) == 30
    assert {len(each.steps) for each in goals} == {2}


def test_open_goals_come_first(file: EncryptedFile, who: Who, household: str) -> None:
    closed, _ = service.add_goal(file, who, rent(household))
    service.change_goal_state(file, who, closed, GoalState.ABANDONED)
    service.add_goal(file, who, replace(rent(household), opened_on=TODAY))
    with file.reading() as connection:
        states = [each.goal.state for each in service.goals_of(connection, who, household)]
    assert states == [GoalState.IN_PROGRESS, GoalState.ABANDONED]


def test_a_trend_never_comes_from_one_evaluation(file: EncryptedFile, who: Who, household: str) -> None:
    evaluate(file, who, household, date(2026, 7, 1), Level.FRAGILE)
    with file.reading() as connection:
        assert service.progress_between(connection, who, household, date(2026, 5, 1), TODAY) == ()
    evaluate(file, who, household, date(2026, 8, 1), Level.FRAGILE)
    with file.reading() as connection:
        found = service.progress_between(connection, who, household, date(2026, 5, 1), TODAY)
    assert {each.trend for each in found} == {Trend.STABLE}
