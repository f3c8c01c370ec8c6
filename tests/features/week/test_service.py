"""The week read from a real file: each rule finds its rows, for the right worker, and what is put off stays away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.visit import PromiseState
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.goal import GoalState
from caseworker_app.features.households import service as households
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewAgreement, NewMeasure
from caseworker_app.features.measures.domain.terms import NewRule
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Role
from caseworker_app.features.week import service
from caseworker_app.features.week.domain.due import Due, Source
from caseworker_app.features.week.domain.week import Week
from caseworker_app.kernel.errors import InvalidEntry

DAY = date(2026, 11, 24)


def week(file: Any, who: Any, workers: list[str] | None = None) -> Week:
    with file.reading() as connection:
        return service.read_week(connection, who, DAY, workers)


def of(read: Week, source: Source) -> Due:
    return next(due for due in read.dues if due.source is source)


def test_each_rule_finds_what_is_due(file, who, followed) -> None:
    read = week(file, who)
    assert {due.source for due in read.dues} == {
        Source.PROMISE, Source.GOAL_STEP, Source.APPOINTMENT, Source.MEASURE_END,
    }  # fmt: skip
    assert of(read, Source.PROMISE).detail == "intervenant·e, convenu le 10\u00a0nov."
    assert of(read, Source.GOAL_STEP).on == date(2026, 11, 26)
    assert of(read, Source.MEASURE_END).on == date(2026, 12, 15)
    assert [meeting.where for meeting in read.meetings] == [
        "14 rue des Tisserands, bât.\u00a0B, apt 12, 59100 Roubaix"
    ]
    assert read.load.measures == 1
    assert read.load.visits_held == 1


def test_the_end_of_a_pause_comes_up_and_its_steps_wait_with_it(file, who, followed) -> None:
    with file.reading() as connection:
        (goal,) = goals.goals_of(connection, who, followed)
    goals.change_goal_state(
        file, who, goal.goal.id, GoalState.ON_HOLD, reason="Attend la CAF", until=date(2026, 11, 27)
    )
    read = week(file, who)
    assert not [each for each in read.dues if each.source is Source.GOAL_STEP]
    due = of(read, Source.GOAL_PAUSE)
    assert (due.title, due.detail) == (
        "Fin de pause\u00a0: Payer le loyer chaque mois",
        "en attente\u00a0: Attend la CAF",
    )
    assert (due.on, due.place.tab, due.row_id) == (date(2026, 11, 27), "goals", goal.goal.id)
    goals.change_goal_state(file, who, goal.goal.id, GoalState.IN_PROGRESS)
    assert not [each for each in week(file, who).dues if each.source is Source.GOAL_PAUSE]


def test_a_week_holds_only_what_its_worker_leads_unless_asked_for_everybody(file, who, followed) -> None:
    other = team.add_worker(file, who, "Malik Sahraoui", Role.CASEWORKER)[0]
    assert week(file, who, [other]).dues == ()
    assert week(file, who, []).dues == week(file, who).dues


def test_what_is_settled_leaves_the_week(file, who, followed) -> None:
    due = of(week(file, who), Source.PROMISE)
    diary.settle_promise(file, who, due.row_id, PromiseState.KEPT)
    assert Source.PROMISE not in {each.source for each in week(file, who).dues}


def test_what_is_put_off_is_apart_with_its_reason_and_comes_back(file, who, followed) -> None:
    due = of(week(file, who), Source.PROMISE)
    service.put_off(file, who, due, DAY + timedelta(7), "  réponse du bailleur  attendue ")
    read = week(file, who)
    assert due not in read.dues
    assert [(each.due, each.snooze.reason) for each in read.put_off] == [
        (due, "réponse du bailleur attendue")
    ]
    service.take_up(file, who, due.key)
    assert due in week(file, who).dues


def test_putting_off_is_undone_like_anything_else(file, who, followed) -> None:
    due = of(week(file, who), Source.PROMISE)
    service.put_off(file, who, due, DAY + timedelta(7), "attente")
    take_back_last(file, who)
    assert due in week(file, who).dues


def test_what_was_put_off_shows_again_on_its_day(file, who, followed) -> None:
    due = of(week(file, who), Source.PROMISE)
    service.put_off(file, who, due, DAY + timedelta(1), "attente")
    with file.reading() as connection:
        assert due.key in {each.key for each in service.read_week(connection, who, DAY + timedelta(1)).dues}


def test_putting_off_without_a_reason_writes_nothing(file, who, followed) -> None:
    due = of(week(file, who), Source.PROMISE)
    with pytest.raises(InvalidEntry):
        service.put_off(file, who, due, DAY + timedelta(7), "")
    assert week(file, who).put_off == ()


def test_a_protected_household_shows_no_address(file, who, followed) -> None:
    households.set_protected(file, who, followed, protected=True)
    assert {meeting.where for meeting in week(file, who).meetings} == {"Adresse protégée"}


def test_an_empty_file_has_an_empty_week(file, who) -> None:
    read = week(file, who)
    assert (read.dues, read.meetings, read.put_off, read.load.measures) == ((), (), (), 0)
    assert len(read.days()) == 5


def test_an_agreements_rhythm_comes_up_until_somebody_is_met_or_to_be(
    file: Any, who: Any, household: str
) -> None:
    made, _ = measures.add_agreement(file, who, NewAgreement("FSL", date(2026, 1, 1)))
    measures.add_rule(file, who, made, NewRule(date(2026, 1, 1), visit_days=10))
    measures.open_measure(file, who, NewMeasure(household, "asll", date(2026, 11, 20), agreement_id=made))

    def rhythm(day: date) -> list[date]:
        with file.reading() as connection:
            dues = service.read_week(connection, who, day).dues
        return [each.on for each in dues if each.source is Source.VISIT_RHYTHM]

    assert rhythm(date(2026, 11, 24)) == [date(2026, 11, 30)]
    with file.reading() as connection:
        held = measures.rules_of(connection, who, made, date(2026, 11, 24)).rules[0]
    measures.change_rule(file, who, held.id, NewRule(date(2026, 1, 1), first_months=6), held.version)
    assert rhythm(date(2026, 11, 24)) == []
