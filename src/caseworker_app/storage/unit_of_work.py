"""One transaction, one intention: rows, changesets and search index are written together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, Table

from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import Clock, stamp, today
from caseworker_app.kernel.errors import CaseworkerError, NotFound
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage import changesets, search_index, tables
from caseworker_app.storage.changesets import Change, ChangeKind
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.device import LocalState, set_owner
from caseworker_app.storage.restriction import Restricted, restricted_households
from caseworker_app.storage.row_statements import Statements, statements_of, stored_rows, to_stored

# Above this, the position of a change would run into the next changeset's numbers.
MAX_CHANGES = 1 << tables.POSITION_BITS


class ChangedMeanwhile(CaseworkerError):
    """The row was changed by another window or colleague since it was read."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Cette fiche a changé depuis que vous l’avez ouverte\u00a0: relisez-la, puis reprenez votre modification."
        )


@dataclass(slots=True)
class UnitOfWork:
    """What a service works with: reads of the open transaction, and the only writes there are.

    `worker_id` and `intention` sign the changeset; `tag` joins the transactions of one import; `undoes` names the
    changeset or tag that is taken back. `begin` opens the transaction where none is yet (`storage.following`): at the
    first need of the file, the rows added until then being written first.
    """

    _connection: Connection | None
    state: LocalState
    clock: Clock
    worker_id: str
    intention: str
    tag: str | None = None
    undoes: str | None = None
    begin: Callable[[], Connection] | None = None
    _changeset_ids: dict[str, str] = field(default_factory=dict)
    _pending: dict[str, list[Change]] = field(default_factory=dict)
    _spaces: dict[str, str] = field(default_factory=dict)
    _touched: search_index.Touched = field(default_factory=search_index.Touched)
    _restricted: frozenset[str] | None = None
    _founded: set[str] = field(default_factory=set)
    _waiting: list[tuple[str, list[tuple[Any, ...]]]] = field(default_factory=list)
    reserved: dict[str, list[str]] = field(default_factory=dict)

    @property
    def connection(self) -> Connection:
        """The connection of the transaction, begun now where it was not yet."""
        return self._connection if self._connection is not None else self._begun()

    @property
    def _raw(self) -> Any:
        """The driver's connection: the write path is hot, and statements are made from declarations alone."""
        return self.connection.connection.driver_connection

    @property
    def changes(self) -> Changes:
        """What this transaction touched so far."""
        changes = [change for of_space in self._pending.values() for change in of_space]
        return Changes(
            frozenset(change.table_name for change in changes),
            frozenset(change.household_id for change in changes if change.household_id),
        )

    @property
    def today(self) -> date:
        """The date on the office's wall."""
        return today(self.clock)

    @property
    def default_space(self) -> str:
        """The space of rows without household, and of households that no other space was chosen for."""
        return self.state.default_space

    def rows(self, query: Select[Any]) -> list[Row[Any]]:
        """Read inside the transaction."""
        return list(self.connection.execute(query))

    def get(self, table: Table, row_id: str) -> dict[str, Any]:
        """Return a row as stored. Raises NotFound."""
        found = self._raw.execute(statements_of(table.name).get, (row_id,)).fetchone()
        if found is None:
            raise NotFound("Cet élément n’existe plus dans le fichier\u00a0: il a été supprimé entre-temps.")
        return dict(zip(statements_of(table.name).columns, found, strict=True))

    def insert(self, table: Table, values: Mapping[str, Any]) -> str:
        """Add one row and return its id (made here when `values` brings none).

        As every change: raises Restricted for a household whose data may only be kept.
        """
        return self.insert_many(table, [values])[0]

    def insert_many(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> list[str]:
        """Add rows of one table; much quicker than one by one."""
        statements = statements_of(table.name)
        made = self._noted_inserts(statements, rows)
        if made and self._connection is None:
            self._waiting.append((statements.insert, made))
        elif made:
            self._raw.executemany(statements.insert, made)
        return [row[0] for row in made]

    def update(
        self, table: Table, row_id: str, changed: Mapping[str, Any], *, expected_version: str | None = None
    ) -> bool:
        """Change fields of one row; say whether anything differed (nothing is written otherwise).

        Raises NotFound, and ChangedMeanwhile when the row is no longer at `expected_version`.
        """
        before = self.get(table, row_id)
        if expected_version is not None and before["version"] != expected_version:
            raise ChangedMeanwhile
        after = {k: v for k, v in ((k, to_stored(v)) for k, v in changed.items()) if before[k] != v}
        if not after:
            return False
        space = self._space_of(_household_of(table.name, before))
        assignments = ", ".join(f'"{name}" = ?' for name in (*after, "version"))
        self._raw.execute(
            f'UPDATE "{table.name}" SET {assignments} WHERE id = ?',
            (*after.values(), self._changeset_id(space), row_id),
        )
        self._note_update(str(table.name), before, after, space)
        return True

    def delete(self, table: Table, row_id: str) -> None:
        """Remove one row, leaving its tombstone in the changeset. Raises NotFound."""
        before = self.get(table, row_id)
        household = _household_of(table.name, before)
        # Looked up while the household's own row is still there to tell it.
        space = self._space_of(household)
        self._raw.execute(f'DELETE FROM "{table.name}" WHERE id = ?', (row_id,))
        base, values = before.pop("version"), {k: v for k, v in before.items() if v is not None and k != "id"}
        self._note(str(table.name), row_id, household, ChangeKind.DELETE, base, values, {}, space)
        self._touched.changed(table.name, row_id, household)

    def erase(self, table: Table, row_id: str) -> None:
        """Remove one row for good: its tombstone tells nothing of it. Raises NotFound.

        What earlier changesets say of it is destroyed by `storage.erasure`, which is who calls this.
        """
        before = self.get(table, row_id)
        household = _household_of(table.name, before)
        space = self._space_of(household)
        self._raw.execute(f'DELETE FROM "{table.name}" WHERE id = ?', (row_id,))
        # The chain commits to the hash of something: of nothing, with a nonce.
        digest = changesets.payload_hash(changesets.make_payload({}, {}))
        of = (str(table.name), row_id, household, ChangeKind.DELETE, before["version"], digest, None)
        self._pending.setdefault(space, []).append(Change(*of))
        self._touched.changed(table.name, row_id, household)

    def own_file(self, worker_id: str) -> None:
        """Say whose file this is, once, when it is founded."""
        set_owner(self._raw, self.state, worker_id)

    def next_number(self, series: str) -> str:
        """Return the next number people read, e.g. `BIL-2026-B7K4-0147`, unique to this device and year."""
        return self.next_numbers(series, 1)[0]

    def next_numbers(self, series: str, count: int) -> list[str]:
        """Return the next `count` numbers of a series, in order."""
        if not count:
            return []
        if len(ready := self.reserved.get(series, ())) >= count:
            self.reserved[series] = list(ready[count:])
            return list(ready[:count])
        year = self.today.year
        row = self._raw.execute(_NEXT_NUMBERS, (self.state.device_id, series, year, count, count)).fetchone()
        prefix = f"{series}-" if series else ""
        first, after = row[0] - count + 1, row[0] + 1
        return [f"{prefix}{year}-{self.state.device_mark}-{number:04d}" for number in range(first, after)]

    def reserve_numbers(self, series: str, count: int) -> None:
        """Take numbers for the next unit of work of a long write, which then needs not ask the file for them.

        Should it never come, these numbers are given to nobody.
        """
        if count:
            self.reserved[series] = self.next_numbers(series, count)

    def flush(self) -> None:
        """Write changesets and search index; called once, just before the transaction is committed."""
        if not self._pending:
            return
        # One transaction: the changesets of its spaces share one Lamport time, which is how undo finds them together.
        lamport = self.state.next_lamport(self._raw)
        for space_id in sorted(self._pending):
            self._write_changeset(space_id, lamport, self._pending[space_id])
        search_index.refresh(self._raw, self._touched)

    def _begun(self) -> Connection:
        if self.begin is None:
            raise RuntimeError("a unit of work without a transaction needs a way to begin one")
        self._touched.fold_ahead()
        connection = self._connection = self.begin()
        waiting, self._waiting = self._waiting, []
        raw: Any = connection.connection.driver_connection
        for statement, rows in waiting:
            raw.executemany(statement, rows)
        return connection

    def _changeset_id(self, space_id: str) -> str:
        """The id of this transaction's changeset in a space, which rows hold as their version."""
        if space_id not in self._changeset_ids:
            self._changeset_ids[space_id] = new_id()
        return self._changeset_ids[space_id]

    def _noted_inserts(self, of: Statements, rows: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
        """Note the changes new rows make, and return them as they are inserted: id, version, then the rest."""
        ids, afters = stored_rows(of, rows)
        made: list[tuple[Any, ...]] = []
        kind, name = ChangeKind.INSERT, of.table_name
        for row_id, after, payload in zip(ids, afters, changesets.insert_payloads(afters), strict=True):
            household = row_id if of.household == "id" else after.get(of.household) if of.household else None
            if name == "household":
                self._spaces[row_id] = after["space_id"]
                self._founded.add(row_id)
            space = self._space_of(household)
            digest = changesets.payload_hash(payload)
            self._add(Change(name, row_id, household, kind, None, digest, payload), space)
            if of.searched:
                self._touched.inserted(name, row_id, after, household)
            made.append((row_id, self._changeset_id(space), *map(after.get, of.others)))
        return made

    def _note_update(
        self, table_name: str, before: dict[str, Any], after: dict[str, Any], space: str
    ) -> None:
        household = _household_of(table_name, before)
        kept = {name: before[name] for name in after}
        row_id, base = before["id"], before["version"]
        self._note(table_name, row_id, household, ChangeKind.UPDATE, base, kept, after, space)
        self._touched.changed(table_name, row_id, household, after)
        moved_to = _household_of(table_name, {**before, **after})
        if moved_to != household:
            self._refuse_restricted(table_name, moved_to)
            # Both are read again: the one it left must no longer be found by it.
            self._touched.changed(table_name, row_id, household)
            self._touched.changed(table_name, row_id, moved_to)

    def _note(
        self,
        table_name: str,
        row_id: str,
        household: str | None,
        kind: ChangeKind,
        base: str | None,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        space_id: str,
    ) -> None:
        payload = changesets.make_payload(before, after)
        digest = changesets.payload_hash(payload)
        self._add(Change(table_name, row_id, household, kind, base, digest, payload), space_id)

    def _add(self, change: Change, space_id: str) -> None:
        """Note a change: every one passes here, alone or in bulk."""
        self._refuse_restricted(change.table_name, change.household_id)
        pending = self._pending.get(space_id)
        if pending is None:
            pending = self._pending[space_id] = []
        pending.append(change)

    def _refuse_restricted(self, table_name: str, household: str | None) -> None:
        """Refuse what would change a household under restriction: here, so that no service can forget it."""
        if household is None or (self._connection is None and household in self._founded):
            # One that is being made is under no restriction: the file need not be asked yet.
            return
        if self._restricted is None:
            self._restricted = restricted_households(self._raw)
        if household in self._restricted and not declaration_of(table_name).kept_open:
            raise Restricted

    def _space_of(self, household: str | None) -> str:
        if household is None:
            return self.default_space
        if household not in self._spaces:
            row = self._raw.execute("SELECT space_id FROM household WHERE id = ?", (household,)).fetchone()
            self._spaces[household] = row[0] if row else self.default_space
        return self._spaces[household]

    def _write_changeset(self, space_id: str, lamport: int, changes: list[Change]) -> None:
        if len(changes) >= MAX_CHANGES:
            raise ValueError("too many changes for one transaction: work in batches")
        envelope = self._envelope(space_id, lamport)
        envelope["hash"] = changesets.envelope_hash(envelope, changes)
        cursor = self._raw.execute(_INSERT_CHANGESET, envelope)
        write_changes(self._raw, cursor.lastrowid, changes)

    def _envelope(self, space_id: str, lamport: int) -> dict[str, Any]:
        sequence, previous = self.state.chain_end(self._raw, space_id)
        return {
            "id": self._changeset_id(space_id),
            "device_id": self.state.device_id,
            "space_id": space_id,
            "sequence": sequence + 1,
            "previous_hash": previous,
            "schema_version": self.state.schema_version,
            "lamport": lamport,
            "worker_id": self.worker_id,
            "made_at": stamp(self.clock),
            "intention": self.intention,
            "tag": self.tag,
            "undoes": self.undoes,
        }


def write_changes(raw: Any, changeset_number: int, changes: list[Change]) -> None:
    """Write the changes of a changeset under its number."""
    first = changeset_number << tables.POSITION_BITS
    raw.executemany(
        "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            # The driver is slower with an enum than with its text.
            (first + i, table, row_id, household, kind._value_, base, digest, payload)
            for i, (table, row_id, household, kind, base, digest, payload) in enumerate(changes)
        ],
    )


def _household_of(table_name: str, row: Mapping[str, Any]) -> str | None:
    path = declaration_of(table_name).household
    return None if path is None else row[path]


_CHANGESET_COLUMNS = [str(c.name) for c in tables.changeset.columns if c.name != "number"]
_INSERT_CHANGESET = (
    f"INSERT INTO changeset ({', '.join(_CHANGESET_COLUMNS)})"
    f" VALUES ({', '.join(':' + name for name in _CHANGESET_COLUMNS)})"
)
_NEXT_NUMBERS = """
    INSERT INTO number_series (device_id, series, year, last) VALUES (?, ?, ?, ?)
    ON CONFLICT (device_id, series, year) DO UPDATE SET last = last + ?
    RETURNING last
"""
