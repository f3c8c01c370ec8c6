"""Who is one person twice, and who is not: the cases a caseworker would judge at once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.intake.domain.likeness import Person, compare, letters, strangers

TODAY = date(2026, 11, 22)
BIRTH = date(1985, 2, 1)
BORN_LATER = date(1990, 7, 7)
PHONE = ("+33639981247",)
HOME = "34000|1 rue a"


def person(last: str, first: str, birth: date | None = BIRTH, **others: object) -> Person:
    known = {"contacts": (), "lease_reference": "", "address": "", "civility": ""} | others
    return Person(last, first, birth, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [
        (person("DUPONT", "Jean"), person("Dupont", "Jean"), "même nom et même prénom"),
        (person("Lefevre", "Anne"), person("Lefèvre", "Anne"), "nom écrit sans accent"),
        (
            person("Lefevre", "Anne"),
            person("Lefebvre", "Anne"),
            "une lettre d’écart\u00a0: Lefebvre / Lefevre",
        ),
        (person("Legoff", "Anne"), person("Le Goff", "Anne"), "nom écrit autrement\u00a0: Le Goff / Legoff"),
        (person("NGUY?N", "Linh"), person("Nguyen", "Linh"), "Nguyen écrit NGUY?N"),
        (person("Linh", "Nguyen"), person("Nguyen", "Linh"), "nom et prénom inversés"),
        (
            person("Martin-Dubois", "Léa"),
            person("Martin", "Léa"),
            "nom composé\u00a0: Martin / Martin-Dubois",
        ),
        (person("Roux", "Alex"), person("Roux", "Alexandre"), "prénom abrégé\u00a0: Alexandre / Alex"),
        (person("Roux", ""), person("Roux", "Zoé"), "prénom absent d’un côté"),
    ],
)
def test_spellings_of_one_person_born_the_same_day(ours: Person, theirs: Person, why: str) -> None:
    likeness = compare(ours, theirs, TODAY)
    assert likeness is not None
    assert likeness.same_person
    assert likeness.likelihood >= 85
    assert why in likeness.why
    assert "même date de naissance" in likeness.why


def test_a_phone_or_an_address_confirms_a_name_without_birth_date() -> None:
    ours = person("Dupont", "Jean", None, contacts=PHONE)
    likeness = compare(ours, person("DUPONT", "Jean", BIRTH, contacts=PHONE), TODAY)
    assert likeness is not None
    assert "même téléphone 06\u00a039\u00a098\u00a012\u00a047" in likeness.why


def test_day_and_month_crossed() -> None:
    likeness = compare(
        person("Roux", "Zoé", date(1985, 2, 1)), person("Roux", "Zoé", date(1985, 1, 2)), TODAY
    )
    assert likeness is not None
    assert "jour et mois de naissance inversés" in likeness.why


def test_a_married_name_needs_something_more() -> None:
    assert compare(person("Durand", "Léa"), person("Martin", "Léa"), TODAY) is None
    linked = compare(person("Durand", "Léa", contacts=PHONE), person("Martin", "Léa", contacts=PHONE), TODAY)
    assert linked is not None
    assert linked.same_person


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        # Father and son under one name, one roof, one phone.
        (
            person("Petit", "Paul", date(1950, 2, 1), contacts=PHONE, address=HOME),
            person("Petit", "Paul", date(1980, 2, 1), contacts=PHONE, address=HOME),
        ),
        # Brother and sister.
        (
            person("Petit", "Zoé", date(1990, 5, 5), contacts=PHONE, address=HOME),
            person("Petit", "Luc", date(1992, 6, 6), contacts=PHONE, address=HOME),
        ),
        # Twins.
        (person("Petit", "Zoé", contacts=PHONE), person("Petit", "Luc", contacts=PHONE)),
        # A couple whose first names are a letter apart.
        (person("Petit", "Michel", None, address=HOME), person("Petit", "Michèle", None, address=HOME)),
        (
            person("Petit", "Dominique", None, address=HOME, civility="mr"),
            person("Petit", "Dominik", None, address=HOME, civility="mrs"),
        ),
        # A child of separated parents.
        (person("Petit", "Zoé", date(2018, 1, 1)), person("Petit", "Zoé", date(2018, 1, 1))),
        # Alike first names, one birth date: twins or one person, people must tell.
        (person("Petit", "Charlot"), person("Petit", "Charlie")),
    ],
)
def test_two_people_are_never_made_one(ours: Person, theirs: Person) -> None:
    likeness = compare(ours, theirs, TODAY)
    assert likeness is None or not likeness.same_person


def test_one_household_is_told_as_such() -> None:
    likeness = compare(
        person("Petit", "Zoé", None, address=HOME), person("Petit", "Luc", None, address=HOME), TODAY
    )
    assert likeness is not None
    assert likeness.why == ("même ménage probable", "même adresse")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (person("Petit", "Luc"), person("Martin", "Anne")),
        (person("Petit", "Luc", contacts=PHONE), person("Martin", "Anne", contacts=PHONE)),
        (person("Petit", "Luc", None, address=HOME), person("Petit", "Luc", None, address="34000|2 rue b")),
    ],
)
def test_strangers_are_left_alone(ours: Person, theirs: Person) -> None:
    assert compare(ours, theirs, TODAY) is None


def test_names_alone_suffice_only_where_nothing_else_is_known() -> None:
    likeness = compare(person("Petit", "Luc", None), person("PETIT", "Luc", BIRTH, address=HOME), TODAY)
    assert likeness is not None
    assert likeness.same_person
    assert likeness.likelihood < 80


_LASTS = st.sampled_from(
    [
        "Martin",
        "Martine",
        "Martin-Dubois",
        "Le Goff",
        "Legoff",
        "NGUY?N",
        "Nguyen",
        "Roux",
        "Ré",
        "Alexandre",
        "",
    ]
) | st.text("abé -", max_size=5)
_PEOPLE = st.builds(
    Person,
    _LASTS,
    _LASTS | st.sampled_from(["Alex", "Alexandre", "Zoé", "J."]),
    st.sampled_from([None, BIRTH, date(1985, 1, 2), BORN_LATER]),
    st.sampled_from([(), PHONE, ("+33639981248",)]),
    st.sampled_from(["", "21.000295", "21.000295A", "22.1"]),
    st.sampled_from(["", HOME, "34000|2 rue b"]),
)


@given(_PEOPLE, _PEOPLE)
def test_whoever_is_quickly_told_a_stranger_would_not_be_found_like(ours: Person, theirs: Person) -> None:
    if strangers(ours, theirs, letters(ours), letters(theirs)):
        assert compare(ours, theirs, TODAY) is None


def test_most_of_those_born_on_one_day_are_quickly_told_strangers() -> None:
    ours, theirs = person("Martin", "Léa"), person("Meunier", "Léonie")
    assert strangers(ours, theirs, letters(ours), letters(theirs))


def test_most_of_those_who_share_a_phone_are_quickly_told_strangers() -> None:
    ours, theirs = (
        person("Martin", "Léa", contacts=PHONE),
        person("Meunier", "Léa", BORN_LATER, contacts=PHONE),
    )
    assert strangers(ours, theirs, letters(ours), letters(theirs))
