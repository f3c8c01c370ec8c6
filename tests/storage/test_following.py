"""Transactions prepared while the one before is confirmed: each whole, in order, and told once it is in the file."""

from __future__ import annotations

import shutil
from itertools import pairwise

import pytest
from sqlcipher3.dbapi2 import DatabaseError

from caseworker_app.features.households import service as households
from caseworker_app.features.households import store
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.storage.changesets import broken_links, read_envelopes
from caseworker_app.storage.encrypted_file import EncryptedFile, FileClosed
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.search import find_households
from tests.ground import KEY

TAG = "0" * 32


def _new(name):
    return NewHousehold((NewMember(name, "Zoé"),))


def _add(several, names, then=None, after=()):
    with several.unit_of_work("import_batch", then) as uow:
        ids = households.add_households(uow, [_new(name) for name in names])
        uow.reserve_numbers("", len(after))
        return ids


def _references(file):
    with file.reading() as connection:
        return [each.reference for each in store.households.all(connection)]


def test_several_write_what_they_would_one_by_one(file, who):
    names = [["Tavernier", "Okono"], ["Cabrissot", "Béranou"], ["Ferrinou", "Gaumbe"]]
    with file.following(who.worker_id, TAG) as several:
        ids = [made for batch, after in pairwise([*names, []]) for made in _add(several, batch, after=after)]
    with file.reading() as connection:
        last = list(read_envelopes(connection))[-3:]
        assert [e.sequence for e in last] == [1, 2, 3]
        assert {e.tag for e in last} == {TAG}
        assert broken_links(connection) == []
        assert verify(connection).changesets == 4
        assert [hit.household_id for hit in find_households(connection, "cabrissot")] == [ids[2]]
    assert [int(reference[-4:]) for reference in _references(file)] == [1, 2, 3, 4, 5, 6]


def test_the_rows_are_those_of_units_of_work_one_after_the_other(file, who, tmp_path, clock):
    shutil.copytree(file.folder, tmp_path / "other")
    batches = [["Tavernier", "Okono"], ["Le Cabrissot"], ["Béranou", "Ferrinou"]]
    with file.following(who.worker_id, TAG) as several:
        for batch, after in pairwise([*batches, []]):
            _add(several, batch, after=after)
    with EncryptedFile.open(tmp_path / "other", KEY, clock) as other:
        for batch in batches:
            with other.unit_of_work(who.worker_id, "import_batch", tag=TAG) as uow:
                households.add_households(uow, [_new(name) for name in batch])
        assert _rows(file) == _rows(other)


def _rows(file):
    """Return what says nothing of ids: households, people, changes, search."""
    with file.reading() as connection:
        raw = connection.connection.driver_connection
        named = raw.execute(
            "SELECT substr(reference, -4), name, sort_name, opened_on FROM household ORDER BY 1"
        )
        people = raw.execute(
            "SELECT position, last_name, first_name, relation FROM household_member ORDER BY 2"
        )
        changes = raw.execute("SELECT number >> 20, table_name, kind FROM change ORDER BY number")
        lines = raw.execute("SELECT count(*), sum(until_day = '') FROM household_line")
        found = [
            len(find_households(connection, words)) for words in ("zoe", "lecabrissot", "cabrissot", "0001")
        ]
        return [*named, *people, *changes, *lines, *found]


def test_what_is_confirmed_is_told_in_order_and_is_then_in_the_file(file, who):
    told = []
    with file.following(who.worker_id, TAG) as several:
        for number in range(3):
            _add(several, [f"Nom{number}"], lambda: told.append(len(_references(file))))
    assert told == [1, 2, 3]


def test_nothing_of_the_file_is_needed_to_make_rows(file, who):
    with file.following(who.worker_id, TAG) as several:
        _add(several, ["Tavernier"], after=["Okono", "Cabrissot"])
        with several.unit_of_work("import_batch") as uow:
            households.add_households(uow, [_new("Okono"), _new("Cabrissot")])
            assert several.confirming
            assert len(uow.rows(store.household.select())) == 3
            assert not several.confirming


def test_one_that_is_refused_leaves_no_trace_and_those_before_stay(file, who):
    def fail():
        with file.following(who.worker_id, TAG) as several:
            _add(several, ["Tavernier"])
            with several.unit_of_work("import_batch") as uow:
                households.add_households(uow, [_new("Okono")])
                uow.rows(store.household.select())
                raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert len(_references(file)) == 1
    households.create_household(file, who, _new("Cabrissot"))  # others write again
    assert len(_references(file)) == 2


def test_what_stops_the_telling_stops_before_the_next_is_written(file, who):
    def stop():
        raise KeyboardInterrupt

    def work():
        with file.following(who.worker_id, TAG) as several:
            _add(several, ["Tavernier"], stop)
            _add(several, ["Okono"])

    with pytest.raises(KeyboardInterrupt):
        work()
    assert len(_references(file)) == 1
    households.create_household(file, who, _new("Cabrissot"))


def test_a_confirmation_that_fails_is_raised_and_nothing_more_is_written(file, who):
    def work():
        with file.following(who.worker_id, TAG) as several:
            _add(several, ["Tavernier"])
            with several.unit_of_work("import_batch") as uow:
                households.add_households(uow, [_new("Okono")])
                raw = uow.connection.connection.driver_connection
                raw.execute(
                    "CREATE TEMP TRIGGER refused BEFORE UPDATE ON household_line BEGIN SELECT raise(ABORT, 'no'); END"
                )
            _add(several, ["Cabrissot"])

    with pytest.raises(DatabaseError, match="no"):
        work()
    assert len(_references(file)) == 1


def test_a_closed_file_takes_no_more(file, who):
    def work():
        with file.following(who.worker_id, TAG) as several:
            file.close()
            _add(several, ["Tavernier"])

    with pytest.raises(FileClosed):
        work()
