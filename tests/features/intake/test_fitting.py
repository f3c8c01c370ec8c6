"""Proposals pass through the rules of the households room before anything is written."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.households.domain import (
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
    Relation,
    check_household,
)
from caseworker_app.features.intake.domain.fitting import fit
from caseworker_app.features.intake.domain.proposal import ProposedHousehold
from caseworker_app.kernel.entries import MAX_PARAGRAPHS

TODAY = date(2026, 11, 24)


def proposal(household: NewHousehold, row: int = 2, *joined: int) -> ProposedHousehold:
    return ProposedHousehold(row, household, joined_rows=joined)


def test_what_fits_comes_back_clean() -> None:
    new = NewHousehold(
        (NewMember("  Dubois "),), contacts=(NewContact(ContactKind.PHONE, "06 39 98 12 47", member=0),)
    )
    fitted, problems = fit([proposal(new)], TODAY)
    assert problems == []
    assert fitted[0].household == check_household(new, TODAY)
    assert fitted[0].household.contacts[0].value == "+33639981247"


def test_what_cannot_enter_is_an_error_of_each_of_its_rows() -> None:
    two = (
        NewMember("A", relation=Relation.REFERENCE_PERSON),
        NewMember("B", relation=Relation.REFERENCE_PERSON),
    )
    fitted, problems = fit(
        [proposal(NewHousehold(two), 4, 7), proposal(NewHousehold((NewMember("C"),)), 5)], TODAY
    )
    assert [p.row for p in fitted] == [5]
    assert [(p.row, p.severity) for p in problems] == [(4, "error"), (7, "error")]
    assert all("personne de référence" in p.message for p in problems)


def test_a_note_too_long_is_cut_and_told() -> None:
    new = NewHousehold((NewMember("Dubois"),), note="x" * (MAX_PARAGRAPHS + 5))
    fitted, problems = fit([proposal(new)], TODAY)
    assert len(fitted[0].household.note or "") == MAX_PARAGRAPHS
    assert [p.severity for p in problems] == ["warning"]


texts = st.text(max_size=30)
members = st.builds(
    NewMember,
    texts,
    st.none() | texts,
    birth_date=st.none() | st.dates(),
    relation=st.sampled_from(Relation),
)
households = st.builds(
    NewHousehold,
    st.lists(members, max_size=3).map(tuple),
    st.lists(st.builds(NewAddress, st.none() | texts, st.none() | texts), max_size=2).map(tuple),
    st.lists(st.builds(NewContact, st.sampled_from(ContactKind), texts, texts), max_size=2).map(tuple),
    note=st.none() | texts,
)


@given(st.lists(households, max_size=6))
def test_whatever_a_list_holds_every_row_is_kept_or_told(found: list[NewHousehold]) -> None:
    proposals = [proposal(new, row) for row, new in enumerate(found, start=2)]
    fitted, problems = fit(proposals, TODAY)
    refused = {problem.row for problem in problems if problem.severity == "error"}
    assert sorted(refused | {p.row for p in fitted}) == [p.row for p in proposals]
    assert refused.isdisjoint(p.row for p in fitted)
    assert all(check_household(p.household, TODAY) == p.household for p in fitted)
