"""Names as lists write them, cut into people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.households.domain import Civility
from caseworker_app.features.intake.domain.names import (
    FIRST_LAST,
    LAST_FIRST,
    column_order,
    has_lost_letters,
    parse_civility,
    proper_first_name,
    split_people,
)

MR, MRS = Civility.MR, Civility.MRS


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("M. ou Mme NGUYEN Linh", [("NGUYEN", "Linh", None)]),
        ("DUPONT Jean-Pierre", [("DUPONT", "Jean-Pierre", None)]),
        ("Jean-Pierre DUPONT", [("DUPONT", "Jean-Pierre", None)]),
        ("Mme Le Goff Marie", [("Le Goff", "Marie", MRS)]),
        ("M. DE LA TOUR Jean", [("DE LA TOUR", "Jean", MR)]),
        ("de LA TOUR Jean", [("de LA TOUR", "Jean", None)]),
        ("EL AMRANI FATIMA", [("EL AMRANI", "Fatima", None)]),
        ("Monsieur Martin Paul", [("Martin", "Paul", MR)]),
        ("Famille DIALLO", [("DIALLO", "", None)]),
        ("DUPONT, Jean", [("DUPONT", "Jean", None)]),
        ("M. et Mme BENALI Karim et Nadia", [("BENALI", "Karim", MR), ("BENALI", "Nadia", MRS)]),
        ("M. MARTIN Paul et Mme DURAND Lucie", [("MARTIN", "Paul", MR), ("DURAND", "Lucie", MRS)]),
        ("MARTIN Paul / DURAND Lucie", [("MARTIN", "Paul", None), ("DURAND", "Lucie", None)]),
        ("M. DUPONT", [("DUPONT", "", MR)]),
        ("MARTIN", [("MARTIN", "", None)]),
        ("Mme", [("Mme", "", None)]),
        ("", []),
    ],
)
def test_whole_names(text: str, people: list[tuple[str, str, Civility | None]]) -> None:
    assert [(p.last_name, p.first_name, p.civility) for p in split_people(text)] == people


def test_a_co_holder_is_cut_by_the_holders_name() -> None:
    person = split_people("Ahmed Denis", LAST_FIRST, "DENIS")[0]
    assert (person.last_name, person.first_name) == ("Denis", "Ahmed")


def test_the_order_of_a_column_is_voted() -> None:
    assert column_order([("DUPONT Jean", ""), ("Jean Dupont", "")]) == LAST_FIRST
    assert column_order([("Ahmed Denis", "DENIS"), ("Zoé Boyer", "Boyer")]) == FIRST_LAST
    assert column_order([("JEAN DUPONT", ""), ("MARIE MARTIN", ""), ("ZED OMEGA", "")]) == FIRST_LAST
    assert column_order([]) == LAST_FIRST


def test_civilities() -> None:
    assert parse_civility("MLLE") == (MRS, False)
    assert parse_civility("M.") == (MR, False)
    assert parse_civility("F") == (MRS, False)
    assert parse_civility("M. ou Mme") == (None, True)
    assert parse_civility("Dr") == (None, False)


def test_first_names_in_capitals_are_written_as_names() -> None:
    assert proper_first_name("JEAN-PIERRE") == "Jean-Pierre"
    assert proper_first_name("élise") == "Élise"
    assert proper_first_name("McKenzie") == "McKenzie"


def test_lost_letters_are_seen() -> None:
    assert has_lost_letters("NGUY?N")
    assert has_lost_letters("No\ufffdl")
    assert not has_lost_letters("Noël")
    assert not has_lost_letters("vraiment ?")


@given(st.text(max_size=80))
def test_any_text_gives_at_most_two_people_and_keeps_its_words(text: str) -> None:
    people = split_people(text)
    assert len(people) <= 2
    assert all(person.last_name for person in people)
