"""How rows of a declared table are written and read again: their statements, made once, and values in stored form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from operator import attrgetter, methodcaller
from types import NoneType
from typing import Any

from caseworker_app.kernel.ids import new_ids
from caseworker_app.storage import search_index
from caseworker_app.storage.declarations import declaration_of

# What the file holds as it is.
_PLAIN = frozenset({str, int})


@dataclass(frozen=True, slots=True)
class Statements:
    """A table's statements.

    `others` are its columns but id and version, `household` the one holding a household; `searched`: search follows it.
    """

    table_name: str
    household: str | None
    searched: bool
    columns: tuple[str, ...]
    others: tuple[str, ...]
    known: frozenset[str]
    get: str
    insert: str


@lru_cache(maxsize=256)
def statements_of(table_name: str) -> Statements:
    """Return the statements of a declared table. Raises KeyError for one that is not."""
    declared = declaration_of(table_name)
    columns = tuple(str(c.name) for c in declared.table.columns)
    others = tuple(name for name in columns if name not in ("id", "version"))
    names = ", ".join(f'"{name}"' for name in columns)
    inserted = ", ".join(f'"{name}"' for name in ("id", "version", *others))
    marks = ", ".join("?" for _ in columns)
    return Statements(
        str(table_name),  # SQLAlchemy's own kind of text, with which the driver is slower
        declared.household,
        search_index.follows(table_name),
        columns,
        others,
        frozenset(columns),
        f'SELECT {names} FROM "{table_name}" WHERE id = ?',
        f'INSERT INTO "{table_name}" ({inserted}) VALUES ({marks})',
    )


def stored_rows(of: Statements, rows: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the ids of new rows, made here where they bring none, and their other fields that are not empty."""
    ids: list[str | None] = []
    afters: list[dict[str, Any]] = []
    for values in rows:
        if not values.keys() <= of.known:
            raise ValueError(f"unknown fields: {sorted(values.keys() - of.known)}")
        after: dict[str, Any] = {
            k: v if v.__class__ in _PLAIN else _form_of(v.__class__)(v)
            for k, v in values.items()
            if v is not None
        }
        ids.append(after.pop("id", None) or None)
        after.pop("version", None)
        afters.append(after)
    fresh = iter(new_ids(ids.count(None)))
    return [row_id or next(fresh) for row_id in ids], afters


def to_stored(value: Any) -> Any:
    """Turn a domain value into what the file holds: ISO dates, 0/1, enum values."""
    kind: type = type(value)
    return _form_of(kind)(value)


@lru_cache(maxsize=256)
def _form_of(kind: type) -> Callable[[Any], Any]:
    """Return what turns values of a type into their stored form. Raises TypeError for one without any."""
    if issubclass(kind, Enum):
        return attrgetter("_value_")  # what `value` gives, four times quicker
    if issubclass(kind, bool):
        return int
    if issubclass(kind, datetime):
        return methodcaller("isoformat", timespec="minutes")
    if issubclass(kind, date):
        return methodcaller("isoformat")
    if issubclass(kind, str | int | bytes | NoneType):
        return _as_it_is
    raise TypeError(f"{kind.__name__} has no stored form")


def _as_it_is(value: Any) -> Any:
    return value
