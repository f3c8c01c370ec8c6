"""A dwelling is found by its words whoever lives there, nobody too; never where a protected household lives."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.landlord import LandlordKind, NewLandlord
from caseworker_app.features.housing.domain.lease import NewLease
from caseworker_app.features.housing.service import landlords, leases
from caseworker_app.features.housing.service.dwellings import find_dwellings, found_dwelling
from caseworker_app.features.housing.store import words
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.kernel.errors import NotAllowed
from caseworker_app.storage import migrate
from caseworker_app.storage.encrypted_file import FILE_NAME, EncryptedFile
from caseworker_app.storage.engine import make_engine
from caseworker_app.storage.revisions import HEAD
from tests.ground import KEY, NOW

TODAY = date(2026, 11, 24)


@pytest.fixture
def home(file: EncryptedFile, who: Who) -> str:
    """A dwelling where nobody lives."""
    owner, _ = landlords.add_landlord(file, who, NewLandlord("Valmère Habitat", LandlordKind.SOCIAL))
    new = NewDwelling(owner, "VH-0042", "8 allée des Glycines", "porte 23", "59100", "Écully", "T3", 620)
    return landlords.add_dwelling(file, who, new)[0]


def found(file: EncryptedFile, who: Who, typed: str, day: date = TODAY) -> list[tuple[str, str | None, str]]:
    with file.reading() as connection:
        return [
            (each.dwelling.id, each.household_id, each.state)
            for each in find_dwellings(connection, who, typed, day, 10)
        ]


@pytest.mark.parametrize(
    "typed", ["glycines", "allee des gly", "GLYCINES ecully", "vh-0042", "59100", "t3 glycines", "porte 23"]
)
def test_a_dwelling_is_found_by_what_is_known_of_it(
    file: EncryptedFile, who: Who, home: str, typed: str
) -> None:
    assert found(file, who, typed) == [(home, None, "Libre")]


@pytest.mark.parametrize("typed", ["lycines", "glycines roubaix", "", "!"])
def test_every_word_typed_begins_one_of_its_words(
    file: EncryptedFile, who: Who, home: str, typed: str
) -> None:
    assert found(file, who, typed) == []


def test_who_lives_there_is_told_and_since_when_nobody_does(
    file: EncryptedFile, who: Who, home: str, household: str
) -> None:
    new = NewLease(household, home, starts_on=date(2024, 1, 1), ends_on=date(2026, 9, 30))
    leases.add_lease(file, who, new)
    assert found(file, who, "glycines", date(2026, 9, 30)) == [(home, household, "Occupé")]
    assert found(file, who, "glycines") == [(home, None, "Libre depuis le 01/10/2026")]
    with file.reading() as connection:
        told = found_dwelling(connection, who, home, TODAY)
    assert told.title.startswith("8 allée des Glycines")
    assert told.detail == "Libre depuis le 01/10/2026 · T3 de 62\u00a0m² · Valmère Habitat"


def test_where_nobody_lives_comes_first(file: EncryptedFile, who: Who, home: str, household: str) -> None:
    other = landlords.add_dwelling(file, who, NewDwelling(street="1 allée des Glycines", city="Hem"))[0]
    leases.add_lease(file, who, NewLease(household, other, starts_on=date(2024, 1, 1)))
    assert [each[0] for each in found(file, who, "glycines")] == [home, other]


def test_where_a_protected_household_lives_is_found_by_nobody(
    file: EncryptedFile, who: Who, home: str, household: str
) -> None:
    leases.add_lease(file, who, NewLease(household, home, starts_on=date(2024, 1, 1)))
    households.set_protected(file, who, household, protected=True)
    assert found(file, who, "glycines") == []


def test_words_follow_what_is_written_and_taken_back(file: EncryptedFile, who: Who, home: str) -> None:
    landlords.change_dwelling(file, who, home, NewDwelling(street="3 quai Neuf"))
    assert found(file, who, "glycines") == []
    assert [each[0] for each in found(file, who, "quai neuf")] == [home]
    take_back_last(file, who)
    assert [each[0] for each in found(file, who, "glycines")] == [home]
    take_back_last(file, who)
    assert found(file, who, "glycines") == []
    with file.reading() as connection:
        raw = connection.connection.driver_connection
        assert raw.execute(f"SELECT count(*) FROM {words.TABLE}").fetchone() == (0,)


def test_an_older_file_is_given_its_words(file: EncryptedFile, who: Who, home: str) -> None:
    file.close()
    engine = make_engine(file.folder / FILE_NAME, KEY, writable=True)
    migrate.downgrade(engine, "0015")
    migrate.upgrade(engine, HEAD, FixedClock(NOW))
    engine.dispose()
    with EncryptedFile.open(file.folder, KEY, FixedClock(NOW)) as again:
        assert found(again, who, "glycines") == [(home, None, "Libre")]


def test_who_reads_no_file_finds_none(file: EncryptedFile, who: Who, home: str) -> None:
    coordinator = Who(who.worker_id, "Coralie Test", Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        found(file, coordinator, "glycines")
