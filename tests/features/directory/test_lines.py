"""The line of each household is what its rows say: after any change, undone, replayed, on any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import CONTACT_KINDS, NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.filters import FilterKind, ListFilter, ListQuery, Sort
from caseworker_app.features.directory.store import lines
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
)
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.landlord import LandlordKind, NewLandlord
from caseworker_app.features.housing.domain.lease import Account, NewLease
from caseworker_app.features.housing.domain.rent_account import NewRentEntry, RentEntryKind
from caseworker_app.features.housing.service import landlords, leases, rent
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewMeasure
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import NewOffice, Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.storage import migrate
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import FILE_NAME, EncryptedFile
from caseworker_app.storage.engine import make_engine
from caseworker_app.storage.replay import replay_into
from caseworker_app.storage.revisions import HEAD
from tests.ground import KEY, NOW
from tests.lines import untrue_lines

TODAY = date(2026, 11, 24)
LATER = date(2026, 12, 3)


def line(file: EncryptedFile, household: str) -> dict[str, Any]:
    with file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        query = f"SELECT * FROM {lines.TABLE} WHERE household_id = ?"
        found = raw.execute(query, (household,))
        (row,) = found.fetchall()
        return dict(zip([each[0] for each in found.description], row, strict=True))


@pytest.fixture
def housed(file: EncryptedFile, who: Who, household: str) -> str:
    """The household, followed, in a dwelling whose next rent falls due on the first of December."""
    with file.unit_of_work(who.worker_id, "create_household") as uow:
        (owner,) = landlords.add_landlords(uow, [NewLandlord("Zénith Habitat", LandlordKind.SOCIAL)])
        (home,) = landlords.add_dwellings(
            uow, [NewDwelling(owner, street="3 rue des Invités", city="Hem", typology="T3")]
        )
        (lease,) = leases.add_leases(
            uow, [NewLease(household, home, starts_on=date(2024, 1, 1), rent_cents=40000)]
        )
        account = (household, lease, Account.HOUSEHOLD_TO_LANDLORD)
        rent.add_rent_entries(
            uow,
            [
                NewRentEntry(*account, date(2026, 10, 1), RentEntryKind.DUE, 52_000),
                NewRentEntry(*account, date(2026, 10, 1), RentEntryKind.PAID, 20_000, date(2026, 10, 9)),
                NewRentEntry(*account, date(2026, 12, 1), RentEntryKind.DUE, 40_000),
            ],
        )
        measures.open_measures(
            uow,
            [
                NewMeasure(
                    household, "asll", date(2026, 6, 1), date(2027, 5, 31), lead_worker_id=who.worker_id
                )
            ],
        )
    return household


def test_a_line_says_what_the_list_is_sorted_by(file: EncryptedFile, housed: str) -> None:
    found = line(file, housed)
    assert (found["city"], found["street"], found["owed_cents"]) == ("Roubaix", "3 rue des invités", 32_000)
    assert (found["measure_kind"], found["measure_until"]) == ("asll", "2027-05-31")
    assert (found["from_day"], found["until_day"]) == ("2026-10-09", "2026-12-01")
    assert untrue_lines(file) == []


def test_a_line_follows_every_change_and_its_undoing(file: EncryptedFile, who: Who, housed: str) -> None:
    moment = NOW.replace(day=20, tzinfo=None)
    with file.unit_of_work(who.worker_id, "confirm_visit") as uow:
        diary.add_entries(uow, [NewEntry(housed, EntryKind.CALL, moment, 10, said="Point fait.")])
    assert line(file, housed)["contact_at"].startswith("2026-11-20")
    dossier.take_back_last(file, who)
    assert line(file, housed)["contact_at"] is None
    households.set_protected(file, who, housed, protected=True)
    hidden = line(file, housed)
    assert (hidden["city"], hidden["landlord_id"], hidden["street"], hidden["phone"]) == (None,) * 4
    assert hidden["owed_cents"] == 32_000


AT = NOW.replace(tzinfo=None, second=0, microsecond=0)


def wrote(file: EncryptedFile, who: Who, household: str, kind: EntryKind, days: int) -> str:
    """Write an entry of so many days ago."""
    with file.unit_of_work(who.worker_id, "confirm_visit") as uow:
        new = NewEntry(household, kind, AT - timedelta(days=days), 10, said="Point fait.")
        return diary.add_entries(uow, [new])[0]


def contact_days(file: EncryptedFile, household: str) -> int | None:
    """Return how many days ago the line says that the household was last in touch."""
    at = line(file, household)["contact_at"]
    return None if at is None else (AT - datetime.fromisoformat(at)).days


@pytest.mark.parametrize("kind", sorted(EntryKind))
def test_the_last_contact_is_of_a_kind_that_counts(
    file: EncryptedFile, who: Who, housed: str, kind: EntryKind
) -> None:
    if kind is EntryKind.ADDITION:  # one completes another entry
        return
    wrote(file, who, housed, kind, 3)
    assert contact_days(file, housed) == (3 if kind in CONTACT_KINDS else None)
    assert untrue_lines(file) == []


def test_the_last_contact_follows_entries_added_moved_changed_and_removed(
    file: EncryptedFile, who: Who, housed: str
) -> None:
    other = households.create_household(file, who, NewHousehold((NewMember("Zelmat", "Ana"),)))[0]
    recent = wrote(file, who, housed, EntryKind.CALL, 2)
    older = wrote(file, who, housed, EntryKind.OFFICE, 9)
    assert contact_days(file, housed) == 2

    def change(entry: str, **changed: Any) -> None:
        with file.unit_of_work(who.worker_id, "correct_entry") as uow:
            uow.update(declaration_of("diary_entry").table, entry, changed)
        assert untrue_lines(file) == []

    change(older, started_at=AT - timedelta(days=1))
    assert contact_days(file, housed) == 1
    change(older, kind=EntryKind.NOTE)
    assert contact_days(file, housed) == 2
    change(recent, household_id=other)
    assert (contact_days(file, housed), contact_days(file, other)) == (None, 2)
    with file.unit_of_work(who.worker_id, "correct_entry") as uow:
        uow.delete(declaration_of("diary_entry").table, recent)
    assert contact_days(file, other) is None
    assert untrue_lines(file) == []


def test_an_entry_has_nothing_of_the_line_made_again_but_its_last_contact(
    file: EncryptedFile, who: Who, housed: str
) -> None:
    with file.unit_of_work(who.worker_id, "open_account") as uow:
        raw: Any = uow.connection.connection.driver_connection
        raw.execute(f"UPDATE {lines.TABLE} SET street = 'as it was' WHERE household_id = ?", (housed,))
    entry = wrote(file, who, housed, EntryKind.CALL, 2)
    with file.unit_of_work(who.worker_id, "correct_entry") as uow:
        uow.update(declaration_of("diary_entry").table, entry, {"said": "Point refait."})
    found = line(file, housed)
    assert (found["street"], contact_days(file, housed)) == ("as it was", 2)
    with file.unit_of_work(who.worker_id, "open_account") as uow:
        raw = uow.connection.connection.driver_connection
        raw.execute(f"UPDATE {lines.TABLE} SET until_day = '' WHERE household_id = ?", (housed,))
    assert untrue_lines(file) == []


def test_no_line_is_made_where_none_is_marked_or_old(file: EncryptedFile, who: Who, housed: str) -> None:
    said: list[str] = []
    with file.unit_of_work(who.worker_id, "open_account") as uow:
        raw: Any = uow.connection.connection.driver_connection
        raw.set_trace_callback(said.append)
        lines.refresh_lines(raw, TODAY)
        raw.set_trace_callback(None)
    assert len(said) == 1
    assert said[0].startswith("SELECT EXISTS")


def test_a_line_follows_its_dwelling(file: EncryptedFile, who: Who, housed: str) -> None:
    with file.unit_of_work(who.worker_id, "change_dwelling") as uow:
        raw: Any = uow.connection.connection.driver_connection
        (home,) = raw.execute("SELECT id FROM dwelling").fetchone()
        uow.update(landlords.store.dwelling, home, {"street": "9 quai Neuf"})
    assert line(file, housed)["street"] == "9 quai neuf"


def test_a_household_removed_has_no_line(file: EncryptedFile, who: Who, household: str) -> None:
    dossier.take_back_last(file, who)
    with file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        assert raw.execute(f"SELECT count(*) FROM {lines.TABLE}").fetchone() == (0,)


@pytest.fixture
def tomorrow(file: EncryptedFile, housed: str) -> Iterator[EncryptedFile]:
    """The same file opened after a rent fell due, with nothing written since."""
    file.close()
    with EncryptedFile.open(file.folder, KEY, FixedClock(NOW + timedelta(days=9))) as later:
        yield later


def test_a_line_that_no_longer_holds_is_read_from_the_rows(
    tomorrow: EncryptedFile, who: Who, housed: str
) -> None:
    assert line(tomorrow, housed)["until_day"] <= LATER.isoformat()
    other = households.create_household(tomorrow, who, NewHousehold((NewMember("Zelmat", "Ana"),)))[0]
    with tomorrow.unit_of_work(who.worker_id, "open_account") as uow:
        raw: Any = uow.connection.connection.driver_connection
        raw.execute(f"UPDATE {lines.TABLE} SET until_day = '2026-12-01', owed_cents = 1")
    with tomorrow.reading() as connection:
        query = ListQuery(sort=Sort(ColumnKey.ARREARS))
        assert service.find_listing(connection, who, query, LATER).ids == (housed, other)


def test_an_intention_takes_up_lines_that_no_longer_hold(
    tomorrow: EncryptedFile, who: Who, housed: str
) -> None:
    households.create_household(tomorrow, who, NewHousehold((NewMember("Zelmat", "Ana"),)))
    assert line(tomorrow, housed)["owed_cents"] == 72_000
    assert untrue_lines(tomorrow) == []


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2026, 5, 31), TODAY, LATER, date(2028, 1, 1)])
def test_filters_hold_on_any_day(file: EncryptedFile, who: Who, housed: str, day: date) -> None:
    followed = ListQuery((ListFilter(FilterKind.MEASURE, ("asll",)),))
    with file.reading() as connection:
        found = service.find_listing(connection, who, followed, day).ids
    assert found == ((housed,) if day >= date(2026, 6, 1) else ())


def test_a_file_made_by_replaying_has_the_same_lines(
    file: EncryptedFile, who: Who, housed: str, tmp_path: Path
) -> None:
    households.set_protected(file, who, housed, protected=True)
    with EncryptedFile.create(tmp_path, KEY, FixedClock(NOW)) as other:
        with file.reading() as connection:
            replay_into(connection, other)
        assert untrue_lines(other) == []
        assert line(other, housed) == line(file, housed)


def test_a_row_that_replaces_another_marks_both_households(
    file: EncryptedFile, who: Who, housed: str
) -> None:
    new = NewHousehold(
        (NewMember("Zelmat", "Ana"),),
        (NewAddress(city="Lille"),),
        (NewContact(ContactKind.PHONE, "06 39 98 11 22", safe=True),),
    )
    other = households.create_household(file, who, new)[0]
    with file.receiving() as raw:
        names = "id, version, kind, value, safe"
        raw.execute(
            f"INSERT OR REPLACE INTO contact ({names}, household_id)"
            f" SELECT {names}, ? FROM contact WHERE household_id = ?",
            (other, housed),
        )
    assert line(file, housed)["phone"] is None
    assert untrue_lines(file) == []


def test_an_older_file_is_given_its_lines(file: EncryptedFile, housed: str) -> None:
    before = line(file, housed)
    file.close()
    engine = make_engine(file.folder / FILE_NAME, KEY, writable=True)
    migrate.downgrade(engine, "0009")
    migrate.upgrade(engine, HEAD, FixedClock(NOW))
    engine.dispose()
    with EncryptedFile.open(file.folder, KEY, FixedClock(NOW)) as again:
        assert line(again, housed) == before


def test_an_office_founded_has_no_line(tmp_path: Path) -> None:
    with EncryptedFile.create(tmp_path, KEY, FixedClock(NOW)) as file:
        team.found_office(file, NewOffice("Les Amarres", "Claire Lenoir"))
        assert untrue_lines(file) == []
