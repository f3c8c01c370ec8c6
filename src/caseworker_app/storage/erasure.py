"""Erasing rows for good, from what the tables declare: no subject is known here.

An erased row leaves a tombstone that tells nothing, and what earlier changesets said of it is destroyed: their chain
commits to hashes, so it still verifies, and replaying gives the same rows since nothing of an erased row is left to
apply. A row that passed into a household that stays is that household's, with its history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, Table

from caseworker_app.storage.declarations import (
    OnErasure,
    TableDeclaration,
    declaration_of,
    declared_tables,
    references_to,
)
from caseworker_app.storage.transactions import RowKey
from caseworker_app.storage.unit_of_work import UnitOfWork

HOUSEHOLD = "household"
_CLEANING = "erasure_cleaning"


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did: rows gone by table, and how many changes no longer say anything."""

    rows: Mapping[str, int]
    payloads: int

    @property
    def total(self) -> int:
        """Return how many rows are gone."""
        return sum(self.rows.values())


def rows_of_households(connection: Connection, household_ids: Collection[str]) -> list[RowKey]:
    """Return every row that goes with some households, theirs last, and shared rows that only they point to."""
    raw, sought = _raw(connection), _listed(household_ids)
    owned = [d for d in declared_tables().values() if d.household and d.on_erasure is OnErasure.DELETE]
    found: list[RowKey] = []
    for declared in sorted(owned, key=lambda each: each.household == "id"):
        query = (
            f'SELECT id FROM "{declared.table.name}" WHERE "{declared.household}" IN ({_AMONG}) ORDER BY id'
        )
        found += [(str(declared.table.name), row[0]) for row in raw.execute(query, (sought,))]
    return [*_left_alone(raw, found), *found]


def erase_households(uow: UnitOfWork, household_ids: Collection[str]) -> Erased:
    """Erase households with everything that is theirs, within an intention; `household_ids`: former ones too.

    What other households say of them by a pointer is emptied. Texts of others that speak of them are theirs.
    """
    raw = _raw(uow.connection)
    rows = rows_of_households(uow.connection, household_ids)
    query = f"SELECT DISTINCT table_name, row_id FROM change WHERE household_id IN ({_AMONG})"
    seen = {(str(r[0]), str(r[1])) for r in raw.execute(query, (_listed(household_ids),))}
    gone = {*rows, *(key for key in seen if not _lives_elsewhere(raw, key, household_ids))}
    _empty_pointers(uow, household_ids)
    _erase(uow, rows)
    return Erased(_counted(rows), destroy_history(uow, gone, renewing=True))


def erase_rows(uow: UnitOfWork, rows: Sequence[RowKey]) -> Erased:
    """Erase some rows of a household that stays, within an intention; pointers of its other rows are emptied.

    A row that cannot be without its pointer must be among those erased.
    """
    going = set(rows)
    for table_name, row_id in rows:
        for pointing, name in references_to(table_name):
            for key in rows_pointing(uow.connection, pointing, name, row_id):
                if key not in going:
                    uow.update(declaration_of(pointing).table, key[1], {name: None})
    _erase(uow, rows)
    return Erased(_counted(rows), destroy_history(uow, going))


def rows_pointing(connection: Connection, table_name: str, field_name: str, row_id: str) -> list[RowKey]:
    """Return the rows of a table whose field points to a row."""
    query = f'SELECT id FROM "{table_name}" WHERE "{field_name}" = ? ORDER BY id'
    return [(table_name, row[0]) for row in _raw(connection).execute(query, (row_id,)).fetchall()]


def renew(uow: UnitOfWork, table: Table, row_id: str, changed: Mapping[str, Any] | None = None) -> None:
    """Write a row that stays anew, as if it were made now, so that its former states can be destroyed."""
    row = uow.get(table, row_id)
    uow.erase(table, row_id)
    uow.insert(table, {**row, **(changed or {})})


def destroy_history(uow: UnitOfWork, rows: Collection[RowKey], *, renewing: bool = False) -> int:
    """Destroy what every changeset before this one says of some rows; return how many changes fell silent.

    With `renewing`, households that stay and held one of these rows once are written anew: their own history told of
    it, by a name.
    """
    raw = _raw(uow.connection)
    said = _what_is_said(raw, rows)
    _silence(raw, [number for number, _ in said])
    renewed = 0
    if renewing:
        held = {household for _, household in said if household and (HOUSEHOLD, household) not in rows}
        renewed = sum(renew_household(uow, household_id) for household_id in sorted(held))
    return len(said) + renewed


def renew_household(uow: UnitOfWork, household_id: str, changed: Mapping[str, Any] | None = None) -> int:
    """Write the row of a household that stays anew and destroy its history; return how many changes fell silent.

    One that is not in this file is left out.
    """
    raw = _raw(uow.connection)
    if raw.execute("SELECT 1 FROM household WHERE id = ?", (household_id,)).fetchone() is None:
        return 0
    own = {"household": household_id, "table": HOUSEHOLD}
    numbers = [row[0] for row in raw.execute(_OF_OWN_ROW, own)]
    renew(uow, declaration_of(HOUSEHOLD).table, household_id, changed)
    _silence(raw, numbers)
    return len(numbers)


def note_cleaning(uow: UnitOfWork, household_ids: Iterable[str]) -> None:
    """Remember, in the transaction of an erasure, that what lies outside the rows is still to be cleaned."""
    due = sorted({*cleaning_due(uow.connection), *household_ids, ""} - {""})
    _raw(uow.connection).execute(
        "INSERT OR REPLACE INTO local_state VALUES (?, ?)", (_CLEANING, _listed(due))
    )


def is_cleaning_due(connection: Connection) -> bool:
    """Say whether an erasure was written and its cleaning not finished: killed meanwhile, or held up."""
    query = "SELECT 1 FROM local_state WHERE key = ?"
    return _raw(connection).execute(query, (_CLEANING,)).fetchone() is not None


def cleaning_due(connection: Connection) -> list[str]:
    """Return the households erased whose cleaning is not finished."""
    row = _raw(connection).execute("SELECT value FROM local_state WHERE key = ?", (_CLEANING,)).fetchone()
    return [] if row is None else [str(each) for each in orjson.loads(row[0])]


def forget_cleaning(raw: Any) -> None:
    """Note that nothing is left to clean."""
    raw.execute("DELETE FROM local_state WHERE key = ?", (_CLEANING,))


def _erase(uow: UnitOfWork, rows: Iterable[RowKey]) -> None:
    for table_name, row_id in rows:
        uow.erase(declaration_of(table_name).table, row_id)


def _what_is_said(raw: Any, rows: Collection[RowKey]) -> list[tuple[int, str | None]]:
    """Return the changes that say something of some rows, each with the household it was recorded under."""
    shared = [key for key in rows if _is_shared(key[0])]
    owned = [key for key in rows if not _is_shared(key[0])]
    found = []
    # What belongs to no household is recorded under none, which the index gives at once.
    for keys, where in ((shared, "household_id IS NULL"), (owned, "1")):
        if keys:
            asked = raw.execute(_SAID.format(where=where), (_listed({row_id for _, row_id in keys}),))
            sought = set(keys)
            found += [
                (number, household) for number, table, row, household in asked if (table, row) in sought
            ]
    return found


def _is_shared(table_name: str) -> bool:
    declared = declared_tables().get(table_name)
    return declared is not None and declared.household is None


def _silence(raw: Any, numbers: Iterable[int]) -> None:
    raw.execute(f"UPDATE change SET payload = NULL WHERE number IN ({_AMONG})", (_listed(numbers),))


def _left_alone(raw: Any, rows: Sequence[RowKey]) -> list[RowKey]:
    """Return the shared rows that go with these since nothing else points to them."""
    going = set(rows)
    found: dict[RowKey, None] = {}
    for table_name, name, shared in _shared_pointers():
        ids = [row_id for table, row_id in rows if table == table_name]
        query = (
            f'SELECT DISTINCT "{name}" FROM "{table_name}" WHERE id IN ({_AMONG}) AND "{name}" IS NOT NULL'
        )
        for (target,) in raw.execute(query, (_listed(ids),)).fetchall():
            if not _pointed_to(raw, (shared, target), going):
                found[shared, target] = None
    return list(found)


def _shared_pointers() -> list[tuple[str, str, str]]:
    shared = [str(d.table.name) for d in declared_tables().values() if d.goes_with_last]
    return [
        (table, name, target)
        for target in shared
        for table, name in references_to(target)
        if declaration_of(table).household is not None
    ]


def _pointed_to(raw: Any, target: RowKey, going: Collection[RowKey]) -> bool:
    for table, name in references_to(target[0]):
        rows = raw.execute(f'SELECT id FROM "{table}" WHERE "{name}" = ?', (target[1],)).fetchall()
        if any((table, row[0]) not in going for row in rows):
            return True
    return False


def _lives_elsewhere(raw: Any, key: RowKey, household_ids: Collection[str]) -> bool:
    """Say whether a row is now that of a household that stays, or of none."""
    declared = declared_tables().get(key[0])
    if declared is None or declared.household is None:
        return declared is not None
    query = f'SELECT "{declared.household}" FROM "{key[0]}" WHERE id = ?'
    row = raw.execute(query, (key[1],)).fetchone()
    return row is not None and row[0] not in household_ids


def _empty_pointers(uow: UnitOfWork, household_ids: Collection[str]) -> None:
    """Empty what rows that stay say of the households that go."""
    raw = _raw(uow.connection)
    for table_name, name in references_to(HOUSEHOLD):
        declared = declaration_of(table_name)
        if name == declared.household:
            continue
        query = f'SELECT id FROM "{table_name}" WHERE "{name}" IN ({_AMONG}){_of_others(declared)}'
        for (row_id,) in raw.execute(query, (_listed(household_ids),) * (query.count("?"))).fetchall():
            uow.update(declared.table, row_id, {name: None})


def _of_others(declared: TableDeclaration) -> str:
    return "" if declared.household is None else f' AND "{declared.household}" NOT IN ({_AMONG})'


def _counted(rows: Iterable[RowKey]) -> dict[str, int]:
    return dict(Counter(table_name for table_name, _ in rows))


def _listed(values: Iterable[Any]) -> str:
    return orjson.dumps(list(values)).decode()


def _raw(connection: Connection) -> Any:
    return connection.connection.driver_connection


_AMONG = "SELECT value FROM json_each(?)"
# Nothing indexes changes by row: one pass over them, for however many rows of households.
_SAID = f"""
    SELECT number, table_name, row_id, household_id FROM change
    WHERE {{where}} AND row_id IN ({_AMONG}) AND payload IS NOT NULL
"""
_OF_OWN_ROW = """
    SELECT number FROM change WHERE household_id = :household AND table_name = :table AND row_id = :household
    AND payload IS NOT NULL
"""
