"""Rows for every declared table, made from the declarations alone: what a merge, a split or an undo must
not lose.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Boolean, Date, Integer

from caseworker_app.bootstrap.stores import load_stores
from caseworker_app.storage.declarations import TableDeclaration, declaration_of, declared_tables
from caseworker_app.storage.household_merge import parents_first
from caseworker_app.storage.unit_of_work import UnitOfWork

# Strategies are drawn up when tests are collected: every table must be declared by then.
load_stores()

WORDS = (
    "Dubœuf",
    "le goff",
    "14, rue des Tisserands",
    "n’a rien dit",
    "« oui »",
    "Çelik",
    "été",
    "ligne\nsuivante",
)


def counts() -> st.SearchStrategy[dict[str, int]]:
    """Draw how many rows each table of a household holds, 0 to 2."""
    names = [d.table.name for d in declared_tables().values() if d.household == "household_id"]
    return st.fixed_dictionaries({name: st.integers(0, 2) for name in names})


class Filler:
    """Fills a file with rows of every table."""

    def __init__(self, uow: UnitOfWork, seed: int) -> None:
        self._uow, self._random = uow, random.Random(seed)
        self._shared: dict[str, list[str]] = {"space": [uow.default_space]}
        self._own: dict[str, list[str]] = {}

    def space(self, name: str) -> str:
        return self._uow.insert(declaration_of("space").table, {"name": name, "kind": "team"})

    def household(self, space_id: str, rows: Mapping[str, int]) -> str:
        """Add a household with so many rows of each table, and the rows these need; return its id."""
        self._own = {}
        declared = declaration_of("household")
        household_id = self._insert(declared, {"space_id": space_id})
        for each in parents_first():
            if each.household == "household_id":
                for _ in range(rows.get(each.table.name, 0)):
                    self._row(each, household_id)
        return household_id

    def _row(self, declared: TableDeclaration, household_id: str) -> str:
        row_id = self._insert(declared, {"household_id": household_id})
        self._own.setdefault(declared.table.name, []).append(row_id)
        return row_id

    def _insert(self, declared: TableDeclaration, fixed: dict[str, Any]) -> str:
        values = dict(fixed)
        for name, field in declared.fields().items():
            if name in ("id", "version") or name in values:
                continue
            column = declared.table.c[name]
            # A restriction in force forbids all writing: those made here are lifted.
            if column.nullable and name != declared.restricts and self._random.random() < 0.3:
                continue
            if field.references is not None:
                values[name] = self._target(
                    field.references, fixed.get("household_id"), required=not column.nullable
                )
            else:
                values[name] = self._value(column.type, name)
        return self._uow.insert(declared.table, values)

    def _target(self, table_name: str, household_id: str | None, *, required: bool) -> str | None:
        declared = declaration_of(table_name)
        if table_name == "household":
            return household_id
        known = (self._shared if declared.household is None else self._own).setdefault(table_name, [])
        if not known and required and declared.household is not None:
            return self._row(declared, str(household_id))
        if not known and declared.household is None:
            known.append(self._insert(declared, {}))
        return self._random.choice(known) if known else None

    def _value(self, kind: Any, name: str) -> Any:
        if isinstance(kind, Boolean):
            return self._random.random() < 0.5
        if isinstance(kind, Integer):
            return self._random.randint(0, 3)
        if isinstance(kind, Date):
            return date(2026, 1, 1) + timedelta(days=self._random.randint(0, 3) * 31)
        if name in ("started_at", "starts_at"):
            return f"2026-0{self._random.randint(1, 9)}-12T14:00"
        return self._random.choice(WORDS)
