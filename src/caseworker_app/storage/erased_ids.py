"""Which households were erased, by their random ids, kept beside the file: an older backup may bring one back.

Ids name nobody. They lie outside the file because a restore puts the file of another day in its place; each goes once
no backup holds its household any more. Nothing is erased on the strength of this list: it is only told, and planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection

from caseworker_app.security.header_files import replace_durably
from caseworker_app.storage.unit_of_work import UnitOfWork

FILE_NAME = "passerelle.effaces"
_PENDING, _TOLD = "erased_ids", "erased_ids_told"
# More than an association erases in the years a backup lasts; a list made up would be longer.
_MOST_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class ErasedId:
    """A household that was erased: how (a code of the retention room), and until when a backup may hold it."""

    household_id: str
    kind: str
    until: date


def note_erased(uow: UnitOfWork, household_ids: Iterable[str], kind: str, until: date) -> None:
    """Note, in the transaction of an erasure, which ids go to the list beside the file (`keep_beside`)."""
    raw: Any = uow.connection.connection.driver_connection
    noted = {**_state(raw, _PENDING), **{each: [kind, until.isoformat()] for each in household_ids}}
    raw.execute("INSERT OR REPLACE INTO local_state VALUES (?, ?)", (_PENDING, orjson.dumps(noted).decode()))


def keep_beside(folder: Path, connection: Connection, day: date) -> None:
    """Write what was noted beside the file, without what no backup holds any more on `day`. Raises OSError."""
    raw: Any = connection.connection.driver_connection
    noted = _parsed(_state(raw, _PENDING))
    if noted:
        everything = {**read_beside(folder), **noted}
        kept = {i: [each.kind, each.until.isoformat()] for i, each in everything.items() if each.until >= day}
        replace_durably(folder / FILE_NAME, orjson.dumps(kept))


def forget_pending(raw: Any) -> None:
    """Forget, within a transaction, what is beside the file by now."""
    raw.execute("DELETE FROM local_state WHERE key = ?", (_PENDING,))


def read_beside(folder: Path) -> dict[str, ErasedId]:
    """Return the list beside the file by id; one that is absent, torn or made up says nothing."""
    path = folder / FILE_NAME
    try:
        if path.stat().st_size > _MOST_BYTES:
            return {}
        return _parsed(orjson.loads(path.read_bytes()))
    except (OSError, ValueError):
        return {}


def came_back(folder: Path, connection: Connection) -> list[ErasedId]:
    """Return the erased households that are in the file all the same, and that nobody was told of in this file."""
    listed = read_beside(folder)
    if not listed:
        return []
    raw: Any = connection.connection.driver_connection
    told = _state(raw, _TOLD)
    query = "SELECT id FROM household WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    found = raw.execute(query, (orjson.dumps(list(listed)).decode(),)).fetchall()
    return [listed[row[0]] for row in found if row[0] not in told]


def note_told(uow: UnitOfWork, back: Iterable[ErasedId]) -> None:
    """Note in the file that somebody is told of these: what they decide then holds."""
    raw: Any = uow.connection.connection.driver_connection
    told = {**_state(raw, _TOLD), **{each.household_id: 1 for each in back}}
    raw.execute("INSERT OR REPLACE INTO local_state VALUES (?, ?)", (_TOLD, orjson.dumps(told).decode()))


def _state(raw: Any, key: str) -> dict[str, Any]:
    row = raw.execute("SELECT value FROM local_state WHERE key = ?", (key,)).fetchone()
    return {} if row is None else dict(orjson.loads(row[0]))


def _parsed(noted: object) -> dict[str, ErasedId]:
    """Return what a list says. Raises ValueError for anything else."""
    if not isinstance(noted, Mapping):
        raise ValueError("not a list of erased ids")
    found = {}
    for household_id, told in noted.items():
        if not isinstance(told, list) or len(told) != 2 or not all(isinstance(each, str) for each in told):
            raise ValueError("not a list of erased ids")
        found[household_id] = ErasedId(household_id, told[0], date.fromisoformat(told[1]))
    return found
