"""Making any two members of any household one loses nothing, leaves nothing pointing to nowhere, and is undone
exactly: over every declared table.
"""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from caseworker_app.features.team import service as team
from caseworker_app.storage.declarations import declaration_of, declared_tables, references_to
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.replay import replay_into
from caseworker_app.storage.row_merge import RowsMerged, merge_rows, rows_joined
from caseworker_app.storage.undo import undo_last
from tests.ground import KEY
from tests.lines import untrue_lines
from tests.storage.any_rows import Filler, counts
from tests.storage.test_household_merge import PROPERTY, Snapshot, a_file, without_versions

MEMBER = "household_member"
MARKS = ("— Fiche A —", "— Fiche B —")


def filled(file: EncryptedFile, rows: dict[str, int], seed: int) -> tuple[str, str]:
    """Fill a household with two members at least, and return two of them."""
    who = team.owner(file).worker_id
    with file.unit_of_work(who, "fill") as uow:
        filler = Filler(uow, seed)
        filler.household(uow.default_space, {**rows, MEMBER: 2})
        raw: Any = uow.connection.connection.driver_connection
        members = [row[0] for row in raw.execute(f"SELECT id FROM {MEMBER} ORDER BY id")]
        # What points to somebody points to either.
        for table_name, name in references_to(MEMBER):
            for number, row in enumerate(raw.execute(f'SELECT id FROM "{table_name}"').fetchall()):
                uow.update(declaration_of(table_name).table, row[0], {name: members[number % 2]})
    return members[0], members[1]


def pointing(snapshot: Snapshot, row_id: str) -> list[tuple[str, str]]:
    return [
        (table_name, row["id"])
        for table_name, name in references_to(MEMBER)
        for row in snapshot[table_name]
        if row[name] == row_id
    ]


def lost(before: Snapshot, after: Snapshot, done: RowsMerged) -> list[str]:
    """List the values that are neither in the rows any more nor returned to be told."""
    joined = {rows.absorbed_row: rows.kept_row for rows in done.joined}
    told = {(p.table_name, p.field, v) for p in done.left_out for v in (p.kept, p.absorbed)}
    found = []
    for name, rows in before.items():
        there = {row["id"]: row for row in after[name]}
        for row in rows:
            now = there[joined.get(row["id"], row["id"])]
            for field, declared in declared_tables()[name].fields().items():
                value = row.get(field)
                if field in ("id", "version") or declared.references or declared.own or value in (None, ""):
                    continue
                text = isinstance(value, str) and isinstance(now[field], str) and value in now[field]
                if now[field] != value and not text and (name, field, value) not in told:
                    found.append(f"{name}.{field}: {value!r}")
    return found


@PROPERTY
@given(rows=counts(), seed=st.integers(0, 10_000), turned=st.booleans())
def test_a_merge_of_members_loses_nothing_and_is_undone_exactly(blank_folder, rows, seed, turned):
    with a_file(blank_folder) as file:
        kept, absorbed = filled(file, rows, seed)[:: -1 if turned else 1]
        who = team.owner(file).worker_id
        before = without_versions(file)
        with file.reading() as connection:
            foreseen = rows_joined(connection, MEMBER, kept, absorbed)
        with file.unit_of_work(who, "merge_people") as uow:
            done = merge_rows(uow, MEMBER, kept, absorbed, taken=(), marks=MARKS)
        after = without_versions(file)
        assert (foreseen.joined, foreseen.moved) == (done.joined, done.moved)
        assert lost(before, after, done) == []
        assert pointing(after, absorbed) == []
        gone = {rows.absorbed_row for rows in done.joined}
        assert {row_id for _, row_id in pointing(before, absorbed)} - gone <= {
            row_id for _, row_id in pointing(after, kept)
        }
        with file.reading() as connection:
            assert verify(connection).sound
        undo_last(file, who)
        assert without_versions(file) == before
        assert untrue_lines(file) == []


@PROPERTY
@given(rows=counts(), seed=st.integers(0, 10_000))
def test_a_field_told_twice_is_the_one_chosen(blank_folder, rows, seed):
    with a_file(blank_folder) as file:
        kept, absorbed = filled(file, rows, seed)
        who = team.owner(file).worker_id
        with file.reading() as connection:
            fields = rows_joined(connection, MEMBER, kept, absorbed).joined[0].fields
        choices = [pair for pair in fields if pair.outcome.name == "CHOOSE"]
        assume(choices)
        with file.unit_of_work(who, "merge_people") as uow:
            merge_rows(uow, MEMBER, kept, absorbed, taken={choices[0].key}, marks=MARKS)
        row = next(row for row in without_versions(file)[MEMBER] if row["id"] == kept)
        for pair in choices:
            assert row[pair.field] == (pair.absorbed if pair is choices[0] else pair.kept)


def test_a_file_made_by_replaying_is_the_same(file, who, tmp_path):
    kept, absorbed = filled(file, dict.fromkeys(declared_tables(), 2), 7)
    with file.unit_of_work(who.worker_id, "merge_people") as uow:
        merge_rows(uow, MEMBER, kept, absorbed, taken=(), marks=MARKS)
    with EncryptedFile.create(tmp_path, KEY, file.clock) as other:
        with file.reading() as connection:
            replay_into(connection, other)
        assert without_versions(other)[MEMBER] == without_versions(file)[MEMBER]
