"""Landlords and dwellings: what is refused, how they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.housing.domain.dwelling import (
    Dwelling,
    NewDwelling,
    checked_dwelling,
    format_floor_area,
    parse_floor_area,
    plain_typology,
)
from caseworker_app.features.housing.domain.landlord import (
    Landlord,
    LandlordContact,
    LandlordKind,
    NewLandlord,
    checked_landlord,
    matching_landlords,
    recipient_lines,
)
from caseworker_app.kernel.errors import InvalidEntry

LANDLORD = Landlord(
    "1", "v", "Valmère Habitat", None, LandlordKind.SOCIAL,
    "3, place du Marché-aux-Grains", None, "35990", "Valmère", None, None,
)  # fmt: skip


def contact(street: str | None = None, city: str | None = None) -> LandlordContact:
    return LandlordContact(
        "2", "v", "1", "Mme Sophie Vannier", "chargée de clientèle", "Agence Rives de Loire",
        street, None, None, city, None, None, True,
    )  # fmt: skip


def test_a_siret_is_kept_as_its_digits() -> None:
    assert (
        checked_landlord(NewLandlord("Valmère Habitat", siret="558 011 300 00032")).siret == "55801130000032"
    )


@pytest.mark.parametrize("siret", ["55801130000033", "558011300", "abc", "5580113000003٢"])
def test_a_wrong_siret_is_refused(siret: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        checked_landlord(NewLandlord("Valmère Habitat", siret=siret))
    assert refused.value.field == "siret"


@given(st.text(max_size=20))
def test_no_siret_ends_in_anything_but_digits_or_a_sentence(text: str) -> None:
    try:
        siret = checked_landlord(NewLandlord("Valmère Habitat", siret=text)).siret
    except InvalidEntry:
        return
    assert siret is None or (len(siret) == 14 and siret.isascii() and siret.isdigit())


def test_phones_are_kept_in_one_form_and_names_without_useless_spaces() -> None:
    kept = checked_landlord(NewLandlord("  Valmère   Habitat ", phone="02 61 91 04 12"))
    assert (kept.name, kept.phone) == ("Valmère Habitat", "+33261910412")


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "Valmère\x00Habitat"])
def test_a_landlord_needs_a_readable_name(name: str) -> None:
    with pytest.raises(InvalidEntry):
        checked_landlord(NewLandlord(name))


def test_the_recipient_of_a_letter_is_the_person_at_their_agency() -> None:
    assert recipient_lines(LANDLORD, contact("1, rue du Bac", "Valmère")) == [
        "Valmère Habitat",
        "Mme Sophie Vannier, chargée de clientèle",
        "Agence Rives de Loire",
        "1, rue du Bac",
        "VALMÈRE",
    ]


def test_a_person_without_address_is_written_to_at_the_landlord_s() -> None:
    lines = recipient_lines(LANDLORD, contact())
    assert lines[-2:] == ["3, place du Marché-aux-Grains", "35990 VALMÈRE"]
    assert recipient_lines(LANDLORD) == ["Valmère Habitat", "3, place du Marché-aux-Grains", "35990 VALMÈRE"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("F3", "T3"), ("t 3", "T3"), ("Type 4", "T4"), ("T1bis", "T1 bis"), ("Studio", "Studio"), ("  ", None)],
)
def test_typologies_are_written_one_way(typed: str, kept: str | None) -> None:
    assert plain_typology(typed) == kept


@given(st.integers(1, 20_000))
def test_a_floor_area_is_read_back_as_it_was_written(tenths: int) -> None:
    assert parse_floor_area(format_floor_area(tenths)) == tenths


@pytest.mark.parametrize("text", ["", "grand", "0", "-12", "1e99", "NaN", "Infinity", "99999"])
def test_an_impossible_floor_area_is_refused(text: str) -> None:
    with pytest.raises(InvalidEntry):
        parse_floor_area(text)


def test_a_dwelling_is_somewhere() -> None:
    with pytest.raises(InvalidEntry):
        checked_dwelling(NewDwelling(typology="T3"))


def test_a_dwelling_is_described_with_what_is_known() -> None:
    dwelling = Dwelling(
        "1",
        "v",
        None,
        "04-118-023",
        "8, allée des Glycines",
        "porte 23",
        "35990",
        "Valmère",
        "T3",
        620,
        None,
        None,
    )
    assert dwelling.description() == "T3 de 62\u00a0m²"
    assert dwelling.one_line() == "8, allée des Glycines, porte 23, 35990 Valmère"


def known(name: str) -> Landlord:
    return Landlord(name, "v", name, None, LandlordKind.SOCIAL, None, None, None, None, None, None)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("val", ["Valmère Habitat", "Habitat Val-de-Scarpe"]),
        ("HABITAT", ["Habitat Val-de-Scarpe", "Valmère Habitat"]),
        ("habitat valmere", ["Valmère Habitat"]),
        ("", []),
        ("personne", []),
    ],
)
def test_a_landlord_is_found_by_the_words_of_its_name(typed: str, found: list[str]) -> None:
    landlords = [known("Habitat Val-de-Scarpe"), known("Valmère Habitat"), known("M. Costantin")]
    assert [each.name for each in matching_landlords(landlords, typed)] == found


def test_a_landlord_typed_whole_is_that_one() -> None:
    landlords = [known("Valmère Habitat Sud"), known("Valmère Habitat")]
    assert [each.name for each in matching_landlords(landlords, "valmere  habitat", whole=True)] == [
        "Valmère Habitat"
    ]
