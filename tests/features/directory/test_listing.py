"""Filters are true of every row, pages are the whole, orders are those said: on a real file, against plain rules."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.filters import (
    LOCATING,
    NEVER,
    NO_END,
    OVERDUE,
    YES,
    FilterChoices,
    FilterKind,
    ListFilter,
    ListQuery,
    Sort,
)
from caseworker_app.features.directory.domain.listed import Alert, ListedHousehold
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
from caseworker_app.features.measures.domain.measure import NewMeasure, SupportMeasure
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import NewOffice, Role, Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.kernel.errors import NotAllowed
from caseworker_app.kernel.french import sort_key
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork
from tests.ground import KEY, NOW

TODAY = date(2026, 11, 24)
COUNT = 90
ALL_COLUMNS = tuple(ColumnKey)
NAMES = ("Émeraude", "Zelmat", "abel", "Ébène", "N’Diaye", "Le Goff", "Œuvrard", "Kowal", "Abelin")
TOWNS = ("Roubaix", "ROUBAIX", "Écully", "Lille", "Hem", None)
KINDS = ("asll", "avdl_in_place", "sliding_lease")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, _stores: None) -> Iterator[EncryptedFile]:
    """A file of 90 households of every sort, made from a fixed seed."""
    with EncryptedFile.create(tmp_path_factory.mktemp("listing"), KEY, FixedClock(NOW)) as file:
        who, _ = team.found_office(file, NewOffice("Les Amarres", "Claire Lenoir"))
        team.add_worker(file, who, "Élie Aubry", Role.CASEWORKER)
        team.add_worker(file, who, "Zoé Bard", Role.CASEWORKER)
        _fill(file, who, random.Random(7))
        yield file


@pytest.fixture(scope="module")
def reader(filled: EncryptedFile) -> Who:
    return team.owner(filled)


def _fill(file: EncryptedFile, who: Who, chance: random.Random) -> None:
    with file.reading() as connection:
        workers = [worker.id for worker in team.list_workers(connection, who)]
    with file.unit_of_work(who.worker_id, "create_household") as uow:
        ids = households.add_households(uow, [_household(chance) for _ in range(COUNT)])
        owners = landlords.add_landlords(
            uow, [NewLandlord(name, LandlordKind.SOCIAL) for name in ("Zénith Habitat", "Égide Logement")]
        )
        for household_id in ids:
            _live(uow, household_id, workers, owners, chance)


def _household(chance: random.Random) -> NewHousehold:
    addresses = []
    if chance.random() < 0.8:
        addresses.append(NewAddress(city=chance.choice(TOWNS), postal_code="59000"))
    if addresses and chance.random() < 0.3:
        addresses[0] = NewAddress(city="Lens", from_date=date(2020, 1, 1), to_date=date(2025, 1, 1))
        addresses.append(NewAddress(city=chance.choice(TOWNS), street="1 rue", from_date=date(2025, 1, 1)))
    number = f"06 39 98 {chance.randrange(10, 99)} {chance.randrange(10, 99)}"
    contacts = (NewContact(ContactKind.PHONE, number, safe=chance.random() < 0.6),)
    name = chance.choice(NAMES) + chance.choice(("", "", "-Roy"))
    member = NewMember(name, chance.choice(("Ana", "Élise", "Zoé")))
    protected = chance.random() < 0.15
    return NewHousehold((member,), tuple(addresses), contacts if chance.random() < 0.7 else (), protected)


def _live(
    uow: UnitOfWork, household_id: str, workers: list[str], owners: list[str], chance: random.Random
) -> None:
    for kind in chance.sample(KINDS, chance.choice((0, 0, 1, 1, 1, 2))):
        start = TODAY - timedelta(chance.randrange(0, 200))
        end = start + timedelta(chance.randrange(100, 300))
        ended = end - timedelta(60) if chance.random() < 0.2 and end - timedelta(60) <= TODAY else None
        new = NewMeasure(
            household_id, kind, start, end, lead_worker_id=chance.choice(workers), ended_on=ended,
            exit_reason_code="goals_reached" if ended else None,
        )  # fmt: skip
        measures.open_measures(uow, [new])
    for _ in range(chance.randrange(0, 3)):
        moment = datetime.combine(TODAY, datetime.min.time()) - timedelta(chance.randrange(0, 120), -36000)
        kind = chance.choice((EntryKind.CALL, EntryKind.NOTE, EntryKind.HOME_VISIT))
        diary.add_entries(uow, [NewEntry(household_id, kind, moment, 10, said="Point fait.")])
    if chance.random() < 0.6:
        _house(uow, household_id, chance.choice([*owners, None]), chance)


def _house(uow: UnitOfWork, household_id: str, owner: str | None, chance: random.Random) -> None:
    street = f"{chance.randrange(1, 40)} rue des Invités"
    (home,) = landlords.add_dwellings(uow, [NewDwelling(owner, street=street, city="Hem", typology="T3")])
    ended = chance.random() < 0.2
    new = NewLease(
        household_id,
        home,
        starts_on=date(2024, 1, 1),
        ends_on=date(2026, 1, 1) if ended else None,
        rent_cents=40000,
    )
    (lease,) = leases.add_leases(uow, [new])
    keys = (household_id, lease, Account.HOUSEHOLD_TO_LANDLORD)
    if chance.random() < 0.7:
        owed = chance.randrange(1, 90000)
        rent.add_rent_entries(
            uow,
            [
                NewRentEntry(*keys, date(2026, 10, 1), RentEntryKind.DUE, owed),
                NewRentEntry(*keys, date(2026, 10, 1), RentEntryKind.PAID, 20000, date(2026, 10, 9)),
                # Not owed yet on the day.
                NewRentEntry(*keys, date(2026, 12, 1), RentEntryKind.DUE, 40000),
            ],
        )


def everything(
    file: EncryptedFile, who: Who, query: ListQuery, day: date = TODAY
) -> tuple[service.Listing, list[ListedHousehold]]:
    """Return a listing and all of its rows, read by pages of 31."""
    with file.reading() as connection:
        listing = service.find_listing(connection, who, query, day)
        rows = [
            row
            for offset in range(0, listing.total, 31)
            for row in service.page_of(connection, who, listing, ALL_COLUMNS, offset=offset, limit=31)
        ]
    return listing, rows


def choices(file: EncryptedFile, who: Who) -> FilterChoices:
    with file.reading() as connection:
        return service.filter_choices(connection, who, TODAY)


@pytest.fixture(scope="module")
def offered(filled: EncryptedFile, reader: Who) -> FilterChoices:
    return choices(filled, reader)


Known = list[tuple[ListedHousehold, SupportMeasure | None]]


@pytest.fixture(scope="module")
def known(filled: EncryptedFile, reader: Who) -> Known:
    """Every row, with the measure that runs."""
    _, rows = everything(filled, reader, ListQuery())
    with filled.reading() as connection:
        ids = [row.id for row in rows]
        found = measures.measures_of_households(connection, reader, ids, TODAY)
    first = {key: of_one[0] for key, of_one in found.items() if of_one and of_one[0].runs_on(TODAY)}
    return [(row, first.get(row.id)) for row in rows]


def is_true(
    offered: FilterChoices, wanted: ListFilter, row: ListedHousehold, measure: SupportMeasure | None
) -> bool:
    """Say whether a filter holds of a row, by what the row shows."""
    if wanted.kind in LOCATING and row.protected:
        return False
    words = set(offered.words(wanted).split(", "))
    left = (
        None if measure is None or measure.planned_end_on is None else (measure.planned_end_on - TODAY).days
    )
    silence = None if row.last_contact is None else (TODAY - row.last_contact).days
    ways = {
        FilterKind.WORKER: lambda _: row.worker in words,
        FilterKind.MEASURE: lambda _: row.measure in words,
        FilterKind.LANDLORD: lambda _: row.home.landlord in words,
        FilterKind.TOWN: lambda value: row.city is not None and sort_key(row.city) == value,
        FilterKind.ALERT: lambda value: row.alert is Alert(value),
        FilterKind.FOLLOWED: lambda value: (measure is not None) == (value == YES),
        FilterKind.PROTECTED: lambda value: row.protected == (value == YES),
        FilterKind.END: lambda value: (
            measure is not None
            and (
                left is None
                if value == NO_END
                else left is not None and (left < 0 if value == OVERDUE else 0 <= left <= int(value))
            )
        ),
        FilterKind.CONTACT: lambda value: (
            silence is None if value == NEVER else silence is not None and silence > int(value)
        ),
    }
    return any(ways[wanted.kind](value) for value in wanted.values)


@st.composite
def queries(draw: st.DrawFn, offered: FilterChoices) -> ListQuery:
    query = ListQuery(sort=draw(st.none() | st.builds(Sort, st.sampled_from(ColumnKey), st.booleans())))
    for kind in draw(st.lists(st.sampled_from(offered.kinds()), max_size=3, unique=True)):
        values = st.sampled_from([choice.value for choice in offered.of[kind]])
        query = query.narrowed(kind, draw(st.lists(values, min_size=1, max_size=3, unique=True)))
    return query


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_a_list_is_exactly_the_rows_its_filters_are_true_of(
    filled: EncryptedFile, reader: Who, offered: FilterChoices, known: Known, data: st.DataObject
) -> None:
    query = data.draw(queries(offered))
    listing, rows = everything(filled, reader, query)
    expected = {
        row.id for row, measure in known if all(is_true(offered, f, row, measure) for f in query.filters)
    }
    assert [row.id for row in rows] == list(listing.ids or [row.id for row in rows])
    assert len(rows) == len({row.id for row in rows}) == listing.total
    assert {row.id for row in rows} == expected
    with filled.reading() as connection:
        assert service.count_found(connection, reader, query, TODAY) == len(expected)


SHOWN = {
    ColumnKey.NAME: lambda row: sort_key(row.title.replace(",", "")),
    ColumnKey.REFERENCE: lambda row: row.reference,
    ColumnKey.TOWN: lambda row: row.city and sort_key(row.city),
    ColumnKey.MEASURE: lambda row: row.measure and sort_key(row.measure),
    ColumnKey.END: lambda row: row.ends_on,
    ColumnKey.CONTACT: lambda row: row.last_contact,
    ColumnKey.ALERT: lambda row: list(Alert).index(row.alert),
    ColumnKey.WORKER: lambda row: row.worker and sort_key(row.worker),
    ColumnKey.LANDLORD: lambda row: row.home.landlord and sort_key(row.home.landlord),
    ColumnKey.PHONE: lambda row: row.home.phone,
    ColumnKey.ARREARS: lambda row: row.home.arrears_cents,
}


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", SHOWN)
def test_every_column_sorts_by_what_it_shows(
    filled: EncryptedFile, reader: Who, key: ColumnKey, descending: bool
) -> None:
    _, rows = everything(filled, reader, ListQuery(sort=Sort(key, descending)))
    shown = [SHOWN[key](row) for row in rows]
    known = [value for value in shown if value is not None]
    assert len(set(known)) > 1
    assert known == sorted(known, reverse=descending)
    # What is unknown comes last whichever way one sorts.
    assert shown == known + [None] * (len(shown) - len(known))


def test_rows_alike_stay_in_the_order_of_names(filled: EncryptedFile, reader: Who) -> None:
    _, rows = everything(filled, reader, ListQuery(sort=Sort(ColumnKey.ALERT, descending=True)))
    for alert in Alert:
        names = [sort_key(row.title.replace(",", "")) for row in rows if row.alert is alert]
        assert names == sorted(names)


def test_the_columns_of_the_home_are_read_only_when_they_are_shown(
    filled: EncryptedFile, reader: Who
) -> None:
    with filled.reading() as connection:
        listing = service.find_listing(connection, reader, ListQuery(), TODAY)
        plain = service.page_of(connection, reader, listing, (ColumnKey.NAME,), offset=0, limit=COUNT)
        full = service.page_of(connection, reader, listing, ALL_COLUMNS, offset=0, limit=COUNT)
    assert all(row.home.landlord is None for row in plain)
    assert {row.home.landlord for row in full} == {None, "Zénith Habitat", "Égide Logement"}
    assert any(row.home.dwelling and row.home.dwelling.startswith("T3, ") for row in full)


def test_what_is_owed_is_what_the_account_says(filled: EncryptedFile, reader: Who) -> None:
    _, rows = everything(filled, reader, ListQuery())
    from caseworker_app.features.housing.service import homes

    checked = 0
    for row in rows:
        with filled.reading() as connection:
            home = homes.housing_of(connection, reader, row.id, TODAY).current
            if home is None:
                assert row.home.arrears_cents is None
                continue
            entries = rent.rent_entries(connection, reader, home.lease.id)
            account = rent.rent_account(connection, reader, home.lease.id, TODAY)
        checked += 1
        assert row.home.arrears_cents == (account.balance_cents if entries else None)
    assert checked > 10


def test_a_protected_household_is_masked_and_found_by_no_place(filled: EncryptedFile, reader: Who) -> None:
    _, rows = everything(filled, reader, ListQuery())
    kept_apart = [row for row in rows if row.protected]
    assert kept_apart
    for row in kept_apart:
        assert (row.city, row.home.landlord, row.home.dwelling, row.home.phone) == (None,) * 4
    for kind in LOCATING:
        for choice in choices(filled, reader).of[kind]:
            _, found = everything(filled, reader, ListQuery((ListFilter(kind, (choice.value,)),)))
            assert not any(row.protected for row in found)


def test_protected_households_are_never_selected(filled: EncryptedFile, reader: Who) -> None:
    for query in (ListQuery(), ListQuery((ListFilter(FilterKind.FOLLOWED, (YES,)),))):
        listing, rows = everything(filled, reader, query)
        with filled.reading() as connection:
            found = service.selectable(connection, reader, listing)
        assert set(found.ids) == {row.id for row in rows if not row.protected}
        assert len(found.ids) + found.left_out == listing.total


@pytest.mark.parametrize("words", ["kowal", "ana", "le goff", "œuvrard", "06 39", "roubaix", "e"])
def test_words_are_searched_among_what_the_filters_let_through(
    filled: EncryptedFile, reader: Who, words: str
) -> None:
    followed = (ListFilter(FilterKind.FOLLOWED, (YES,)),)
    listing, rows = everything(filled, reader, ListQuery(followed, words))
    with filled.reading() as connection:
        among = {hit.household_id for hit in service.search(connection, reader, words, COUNT)}
    narrowed = set(everything(filled, reader, ListQuery(followed))[0].ids or ())
    assert {row.id for row in rows} == among & narrowed or listing.total == service.FOUND_SHOWN
    by_name, sorted_rows = everything(filled, reader, ListQuery(followed, words, Sort(ColumnKey.REFERENCE)))
    assert sorted(row.reference for row in rows) == [row.reference for row in sorted_rows]
    assert by_name.total == listing.total


def test_a_search_names_what_it_found_even_when_it_is_narrowed(filled: EncryptedFile, reader: Who) -> None:
    followed = (ListFilter(FilterKind.FOLLOWED, (YES,)),)
    _, rows = everything(filled, reader, ListQuery(followed, "06 39 98"))
    assert rows
    assert all(row.found is not None for row in rows)


def test_every_page_of_a_search_names_what_it_found(filled: EncryptedFile, reader: Who) -> None:
    with filled.reading() as connection:
        listing = service.find_listing(connection, reader, ListQuery(words="06 39 98"), TODAY)
        assert listing.total > service.FOUND_AT_ONCE
        first = service.page_of(connection, reader, listing, (), offset=0, limit=service.FOUND_AT_ONCE)
        rest = service.page_of(connection, reader, listing, (), offset=service.FOUND_AT_ONCE, limit=64)
    assert len(first) + len(rest) == listing.total
    assert all(row.found is not None for row in (*first, *rest))


def test_one_town_written_many_ways_is_one_choice(filled: EncryptedFile, reader: Who) -> None:
    offered = choices(filled, reader).of[FilterKind.TOWN]
    assert [choice.words for choice in offered] == ["Écully", "Hem", "Lens", "Lille", "Roubaix"]


def test_what_the_page_asks_for_at_each_opening_reads_no_table_whole(
    filled: EncryptedFile, reader: Who
) -> None:
    followed = ListQuery((ListFilter(FilterKind.FOLLOWED, (YES,)),))
    mine = ListQuery((ListFilter(FilterKind.WORKER, (reader.worker_id,)),))
    said: list[str] = []
    with filled.reading() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(said.append)
        service.filter_choices(connection, reader, TODAY)
        counts = [service.count_found(connection, reader, query, TODAY) for query in (followed, mine)]
        raw.set_trace_callback(None)
        for query, count in zip((followed, mine), counts, strict=True):
            assert service.find_listing(connection, reader, query, TODAY).total == count > 0
        plans = [row[3] for words in said for row in raw.execute(f"EXPLAIN QUERY PLAN {words}")]
    scanned = [step for step in plans if step.startswith(("SCAN a", "SCAN h", "SCAN x"))]
    assert scanned == ["SCAN x USING COVERING INDEX ix_household_line_followed"]


def test_only_one_team_is_no_choice(filled: EncryptedFile, reader: Who) -> None:
    assert FilterKind.TEAM not in choices(filled, reader).kinds()


def test_who_may_not_read_files_sees_no_list(filled: EncryptedFile, reader: Who) -> None:
    coordinator = Who(reader.worker_id, "Coralie Test", Role.COORDINATOR)
    with filled.reading() as connection, pytest.raises(NotAllowed):
        service.find_listing(connection, coordinator, ListQuery(), TODAY)


def test_an_old_filter_that_names_what_is_gone_finds_nobody_and_says_so(
    filled: EncryptedFile, reader: Who, tmp_path: Path
) -> None:
    gone = ListFilter(FilterKind.WORKER, ("nobody",))
    listing, rows = everything(filled, reader, ListQuery((gone,)))
    assert (listing.total, rows) == (0, [])
    assert choices(filled, reader).words(gone) == "valeur disparue"
