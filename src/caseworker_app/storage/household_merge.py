"""Two households made one, from what the tables declare: no subject is known here.

Rows pass to the household that stays; those that are one thing there and here are joined field by field;
what pointed to a row that goes points to the one that stays. Nothing is lost: a value that is not kept is
returned, to be told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection

from caseworker_app.kernel.errors import NotFound
from caseworker_app.storage.declarations import (
    OnHouseholdMerge,
    TableDeclaration,
    declaration_of,
    declared_tables,
    references_to,
)
from caseworker_app.storage.rewriting import rewrite
from caseworker_app.storage.row_pairs import FieldPair, compare_rows, joined_fields, same_key
from caseworker_app.storage.unit_of_work import UnitOfWork

HOUSEHOLD = "household"
# By the row that goes, the row of the same table that stays.
Pairs = Mapping[str, str]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class JoinedRows:
    """Two rows of a table that are one thing, and the fields they tell differently."""

    table_name: str
    kept_row: str
    absorbed_row: str
    fields: tuple[FieldPair, ...]


@dataclass(slots=True)
class HouseholdsMerged:
    """What a merge did: rows that came by table, rows joined, and values that were not kept."""

    moved: dict[str, int] = field(default_factory=dict)
    joined: list[JoinedRows] = field(default_factory=list)
    left_out: list[FieldPair] = field(default_factory=list)


def rows_to_join(connection: Connection, kept_id: str, absorbed_id: str, pairs: Pairs) -> list[JoinedRows]:
    """List the rows of two households that are one thing: the households, the `pairs` given, then what is
    the same.

    Raises NotFound.
    """
    return [
        *(
            _compared(d, (_household(connection, kept_id), _household(connection, absorbed_id)))
            for d in _combined()
        ),
        *_Joining(connection, kept_id, absorbed_id, pairs).found,
    ]


def merge_households(
    uow: UnitOfWork,
    kept_id: str,
    absorbed_id: str,
    *,
    pairs: Pairs,
    taken: Collection[tuple[str, str]],
    marks: tuple[str, str],
) -> HouseholdsMerged:
    """Make a household one with another, which is removed.

    `pairs`: rows the person says are one (members); `taken`: (row that goes, field) whose value is
    preferred to that of the row that stays; `marks`: what stands above each of two texts that are both
    kept. Raises NotFound.
    """
    joining = _Joining(uow.connection, kept_id, absorbed_id, pairs)
    done = HouseholdsMerged(joined=rows_to_join(uow.connection, kept_id, absorbed_id, pairs))
    for declared in parents_first():
        for row in rows_of(uow.connection, declared, absorbed_id):
            if row["id"] not in joining.replaced:
                rewrite(uow, declared.table, row["id"], joining.as_moved(declared, row))
                done.moved[declared.table.name] = done.moved.get(declared.table.name, 0) + 1
    # The households themselves last: their rows are told from them.
    for rows in reversed(done.joined):
        written, left_out = joined_fields(rows.fields, marks, taken)
        done.left_out += left_out
        table = declaration_of(rows.table_name).table
        uow.update(
            table, rows.kept_row, {n: joining.stays(rows.table_name, n, v) for n, v in written.items()}
        )
        uow.delete(table, rows.absorbed_row)
    _point_elsewhere(uow, absorbed_id, kept_id)
    return done


def rows_of(connection: Connection, declared: TableDeclaration, household_id: str) -> list[Row]:
    """Return the rows of a household in one table, as stored, in order of creation."""
    raw: Any = connection.connection.driver_connection
    query = f'SELECT * FROM "{declared.table.name}" WHERE "{declared.household}" = ? ORDER BY id'
    rows = raw.execute(query, (household_id,))
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def parents_first() -> list[TableDeclaration]:
    """Return the tables whose rows follow their household, those that others point to before these."""
    return [declared_tables()[name] for name in _ordered(tuple(declared_tables()))]


@cache
def _ordered(names: tuple[str, ...]) -> tuple[str, ...]:
    following = [n for n in names if declaration_of(n).on_household_merge is OnHouseholdMerge.MOVE]
    done: dict[str, None] = {}

    def visit(name: str, above: frozenset[str]) -> None:
        for declaration in declaration_of(name).fields().values():
            parent = declaration.references
            if parent in following and parent not in done and parent not in above:
                visit(parent, above | {parent})
        done[name] = None

    for name in following:
        if name not in done:
            visit(name, frozenset({name}))
    return tuple(done)


def _combined() -> Iterator[TableDeclaration]:
    return (d for d in declared_tables().values() if d.on_household_merge is OnHouseholdMerge.COMBINE)


def _compared(declared: TableDeclaration, rows: tuple[Row, Row]) -> JoinedRows:
    kept, absorbed = rows
    return JoinedRows(
        declared.table.name, kept["id"], absorbed["id"], tuple(compare_rows(declared, kept, absorbed))
    )


def _household(connection: Connection, household_id: str) -> Row:
    found = rows_of(connection, declaration_of(HOUSEHOLD), household_id)
    if not found:
        raise NotFound(
            "Ce dossier n’existe plus dans le fichier\u00a0: il a été supprimé ou fusionné entre-temps."
        )
    return found[0]


class _Joining:
    """Which rows of the household that goes are rows of the one that stays, looked for parents first."""

    def __init__(self, connection: Connection, kept_id: str, absorbed_id: str, pairs: Pairs) -> None:
        self.replaced: dict[str, str] = dict(pairs)
        self.found: list[JoinedRows] = []
        self._kept_id = kept_id
        for declared in parents_first():
            if declared.same_when or self.replaced:
                kept = rows_of(connection, declared, kept_id)
                self._look(declared, kept, rows_of(connection, declared, absorbed_id))
        if not set(pairs) <= {rows.absorbed_row for rows in self.found}:
            raise NotFound("Une des personnes à réunir n’est plus dans ces dossiers\u00a0: relisez-les.")

    def as_moved(self, declared: TableDeclaration, row: Row) -> Row:
        """Return the fields of a row that change as it passes to the household that stays."""
        pointers = {
            name: self.replaced[row[name]]
            for name, declaration in declared.fields().items()
            if declaration.references is not None and row[name] in self.replaced
        }
        return {str(declared.household): self._kept_id, **pointers}

    def stays(self, table_name: str, name: str, value: Any) -> Any:
        """Return a value with a pointer to a row that goes made one to the row that stays."""
        points = declaration_of(table_name).fields()[name].references is not None
        return self.replaced.get(value, value) if points else value

    def _look(self, declared: TableDeclaration, kept: list[Row], absorbed: list[Row]) -> None:
        by_id = {row["id"]: row for row in kept}
        alike: dict[Any, list[Row]] = {}
        for row in reversed(kept):
            if declared.same_when and row["id"] not in self.replaced.values():
                alike.setdefault(same_key(declared, row), []).append(row)
        for row in absorbed:
            seen = {**row, **self.as_moved(declared, row)}
            if row["id"] in self.replaced:
                twin = by_id.get(self.replaced[row["id"]])
            else:
                twins = alike.get(same_key(declared, seen)) if declared.same_when else None
                twin = twins.pop() if twins else None
            if twin is not None:
                self.replaced[row["id"]] = twin["id"]
                self.found.append(_compared(declared, (twin, seen)))


def _point_elsewhere(uow: UnitOfWork, absorbed_id: str, kept_id: str) -> None:
    """Make what other households say of the one that goes be said of the one that stays."""
    raw: Any = uow.connection.connection.driver_connection
    for table_name, name in references_to(HOUSEHOLD):
        declared = declaration_of(table_name)
        if name == declared.household:
            continue
        query = f'SELECT id, "{declared.household}" FROM "{table_name}" WHERE "{name}" = ?'
        for row_id, household_id in raw.execute(query, (absorbed_id,)).fetchall():
            uow.update(declared.table, row_id, {name: None if household_id == kept_id else kept_id})
