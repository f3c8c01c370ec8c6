"""Taking back: any transaction nothing later rests on, or every transaction of an import, as new changesets.

Undoing an undo does the thing again. A transaction that wrote in several spaces is taken back in all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select

from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage import tables
from caseworker_app.storage.changesets import Change, ChangeKind, read_changes
from caseworker_app.storage.declarations import declaration_of, references_to
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.obstacles import Obstacle, Why, obstacle_to
from caseworker_app.storage.rewriting import rewrite
from caseworker_app.storage.transactions import (
    NetChange,
    NothingToUndo,
    Transaction,
    changes_of,
    is_part_of_import,
    last_of,
    net_changes,
    taken_back,
    transaction_of,
)
from caseworker_app.storage.unit_of_work import UnitOfWork

__all__ = [
    "AlreadyUndone",
    "HasLeft",
    "ImportComesFirst",
    "ImportUndone",
    "LaterChange",
    "NothingToUndo",
    "PayloadErased",
    "undo_import",
    "undo_last",
    "undo_transaction",
]


class AlreadyUndone(CaseworkerError):
    """The transaction was taken back before."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("Cette modification est déjà annulée.")


class LaterChange(CaseworkerError):
    """Something done since rests on what was to be undone; `obstacle` says what, when and by whom."""

    def __init__(self, obstacle: Obstacle) -> None:
        """Name what stands in the way."""
        super().__init__(
            "Cette modification ne peut plus être annulée\u00a0: une saisie plus récente s’appuie dessus."
        )
        self.obstacle = obstacle

    @property
    def intention(self) -> str:
        """The later event’s intention; empty when it is not in this file."""
        return self.obstacle.intention

    @property
    def made_at(self) -> str:
        """When the later event was made (UTC text)."""
        return self.obstacle.made_at

    @property
    def worker_id(self) -> str:
        """Who made the later event."""
        return self.obstacle.worker_id


class ImportComesFirst(CaseworkerError):
    """The last thing this worker did is an import, which is taken back whole, never in parts."""

    def __init__(self) -> None:
        """Say where an import is undone."""
        super().__init__(
            "La dernière chose faite est un import\u00a0: il s’annule en entier, depuis la page d’import."
        )


class PayloadErased(CaseworkerError):
    """What was there before was erased at the household's request."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("Cette modification ne peut plus être annulée\u00a0: son contenu a été effacé.")


class HasLeft(CaseworkerError):
    """What was sent outside stays in the register."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "Cette modification ne peut pas être annulée\u00a0: "
            "un document est parti, le registre en garde la trace."
        )


_REFUSALS: dict[Why, type[PayloadErased | HasLeft]] = {Why.ERASED: PayloadErased, Why.LASTING: HasLeft}


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """What undoing an import did: changes taken back, households kept since somebody worked on them."""

    taken_back: int
    kept_households: frozenset[str]


def undo_last(file: EncryptedFile, worker_id: str) -> tuple[str, Changes]:
    """Take back the last transaction of a worker; return its intention and what this touched.

    Raises NothingToUndo, ImportComesFirst, LaterChange when something since rests on it, PayloadErased,
    HasLeft.
    """
    with file.unit_of_work(worker_id, "undo") as uow:
        transaction = last_of(uow.connection, worker_id, file.state.device_id)
        _take_back_whole(uow, transaction)
        return transaction.intention, uow.changes


def undo_transaction(file: EncryptedFile, worker_id: str, changeset_id: str) -> tuple[Transaction, Changes]:
    """Take back the transaction a changeset belongs to, in all its spaces; of an undo: do the thing again.

    Raises NotFound, AlreadyUndone, ImportComesFirst, LaterChange, PayloadErased, HasLeft.
    """
    with file.unit_of_work(worker_id, "undo") as uow:
        transaction = transaction_of(uow.connection, changeset_id)
        if transaction.key in taken_back(uow.connection):
            raise AlreadyUndone
        _take_back_whole(uow, transaction)
        return transaction, uow.changes


def undo_import(
    file: EncryptedFile, worker_id: str, tag: str, progress: Callable[[int, int], None] | None = None
) -> ImportUndone:
    """Take back every transaction tagged with an import, newest first, a transaction each.

    A household that somebody worked on since is kept whole. `progress` is told how many transactions are done, of how
    many. Killed half-way (or stopped by what `progress` raises), it can be called again.
    """
    taken, kept = 0, set[str]()
    left = _of_tag(file, tag)
    for done, changeset in enumerate(left, 1):
        with file.unit_of_work(worker_id, "undo_import", undoes=changeset.id) as uow:
            changes = read_changes(uow.connection, changeset.number)
            worked_on = _worked_on(uow, changes, tag, changeset.number)
            kept |= worked_on
            taken += sum(_try_take_back(uow, c) for c in reversed(changes) if c.household_id not in worked_on)
        if progress is not None:
            progress(done, len(left))
    return ImportUndone(taken, frozenset(kept))


def _take_back_whole(uow: UnitOfWork, transaction: Transaction) -> None:
    if is_part_of_import(uow.connection, transaction):
        raise ImportComesFirst
    obstacle = obstacle_to(uow.connection, transaction)
    if obstacle is not None:
        raise _REFUSALS[obstacle.why]() if obstacle.why in _REFUSALS else LaterChange(obstacle)
    uow.undoes = transaction.id
    for net in sorted(net_changes(changes_of(uow.connection, transaction)), key=_order):
        _reverse(uow, net)


def _order(net: NetChange) -> int:
    """Households come back before their rows, which are written into their space, and go after them."""
    own = declaration_of(net.table_name).household == "id"
    if net.after is None:
        return 0 if own else 1
    return (4 if own else 3) if net.before is None else 2


def _reverse(uow: UnitOfWork, net: NetChange) -> None:
    table = declaration_of(net.table_name).table
    if net.before is None:
        uow.delete(table, net.row_id)
    elif net.after is None:
        uow.insert(table, {**net.before, "id": net.row_id})
    else:
        empty = dict.fromkeys(net.after) if net.whole else {}
        rewrite(uow, table, net.row_id, {**empty, **net.before})


def _of_tag(file: EncryptedFile, tag: str) -> list[Any]:
    c = tables.changeset.c
    undone = select(c.undoes).where(c.undoes.is_not(None))
    query = select(c.number, c.id).where(c.tag == tag, c.id.not_in(undone)).order_by(c.number.desc())
    with file.reading() as connection:
        return list(connection.execute(query))


def _worked_on(uow: UnitOfWork, changes: list[Change], tag: str, number: int) -> set[str]:
    """Return the households of these changes that something else, not undone, touched after them."""
    households = {c.household_id for c in changes if c.household_id is not None}
    raw: Any = uow.connection.connection.driver_connection
    first = (number + 1) << tables.POSITION_BITS
    fixed = {"first": first, "tag": tag}
    return {h for h in households if raw.execute(_TOUCHED_SINCE, {"household": h, **fixed}).fetchone()}


def _try_take_back(uow: UnitOfWork, change: Change) -> bool:
    """Take one change back unless something newer rests on it.

    A dwelling or landlord that something newer points to stays; the household it came with does not.
    """
    if change.erased:  # the household was erased since: nothing of it is left to take back
        return False
    table = declaration_of(change.table_name).table
    before, after = change.values()
    if change.kind is ChangeKind.DELETE:
        uow.insert(table, {**before, "id": change.row_id})
        return True
    if _moved_on(uow, change, after):
        return False
    if change.kind is ChangeKind.INSERT:
        uow.delete(table, change.row_id)
    else:
        uow.update(table, change.row_id, before)
    return True


def _moved_on(uow: UnitOfWork, change: Change, after: dict[str, Any]) -> bool:
    raw: Any = uow.connection.connection.driver_connection
    rows = raw.execute(f'SELECT * FROM "{change.table_name}" WHERE id = ?', (change.row_id,))
    names = [column[0] for column in rows.description]
    row = rows.fetchone()
    current = dict(zip(names, row, strict=True)) if row else {}
    if not current or any(current[name] != value for name, value in after.items()):
        return True
    return change.kind is ChangeKind.INSERT and _pointed_to(raw, change)


def _pointed_to(raw: Any, change: Change) -> bool:
    asked = {"row": change.row_id, "household": change.household_id}
    queries = _pointer_queries(change.table_name, change.household_id is not None)
    return any(raw.execute(query, asked).fetchone() for query in queries)


@cache
def _pointer_queries(table_name: str, in_household: bool) -> tuple[str, ...]:
    """Return the queries of rows that point to one of a table; what points into a household is its own."""
    queries = []
    for table, name in references_to(table_name):
        path = declaration_of(table).household
        # By household, which every table has an index on: an index on each pointer would slow all writing.
        narrowed = f' AND "{path}" = :household' if in_household and path and path != name else ""
        queries.append(f'SELECT 1 FROM "{table}" WHERE "{name}" = :row{narrowed} LIMIT 1')
    return tuple(queries)


# A household's own part counts: an import undone leaves alone the households it must keep.
_TOUCHED_SINCE = f"""
    WITH own AS (
        SELECT DISTINCT number >> {tables.POSITION_BITS} AS number FROM change
        WHERE household_id = :household AND number >= :first
    )
    SELECT 1 FROM own JOIN changeset USING (number)
    WHERE changeset.tag IS NOT :tag AND changeset.undoes IS NULL AND changeset.id NOT IN (
        SELECT undoes FROM own JOIN changeset USING (number) WHERE undoes IS NOT NULL
    )
    LIMIT 1
"""
