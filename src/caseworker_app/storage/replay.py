"""Replaying changesets into another file: what synchronisation does, and the proof that nothing lives
beside them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from caseworker_app.storage import search_index, tables
from caseworker_app.storage.changesets import Change, ChangeKind, Envelope, read_changes, read_envelopes
from caseworker_app.storage.declarations import declared_tables
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import write_changes


def replay_into(source: Connection, target: EncryptedFile) -> int:
    """Apply every changeset of `source` to an empty file, a transaction each; return how many."""
    count = 0
    for envelope in read_envelopes(source):
        with target.receiving() as raw:
            _apply(raw, envelope, read_changes(source, envelope.number))
        count += 1
    return count


def snapshot(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every declared table, in order, to compare two files."""
    raw: Any = connection.connection.driver_connection
    return {name: raw.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall() for name in declared_tables()}


def _apply(raw: Any, envelope: Envelope, changes: list[Change]) -> None:
    touched = search_index.Touched()
    for change in changes:
        if not change.erased:
            _apply_change(raw, envelope.id, change)
            entered = _entered(change)
            names = change.values()[1] if change.kind is ChangeKind.UPDATE and entered is None else None
            touched.changed(change.table_name, change.row_id, change.household_id, names)
            touched.changed(change.table_name, change.row_id, entered)
    _keep(raw, envelope, changes)
    search_index.refresh(raw, touched)


def _apply_change(raw: Any, version: str, change: Change) -> None:
    _, after = change.values()
    if change.kind is ChangeKind.DELETE:
        # A row that passes to another space leaves one and enters the other: whichever is applied first, it
        # stays.
        query = f'DELETE FROM "{change.table_name}" WHERE id = ? AND version = ?'
        raw.execute(query, (change.row_id, change.base_version))
        return
    values = {**after, "version": version}
    if change.kind is ChangeKind.INSERT:
        values["id"] = change.row_id
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" for _ in values)
        query = f'INSERT OR REPLACE INTO "{change.table_name}" ({names}) VALUES ({marks})'
        raw.execute(query, tuple(values.values()))
        return
    assignments = ", ".join(f'"{name}" = ?' for name in values)
    query = f'UPDATE "{change.table_name}" SET {assignments} WHERE id = ?'
    raw.execute(query, (*values.values(), change.row_id))


def _entered(change: Change) -> str | None:
    """Return the household a row passed to, None when it stayed in its own."""
    path = declared_tables()[change.table_name].household
    entered = None if path is None else change.values()[1].get(path)
    return entered if entered != change.household_id else None


def _keep(raw: Any, envelope: Envelope, changes: list[Change]) -> None:
    names = [c.name for c in tables.changeset.columns if c.name != "number"]
    marks = ", ".join("?" for _ in names)
    cursor = raw.execute(
        f"INSERT INTO changeset ({', '.join(names)}) VALUES ({marks})",
        tuple(getattr(envelope, name) for name in names),
    )
    write_changes(raw, cursor.lastrowid, changes)
    query = "UPDATE local_state SET value = max(CAST(value AS INTEGER), ?) WHERE key = 'lamport'"
    raw.execute(query, (envelope.lamport,))
