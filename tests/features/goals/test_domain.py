"""Goals, steps, the autonomy grid and its comparisons."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.goals.domain import autonomy, goal, grid
from caseworker_app.features.goals.domain.autonomy import (
    LADDER,
    DomainLevel,
    Evaluation,
    EvaluationWithLevels,
    Level,
    NewEvaluation,
    NewLevel,
    Trend,
    View,
)
from caseworker_app.features.goals.domain.goal import (
    Actor,
    Goal,
    GoalState,
    GoalStep,
    GoalWithSteps,
    NewStep,
    StepState,
)
from caseworker_app.kernel import parameters
from caseworker_app.kernel.errors import InvalidEntry, NotFound

TODAY = date(2026, 11, 24)
GRID = grid.grid_on(TODAY)
CODES = [domain.code for domain in GRID.domains]


def a_goal(state: GoalState = GoalState.IN_PROGRESS, target_on: date | None = None) -> Goal:
    closed_on = TODAY if state in goal.CLOSED_STATES else None
    opened_on = date(2026, 5, 1)
    return Goal(
        "g", "v", "h", "Payer le loyer", "rent_payment", True, state, opened_on, target_on, closed_on, None
    )


def a_step(state: StepState, due_on: date | None = None, position: int = 0) -> GoalStep:
    done_on = TODAY if state is StepState.DONE else None
    return GoalStep(
        str(position),
        "v",
        "h",
        "g",
        position,
        "Appeler la CAF",
        Actor.HOUSEHOLD,
        None,
        due_on,
        done_on,
        state,
    )


def an_evaluation(levels: dict[str, Level], view: View = View.WORKER) -> EvaluationWithLevels:
    head = Evaluation("e", "v", "h", TODAY, view, GRID.version, None)
    return EvaluationWithLevels(
        head,
        tuple(DomainLevel(code, "v", "h", "e", code, level, None) for code, level in levels.items()),
        GRID,
    )


def test_steps_are_counted_without_the_dropped_ones() -> None:
    states = (StepState.DONE, StepState.DROPPED, StepState.TO_DO, StepState.TO_DO)
    found = GoalWithSteps(a_goal(), tuple(a_step(state, position=i) for i, state in enumerate(states)))
    assert (found.done, found.counted) == (1, 3)
    assert found.next_step is not None
    assert found.next_step.position == 2


def test_only_a_step_to_do_past_its_day_is_late() -> None:
    due = TODAY - timedelta(days=9)
    assert a_step(StepState.TO_DO, due).days_late(TODAY) == 9
    assert a_step(StepState.TO_DO, TODAY).days_late(TODAY) == 0
    assert a_step(StepState.DONE, due).days_late(TODAY) == 0
    assert a_step(StepState.TO_DO).days_late(TODAY) == 0


@pytest.mark.parametrize("state", [GoalState.ON_HOLD, GoalState.ACHIEVED, GoalState.ABANDONED])
def test_nothing_is_late_in_a_goal_nobody_works_on(state: GoalState) -> None:
    late = a_step(StepState.TO_DO, TODAY - timedelta(days=1))
    assert not GoalWithSteps(a_goal(state, TODAY - timedelta(days=1)), (late,)).is_late(TODAY)


def test_a_goal_is_late_by_its_own_date_too() -> None:
    assert GoalWithSteps(a_goal(target_on=TODAY - timedelta(days=1)), ()).is_late(TODAY)
    assert not GoalWithSteps(a_goal(target_on=TODAY), ()).is_late(TODAY)


def test_a_closed_goal_has_its_day_and_an_open_one_none() -> None:
    opened = date(2026, 5, 1)
    assert goal.closing_date(GoalState.ACHIEVED, opened, None, TODAY) == TODAY
    assert goal.closing_date(GoalState.ON_HOLD, opened, TODAY, TODAY) is None
    for day in (opened - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(InvalidEntry):
            goal.closing_date(GoalState.ABANDONED, opened, day, TODAY)


@pytest.mark.parametrize(
    "step",
    [
        NewStep("  "),
        NewStep("x" * 201),
        NewStep("Appeler", state=StepState.DONE),
        NewStep("Appeler", done_on=TODAY),
        NewStep("Appeler", state=StepState.DONE, done_on=TODAY + timedelta(days=1)),
    ],
)
def test_steps_that_cannot_be_are_refused(step: NewStep) -> None:
    with pytest.raises(InvalidEntry):
        goal.check_step(step, TODAY)


def test_who_does_it_reads_as_named_or_by_its_label() -> None:
    assert goal.actor_text(Actor.LANDLORD, None) == "bailleur"
    assert goal.actor_text(Actor.LANDLORD, "M. Sorel") == "M. Sorel"


def test_the_grid_has_fourteen_domains_of_five_anchors() -> None:
    assert len(GRID.domains) == 14
    assert all(len(set(domain.anchors)) == 5 for domain in GRID.domains)
    assert len(set(CODES)) == 14


def test_health_and_children_are_internal_and_never_housing() -> None:
    assert {d.code for d in GRID.domains if d.internal} == {"health", "children"}
    assert not any(d.internal and d.housing for d in GRID.domains)


def test_no_word_read_beside_the_household_says_crisis() -> None:
    words = [*autonomy.LEVEL_LABELS.values(), *(anchor for d in GRID.domains for anchor in d.anchors)]
    assert not any("crise" in word.lower() for word in words)
    assert [autonomy.LEVEL_LABELS[level] for level in LADDER] == [
        "à sécuriser", "fragile", "stabilisé", "en progrès", "autonome",
    ]  # fmt: skip


def test_each_set_belongs_to_a_kind_of_measure_that_exists() -> None:
    kinds = {row["value"]["code"] for row in parameters.table("measure_kinds")["kind"]}
    sets = parameters.table(grid.TABLE)["grid"][0]["value"]["sets"]
    assert set(sets) - {"default"} <= kinds


def test_a_kind_looks_at_its_own_set_and_others_at_the_usual_one() -> None:
    assert 4 <= len(GRID.domains_for("avdl_diagnostic")) <= 6
    assert GRID.domains_for("asll") == GRID.domains_for(None)
    assert len(GRID.domains_for(None)) < 14


def test_an_unknown_domain_or_version_is_refused() -> None:
    with pytest.raises(InvalidEntry):
        GRID.domain("astrology")
    with pytest.raises(NotFound):
        grid.grid_of_version("1998-1")


def test_a_goal_of_health_or_children_never_concerns_the_dwelling() -> None:
    for domain in GRID.domains:
        assert domain.housing_goal(None) == domain.housing
        if domain.internal:
            with pytest.raises(InvalidEntry):
                domain.housing_goal(True)
        else:
            assert domain.housing_goal(True)


@pytest.mark.parametrize(
    ("levels", "day"),
    [
        ((NewLevel("budget", Level.STABLE),), TODAY + timedelta(days=1)),
        ((NewLevel("budget", Level.STABLE), NewLevel("budget", Level.FRAGILE)), TODAY),
        ((NewLevel("budget", Level.NOT_ASSESSED),), TODAY),
        ((NewLevel("astrology", Level.STABLE),), TODAY),
        ((), TODAY),
    ],
)
def test_evaluations_that_say_nothing_are_refused(levels: tuple[NewLevel, ...], day: date) -> None:
    with pytest.raises(InvalidEntry):
        autonomy.check_evaluation(NewEvaluation("h", day, View.WORKER, levels), GRID, TODAY)


def test_two_dates_compare_in_words() -> None:
    before = an_evaluation({"rent_payment": Level.FRAGILE, "budget": Level.STABLE, "debts": Level.STABLE})
    after = an_evaluation({"rent_payment": Level.PROGRESSING, "budget": Level.STABLE, "debts": Level.FRAGILE})
    found = {each.domain: each for each in autonomy.compare(before, after)}
    assert found["rent_payment"].sentence == "de fragile à en progrès"
    assert found["rent_payment"].anchor == "Paiement régulier, plan respecté"
    assert found["budget"].sentence == "stable\u00a0: stabilisé"
    assert found["debts"].trend is Trend.DECLINE
    assert "upkeep" not in found


def test_a_level_at_one_date_only_does_not_compare() -> None:
    found = autonomy.compare(
        an_evaluation({"budget": Level.NOT_APPLICABLE}), an_evaluation({"budget": Level.STABLE})
    )
    assert found[0].trend is Trend.NOT_COMPARABLE
    assert found[0].sentence == ""


def test_two_views_do_not_compare_in_time() -> None:
    with pytest.raises(InvalidEntry):
        autonomy.compare(an_evaluation({}, View.HOUSEHOLD), an_evaluation({}))


@given(
    before=st.dictionaries(st.sampled_from(CODES), st.sampled_from(Level)),
    after=st.dictionaries(st.sampled_from(CODES), st.sampled_from(Level)),
)
def test_looked_at_backwards_what_rose_fell(before: dict[str, Level], after: dict[str, Level]) -> None:
    progress = autonomy.compare(an_evaluation(before), an_evaluation(after))
    backwards = autonomy.compare(an_evaluation(after), an_evaluation(before))
    opposite = {Trend.PROGRESS: Trend.DECLINE, Trend.DECLINE: Trend.PROGRESS}
    assert {e.domain: opposite.get(e.trend, e.trend) for e in progress} == {
        e.domain: e.trend for e in backwards
    }
