"""Lists and searches read many households in a few queries, in the order people expect."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from caseworker_app.features.households import service, store
from caseworker_app.features.households.domain import (
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
    Relation,
)
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile

TODAY = date(2026, 11, 24)
NAMES = ("Zola", "Éloi", "de la Tour", "eloi", "Œuvrard", "Abdi", "N’Diaye", "Nadal")


def _new(name: str) -> NewHousehold:
    return NewHousehold(
        (
            NewMember(name, "Awa"),
            NewMember(name, "Issa", birth_name="Sorel", birth_date=date(2015, 2, 3), relation=Relation.CHILD),
        ),
        (NewAddress("3 rue Basse", "apt 4", "34200", "Sète"),),
        (NewContact(ContactKind.PHONE, "06 39 98 00 01"), NewContact(ContactKind.EMAIL, "awa@asso.example")),
    )


@pytest.fixture
def ids(file: EncryptedFile, who: Who) -> list[str]:
    with file.unit_of_work(who.worker_id, "import") as uow:
        return service.add_households(uow, [_new(name) for name in NAMES])


@contextmanager
def queries(connection: Connection) -> Iterator[list[str]]:
    """Collect the statements the file executes meanwhile, with their values."""
    raw: Any = connection.connection.driver_connection
    seen: list[str] = []
    raw.set_trace_callback(seen.append)
    try:
        yield seen
    finally:
        raw.set_trace_callback(None)


def test_pages_follow_the_names_without_accents_or_capitals(
    file: EncryptedFile, who: Who, ids: list[str]
) -> None:
    names = dict(zip(ids, NAMES, strict=True))
    with file.reading() as connection:
        assert service.count_households(connection, who) == len(NAMES)
        whole = service.page_of_households(connection, who, offset=0, limit=100)
        pages = [
            i
            for offset in range(0, 9, 3)
            for i in service.page_of_households(connection, who, offset=offset, limit=3)
        ]
        beyond = service.page_of_households(connection, who, offset=100, limit=3)
    # Equal names stand in order of creation.
    assert [names[i] for i in whole] == [
        "Abdi",
        "de la Tour",
        "Éloi",
        "eloi",
        "Nadal",
        "N’Diaye",
        "Œuvrard",
        "Zola",
    ]
    assert pages == whole
    assert beyond == []


def test_an_empty_file_has_an_empty_list(file: EncryptedFile, who: Who) -> None:
    with file.reading() as connection:
        assert service.count_households(connection, who) == 0
        assert service.page_of_households(connection, who, offset=0, limit=10) == []
        assert service.summaries(connection, who, []) == {}
        assert list(service.known_members(connection, who)) == []


def test_a_page_is_read_from_the_index_without_sorting(file: EncryptedFile, who: Who, ids: list[str]) -> None:
    with file.reading() as connection:
        with queries(connection) as seen:
            service.page_of_households(connection, who, offset=2, limit=3)
        plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {seen[0]}"))
    assert "ix_household_listed" in plan
    assert "TEMP B-TREE" not in plan


def test_a_summary_says_what_a_list_shows(file: EncryptedFile, who: Who, ids: list[str]) -> None:
    service.set_protected(file, who, ids[0], protected=True)
    service.move_house(file, who, ids[0], NewAddress(city="Lens"), date(2026, 12, 1))
    with file.reading() as connection:
        found = service.summaries(connection, who, [ids[1], "unknown", ids[0]])
        reference = service.open_household(connection, who, ids[0]).household.reference
    assert list(found) == [ids[1], ids[0]]
    summary = found[ids[0]]
    assert (summary.reference, summary.name, summary.sort_name) == (reference, "Awa Zola", "zola awa")
    assert summary.protected
    assert not found[ids[1]].protected
    assert summary.adults_and_children(TODAY) == (1, 1)
    assert summary.adults_and_children(date(2033, 2, 3)) == (2, 0)
    assert summary.city_on(TODAY) == "Sète"
    assert summary.city_on(date(2026, 12, 1)) == "Lens"


def test_summaries_cost_three_queries_however_many(file: EncryptedFile, who: Who, ids: list[str]) -> None:
    with file.reading() as connection:
        for some in (ids[:1], ids):
            with queries(connection) as seen:
                assert len(service.summaries(connection, who, some)) == len(some)
            assert len(seen) == 3


def test_summaries_are_read_in_slices_that_sqlite_takes(
    file: EncryptedFile, who: Who, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with file.reading() as connection:
        whole = service.summaries(connection, who, ids)
        monkeypatch.setattr(store, "_IDS_A_QUERY", 3)
        with queries(connection) as seen:
            assert service.summaries(connection, who, ids) == whole
        assert len(seen) == 9
        monkeypatch.undo()
        assert service.summaries(connection, who, ["unknown"] * 70_000) == {}


def test_a_household_is_opened_in_four_queries(file: EncryptedFile, who: Who, ids: list[str]) -> None:
    with file.reading() as connection, queries(connection) as seen:
        service.open_household(connection, who, ids[0])
    assert len(seen) == 4


def test_everybody_is_told_for_the_search_of_duplicates(
    file: EncryptedFile, who: Who, ids: list[str]
) -> None:
    service.move_house(file, who, ids[0], NewAddress("9 quai Haut", None, "62300", "Lens"), date(2026, 11, 1))
    importer = replace(who, role=Role.ADMINISTRATOR)
    with file.reading() as connection:
        references = dict(service.references(connection, importer))
        members = list(service.known_members(connection, importer))
        contacts = list(service.known_contacts(connection, importer))
        addresses = list(service.known_addresses(connection, importer))
    assert sorted(references) == sorted(ids)
    assert len(members) == 2 * len(ids)
    assert (ids[0], references[ids[0]], "Zola", None, "Awa", None) in members
    assert (ids[0], references[ids[0]], "Zola", "Sorel", "Issa", "2015-02-03") in members
    assert (ids[0], "+33639980001") in contacts
    assert (ids[0], "awa@asso.example") in contacts
    assert [row for row in addresses if row[0] == ids[0]] == [(ids[0], "9 quai Haut", "62300", "Lens")]
    assert len(addresses) == len(ids)


def test_people_are_told_one_after_the_other(file: EncryptedFile, who: Who, ids: list[str]) -> None:
    with file.reading() as connection:
        people = service.known_members(connection, who)
        assert type(next(people)) is tuple
        assert len(list(people)) == 2 * len(ids) - 1
