"""Goals and evaluations written into a real encrypted file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain.autonomy import (
    EvaluationCorrection,
    Level,
    NewEvaluation,
    NewLevel,
    Trend,
    View,
)
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


def titles(file: EncryptedFile, who: Who, household: str) -> list[str]:
    with file.reading() as connection:
        return [each.goal.title for each in service.goals_of(connection, who, household)]


def test_goals_keep_the_order_people_give_them_and_new_ones_come_last(
    file: EncryptedFile, who: Who, household: str
) -> None:
    first, second, third = (
        service.add_goal(file, who, NewGoal(household, title, "budget"))[0] for title in ("A", "B", "C")
    )
    changes = service.move_goal(file, who, third, first)
    assert changes.households == {household}
    assert titles(file, who, household) == ["C", "A", "B"]
    service.add_goal(file, who, NewGoal(household, "D", "budget"))
    assert titles(file, who, household) == ["C", "A", "B", "D"]
    service.move_goal(file, who, third, None)
    assert titles(file, who, household) == ["A", "B", "D", "C"]
    undo_last(file, who.worker_id)
    assert titles(file, who, household) == ["C", "A", "B", "D"]
    with pytest.raises(NotFound):
        service.move_goal(file, who, "no-such-goal", second)


def test_steps_are_moved_within_their_goal(file: EncryptedFile, who: Who, household: str) -> None:
    service.add_goal(file, who, rent(household))
    first, last = only(file, who, household).steps
    service.move_step(file, who, last.id, first.id)
    assert [step.id for step in only(file, who, household).steps] == [last.id, first.id]
    service.add_step(file, who, only(file, who, household).goal.id, NewStep("Un an payé de suite"))
    assert [step.title for step in only(file, who, household).steps][-1] == "Un an payé de suite"


def test_an_abandoned_goal_says_why_and_one_reopened_no_longer_does(
    file: EncryptedFile, who: Who, household: str
) -> None:
    goal_id, _ = service.add_goal(file, who, rent(household))
    service.change_goal_state(
        file, who, goal_id, GoalState.ABANDONED, date(2026, 11, 20), reason=" Le ménage  déménage "
    )
    goal = only(file, who, household).goal
    assert (goal.state, goal.closed_on, goal.closing_reason) == (
        GoalState.ABANDONED, date(2026, 11, 20), "Le ménage déménage",
    )  # fmt: skip
    service.change_goal_state(file, who, goal_id, GoalState.IN_PROGRESS, reason="oublié")
    assert only(file, who, household).goal.closing_reason is None
    with pytest.raises(InvalidEntry):
        service.change_goal_state(file, who, goal_id, GoalState.ABANDONED, reason="x" * 501)


def worker_evaluation(household: str, **levels: Level) -> NewEvaluation:
    said = tuple(NewLevel(code, level) for code, level in levels.items())
    return NewEvaluation(household, date(2026, 11, 20), View.WORKER, said)


def evaluations(file: EncryptedFile, who: Who, household: str):
    with file.reading() as connection:
        return service.evaluations_of(connection, who, household)


def test_both_views_of_a_meeting_are_one_change(file: EncryptedFile, who: Who, household: str) -> None:
    worker = worker_evaluation(household, budget=Level.STABLE)
    ids, changes = service.record_evaluations(file, who, [worker, replace(worker, view=View.HOUSEHOLD)])
    assert changes.tables == {"autonomy_evaluation", "autonomy_level"}
    assert {each.evaluation.id for each in evaluations(file, who, household)} == set(ids)
    undo_last(file, who.worker_id)
    assert evaluations(file, who, household) == []


def test_one_refused_view_records_neither(file: EncryptedFile, who: Who, household: str) -> None:
    worker = worker_evaluation(household, budget=Level.STABLE)
    with pytest.raises(InvalidEntry):
        service.record_evaluations(file, who, [worker, replace(worker, evaluated_on=date(2026, 11, 25))])
    assert evaluations(file, who, household) == []


def test_an_evaluation_is_corrected_whole_and_what_is_not_named_stays(
    file: EncryptedFile, who: Who, household: str
) -> None:
    made = worker_evaluation(household, budget=Level.STABLE, debts=Level.FRAGILE)
    evaluation_id, _ = service.record_evaluation(file, who, made)
    before = evaluations(file, who, household)[0]
    levels = (NewLevel("budget", Level.FRAGILE, "Deux découverts"), NewLevel("rights", Level.STABLE))
    corrected = EvaluationCorrection(date(2026, 11, 18), levels, "Faite au bureau")
    service.correct_evaluation(file, who, evaluation_id, corrected, before.evaluation.version)
    after = evaluations(file, who, household)[0]
    assert (after.evaluation.evaluated_on, after.evaluation.note) == (date(2026, 11, 18), "Faite au bureau")
    assert [(each.domain, each.level) for each in after.levels] == [
        ("budget", Level.FRAGILE),
        ("debts", Level.FRAGILE),
        ("rights", Level.STABLE),
    ]
    changed = replace(corrected, note="autre")
    with pytest.raises(ChangedMeanwhile):
        service.correct_evaluation(file, who, evaluation_id, changed, before.evaluation.version)
    undo_last(file, who.worker_id)
    assert evaluations(file, who, household)[0].levels[0].level is Level.STABLE


def test_a_correction_to_nothing_or_to_a_day_to_come_is_refused(
    file: EncryptedFile, who: Who, household: str
) -> None:
    evaluation_id, _ = service.record_evaluation(file, who, worker_evaluation(household, budget=Level.STABLE))
    nothing = EvaluationCorrection(date(2026, 11, 20), (NewLevel("budget", Level.NOT_ASSESSED),))
    for wrong in (nothing, EvaluationCorrection(date(2026, 11, 25), ())):
        with pytest.raises(InvalidEntry):
            service.correct_evaluation(file, who, evaluation_id, wrong)
    assert evaluations(file, who, household)[0].level("budget") is Level.STABLE


def test_an_evaluation_taken_out_comes_back_by_undo(file: EncryptedFile, who: Who, household: str) -> None:
    evaluation_id, _ = service.record_evaluation(file, who, worker_evaluation(household, budget=Level.STABLE))
    service.remove_evaluation(file, who, evaluation_id)
    assert evaluations(file, who, household) == []
    undo_last(file, who.worker_id)
    assert [each.evaluation.id for each in evaluations(file, who, household)] == [evaluation_id]
