"""The counts of the foot: every row is in one of them, whatever is chosen, and they are those of the import."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker_app.features.intake.domain.checked import checked
from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices
from caseworker_app.features.intake.domain.deciding import count, decide
from caseworker_app.features.intake.domain.decision import Action, OnDuplicate, RowChoice
from caseworker_app.features.intake.domain.plan import ImportPlan, analyse
from caseworker_app.features.intake.domain.tallies import tally

DAY = date(2026, 11, 24)
LIST = (
    "Nom;Prénom;Né(e) le;Ville\n"
    "Lefèvre;Gaël;14/03/1979;Hem\n"
    "LEFEVRE;Gael;14/03/1979;Hem\n"
    "Kowal;Élise;02/07/1985;Roubaix\n"
    "Kowal;Elise;02/07/1985;Roubaix\n"
    "Lefevre;Gaël;14/03/1979;Hem\n"
    "Masurel;Corentin;31/02/1987;Roubaix\n"
    "Okonski;Maëlle;23/02/1987;Croix\n"
)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> ImportPlan:
    path = tmp_path_factory.mktemp("list") / "liste.csv"
    path.write_text(LIST, encoding="utf-8")
    return analyse(Path(path), (), DAY)


choices = st.lists(st.tuples(st.sampled_from([3, 5, 6]), st.sampled_from(list(Action))), max_size=3).map(
    lambda chosen: Choices(decisions=tuple(RowChoice(row, action) for row, action in dict(chosen).items()))
)


@given(choices, st.sampled_from([None, *OnDuplicate]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_the_counts_add_up_and_are_those_of_the_import(
    plan: ImportPlan, chosen: Choices, policy: OnDuplicate | None
) -> None:
    told = tally(plan, chosen, policy)
    assert told.ready + told.completing + told.undecided + told.left + told.in_error == told.rows == 7
    counts = count(plan, decide(plan, policy or OnDuplicate.SKIP, chosen))
    assert told.created == counts.created
    assert told.in_error == counts.in_error
    assert told.undecided + told.left == counts.skipped


@given(choices, st.sampled_from([None, *OnDuplicate]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_an_outline_counts_as_the_whole_plan_does(
    plan: ImportPlan, chosen: Choices, policy: OnDuplicate | None
) -> None:
    outline = checked(plan, (), (), NO_CHOICES, DAY)
    assert len(outline.plan.households) < len(plan.households)
    assert outline.tally(chosen, policy) == tally(plan, chosen, policy)


def test_nobody_decided_until_somebody_did(plan: ImportPlan) -> None:
    assert tally(plan, NO_CHOICES).undecided == 3
    assert tally(plan, NO_CHOICES, OnDuplicate.SKIP).left == 3
