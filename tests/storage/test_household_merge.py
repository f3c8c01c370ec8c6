"""Merging and splitting any two households loses nothing, is undone exactly, and replays to the same rows."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from caseworker_app.features.team import service as team
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.kernel.errors import NotFound
from caseworker_app.storage.declarations import (
    Merge,
    OnHouseholdMerge,
    declaration_of,
    declared_tables,
)
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.household_merge import HouseholdsMerged, merge_households, parents_first
from caseworker_app.storage.household_split import (
    BoundRowsParted,
    bound_groups,
    household_rows,
    split_household,
)
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.replay import replay_into, snapshot
from caseworker_app.storage.search import find_households
from caseworker_app.storage.transactions import last_transactions
from caseworker_app.storage.undo import undo_last, undo_transaction
from tests.ground import KEY, NOW
from tests.storage.any_rows import Filler, counts

MARKS = ("— Dossier A —", "— Dossier B —")
PROPERTY = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
Snapshot = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file nobody founded, made once: what changesets are replayed into."""
    folder = tmp_path_factory.mktemp("empty")
    EncryptedFile.create(folder, KEY, FixedClock(NOW)).close()
    return folder


@contextmanager
def a_file(blank_folder: Path) -> Iterator[EncryptedFile]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "a"
        shutil.copytree(blank_folder, folder)
        with EncryptedFile.open(folder, KEY, FixedClock(NOW)) as file:
            yield file


def without_versions(file: EncryptedFile) -> Snapshot:
    with file.reading() as connection:
        return {
            name: [
                {n: v for n, v in zip(declared_tables()[name].fields(), row, strict=True) if n != "version"}
                for row in rows
            ]
            for name, rows in snapshot(connection).items()
        }


def filled(
    file: EncryptedFile, who: str, first: dict, second: dict, seed: int, *, apart: bool
) -> tuple[str, str]:
    with file.unit_of_work(who, "fill") as uow:
        filler = Filler(uow, seed)
        other = filler.space("Autre") if apart else uow.default_space
        return filler.household(uow.default_space, first), filler.household(other, second)


def same_members(file: EncryptedFile, kept: str, absorbed: str) -> dict[str, str]:
    """Pair the first members of both, when both have one."""
    with file.reading() as connection:
        ours, theirs = (
            [row_id for name, row_id in household_rows(connection, i) if name == "household_member"]
            for i in (kept, absorbed)
        )
    return {theirs[0]: ours[0]} if ours and theirs else {}


def values_of(rows: list[dict[str, Any]], table_name: str) -> Counter[Any]:
    """Count the values of every field that is neither a key nor a pointer."""
    fields = declared_tables()[table_name].fields()
    plain = [
        n for n, f in fields.items() if f.references is None and n not in ("id", "version", "household_id")
    ]
    return Counter((n, row[n]) for row in rows for n in plain if row[n] is not None)


def lost(before: Snapshot, after: Snapshot, done: HouseholdsMerged) -> list[str]:
    """List what is no longer anywhere: not in the rows, not in what the merge returned to be told."""
    left_out = Counter((p.table_name, p.field, str(v)) for p in done.left_out for v in (p.kept, p.absorbed))
    own = {
        (name, n)
        for name, d in declared_tables().items()
        for n, f in d.fields().items()
        if f.own or n == "former_id"
    }
    found = []
    joined = {rows.absorbed_row: rows.kept_row for rows in done.joined}
    for name in before:
        rows = {row["id"]: row for row in after[name]}
        for row in before[name]:
            there = rows.get(joined.get(row["id"], row["id"]))
            assert there is not None, (name, row)
            for field, declaration in declared_tables()[name].fields().items():
                value = row.get(field)
                if field in ("id", "version") or declaration.references is not None or value in (None, ""):
                    continue
                kept = there[field] == value
                kept |= isinstance(value, str) and isinstance(there[field], str) and value in there[field]
                kept |= row["id"] in joined and (
                    (name, field) in own or (name, field, str(value)) in left_out
                )
                kept |= there["id"] in joined.values() and (name, field, str(value)) in left_out
                if not kept:
                    found.append(f"{name}.{field}: {value!r} -> {there[field]!r}")
    return found


@PROPERTY
@given(first=counts(), second=counts(), seed=st.integers(0, 10_000), apart=st.booleans(), pair=st.booleans())
def test_a_merge_loses_nothing_and_is_undone_exactly(
    blank_folder, empty_folder, first, second, seed, apart, pair
):
    with a_file(blank_folder) as file:
        who = team.owner(file).worker_id
        kept, absorbed = filled(file, who, first, second, seed, apart=apart)
        pairs = same_members(file, kept, absorbed) if pair else {}
        before = without_versions(file)
        with file.unit_of_work(who, "merge_households") as uow:
            done = merge_households(uow, kept, absorbed, pairs=pairs, taken=(), marks=MARKS)
        merged = without_versions(file)
        assert lost(before, merged, done) == []
        for declared in declared_tables().values():
            rows = merged[declared.table.name]
            assert declared.household is None or absorbed not in {row[declared.household] for row in rows}
        sound(file)
        undo_last(file, who)
        assert without_versions(file) == before
        sound(file)
        with file.reading() as connection:
            undo = last_transactions(connection, limit=1)[0]
        undo_transaction(file, who, undo.id)
        assert without_versions(file) == merged
        replays_to_the_same(file, empty_folder)


@PROPERTY
@given(
    rows=counts(), seed=st.integers(0, 10_000), apart=st.booleans(), chosen=st.randoms(use_true_random=False)
)
def test_a_split_loses_nothing_and_is_undone_exactly(blank_folder, empty_folder, rows, seed, apart, chosen):
    with a_file(blank_folder) as file:
        who = team.owner(file).worker_id
        first, second = filled(file, who, rows, {}, seed, apart=apart)
        before = without_versions(file)
        with file.unit_of_work(who, "split_household") as uow:
            groups = bound_groups(household_rows(uow.connection, first))
            leaving = {key for group in groups if chosen.random() < 0.5 for key in group}
            assume(leaving)
            done = split_household(uow, first, second, leaving)
        after = without_versions(file)
        for name, was in before.items():
            assert values_of(after[name], name) == values_of(was, name)
            assert len(after[name]) == len(was)
        assert sum(done.moved.values()) == len(leaving)
        sound(file)
        no_pointer_crosses(file)
        undo_last(file, who)
        assert without_versions(file) == before
        sound(file)
        replays_to_the_same(file, empty_folder)


def sound(file: EncryptedFile) -> None:
    with file.reading() as connection:
        found = verify(connection)
    assert found.sound, found


def no_pointer_crosses(file: EncryptedFile) -> None:
    rows = without_versions(file)
    home = {(name, row["id"]): row.get("household_id") for name, each in rows.items() for row in each}
    for declared in parents_first():
        for row in rows[declared.table.name]:
            for name, field in declared.fields().items():
                target = home.get((field.references or "", row.get(name, "")))
                assert target is None or target == row["household_id"], (declared.table.name, name)


def replays_to_the_same(file: EncryptedFile, empty_folder: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "b"
        shutil.copytree(empty_folder, folder)
        with EncryptedFile.open(folder, KEY, FixedClock(NOW)) as copy, file.reading() as source:
            replay_into(source, copy)
            with copy.reading() as replayed:
                assert snapshot(replayed) == snapshot(source)
                assert verify(replayed).sound
                for words in ("duboeuf", "goff", "tisserands", "suivante"):
                    found = [
                        {hit.household_id for hit in find_households(c, words, 200)}
                        for c in (replayed, source)
                    ]
                    assert found[0] == found[1], words


def test_every_table_of_a_household_says_what_a_merge_does():
    for name, declared in declared_tables().items():
        expected = {None: OnHouseholdMerge.NOTHING, "id": OnHouseholdMerge.COMBINE}
        assert declared.on_household_merge is expected.get(declared.household, OnHouseholdMerge.MOVE), name
        assert set(declared.same_when) <= declared.fields().keys(), name
        for field_name, field in declared.fields().items():
            if field.cautious is not None:
                assert str(declared.table.c[field_name].type) == "BOOLEAN", (name, field_name)


def test_two_texts_are_both_kept_under_the_reference_they_came_from(file, who):
    ids = []
    with file.unit_of_work(who.worker_id, "fill") as uow:
        for number, text in (("A", "Sonner deux fois"), ("B", "Chien gentil")):
            values = {"reference": number, "name": number, "sort_name": number, "protected": number == "B"}
            more = {"space_id": uow.default_space, "visit_instructions": text, "opened_on": "2026-01-02"}
            ids.append(uow.insert(declaration_of("household").table, {**values, **more}))
    with file.unit_of_work(who.worker_id, "merge_households") as uow:
        merge_households(uow, ids[0], ids[1], pairs={}, taken=(), marks=MARKS)
        row = uow.get(declaration_of("household").table, ids[0])
    assert row["visit_instructions"] == "— Dossier A —\nSonner deux fois\n\n— Dossier B —\nChien gentil"
    assert declaration_of("household").fields()["visit_instructions"].merge is Merge.KEEP_BOTH
    assert row["protected"] == 1


def test_bound_rows_are_not_parted(file, who, household):
    with file.unit_of_work(who.worker_id, "fill") as uow:
        goal = {"household_id": household, "title": "Payer", "domain": "debts", "housing": 1, "state": "open"}
        goal_id = uow.insert(declaration_of("goal").table, {**goal, "opened_on": "2026-01-02"})
        step = {
            "household_id": household,
            "goal_id": goal_id,
            "position": 0,
            "title": "Appeler",
            "actor": "worker",
        }
        step_id = uow.insert(declaration_of("goal_step").table, {**step, "state": "to_do"})
    with pytest.raises(BoundRowsParted) as refused, file.unit_of_work(who.worker_id, "split") as uow:
        split_household(uow, household, "ailleurs", {("goal", goal_id)})
    assert refused.value.rows == {("goal_step", step_id)}


def test_a_person_who_is_in_neither_household_is_not_paired(file, who, household):
    with file.unit_of_work(who.worker_id, "merge_households") as uow:
        other = Filler(uow, 1).household(uow.default_space, {})
        with pytest.raises(NotFound):
            merge_households(uow, household, other, pairs={"personne": "personne"}, taken=(), marks=MARKS)
