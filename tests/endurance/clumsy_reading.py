"""What a clumsy worker's file says: its rows, its rows as the changesets alone tell them, and the words in both."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from caseworker_app.storage.changesets import ChangeKind, read_changes, read_envelopes
from caseworker_app.storage.declarations import declared_tables

TOKEN = re.compile(r"zq[a-z]{4}")
Rows = dict[str, list[tuple[Any, ...]]]
RowKey = tuple[str, str]
REPEATING = frozenset({"household", "former_household"})


def invented(number: int) -> str:
    """Return a word nobody says, one for each number."""
    return "zq" + "".join(chr(97 + number // 26**power % 26) for power in range(4))


def tokens_in(rows: object) -> set[str]:
    """Return the invented words said somewhere."""
    return set(TOKEN.findall(str(rows)))


def columns_of(raw: Any, name: str) -> list[str]:
    """Return the columns of a table."""
    return [row[1] for row in raw.execute(f'PRAGMA table_info("{name}")')]


def by_id(rows: Rows, connection: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """Return rows by table and id, without what is empty."""
    raw: Any = connection.connection.driver_connection
    found = {}
    for name, of_table in rows.items():
        names = columns_of(raw, name)
        for row in of_table:
            values = {k: v for k, v in zip(names, row, strict=True) if v is not None}
            found[name, values.pop("id")] = values
    return found


def told_by_changesets(connection: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows as the changesets alone tell them."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for envelope in read_envelopes(connection):
        for change in read_changes(connection, envelope.number):
            key, (_, after) = (change.table_name, change.row_id), change.values()
            if change.erased:  # what was erased is in no file any more, and its removal neither
                continue
            if change.kind is ChangeKind.DELETE:
                if found.get(key, {}).get("version") == change.base_version:
                    del found[key]
                continue
            known = {} if change.kind is ChangeKind.INSERT else found[key]
            merged = {**known, **after, "version": envelope.id}
            found[key] = {k: v for k, v in merged.items() if v is not None}
    return found


def homes(connection: Any) -> dict[RowKey, str]:
    """Return the household of each row that is somebody's."""
    raw: Any = connection.connection.driver_connection
    return {
        (name, row_id): household_id
        for name, declared in declared_tables().items()
        if declared.household is not None
        for row_id, household_id in raw.execute(f'SELECT id, "{declared.household}" FROM "{name}"')
    }


def words_of_rows(connection: Any) -> dict[str, set[RowKey]]:
    """Return by word the rows that say it or ever said it; a household's own row only repeats its people's names."""
    found: dict[str, set[RowKey]] = {}
    for envelope in read_envelopes(connection):
        for change in read_changes(connection, envelope.number):
            if change.table_name not in REPEATING:
                for word in tokens_in(change.values()):
                    found.setdefault(word, set()).add((change.table_name, change.row_id))
    return found


def ever_of(connection: Any, household_ids: Collection[str]) -> set[RowKey]:
    """Return the rows something was recorded of under some households, and that are now no other household's."""
    now, found = homes(connection), set()
    for envelope in read_envelopes(connection):
        for change in read_changes(connection, envelope.number):
            key = (change.table_name, change.row_id)
            if change.household_id in household_ids and now.get(key, change.household_id) in household_ids:
                found.add(key)
    return found | {key for key, household_id in now.items() if household_id in household_ids}
