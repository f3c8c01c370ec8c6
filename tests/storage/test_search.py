"""What a person types finds the household, whatever the accents, joins and phone forms."""

from __future__ import annotations

import pytest

from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
)
from caseworker_app.storage import search_index
from caseworker_app.storage.search import find_households, query_words


@pytest.fixture
def dubois(file, who):
    new = NewHousehold(
        (NewMember("Dubœuf", "Jean-Éric"), NewMember("Le Goff", "Maëlle")),
        (NewAddress("3 bis rue de l’Égalité", "résidence Les Œillets", "34200", "Sète"),),
        (
            NewContact(ContactKind.PHONE, "+33 6 39 98 12 47"),
            NewContact(ContactKind.EMAIL, "maelle@exemple.example"),
        ),
        note="La chaudière est tombée en panne dimanche.",
    )
    return households.create_household(file, who, new)[0]


def _found(file, words):
    with file.reading() as connection:
        return [hit.household_id for hit in find_households(connection, words)]


@pytest.mark.parametrize(
    "words",
    [
        "duboeuf", "Dubœuf", "DUBOEUF", "dubo", "legoff", "Le Goff", "le  goff", "jeaneric", "jean eric", "Jean-Éric",
        "0639981247", "06 39 98 12 47", "06.39.98", "+33639981247", "+33 6 39", "0033 6 39 98", "639981247",
        "egalite", "l'egalite", "34200", "sete", "oeillets", "maelle@exemple.example", "goff sete", "duboeuf 34200",
        "chaudiere", "chaud", "panne dimanche",
    ],
)  # fmt: skip
def test_words_that_find_it(file, dubois, words):
    assert _found(file, words) == [dubois]


@pytest.mark.parametrize(
    "words", ["", "   ", "*", '"', "-", "zorglub", "AND", "NOT", "dubois", "(", "'; DROP TABLE"]
)
def test_words_that_find_nothing_do_no_harm(file, dubois, words):
    assert _found(file, words) == []


def test_a_whole_word_comes_before_a_beginning(file, who):
    longer = households.create_household(file, who, NewHousehold((NewMember("Martinez"),)))[0]
    exact = households.create_household(file, who, NewHousehold((NewMember("Martin"),)))[0]
    assert _found(file, "martin") == [exact, longer]


def test_a_name_comes_before_a_street(file, who):
    street = NewHousehold((NewMember("Petit"),), (NewAddress("2 rue Moulin"),))
    there = households.create_household(file, who, street)[0]
    named = households.create_household(file, who, NewHousehold((NewMember("Moulin"),)))[0]
    assert _found(file, "moulin") == [named, there]


def test_words_that_stand_together_come_before_words_of_two_people(file, who):
    two = households.create_household(
        file, who, NewHousehold((NewMember("Martin", "Alix"), NewMember("Durand", "Paul")))
    )[0]
    one = households.create_household(file, who, NewHousehold((NewMember("Martin", "Paul"),)))[0]
    assert _found(file, "paul martin") == _found(file, "Martin Paul") == [one, two]


def test_only_the_first_ones_are_told_with_what_matched(file, who):
    made = [
        households.create_household(file, who, NewHousehold((NewMember(name),), note=note))[0]
        for name, note in (("Carlin", None), ("Carlino", None), ("Vasseur", "Voit souvent Carlino."))
    ]
    with file.reading() as connection:
        hits = find_households(connection, "carlin", told=1)
    assert [hit.household_id for hit in hits] == made
    assert [bool(hit.matches) for hit in hits] == [True, False, False]


def test_only_some_households_may_be_searched_however_many_others_come_before(file, who):
    made = [
        households.create_household(
            file, who, NewHousehold((NewMember("Carlin", f"Ana{n}"),), note="Voit Carlino.")
        )[0]
        for n in "abcdef"
    ]
    with file.reading() as connection:
        among = find_households(connection, "carlin", 2, among=made[4:])
        nobody = find_households(connection, "carlin", 2, among=[])
        written = find_households(connection, "carlino", 1, among=made[5:])
    assert {hit.household_id for hit in among} == set(made[4:])
    assert nobody == []
    assert [(hit.household_id, hit.matches[0].field) for hit in written] == [(made[5], "note")]


def test_what_changed_is_found_and_what_was_is_not(file, who, dubois):
    with file.reading() as connection:
        member = households.open_household(connection, who, dubois).members[1].id
    households.change_member(file, who, member, NewMember("Kerviel", "Maëlle"))
    assert _found(file, "kerviel") == [dubois]
    assert _found(file, "legoff") == []


def test_a_rebuilt_index_answers_the_same(file, who, dubois):
    words = ("duboeuf", "chaudiere", "34200", "0639")
    before = [_found(file, w) for w in words]
    with file.unit_of_work(who.worker_id, "rebuild") as uow:
        search_index.rebuild(uow.connection.connection.driver_connection)
    assert [_found(file, w) for w in words] == before == [[dubois]] * 4


def test_the_field_that_matched_is_told_with_its_text(file, dubois):
    with file.reading() as connection:
        (hit,) = find_households(connection, "chaudiere")
    assert [(m.table_name, m.field, m.text) for m in hit.matches] == [
        ("household", "note", "La chaudière est tombée en panne dimanche.")
    ]


def test_a_phone_in_any_form_becomes_one_word():
    assert {tuple(query_words(t)) for t in ("06 39 98", "+33 6 39 98", "0033639 98", "06.39-98")} == {
        ("063998",)
    }
