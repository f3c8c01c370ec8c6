"""What is typed in the forms of a household reads as people mean it, and back; how people read on the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.households.domain import (
    Address,
    Civility,
    Contact,
    ContactKind,
    HouseholdMember,
    LegalProtection,
    NewAddress,
    NewContact,
    NewMember,
    Reading,
    Relation,
    shown,
    typed,
)
from caseworker_app.kernel.errors import InvalidEntry

TODAY = date(2026, 11, 24)
AWA = HouseholdMember(
    "m1", "v", "h", 0, Civility.MRS, "Kaboré", "Sorel", "Awa", date(1954, 1, 2), Relation.PARENT,
    LegalProtection.CURATORSHIP, "UDAF", "mooré", True, Reading.NO,
)  # fmt: skip


def test_a_member_typed_and_read_is_the_same() -> None:
    assert typed.member_from(typed.typed_member(AWA), TODAY) == NewMember(
        "Kaboré", "Awa", Civility.MRS, "Sorel", date(1954, 1, 2), Relation.PARENT,
        LegalProtection.CURATORSHIP, "UDAF", "mooré", True, Reading.NO,
    )  # fmt: skip
    assert typed.member_from({"last_name": " Sorel "}, TODAY) == NewMember("Sorel")


@given(st.dates(date(1927, 1, 1), TODAY))
def test_a_birth_is_read_in_every_usual_form(born: date) -> None:
    for text in (
        f"{born:%d/%m/%Y}",
        f"{born.day} {born.month} {born.year}",
        f"{born:%d%m%Y}",
        f"{born:%d.%m.%y}",
    ):
        assert typed.parse_birth(text, TODAY) == born


@pytest.mark.parametrize("text", ["", "hier", "31/02/2015", "1992", "14/03/192"])
def test_a_birth_that_cannot_be_read_says_so_beside_its_field(text: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        typed.parse_birth(text, TODAY)
    assert refused.value.field == "birth_date"


def test_a_contact_is_an_email_when_it_holds_an_at() -> None:
    phone = Contact("c", "v", "h", "m1", ContactKind.PHONE, "+33639981247", "travail", True, "le soir")
    assert typed.contact_from(typed.typed_contact(phone)) == NewContact(
        ContactKind.PHONE, "+33639981247", "travail", True, "le soir", member_id="m1"
    )
    assert typed.contact_from({"value": "a@b.example"}).kind is ContactKind.EMAIL
    for value in ("", "12"):
        with pytest.raises(InvalidEntry) as refused:
            typed.contact_from({"value": value})
        assert refused.value.field == "value"


def test_an_address_lived_at_has_no_end() -> None:
    stay = Address("a", "v", "h", "3 rue Basse", None, "34200", "Sète", date(2020, 1, 1), date(2024, 5, 1))
    told = typed.typed_address(stay)
    assert typed.address_from(told, TODAY) == NewAddress(
        "3 rue Basse", None, "34200", "Sète", date(2020, 1, 1), date(2024, 5, 1)
    )
    assert typed.address_from({**told, "when": typed.NOW}, TODAY).to_date is None
    with pytest.raises(InvalidEntry) as refused:
        typed.address_from({**told, "from_date": "jadis"}, TODAY)
    assert refused.value.field == "from_date"


def test_people_are_told_with_what_is_known() -> None:
    assert (
        shown.identity_words(AWA, TODAY) == "Parent · 72\u00a0ans, née le 02/01/1954 · nom de naissance Sorel"
    )
    assert shown.language_words(AWA) == "À l’aise en mooré, interprète nécessaire"
    assert shown.reading_words(AWA) == "Ne lit pas le français"
    assert shown.protection_words(AWA) == "Curatelle simple, exercée par UDAF"
    assert shown.left_words(AWA) == ""
    assert shown.initials(AWA) == "AK"
    unknown = replace(
        AWA, civility=None, birth_name=None, birth_date=None, legal_protection=None, protected_by=None,
        language=None, reading=Reading.FLUENT, relation=Relation.UNKNOWN,
    )  # fmt: skip
    assert shown.identity_words(unknown, TODAY) == "Lien non précisé · date de naissance inconnue"
    assert (shown.language_words(unknown), shown.reading_words(unknown)) == ("Interprète nécessaire", "")
    assert shown.protection_words(unknown) == ""
    baby = replace(unknown, birth_date=date(2026, 10, 1))
    assert shown.born_words(baby, TODAY) == "moins d’un an, né·e le 01/10/2026"


def test_a_stay_is_told_from_when_to_when() -> None:
    stay = Address("a", "v", "h", None, None, "34200", "Sète", date(2020, 1, 1), date(2024, 5, 1))
    told = [
        stay,
        replace(stay, from_date=None),
        replace(stay, to_date=None),
        replace(stay, from_date=None, to_date=None),
        replace(stay, from_date=date(2026, 12, 1), to_date=None),
    ]
    assert [shown.stay_words(each, TODAY).replace("\u00a0", " ") for each in told] == [
        "Du 1er janvier 2020 au 1er mai 2024",
        "Jusqu’au 1er mai 2024",
        "Depuis le 1er janvier 2020",
        "Depuis une date inconnue",
        "À partir du 1er décembre 2026",
    ]
    assert shown.towns_apart(stay) == ("", "34200 Sète")
