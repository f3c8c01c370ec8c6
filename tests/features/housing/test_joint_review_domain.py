"""Criteria of a joint review, the way to a lease in the household's name, and the words for both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.features.housing.domain.joint_review import (
    Criterion,
    Judgement,
    Opinion,
    Party,
    ReviewCriterion,
    check_judgement,
    criteria_on,
    criteria_table,
)
from caseworker_app.features.housing.domain.sliding_lease import (
    CaleolOutcome,
    LandlordAnswer,
    SlidingLease,
    SlidingLeaseFile,
    TransferSteps,
    check_answer,
    check_transfer,
    check_transfer_steps,
)
from caseworker_app.features.housing.domain.transfer_rows import transfer_rows
from caseworker_app.kernel.errors import InvalidEntry
from tests.features.housing.test_rent_ledger import LEASE

TODAY = date(2026, 11, 24)
PAYMENT, UPKEEP = Criterion("payment", "Paiement"), Criterion("upkeep", "Entretien")


def said(review: str, criterion: str) -> ReviewCriterion:
    return ReviewCriterion("c", "v", "h", review, criterion, Opinion.MET, None, Opinion.NOT_MET, "à jour")


def test_the_table_keeps_the_order_of_the_list_and_what_the_list_lost() -> None:
    lines = criteria_table(
        [UPKEEP, PAYMENT], [said("r1", "payment"), said("r1", "garden"), said("r2", "upkeep")], "r1"
    )
    assert [line.criterion.code for line in lines] == ["upkeep", "payment", "garden"]
    assert lines[0].opinion(Party.LANDLORD) is None
    assert lines[1].opinion(Party.ASSOCIATION) is Opinion.NOT_MET


def test_one_opinion_changes_and_the_others_stay() -> None:
    line = criteria_table([PAYMENT], [said("r1", "payment")], "r1")[0]
    given = line.judgement().given(Party.HOUSEHOLD, Opinion.IN_PROGRESS)
    assert given == Judgement("payment", Opinion.MET, Opinion.IN_PROGRESS, Opinion.NOT_MET, "à jour")
    assert given.given(Party.LANDLORD, None).by_landlord is None
    assert given.given(Party.ASSOCIATION, Opinion.MET).by_association is Opinion.MET


def test_the_dated_list_has_the_six_criteria() -> None:
    assert [each.code for each in criteria_on(TODAY)] == [
        "payment", "upkeep", "insurance", "peaceful_use", "own_budget", "balance",
    ]  # fmt: skip
    with pytest.raises(InvalidEntry):
        check_judgement(Judgement("garden"), criteria_on(TODAY))


def test_a_refusal_asks_for_its_reasons() -> None:
    check_answer(LandlordAnswer.OFFERS, None)
    with pytest.raises(InvalidEntry) as refused:
        check_answer(LandlordAnswer.REFUSES, "  ")
    assert refused.value.field == "reasons"


@pytest.mark.parametrize(
    ("steps", "field"),
    [
        (TransferSteps(application_renewed_on=date(2026, 11, 25)), "application_renewed_on"),
        (TransferSteps(caleol_outcome=CaleolOutcome.AGREED), "caleol_on"),
        (TransferSteps(caleol_on=date(2026, 12, 1), caleol_outcome=CaleolOutcome.AGREED), "caleol_on"),
    ],
)
def test_impossible_steps_are_refused(steps: TransferSteps, field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        check_transfer_steps(steps, TODAY)
    assert refused.value.field == field


def agreement(**more: object) -> SlidingLease:
    return SlidingLease("s", "v", "h", "l", date(2026, 4, 1), 6, None, **more)  # type: ignore[arg-type]


def test_a_lease_slides_once_and_after_it_began() -> None:
    sublease = replace(LEASE, starts_on=date(2026, 4, 1))
    assert check_transfer(sublease, agreement(), date(2027, 4, 1)) == date(2027, 4, 1)
    for wrong in (None, date(2026, 4, 1)):
        with pytest.raises(InvalidEntry) as refused:
            check_transfer(sublease, agreement(), wrong)
        assert refused.value.field == "starts_on"
    with pytest.raises(InvalidEntry):
        check_transfer(sublease, agreement(new_lease_id="n"), date(2027, 4, 1))


@pytest.mark.parametrize(
    ("due", "state", "words"),
    [
        (date(2027, 6, 1), "done", "À renouveler avant le 1er juin 2027"),
        (date(2027, 1, 5), "due", "À renouveler avant le 5 janv. 2027"),
        (date(2026, 11, 1), "late", "À renouveler depuis le 1er nov. 2026"),
        (None, "open", "À noter"),
    ],
)
def test_the_housing_application_tells_when_it_dies(due: date | None, state: str, words: str) -> None:
    file = SlidingLeaseFile(agreement(), (), (), date(2026, 10, 1), None)
    row = next(each for each in transfer_rows(file, TODAY, due) if each.key == "application")
    assert (row.state, row.mark.replace("\u00a0", " ")) == (state, words)
