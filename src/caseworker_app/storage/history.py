"""The history of a household, read from its changesets: who, when, which intention, what from, what to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from caseworker_app.storage import tables
from caseworker_app.storage.changesets import Change, ChangeKind
from caseworker_app.storage.tables import POSITION_BITS


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One intention that touched a household; its changes in the order they were made."""

    changeset_id: str
    made_at: str
    worker_id: str
    intention: str
    undoes: str | None
    changes: tuple[Change, ...]
    # What the changesets of one transaction share.
    transaction: tuple[str, int] = ("", 0)


def household_history(
    connection: Connection, household_id: str, limit: int = 200, *, formerly: Sequence[str] = ()
) -> list[HistoryEvent]:
    """Return the last `limit` changesets that touched a household, newest first.

    `formerly`: the ids of the households that were merged into it, under which their changes were recorded.
    """
    households = (household_id, *formerly)
    numbers = _changesets_of(connection, households, limit)
    if not numbers:
        return []
    c = tables.changeset.c
    query = select(c.number, c.id, c.made_at, c.worker_id, c.intention, c.undoes, c.device_id, c.lamport)
    heads = connection.execute(query.where(c.number.in_(numbers)).order_by(c.number.desc())).all()
    changes = _changes_of(connection, households, min(numbers))
    return [HistoryEvent(*head[1:6], tuple(changes.get(head[0], ())), (head[6], head[7])) for head in heads]


def _changesets_of(connection: Connection, households: Sequence[str], limit: int) -> list[int]:
    c = tables.change.c
    number = c.number.op(">>")(POSITION_BITS)
    query = select(number).distinct().where(c.household_id.in_(households))
    return list(connection.execute(query.order_by(number.desc()).limit(limit)).scalars())


def _changes_of(connection: Connection, households: Sequence[str], first: int) -> dict[int, list[Change]]:
    c = tables.change.c
    query = select(
        c.number, c.table_name, c.row_id, c.household_id, c.kind, c.base_version, c.payload_hash, c.payload
    ).where(c.household_id.in_(households), c.number >= first << POSITION_BITS)
    found: dict[int, list[Change]] = {}
    for row in connection.execute(query.order_by(c.number)):
        change = Change(row[1], row[2], row[3], ChangeKind(row[4]), *row[5:])
        found.setdefault(row[0] >> POSITION_BITS, []).append(change)
    return found


def rows_made_by(connection: Connection, tag: str, table_name: str) -> list[str]:
    """Return the rows of a table that the transactions of a tag made and that were not taken back, in
    order.
    """
    raw: Any = connection.connection.driver_connection
    return [row[0] for row in raw.execute(_MADE_BY, (tag, table_name))]


def count_changesets(connection: Connection) -> int:
    """Return how many changesets the file holds."""
    return int(connection.execute(select(func.count()).select_from(tables.changeset)).scalar_one())


def erase_payloads(raw: Any, household_id: str) -> int:
    """Destroy what the changesets of a household say, keeping their chain whole; return how many were
    destroyed.
    """
    query = "UPDATE change SET payload = NULL WHERE household_id = ? AND payload IS NOT NULL"
    return int(raw.execute(query, (household_id,)).rowcount)


_MADE_BY = f"""
    SELECT change.row_id FROM changeset
    JOIN change ON change.number >= changeset.number << {POSITION_BITS}
               AND change.number < (changeset.number + 1) << {POSITION_BITS}
    WHERE changeset.tag = ? AND change.table_name = ? AND change.kind = 'insert'
      AND changeset.id NOT IN (SELECT undoes FROM changeset WHERE undoes IS NOT NULL)
    ORDER BY change.number
"""
