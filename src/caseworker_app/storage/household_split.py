"""Rows of one household that leave into another, from what the tables declare: no subject is known here.

Rows that only make sense together (a step and its goal, an addition and what it adds to) leave or stay
together. A pointer that may be empty and would cross from one household to the other is cut, and told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from caseworker_app.storage.declarations import (
    OnHouseholdMerge,
    TableDeclaration,
    declaration_of,
    declared_tables,
)
from caseworker_app.storage.household_merge import Row, parents_first, rows_of
from caseworker_app.storage.rewriting import rewrite
from caseworker_app.storage.transactions import RowKey
from caseworker_app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Cut:
    """A pointer that was emptied: the row that held it, its field, and the row it pointed to."""

    row: RowKey
    field: str
    target: RowKey


@dataclass(slots=True)
class HouseholdSplit:
    """What a split did: rows that left by table, pointers that were cut."""

    moved: dict[str, int] = field(default_factory=dict)
    cuts: list[Cut] = field(default_factory=list)


class BoundRowsParted(ValueError):
    """Rows that only make sense together were to be parted; `rows` are those that would be missing."""

    def __init__(self, rows: Collection[RowKey]) -> None:
        """Name them."""
        super().__init__("rows bound together were parted")
        self.rows = frozenset(rows)


def household_rows(connection: Connection, household_id: str) -> dict[RowKey, Row]:
    """Return every row that follows a household, by table and id, parents before what points to them."""
    return {
        (declared.table.name, row["id"]): row
        for declared in parents_first()
        for row in rows_of(connection, declared, household_id)
    }


def bound_groups(rows: Mapping[RowKey, Row]) -> list[list[RowKey]]:
    """Group the rows that only make sense together, each group with its first parent first."""
    group_of = {key: index for index, key in enumerate(rows)}
    members = {index: [key] for index, key in enumerate(rows)}
    for key, row in rows.items():
        for name in _pointers(key[0], binding=True):
            target = (str(_references(key[0], name)), row[name])
            if target in rows and group_of[target] != group_of[key]:
                kept, gone = sorted((group_of[target], group_of[key]))
                for moved in members.pop(gone):
                    group_of[moved] = kept
                    members[kept].append(moved)
    return list(members.values())


def split_household(
    uow: UnitOfWork, household_id: str, other_id: str, leaving: Collection[RowKey]
) -> HouseholdSplit:
    """Move rows of a household into another that is there already. Raises BoundRowsParted."""
    rows, chosen = household_rows(uow.connection, household_id), frozenset(leaving)
    for group in bound_groups(rows):
        if (staying := set(group) - chosen) and len(staying) < len(group):
            raise BoundRowsParted(staying)
    done = HouseholdSplit()
    for key, row in rows.items():
        changed = _cut(key, row, rows, chosen, done.cuts)
        if key in chosen:
            changed[str(declaration_of(key[0]).household)] = other_id
            done.moved[key[0]] = done.moved.get(key[0], 0) + 1
        if changed:
            rewrite(uow, declaration_of(key[0]).table, key[1], changed)
    return done


def _cut(
    key: RowKey, row: Row, rows: Mapping[RowKey, Row], chosen: Collection[RowKey], cuts: list[Cut]
) -> dict[str, Any]:
    """Return the pointers of a row to empty because what they point to goes elsewhere."""
    changed: dict[str, Any] = {}
    for name in _pointers(key[0], binding=False):
        target = (str(_references(key[0], name)), row[name])
        if target in rows and (target in chosen) != (key in chosen):
            changed[name] = None
            cuts.append(Cut(key, name, target))
    return changed


def _pointers(table_name: str, *, binding: bool) -> list[str]:
    """List the fields that point to rows of the same household and bind the two together, or do not.

    A pointer that must be there binds, and so does one to a row of the same table (an addition, a
    correction).
    """
    declared = declaration_of(table_name)
    return [
        name
        for name, declaration in declared.fields().items()
        if declaration.references is not None
        and declared_tables()[declaration.references].on_household_merge is OnHouseholdMerge.MOVE
        and _binds(declared, name, declaration.references) is binding
    ]


def _binds(declared: TableDeclaration, name: str, target: str) -> bool:
    return target == declared.table.name or not declared.table.c[name].nullable


def _references(table_name: str, name: str) -> str | None:
    return declaration_of(table_name).fields()[name].references
