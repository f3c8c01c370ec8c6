"""Changing fields of a row that may thereby pass to another household, in the same space or in another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.unit_of_work import UnitOfWork


def rewrite(uow: UnitOfWork, table: Table, row_id: str, changed: Mapping[str, Any]) -> None:
    """Change fields of a row. Raises NotFound.

    A row whose household becomes one of another space leaves the one and enters the other: whoever holds
    only one of them sees it go, or come whole.
    """
    path = declaration_of(table.name).household
    if path is None or path == "id" or path not in changed:
        uow.update(table, row_id, changed)
        return
    before = uow.get(table, row_id)
    if space_of(uow, before[path]) == space_of(uow, changed[path]):
        uow.update(table, row_id, changed)
        return
    uow.delete(table, row_id)
    uow.insert(table, {**before, **changed, "id": row_id})


def space_of(uow: UnitOfWork, household_id: str) -> str | None:
    """Return the space of a household, None when it is not in this file."""
    raw: Any = uow.connection.connection.driver_connection
    row = raw.execute("SELECT space_id FROM household WHERE id = ?", (household_id,)).fetchone()
    return None if row is None else str(row[0])
