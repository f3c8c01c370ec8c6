"""Two rows of one table made one inside a household, from what the tables declare: no subject is known here.

Whatever points to the row that goes points to the one that stays; rows that thereby become one thing (the same phone
of the same person) are joined too, field by field. Nothing is lost: a value that is not kept is returned, to be told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from caseworker_app.kernel.errors import NotFound
from caseworker_app.storage.declarations import declaration_of, references_to
from caseworker_app.storage.household_merge import JoinedRows
from caseworker_app.storage.row_pairs import FieldPair, compare_rows, joined_fields, same_key
from caseworker_app.storage.unit_of_work import UnitOfWork

Row = dict[str, Any]


@dataclass(slots=True)
class RowsMerged:
    """What is joined, how many rows of each table pass to the row that stays, and values that were not kept."""

    joined: list[JoinedRows] = field(default_factory=list)
    moved: dict[str, int] = field(default_factory=dict)
    left_out: list[FieldPair] = field(default_factory=list)


def rows_joined(connection: Connection, table_name: str, kept_id: str, absorbed_id: str) -> RowsMerged:
    """Tell what making two rows one would join and move; nothing is written. Raises NotFound."""
    looked = _Looking(connection)
    looked.join(table_name, _one(connection, table_name, kept_id), _one(connection, table_name, absorbed_id))
    found = RowsMerged(looked.joined)
    for pointing, _name, _row in looked.passing():
        found.moved[pointing] = found.moved.get(pointing, 0) + 1
    return found


def merge_rows(
    uow: UnitOfWork, table_name: str, kept_id: str, absorbed_id: str, *,
    taken: Collection[tuple[str, str]], marks: tuple[str, str],
) -> RowsMerged:  # fmt: skip
    """Make a row one with another of its table, which is removed.

    `taken`: (row that goes, field) whose value is preferred to that of the row that stays; `marks`: what stands above
    each of two texts that are both kept. Raises NotFound.
    """
    connection = uow.connection
    looked = _Looking(connection)
    looked.join(table_name, _one(connection, table_name, kept_id), _one(connection, table_name, absorbed_id))
    done = RowsMerged(looked.joined)
    for pointing, name, row in looked.passing():
        uow.update(declaration_of(pointing).table, row["id"], {name: looked.replaced[row[name]]})
        done.moved[pointing] = done.moved.get(pointing, 0) + 1
    # What points to others first: nothing is removed that is still pointed to.
    for rows in reversed(done.joined):
        written, left_out = joined_fields(rows.fields, marks, taken)
        done.left_out += left_out
        table = declaration_of(rows.table_name).table
        uow.update(table, rows.kept_row, {n: looked.replaced.get(v, v) for n, v in written.items()})
        uow.delete(table, rows.absorbed_row)
    return done


class _Looking:
    """Which rows become one because what they point to does."""

    def __init__(self, connection: Connection) -> None:
        self.replaced: dict[Any, str] = {}
        self.joined: list[JoinedRows] = []
        self._connection = connection
        self._passing: dict[tuple[str, str, str], Row] = {}

    def join(self, table_name: str, kept: Row, absorbed: Row) -> None:
        """Note two rows as one, and look at whatever points to the one that goes."""
        declared = declaration_of(table_name)
        self.replaced[absorbed["id"]] = kept["id"]
        seen = {n: self.replaced.get(v, v) for n, v in absorbed.items() if n != "id"} | {"id": absorbed["id"]}
        fields = tuple(compare_rows(declared, kept, seen))
        self.joined.append(JoinedRows(table_name, kept["id"], absorbed["id"], fields))
        for pointing, name in references_to(table_name):
            self._look_at(pointing, name, kept["id"], absorbed["id"])

    def passing(self) -> Iterator[tuple[str, str, Row]]:
        """Go through the rows that stay and point to one that goes: table, field, row."""
        for (pointing, name, row_id), row in self._passing.items():
            if row_id not in self.replaced:
                yield pointing, name, row

    def _look_at(self, pointing: str, name: str, kept_id: str, absorbed_id: str) -> None:
        same_when = declaration_of(pointing).same_when
        known = _pointing(self._connection, pointing, name, kept_id) if same_when else []
        for row in _pointing(self._connection, pointing, name, absorbed_id):
            twin = self._twin(pointing, row, known) if same_when else None
            self._passing[pointing, name, row["id"]] = row
            if twin is not None and row["id"] not in self.replaced:
                known.remove(twin)
                self.join(pointing, twin, row)

    def _twin(self, table_name: str, row: Row, known: list[Row]) -> Row | None:
        declared = declaration_of(table_name)
        key = same_key(declared, {n: self.replaced.get(v, v) for n, v in row.items()})
        return next((each for each in known if self._stays(each) and same_key(declared, each) == key), None)

    def _stays(self, row: Mapping[str, Any]) -> bool:
        return row["id"] not in self.replaced


def _pointing(connection: Connection, table_name: str, name: str, row_id: str) -> list[Row]:
    return _read(connection, f'SELECT * FROM "{table_name}" WHERE "{name}" = ? ORDER BY id', row_id)


def _one(connection: Connection, table_name: str, row_id: str) -> Row:
    found = _read(connection, f'SELECT * FROM "{table_name}" WHERE id = ?', row_id)
    if not found:
        raise NotFound("Cette fiche n’existe plus dans le dossier\u00a0: relisez-le.")
    return found[0]


def _read(connection: Connection, query: str, value: str) -> list[Row]:
    raw: Any = connection.connection.driver_connection
    rows = raw.execute(query, (value,))
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]
