"""Chains of changesets: one a transaction and space, hashed, verifiable after an erasure, broken by any tampering."""

from __future__ import annotations

import pytest

from caseworker_app.features.households import service as households
from caseworker_app.features.households import store
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.storage.changesets import ChangeKind, broken_links, read_changes, read_envelopes
from caseworker_app.storage.history import erase_payloads, household_history
from caseworker_app.storage.integrity import verify


def _raw(uow):
    return uow.connection.connection.driver_connection


def test_one_transaction_writes_one_changeset(file, who, household):
    with file.reading() as connection:
        last = list(read_envelopes(connection))[-1]
        changes = read_changes(connection, last.number)
    assert last.intention == "create_household"
    assert last.worker_id == who.worker_id
    assert {c.table_name for c in changes} == {"household", "household_member", "address", "contact"}
    assert {c.household_id for c in changes} == {household}


def test_a_transaction_over_two_spaces_writes_a_changeset_in_each(file, who, household):
    with file.unit_of_work(who.worker_id, "two_spaces") as uow:
        row = uow.get(store.household, household)
        other = {**row, "id": None, "space_id": "f" * 32, "reference": "2026-ZZZZ-0009", "version": None}
        uow.insert(store.household, other)
        uow.update(store.household, household, {"note": "un"})
    with file.reading() as connection:
        envelopes = list(read_envelopes(connection))[-2:]
        assert len({e.space_id for e in envelopes}) == 2
        assert len({e.lamport for e in envelopes}) == 1
        assert [e.sequence for e in envelopes if e.space_id == "f" * 32] == [1]
        assert broken_links(connection) == []


def test_nothing_changed_writes_nothing(file, who, household):
    with file.reading() as connection:
        before = len(list(read_envelopes(connection)))
    households.set_visit_instructions(file, who, household, "  ")
    with file.reading() as connection:
        assert len(list(read_envelopes(connection))) == before


def test_a_refused_intention_leaves_no_trace(file, who):
    def fail_half_way():
        with file.unit_of_work(who.worker_id, "fails") as uow:
            households.add_household(uow, NewHousehold((NewMember("Perdu"),)))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    with file.reading() as connection:
        assert store.households.all(connection) == []
        assert verify(connection).changesets == 1


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE changeset SET worker_id = 'x' WHERE number = 2",
        "UPDATE changeset SET sequence = 7 WHERE number = 2",
        "UPDATE change SET payload = randomblob(80) WHERE number >> 20 = 2",
        "UPDATE change SET table_name = 'contact' WHERE number >> 20 = 2",
        "DELETE FROM change WHERE number = (SELECT max(number) FROM change WHERE number >> 20 = 2)",
        "DELETE FROM changeset WHERE number = 2",
    ],
)
def test_tampering_with_a_changeset_is_seen(file, who, household, forgery):
    households.set_visit_instructions(file, who, household, "Digicode 12B")
    with file.unit_of_work(who.worker_id, "forge") as uow:
        _raw(uow).execute(forgery)
    with file.reading() as connection:
        assert broken_links(connection)
        assert not verify(connection).sound


def test_erased_payloads_leave_the_chain_whole(file, who, household):
    households.set_visit_instructions(file, who, household, "Digicode 12B")
    with file.unit_of_work(who.worker_id, "erase") as uow:
        assert erase_payloads(_raw(uow), household) >= 2
    with file.reading() as connection:
        assert broken_links(connection) == []
        events = household_history(connection, household)
        assert events
        assert all(change.erased for event in events for change in event.changes)


def test_history_says_who_when_what_from_and_to(file, who, household):
    households.set_visit_instructions(file, who, household, "Digicode 12B")
    households.set_visit_instructions(file, who, household, "Digicode 34C")
    with file.reading() as connection:
        newest, *_, oldest = household_history(connection, household)
    assert (newest.intention, newest.worker_id) == ("set_visit_instructions", who.worker_id)
    assert newest.made_at == "2026-11-24T13:00:00Z"
    before, after = newest.changes[0].values()
    assert (before, after) == ({"visit_instructions": "Digicode 12B"}, {"visit_instructions": "Digicode 34C"})
    assert oldest.intention == "create_household"
    assert {c.kind for c in oldest.changes} == {ChangeKind.INSERT}
