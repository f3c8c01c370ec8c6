"""What stands in the way of undoing a transaction: what something since wrote, rests on, or removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Connection

from caseworker_app.storage.changesets import ChangeKind, read_changes
from caseworker_app.storage.declarations import TableDeclaration, declaration_of, references_to
from caseworker_app.storage.tables import POSITION_BITS
from caseworker_app.storage.transactions import NetChange, RowKey, Transaction, changes_of, net_changes

HOUSEHOLD = "household"


class Why(Enum):
    """Why a transaction cannot be undone."""

    ERASED = "erased"  # what was there before was erased at the household's request
    CHANGED = "changed"  # the same fields were written since, or the row was removed
    RESTED_ON = "rested_on"  # a row made or changed since points to what would go
    LASTING = "lasting"  # it tells what has left the house: that cannot be taken back
    PARENT_GONE = "parent_gone"  # what the row points to was removed, or belongs to another household now


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way: which row, and the later changeset that wrote it (None: it is not in this
    file).
    """

    why: Why
    table_name: str
    row_id: str
    changeset_id: str | None = None
    intention: str = ""
    made_at: str = ""
    worker_id: str = ""


def obstacle_to(connection: Connection, transaction: Transaction) -> Obstacle | None:
    """Return the first thing that keeps a transaction from being undone, None when nothing does."""
    changes = changes_of(connection, transaction)
    erased = next((change for _, change in changes if change.erased), None)
    if erased is not None:
        return Obstacle(Why.ERASED, erased.table_name, erased.row_id)
    return next(_Check(connection, transaction, net_changes(changes)).obstacles(), None)


class _Check:
    """One look at whether the rows still stand as a transaction left them."""

    def __init__(self, connection: Connection, transaction: Transaction, nets: Sequence[NetChange]) -> None:
        self._connection = connection
        self._raw: Any = connection.connection.driver_connection
        self._transaction = transaction
        self._nets = {net.key: net for net in nets}

    def obstacles(self) -> Iterator[Obstacle]:
        for net in self._nets.values():
            if net.before is None and declaration_of(net.table_name).lasting:
                yield Obstacle(Why.LASTING, *net.key)
            current = self._row(net.key)
            if (fields := _moved_on(net, current)) is not None:
                yield self._told(Why.CHANGED, net.key, fields)
                continue
            if net.before is None or _changes_household(net):
                yield from self._resting_on(net)
            if net.before is not None:
                kept = {} if net.whole or current is None else current
                yield from self._parents_gone(net, {**kept, **net.before})

    def _resting_on(self, net: NetChange) -> Iterator[Obstacle]:
        """Yield the rows that would point to nothing, or to a row of another household."""
        path = declaration_of(net.table_name).household
        destination = None if net.before is None or path is None else net.before[path]
        for table_name, field in references_to(net.table_name):
            for row_id in self._pointing(table_name, field, net):
                if self._goes_too(table_name, row_id, field):
                    continue
                if destination is None or self._household_after((table_name, row_id)) != destination:
                    yield self._told(Why.RESTED_ON, (table_name, row_id), (field,))

    def _goes_too(self, table_name: str, row_id: str, field: str) -> bool:
        """Say whether the undo itself takes the pointing row, or its pointer, away."""
        net = self._nets.get((table_name, row_id))
        return net is not None and (net.before is None or net.whole or field in net.before)

    def _parents_gone(self, net: NetChange, restored: dict[str, Any]) -> Iterator[Obstacle]:
        """Yield what a row would point to that is not there, or no longer of its household."""
        declared = declaration_of(net.table_name)
        everything = net.after is None or net.whole or _changes_household(net)
        for field, declaration in declared.fields().items():
            target = restored.get(field)
            if declaration.references is None or target is None:
                continue
            if not everything and field not in (net.before or {}):
                continue
            if not self._stands((declaration.references, target), restored, declared):
                # Gone: its removal tells; moved: the row that still points there does.
                gone = self._row((declaration.references, target)) is None
                yield self._told(
                    Why.PARENT_GONE, (declaration.references, target) if gone else net.key, (field,)
                )

    def _stands(self, target: RowKey, restored: dict[str, Any], declared: TableDeclaration) -> bool:
        net = self._nets.get(target)
        there = net.before is not None if net is not None else self._row(target) is not None
        if not there or declaration_of(target[0]).household is None or target[0] == HOUSEHOLD:
            return there
        own = restored[declared.household] if declared.household is not None else None
        return own is None or self._household_after(target) == own

    def _household_after(self, key: RowKey) -> str | None:
        """Return the household a row would belong to once the transaction is undone."""
        path = declaration_of(key[0]).household
        if path is None:
            return None
        net, row = self._nets.get(key), self._row(key)
        before = net.before if net is not None else None
        if before is not None and path in before:
            return str(before[path])
        return None if row is None else str(row[path])

    def _pointing(self, table_name: str, field: str, net: NetChange) -> list[str]:
        path, own = declaration_of(table_name).household, declaration_of(net.table_name).household
        query, values = f'SELECT id FROM "{table_name}" WHERE "{field}" = ?', [net.row_id]
        # What points into a household is its own, and every table has an index on it.
        if own not in (None, "id") and path is not None and net.after is not None:
            query, values = f'{query} AND "{path}" = ?', [*values, self._current_household(net)]
        return [row[0] for row in self._raw.execute(query, values)]

    def _current_household(self, net: NetChange) -> str:
        path, row = declaration_of(net.table_name).household, self._row(net.key)
        return "" if row is None or path is None else str(row[path])

    def _row(self, key: RowKey) -> dict[str, Any] | None:
        rows = self._raw.execute(f'SELECT * FROM "{key[0]}" WHERE id = ?', (key[1],))
        names = [column[0] for column in rows.description]
        row = rows.fetchone()
        return None if row is None else dict(zip(names, row, strict=True))

    def _told(self, why: Why, key: RowKey, fields: Sequence[str]) -> Obstacle:
        """Return the obstacle with the last changeset since that wrote these fields of a row."""
        last = self._transaction.numbers[-1]
        numbers = self._raw.execute(_WRITTEN_SINCE, ((last + 1) << POSITION_BITS, *key)).fetchall()
        own = set(self._transaction.numbers)
        for (number,) in numbers:
            if number not in own and self._wrote(number, key, fields):
                head = self._raw.execute(_HEAD, (number,)).fetchone()
                return Obstacle(why, *key, *head)
        return Obstacle(why, *key)

    def _wrote(self, number: int, key: RowKey, fields: Sequence[str]) -> bool:
        steps = [c for c in read_changes(self._connection, number) if (c.table_name, c.row_id) == key]
        return any(
            c.erased or c.kind is not ChangeKind.UPDATE or not set(fields).isdisjoint(c.values()[1])
            for c in steps
        )


def _moved_on(net: NetChange, current: dict[str, Any] | None) -> tuple[str, ...] | None:
    """Return the fields of a row that are no longer as the transaction left them, None when all of them
    are.
    """
    if net.after is None:
        return None if current is None else ("id",)
    if current is None:
        return ("id",)
    if net.before is None or net.whole:
        names = [name for name in current if name not in ("id", "version")]
    else:
        names = list(net.after)
    differing = tuple(name for name in names if current[name] != net.after.get(name))
    return differing or None


def _changes_household(net: NetChange) -> bool:
    path = declaration_of(net.table_name).household
    if path is None or path == "id" or net.before is None or net.after is None:
        return False
    return path in net.before and net.before[path] != net.after.get(path)


_WRITTEN_SINCE = f"""
    SELECT DISTINCT number >> {POSITION_BITS} FROM change
    WHERE number >= ? AND table_name = ? AND row_id = ? ORDER BY 1 DESC
"""
_HEAD = "SELECT id, intention, made_at, worker_id FROM changeset WHERE number = ?"
