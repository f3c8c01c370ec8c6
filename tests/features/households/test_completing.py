"""What a list adds to a household already followed: gaps are filled, nothing is replaced, nobody is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.features.households import service
from caseworker_app.features.households.domain import (
    Civility,
    ContactKind,
    HouseholdFile,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
    Relation,
)
from caseworker_app.features.households.domain.completing import joined_note
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.search import find_households

BORN = date(1992, 3, 14)
KNOWN = NewMember("Marchadier", "Solène", Civility.MRS, birth_date=BORN)
PHONE = NewContact(ContactKind.PHONE, "06 39 98 12 47", safe=True, instructions="SMS après 17 h")


def _complete(file: EncryptedFile, who: Who, known: NewHousehold, told: NewHousehold) -> HouseholdFile:
    household, _ = service.create_household(file, who, known)
    with file.unit_of_work(who.worker_id, "import_batch") as uow:
        service.complete_household(uow, household, told)
    with file.reading() as connection:
        assert verify(connection).sound
        return service.open_household(connection, who, household)


def _people(*members: NewMember) -> NewHousehold:
    return NewHousehold(members)


def test_gaps_are_filled_and_nothing_known_is_replaced(file: EncryptedFile, who: Who) -> None:
    known = NewMember("Marchadier", "Solène", language="français")
    told = NewMember(
        "MARCHADIER", "SOLENE", Civility.MRS, "Durand", BORN, language="wolof", interpreter_needed=True
    )
    member = _complete(file, who, _people(known), _people(told)).members[0]
    assert (member.last_name, member.first_name, member.language) == ("Marchadier", "Solène", "français")
    assert (member.civility, member.birth_name, member.birth_date) == (Civility.MRS, "Durand", BORN)
    assert member.interpreter_needed


@pytest.mark.parametrize(
    "told",
    [
        KNOWN,
        replace(KNOWN, last_name="MARCHADIER", first_name="SOLENE"),
        replace(KNOWN, last_name="Solène", first_name="Marchadier"),
        replace(KNOWN, last_name="Marchadié"),
        replace(KNOWN, first_name="Solenne"),
        replace(KNOWN, first_name=None),
        replace(KNOWN, birth_date=None),
        replace(KNOWN, birth_date=date(1992, 3, 15)),
        replace(KNOWN, last_name="Durand", birth_name="Marchadier"),
    ],
)
def test_one_person_written_another_way_is_not_added(file: EncryptedFile, who: Who, told: NewMember) -> None:
    child = NewMember("Marchadier", "Lila", birth_date=date(2017, 6, 2), relation=Relation.CHILD)
    after = _complete(file, who, _people(KNOWN, child), _people(told))
    assert [m.first_name for m in after.members] == ["Solène", "Lila"]
    assert after.members[0].birth_date == BORN


@pytest.mark.parametrize(
    ("known", "told"),
    [
        # Father and son bear one name; twins one birth date; brothers nearly one first name.
        (replace(KNOWN, birth_date=date(1960, 1, 5)), KNOWN),
        (NewMember("Petit", "Ali"), NewMember("Petit", "Eli")),
        (replace(KNOWN, first_name="Ana"), replace(KNOWN, first_name="Solène")),
    ],
)
def test_two_people_stay_two(file: EncryptedFile, who: Who, known: NewMember, told: NewMember) -> None:
    other = NewMember("Sorel", "Noé", birth_date=date(2001, 9, 9), relation=Relation.OTHER_RELATIVE)
    after = _complete(file, who, _people(known, other), _people(told))
    assert len(after.members) == 3
    assert after.members[2].first_name == told.first_name
    assert after.members[2].relation is Relation.UNKNOWN


def test_the_only_person_told_of_a_household_of_one_is_that_person(file: EncryptedFile, who: Who) -> None:
    after = _complete(
        file, who, _people(NewMember("Dubœuf", "Jean")), _people(NewMember("Dubeuf", "Jean-Éric"))
    )
    assert len(after.members) == 1
    assert after.members[0].last_name == "Dubœuf"


def test_a_partner_told_later_is_in_the_name(file: EncryptedFile, who: Who) -> None:
    partner = NewMember("Kaboré", "Ali", relation=Relation.PARTNER)
    after = _complete(file, who, _people(KNOWN), _people(KNOWN, partner))
    assert after.household.name == "Solène Marchadier et Ali Kaboré"
    with file.reading() as connection:
        assert [hit.household_id for hit in find_households(connection, "kabore ali")] == [after.household.id]


def test_contacts_join_with_their_owner_and_safe_ones_stay_safe(file: EncryptedFile, who: Who) -> None:
    child = NewMember("Marchadier", "Lila", relation=Relation.CHILD)
    known = NewHousehold((KNOWN,), contacts=(PHONE,))
    again = NewContact(ContactKind.PHONE, "+33639981247", label="fixe")
    other = NewContact(ContactKind.PHONE, "06 39 98 00 01", member=1)
    after = _complete(file, who, known, NewHousehold((KNOWN, child), contacts=(again, other)))
    assert [(c.value, c.safe, c.label) for c in after.contacts] == [
        ("+33639981247", True, None),
        ("+33639980001", False, None),
    ]
    assert after.contacts[1].member_id == after.members[1].id


def test_an_address_fills_a_gap_but_a_differing_one_joins_the_note(file: EncryptedFile, who: Who) -> None:
    told = NewHousehold((KNOWN,), (NewAddress("3 rue Basse", None, "34200", "Sète"),), note="Code 12")
    filled = _complete(file, who, _people(KNOWN), told)
    assert [a.one_line() for a in filled.addresses] == ["3 rue Basse, 34200 Sète"]
    assert filled.household.note == "Code 12"
    known = NewHousehold((KNOWN,), (NewAddress("9 quai Haut", None, "34200", "Sète"),), note="Digicode")
    kept = _complete(file, who, known, told)
    assert [a.street for a in kept.addresses] == ["9 quai Haut"]
    assert kept.household.note == "Digicode\nCode 12\nAutre adresse reçue\u00a0: 3 rue Basse, 34200 Sète"
    same = NewHousehold((KNOWN,), (NewAddress("9, quai HAUT", "apt 4", "34200", "Sete"),))
    assert _complete(file, who, known, same).household.note == "Digicode"


def test_completing_twice_changes_nothing(file: EncryptedFile, who: Who) -> None:
    child = NewMember("Marchadier", "Lila", relation=Relation.CHILD)
    told = NewHousehold((KNOWN, child), (NewAddress(city="Sète"),), (PHONE,), note="Code 12", protected=True)
    household, _ = service.create_household(file, who, _people(replace(KNOWN, birth_date=None)))
    for expected in (True, False):
        with file.unit_of_work(who.worker_id, "import_batch") as uow:
            service.complete_household(uow, household, told)
            assert bool(uow.changes.tables) is expected
    with file.reading() as connection:
        assert service.open_household(connection, who, household).household.protected


def test_a_refused_list_leaves_the_household_as_it_was(file: EncryptedFile, who: Who, household: str) -> None:
    wrong = NewHousehold((NewMember("Marchadier", "Solène"), NewMember(" ")))
    with pytest.raises(InvalidEntry), file.unit_of_work(who.worker_id, "import_batch") as uow:
        service.complete_household(uow, household, wrong)
    with file.reading() as connection:
        assert len(service.open_household(connection, who, household).members) == 2


def test_notes_are_joined_once() -> None:
    assert joined_note(None, None) is None
    assert joined_note(None, "b") == "b"
    assert joined_note("a", None) == "a"
    assert joined_note("a", "b") == "a\nb"
    assert joined_note("a\nb", "b") == "a\nb"
    assert joined_note("Code 12", "Code 1") == "Code 12\nCode 1"
    assert joined_note("a\n\nb", "b\nc") == "a\n\nb\nc"
