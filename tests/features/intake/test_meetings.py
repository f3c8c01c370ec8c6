"""Who meets whom before being compared: by contact, lease, home, birth and name, never in a crowd."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.features.intake.domain.likeness import Person
from caseworker_app.features.intake.domain.meetings import Meetings

BORN = date(1980, 5, 3)
PHONE = ("+33639981234",)
HOME = "34000|2 rue b"


def person(last: str, first: str, birth: date | None = None, **known: object) -> Person:
    """Somebody invented, reached nowhere unless told."""
    return Person(last, first, birth, **{"contacts": (), "lease_reference": "", "address": "", **known})


@pytest.mark.parametrize(
    ("listed", "somebody"),
    [
        (person("Tavernier", "Zoé", contacts=PHONE), person("Okono", "Malo", contacts=PHONE)),
        (person("Tavernier", "Zoé", lease_reference="21.00295"), person("Okono", "Malo", lease_reference="21.00295A")),
        (person("Tavernier", "Zoé", address=HOME), person("Tavarnier", "Malo", address=HOME)),
        (person("Tavernier", "Zoé", BORN), person("Tavarnier", "Malo", BORN)),
        (person("Tavernier", "Zoé", BORN), person("Zoë", "Okono", BORN)),
        (person("Le Gollec", "Zoé", BORN), person("Zoé", "Le Gollec", date(1980, 5, 30))),
        (person("Tavernier", "Zoé", BORN), person("TAVERNIER", "Zoe", date(1981, 5, 3))),
        (person("Tavernier", "Zoé", BORN), person("Tavernier", "Zoé")),
        (person("Tavernier", "Zoé"), person("Tavernier", "Zoé", BORN)),
    ],
)  # fmt: skip
def test_people_meet_by_whatever_they_share(listed: Person, somebody: Person) -> None:
    meetings = Meetings()
    meetings.add(0, person("Cabrissot", "Aya", date(1950, 1, 1)))
    meetings.add(7, listed)
    assert meetings.of(somebody) == [7]


@pytest.mark.parametrize(
    "somebody",
    [
        person("Okono", "Malo", BORN),
        person("Tavernier", "Zoé", date(1971, 2, 9)),
        person("Okono", "Malo", address=HOME),
    ],
)
def test_a_birth_date_a_home_or_a_name_alone_is_not_enough(somebody: Person) -> None:
    meetings = Meetings()
    meetings.add(0, person("Tavernier", "Zoé", BORN, address=HOME))
    assert meetings.of(somebody) == []


def test_what_a_crowd_shares_tells_nothing() -> None:
    meetings = Meetings()
    for number in range(151):
        meetings.add(number, person(f"Nom{number:03d}", "Zoé", contacts=("+33139980000",)))
    assert meetings.of(person("Autre", "Malo", contacts=("+33139980000",))) == []
    assert meetings.of(person("Nom007", "Zoé", contacts=("+33139980000",))) == [7]
