"""The library of goals: what is proposed, what an association writes over it, what a goal leaves in it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain.goal import Actor, NewGoal, NewStep
from caseworker_app.features.goals.domain.grid import grid_on
from caseworker_app.features.goals.domain.library import (
    GoalModel,
    ModelStep,
    NewModel,
    found_models,
    proposed_models,
    steps_from,
    wording_from,
)
from caseworker_app.features.households import service as households
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import typeset

DAY = date(2026, 11, 24)
GRID = grid_on(DAY)


def models(file, who) -> list[GoalModel]:
    with file.reading() as connection:
        return service.goal_library(connection, who, today(file.clock))


def test_every_proposed_goal_is_whole_and_begins_with_a_verb() -> None:
    proposed = proposed_models(DAY)
    assert len({each.key for each in proposed}) == len(proposed) >= 30
    for each in proposed:
        first = re.sub(r"^(se |s’|ne pas )", "", each.title.casefold()).split()[0]
        assert first.endswith(("er", "ir", "re", "oir")), each.title
        assert GRID.domain(each.domain).housing_goal(each.housing) is each.housing
        assert each.indicator
        assert 2 <= len(each.steps) <= 5
        for words in (each.title, each.indicator, *(step.title for step in each.steps)):
            assert typeset(words) == words
    # Every domain has something to begin from.
    assert {each.domain for each in proposed} == {domain.code for domain in GRID.domains}


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_model_is_dated_from_the_day_the_goal_is_opened(day: date) -> None:
    for model in proposed_models(DAY):
        wording = wording_from(model, day)
        assert wording.target_on is None or wording.target_on > day
        for step, made in zip(model.steps, steps_from(model, day), strict=True):
            assert (made.due_on is None) == (step.after_days is None)
            assert made.due_on is None or made.due_on >= day


def test_the_library_is_searched_without_accents_in_titles_domains_and_steps() -> None:
    proposed = proposed_models(DAY)
    assert {each.key for each in found_models(proposed, "virement", GRID)} == {"pay_current_rent"}
    assert found_models(proposed, "sante", GRID)
    assert found_models(proposed, "zzz", GRID) == []
    assert found_models(proposed, "", GRID) == proposed


def test_a_proposed_goal_rewritten_stands_in_its_place_and_comes_back_by_undo(file, who) -> None:
    before = models(file, who)
    new = NewModel("Payer le loyer le 5", "rent_payment", True, None, 3, (ModelStep("Appeler la banque"),))
    key, _ = service.write_model(file, who, new, "pay_current_rent")
    own = models(file, who)
    assert own[0].title == "Payer le loyer le 5"
    assert "pay_current_rent" not in [each.key for each in own]
    assert len(own) == len(before)
    service.write_model(
        file, who, NewModel("Payer le loyer le 10", "rent_payment", True), key, own[0].version
    )
    assert models(file, who)[0].title == "Payer le loyer le 10"
    service.retire_model(file, who, key)
    assert len(models(file, who)) == len(before) - 1
    for _ in range(3):
        take_back_last(file, who)
    assert models(file, who) == before


def test_a_proposed_goal_is_put_away_without_being_rewritten(file, who) -> None:
    service.retire_model(file, who, "go_out")
    assert "go_out" not in [each.key for each in models(file, who)]
    take_back_last(file, who)
    assert "go_out" in [each.key for each in models(file, who)]


def test_a_goal_kept_in_the_library_leaves_its_words_alone(file, who, household) -> None:
    day = today(file.clock)
    steps = (
        NewStep("Appeler la CAF", Actor.WORKER, "Claire Lenoir", due_on=day),
        NewStep("Vérifier", Actor.HOUSEHOLD),
    )
    goal, _ = service.add_goal(
        file, who,
        NewGoal(household, "Rétablir l’aide", "rights", steps, target_on=date(2027, 2, 24),
                note="Secret", indicator="Aide versée"),
    )  # fmt: skip
    service.keep_as_model(file, who, goal)
    kept = models(file, who)[0]
    assert (kept.title, kept.indicator, kept.months) == ("Rétablir l’aide", "Aide versée", 3)
    assert kept.steps == (ModelStep("Appeler la CAF", Actor.WORKER, 0), ModelStep("Vérifier"))
    assert "Claire" not in str(kept)
    assert "Secret" not in str(kept)


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewModel(" ", "budget", False), "title"),
        (NewModel("Payer", "nulle part", False), "domain"),
        (NewModel("Payer", "health", True), "housing"),
        (NewModel("Payer", "budget", False, months=0), "months"),
        (NewModel("Payer", "budget", False, steps=(ModelStep("A", after_days=-1),)), "steps"),
        (NewModel("Payer", "budget", False, steps=(ModelStep("A"),) * 21), "steps"),
    ],
)
def test_a_model_that_says_nothing_is_refused(file, who, new: NewModel, field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        service.write_model(file, who, new)
    assert refused.value.field == field


def test_a_goal_that_names_somebody_does_not_outlive_them(file, who, household) -> None:
    with file.reading() as connection:
        first = households.open_household(connection, who, household).members[0].first_name
    steps = (NewStep(f"Appeler l’école de {first}"),)
    goal, _ = service.add_goal(file, who, NewGoal(household, "Trouver un mode de garde", "children", steps))
    with pytest.raises(InvalidEntry, match="nomme une personne"):
        service.keep_as_model(file, who, goal)
    assert models(file, who)[0].proposed
