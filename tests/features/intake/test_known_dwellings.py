"""Which dwelling of a list the file already holds: surely the same one, or another."""

from __future__ import annotations

import pytest

from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.intake.domain.known_dwellings import (
    SAME_DESCRIPTION,
    SAME_DOOR,
    SAME_REFERENCE,
    DwellingFinder,
    Home,
    Neighbours,
    Spot,
    description_of,
    known_among,
    spot_of,
)


def spot(
    reference: str = "", street: str = "", inside: str = "", landlord: str = "", city: str = "Valmère"
) -> Spot:
    return spot_of(NewDwelling(None, reference or None, street or None, inside or None, None, city), landlord)


def meets(known: Spot, told: Spot) -> bool:
    finder = DwellingFinder([told])
    finder.add(known, Home("known"))
    return finder.find(told) is not None


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (spot("L-12"), spot("l 12")),
        (spot("L-12", landlord="Habitat A"), spot("L-12", landlord="habitat a")),
        (spot("L-12", landlord="Habitat A"), spot("L-12")),
        (spot("L-12", "1 rue A", landlord="A"), spot("L-12", "2 rue B", landlord="A")),
        (spot("L-12", "1 rue A"), spot("L-12", "1 R. A")),
        (spot("", "27 BIS R. DE L'EGLISE", "Appt 4"), spot("", "27B rue de l’Église", "APPT 4")),
        (spot("", "1 rue A", "Bât. C, porte 12"), spot("", "1 rue A", "Bât. C, porte 12")),
        (spot("", "1 rue A", "logt 3"), spot("L-12", "1 rue A", "logt 3")),
    ],
)
def test_surely_the_same_home(known: Spot, told: Spot) -> None:
    assert meets(known, told)


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (spot("L-12", landlord="Habitat A"), spot("L-12", landlord="Habitat B")),
        (spot("L-12", "1 rue A"), spot("L-12", "9 rue Z")),
        (spot("L-12"), spot("L-13")),
        (spot("", "1 rue A"), spot("", "1 rue A")),
        (spot("", "1 rue A", "Bât. C, esc. 2"), spot("", "1 rue A", "Bât. C, esc. 2")),
        (spot("", "1 rue A", "étage 3"), spot("", "1 rue A", "étage 3")),
        (spot("", "1 rue A", "porte 1"), spot("", "1 rue A", "porte 2")),
        (spot("", "1 rue A", "porte 1", city="Valmère"), spot("", "1 rue A", "porte 1", city="Sète")),
        (spot("L-1", "1 rue A", "porte 1"), spot("L-2", "1 rue A", "porte 1")),
        (spot("", "", "porte 1"), spot("", "", "porte 1")),
    ],
)
def test_not_surely_the_same_home(known: Spot, told: Spot) -> None:
    assert not meets(known, told)


def test_a_home_the_list_does_not_speak_of_is_not_kept() -> None:
    finder = DwellingFinder([spot("L-12")])
    finder.add(spot("L-99"), Home("other"))
    assert finder.find(spot("L-99")) is None


def test_homes_described_alike_are_each_met_once() -> None:
    neighbours = Neighbours()
    neighbours.add("1 rue A, T3", Home("one"))
    neighbours.add("1 rue A, T3", Home("two"))
    taken = [neighbours.take("1 rue A, T3") for _ in range(3)]
    assert [home.id if home else None for home in taken] == ["one", "two", None]


def test_a_register_tells_why_it_knows_a_home() -> None:
    described = [
        (2, NewDwelling(None, "L1", "1 rue A", city="Valmère")),
        (3, NewDwelling(None, None, "2 rue A", "porte 4", city="Valmère")),
        (4, NewDwelling(None, None, "3 rue A", city="Valmère")),
        (5, NewDwelling(None, None, "4 rue A", city="Valmère")),
    ]
    told = [(row, dwelling, spot_of(dwelling, "")) for row, dwelling in described]
    finder, neighbours = DwellingFinder([place for _, _, place in told]), Neighbours()
    for row, dwelling, place in told[:3]:
        finder.add(place, Home(f"home {row}"))
        neighbours.add(description_of(dwelling, place), Home(f"home {row}"))
    found = known_among(told, finder, neighbours)
    assert [(d.row, d.why, d.dwelling_id, d.reference) for d in found] == [
        (2, (SAME_REFERENCE,), "home 2", "L1"),
        (3, (SAME_DOOR,), "home 3", None),
        (4, (SAME_DESCRIPTION,), "home 4", None),
    ]
