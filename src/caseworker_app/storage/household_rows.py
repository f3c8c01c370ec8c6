"""What the file holds of a household in any declared table, for whoever must forget none."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import orjson
from sqlalchemy import Connection, Text

from caseworker_app.storage.declarations import declared_tables

Row = dict[str, Any]


def rows_of_household(connection: Connection, household_id: str) -> dict[str, list[Row]]:
    """Return the rows of a household in each declared table that has any, as stored, in order of creation."""
    raw: Any = connection.connection.driver_connection
    found: dict[str, list[Row]] = {}
    for name, declared in declared_tables().items():
        if declared.household is None:
            continue
        rows = raw.execute(
            f'SELECT * FROM "{name}" WHERE "{declared.household}" = ? ORDER BY id', (household_id,)
        )
        names = [column[0] for column in rows.description]
        if read := [dict(zip(names, row, strict=True)) for row in rows]:
            found[name] = read
    return found


def pointed_to(rows: dict[str, list[Row]], target: str) -> set[str]:
    """Return the ids of the rows of a table that some rows point to."""
    declared = declared_tables()
    return {
        row[field]
        for name, held in rows.items()
        for field, told in declared[name].fields().items()
        if told.references == target
        for row in held
        if row[field]
    }


def is_text(table_name: str, field_name: str) -> bool:
    """Say whether a field holds text: words that somebody typed, a code, or an id."""
    return isinstance(declared_tables()[table_name].table.c[field_name].type, Text)


def written_at(connection: Connection, changeset_ids: Collection[str]) -> dict[str, str]:
    """Return when changesets were made (UTC text), by their ids: those of the `version` of rows."""
    raw: Any = connection.connection.driver_connection
    query = "SELECT id, made_at FROM changeset WHERE id IN (SELECT value FROM json_each(?))"
    return dict(raw.execute(query, (orjson.dumps(list(changeset_ids)).decode(),)).fetchall())
