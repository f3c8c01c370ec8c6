"""Rows of any declared table by their ids, as stored, for whoever tells what changed without knowing the
room.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import orjson
from sqlalchemy import Connection


def rows_by_id(connection: Connection, table_name: str, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return the rows of a table that are there, by id, in one query."""
    raw: Any = connection.connection.driver_connection
    query = f'SELECT * FROM "{table_name}" WHERE id IN (SELECT value FROM json_each(?))'
    rows = raw.execute(query, (orjson.dumps(list(ids)).decode(),))
    names = [column[0] for column in rows.description]
    return {row[names.index("id")]: dict(zip(names, row, strict=True)) for row in rows}
