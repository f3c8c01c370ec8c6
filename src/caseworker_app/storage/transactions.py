"""Whole transactions, read back: the changesets of one intention in every space, and what they did to each
row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection

from caseworker_app.kernel.errors import CaseworkerError, NotFound
from caseworker_app.storage.changesets import Change, ChangeKind, read_changes
from caseworker_app.storage.tables import POSITION_BITS

# A table and the id of one of its rows.
RowKey = tuple[str, str]
# A device and its Lamport time: the changesets of one transaction share both.
TransactionKey = tuple[str, int]


# How many of a worker's transactions are looked at in a go for one that is not undone.
_LOOKED_AT = 20


class NothingToUndo(CaseworkerError):
    """This worker changed nothing that can be taken back."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "Il n’y a rien à annuler\u00a0: aucune modification de votre part n’est en attente d’annulation."
        )


@dataclass(frozen=True, slots=True)
class Transaction:
    """The changesets one intention wrote together; `id` is that of the first, `numbers` are theirs in this
    file.
    """

    id: str
    numbers: tuple[int, ...]
    device_id: str
    lamport: int
    made_at: str
    worker_id: str
    intention: str
    tag: str | None
    undoes: str | None

    @property
    def key(self) -> TransactionKey:
        """What tells it from every other: its device and Lamport time."""
        return self.device_id, self.lamport


@dataclass(frozen=True, slots=True)
class NetChange:
    """What a transaction did to one row, its steps taken together.

    `before` None: it made the row; `after` None: it removed it. An update names only the fields it changed,
    unless `whole`: then a field that is not named was or is empty.
    """

    table_name: str
    row_id: str
    household_id: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    whole: bool = False

    @property
    def key(self) -> RowKey:
        """The row."""
        return self.table_name, self.row_id


def transaction_of(connection: Connection, changeset_id: str) -> Transaction:
    """Return the transaction a changeset belongs to. Raises NotFound."""
    row = _raw(connection).execute(f"{_HEADS} WHERE c.id = ?", (changeset_id,)).fetchone()
    if row is None:
        raise NotFound("Cette modification n’est plus dans le fichier.")
    return _grouped(connection, [row])[0]


def last_transactions(
    connection: Connection,
    *,
    worker_id: str | None = None,
    device_id: str | None = None,
    households: Sequence[str] = (),
    limit: int = 50,
) -> list[Transaction]:
    """Return the last transactions, newest first: of a worker, of a device, of some households, or of all."""
    conditions, values = ["1"], list[Any]()
    for column, value in (("worker_id", worker_id), ("device_id", device_id)):
        if value is not None:
            conditions.append(f"c.{column} = ?")
            values.append(value)
    if households:
        among = ", ".join("?" for _ in households)
        own = f"SELECT DISTINCT number >> {POSITION_BITS} FROM change WHERE household_id IN ({among})"
        conditions.append(f"c.number IN ({own})")
        values += households
    query = f"{_HEADS} WHERE {' AND '.join(conditions)} ORDER BY c.number DESC LIMIT ?"
    return _grouped(connection, _raw(connection).execute(query, (*values, limit)).fetchall())


def taken_back(connection: Connection) -> frozenset[TransactionKey]:
    """Return the keys of the transactions that are undone, and whose undoing was not itself undone."""
    undoers: dict[TransactionKey, set[TransactionKey]] = {}
    for row in _raw(connection).execute(_UNDOERS):
        undoers.setdefault((row[0], row[1]), set()).add((row[2], row[3]))

    @cache
    def holds(key: TransactionKey) -> bool:
        return not any(holds(undoer) for undoer in undoers.get(key, ()))

    return frozenset(key for key in undoers if not holds(key))


def last_of(connection: Connection, worker_id: str, device_id: str) -> Transaction:
    """Return the last transaction of a worker on a device that still stands. Raises NothingToUndo."""
    undone, limit, seen = taken_back(connection), _LOOKED_AT, -1
    while True:
        found = last_transactions(connection, worker_id=worker_id, device_id=device_id, limit=limit)
        for transaction in found:
            if transaction.undoes is None and transaction.key not in undone:
                return transaction
        if len(found) == seen:
            raise NothingToUndo
        limit, seen = limit * 8, len(found)


def is_part_of_import(connection: Connection, transaction: Transaction) -> bool:
    """Say whether a transaction wrote a part of an import, or took one back: both are undone whole,
    elsewhere.
    """
    if transaction.tag is not None or transaction.undoes is None:
        return transaction.tag is not None
    row = _raw(connection).execute("SELECT tag FROM changeset WHERE id = ?", (transaction.undoes,)).fetchone()
    return row is None or row[0] is not None


def changes_of(connection: Connection, transaction: Transaction) -> list[tuple[int, Change]]:
    """Return the changes of a transaction, each with the number of its changeset."""
    return [(number, c) for number in transaction.numbers for c in read_changes(connection, number)]


def net_changes(changes: Iterable[tuple[int, Change]]) -> list[NetChange]:
    """Take the steps made on each row together, in the order the rows were first touched.

    A row made and removed again leaves nothing. The payloads must not be erased.
    """
    by_row: dict[RowKey, list[tuple[int, Change]]] = {}
    for number, change in changes:
        by_row.setdefault((change.table_name, change.row_id), []).append((number, change))
    found = (_net(steps) for steps in by_row.values())
    return [each for each in found if each is not None]


def _net(steps: list[tuple[int, Change]]) -> NetChange | None:
    ordered = _in_order(steps)
    before: dict[str, Any] | None = {}
    after: dict[str, Any] | None = {}
    if ordered[0].kind is ChangeKind.INSERT:
        before = None
    for change in ordered:
        was, became = change.values()
        if before is not None:
            before = {**was, **before}
        after = None if change.kind is ChangeKind.DELETE else {**(after or {}), **became}
    if before is None and after is None:
        return None
    whole = any(change.kind is ChangeKind.DELETE for change in ordered)
    last = ordered[-1]
    return NetChange(last.table_name, last.row_id, last.household_id, before, after, whole)


def _in_order(steps: list[tuple[int, Change]]) -> list[Change]:
    """Return the steps as they were made: a row that changed space left one before it came into the other."""
    left = {number for number, change in steps if change.kind is ChangeKind.DELETE}
    came = {number for number, change in steps if change.kind is ChangeKind.INSERT}
    moved = left - came if came - left else set()
    return [change for _, change in sorted(steps, key=lambda step: step[0] not in moved)]


def _grouped(connection: Connection, rows: list[Any]) -> list[Transaction]:
    found: dict[TransactionKey, Transaction] = {}
    for row in rows:
        key = (row[1], row[2])
        if key not in found:
            members = _raw(connection).execute(_MEMBERS, key).fetchall()
            numbers = tuple(member[0] for member in members)
            found[key] = Transaction(members[0][1], numbers, *row[1:])
    return list(found.values())


def _raw(connection: Connection) -> Any:
    return connection.connection.driver_connection


_HEADS = """
    SELECT c.id, c.device_id, c.lamport, c.made_at, c.worker_id, c.intention, c.tag, c.undoes FROM changeset c
"""
_MEMBERS = "SELECT number, id FROM changeset WHERE device_id = ? AND lamport = ? ORDER BY number"
_UNDOERS = """
    SELECT undone.device_id, undone.lamport, undoer.device_id, undoer.lamport
    FROM changeset undoer JOIN changeset undone ON undone.id = undoer.undoes
    WHERE undoer.undoes IS NOT NULL
"""
