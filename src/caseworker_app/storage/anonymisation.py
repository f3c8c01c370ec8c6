"""What of a household still counts once nothing names it: rows made anew, from what the tables declare.

What is not declared to count is left out. Rows get new ids, dates keep their month, amounts their fifty euros, births
five years; texts and whatever points out of the household go (ADR 17).
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Integer

from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.declarations import (
    Counted,
    FieldDeclaration,
    Moment,
    OnAnonymisation,
    TableDeclaration,
    declared_tables,
)
from caseworker_app.storage.household_merge import Row, parents_first, rows_of
from caseworker_app.storage.unit_of_work import UnitOfWork

HOUSEHOLD = "household"
# What an amount is rounded to, in cents.
ROUNDED_TO = 50_00
BAND_YEARS = 5
# Born so many years before the day or earlier: one band, since few are.
OLDEST_BAND = 85
# Tables without household that a row may go on pointing to: none of their rows is about a household.
_KEPT_TARGETS = frozenset({"worker", "space", "agreement"})


def counting_tables() -> list[TableDeclaration]:
    """Return the tables whose rows still count, the household's first, then parents before what points to them."""
    own = declared_tables()[HOUSEHOLD]
    return [own, *(d for d in parents_first() if d.on_anonymisation is OnAnonymisation.CLEAR)]


def rows_that_count(
    connection: Connection, household_id: str, day: date
) -> list[tuple[TableDeclaration, list[Row]]]:
    """Return, by table, the rows that stay of a household as they will be written, under new ids."""
    new_ids = {household_id: new_id()}
    found: list[tuple[TableDeclaration, list[Row]]] = []
    for declared in counting_tables():
        rows = rows_of(connection, declared, household_id)
        new_ids |= {row["id"]: new_id() for row in rows if row["id"] not in new_ids}
        made = []
        for row in rows:
            if (counting := _counting(declared, row, new_ids, day)) is None:
                del new_ids[row["id"]]
            else:
                made.append(counting)
        random.SystemRandom().shuffle(made)
        found.append((declared, made))
    return found


def write_counting(
    uow: UnitOfWork, rows: list[tuple[TableDeclaration, list[Row]]], said: Mapping[str, Mapping[str, Any]]
) -> int:
    """Write what counts within an intention; `said`: by table, fields set besides. Returns how many rows."""
    for declared, of_table in rows:
        besides = said.get(str(declared.table.name), {})
        uow.insert_many(declared.table, [{**row, **besides} for row in of_table])
    return sum(len(of_table) for _, of_table in rows)


def _counting(declared: TableDeclaration, row: Row, new_ids: Mapping[str, str], day: date) -> Row | None:
    """Return a row as it counts; None when it cannot be without something that goes."""
    made: Row = {"id": new_ids[row["id"]]}
    for name, told in declared.fields().items():
        if name in ("id", "version"):
            continue
        column = declared.table.c[name]
        value = _value(column, told, row[name], new_ids, day)
        if value is None and told.references is not None and not column.nullable:
            return None
        made[name] = _required(column) if value is None and not column.nullable else value
    return made


def _value(
    column: Column[Any], told: FieldDeclaration, value: Any, new_ids: Mapping[str, str], day: date
) -> Any:
    if value is None or told.counted is Counted.NOTHING:
        return None
    if told.references is not None:
        return value if told.references in _KEPT_TARGETS else new_ids.get(value)
    if told.counted is not None:
        return counted_value(told.counted, value, day)
    return None if told.identifying else _loosened(column, value)


def _loosened(column: Column[Any], value: Any) -> Any:
    """Return what a field without a declaration of its own still tells: no text."""
    if isinstance(column.type, Date):
        return f"{value[:7]}-01"
    if isinstance(column.type, Moment):
        return f"{value[:7]}-01T00:00"
    if isinstance(column.type, Integer):
        return _rounded(value) if str(column.name).endswith("_cents") else value
    return value if isinstance(column.type, Boolean) else None


def counted_value(counted: Counted, value: str, day: date) -> str:
    """Return what a declared field tells once anonymised."""
    if counted is Counted.AGE_BAND:
        return born_about(value, day)
    if counted is Counted.DEPARTMENT:
        # Corsica's « 2A » and « 2B » are both written 20; overseas departments take three figures.
        return value[:3] if value.startswith(("97", "98")) else value[:2]
    return value


def born_about(birth: str, day: date) -> str:
    """Return the first day of the five years in which somebody was born (ISO text), the oldest all in one."""
    year = max(int(birth[:4]), day.year - OLDEST_BAND)
    return f"{year - year % BAND_YEARS:04d}-01-01"


def _rounded(cents: int) -> int:
    sign = -1 if cents < 0 else 1
    return sign * ((abs(cents) + ROUNDED_TO // 2) // ROUNDED_TO) * ROUNDED_TO


def _required(column: Column[Any]) -> Any:
    return 0 if isinstance(column.type, Boolean | Integer) else ""
