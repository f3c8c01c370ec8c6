"""The one small mapper between a flat row and a frozen dataclass.

Queries known beforehand are written once as a `Lookup` beside the store's tables: their SQL text is made at the first
call and run on the driver's connection. Building a query anew costs ten times what running it does, and opening a
household's file runs some twenty of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from sqlalchemy import Boolean, Column, ColumnElement, Connection, Date, Select, Table, bindparam, select
from sqlalchemy.dialects import sqlite

from caseworker_app.kernel.errors import NotFound
from caseworker_app.storage.declarations import Moment

T = TypeVar("T")
Order = Sequence[Any]
Converter = Callable[[Any], Any]

_DIALECT = sqlite.dialect()


class Lookup(Generic[T]):
    """A prepared query: called with the connection and the values of its parameters, in order."""

    def __init__(self, mapper: Mapper[T], query: Select[Any], names: tuple[str, ...]) -> None:
        """Keep the query; its text is made when it is first used, once every table is declared."""
        self._mapper, self._query, self._names = mapper, query, names
        self._text = ""
        self._positions: tuple[str, ...] = ()
        self._fixed: dict[str, Any] = {}

    def __call__(self, connection: Connection, *values: Any) -> list[T]:
        """Run the query inside the transaction the connection stands in, and return its values."""
        if not self._text:
            self._prepare()
        given = {**self._fixed, **dict(zip(self._names, values, strict=True))}
        raw: Any = connection.connection.driver_connection
        rows = raw.execute(self._text, [given[name] for name in self._positions])
        return [self._mapper.read_stored(row) for row in rows]

    def _prepare(self) -> None:
        compiled = self._query.compile(dialect=_DIALECT)
        self._positions = tuple(compiled.positiontup or ())
        self._fixed = {name: _as_bound(value) for name, value in compiled.params.items()}
        self._text = str(compiled)


class Mapper(Generic[T]):
    """Reads rows of `table` into the dataclass `kind`, whose fields are columns of the table under the same names."""

    def __init__(self, table: Table, kind: type[T]) -> None:
        """Look at both once, when the store is imported."""
        hints = get_type_hints(kind)
        self.table = table
        self._kind = kind
        self._names = [f.name for f in fields(kind)]  # type: ignore[arg-type]
        self._enums = [
            (i, enum) for i, n in enumerate(self._names) if (enum := _enum_of(hints[n])) is not None
        ]
        columns = [table.c[name] for name in self._names]
        self._converters = [
            (i, c) for i, column in enumerate(columns) if (c := _converter_of(column)) is not None
        ]
        self._query = select(*columns)
        self._by_id = self.lookup("id")

    def query(self) -> Select[Any]:
        """Return the query of exactly the mapped columns."""
        return self._query

    def lookup(
        self, *names: str, where: Sequence[ColumnElement[bool]] = (), order_by: Order = ()
    ) -> Lookup[T]:
        """Prepare the query of rows whose columns `names` equal the values given at each call.

        `where` adds fixed conditions (a subquery may hold `bindparam`s named like one of `names`); ordered by id
        (creation) unless told otherwise.
        """
        equalities = [self.table.c[name] == bindparam(name) for name in names if name in self.table.c]
        query = self._query.where(*equalities, *where).order_by(*(order_by or (self.table.c.id,)))
        return Lookup(self, query, names)

    def read(self, row: Sequence[Any]) -> T:
        """Turn a row of `query`, as SQLAlchemy returns it, into its value."""
        values = list(row)
        for index, enum in self._enums:
            if values[index] is not None:
                values[index] = enum(values[index])
        return self._kind(*values)

    def read_stored(self, row: Sequence[Any]) -> T:
        """Turn a row as the driver returns it into its value."""
        values = list(row)
        for index, convert in self._converters:
            if values[index] is not None:
                values[index] = convert(values[index])
        for index, enum in self._enums:
            if values[index] is not None:
                values[index] = enum(values[index])
        return self._kind(*values)

    def all(self, connection: Connection, *conditions: ColumnElement[bool], order_by: Any = None) -> list[T]:
        """Return every value that fulfils the conditions, ordered by id (creation) unless told otherwise."""
        query = self._query.where(*conditions)
        order = self.table.c.id if order_by is None else order_by
        ordered = query.order_by(*order) if isinstance(order, tuple) else query.order_by(order)
        return [self.read(row) for row in connection.execute(ordered)]

    def one(self, connection: Connection, row_id: str) -> T:
        """Return the value with this id. Raises NotFound."""
        found = self._by_id(connection, row_id)
        if not found:
            raise NotFound("Cet élément n’existe plus dans le fichier\u00a0: il a été supprimé entre-temps.")
        return found[0]

    def values(self, value: T) -> dict[str, Any]:
        """Return what `UnitOfWork.insert` or `update` takes: every field but the version."""
        return {name: getattr(value, name) for name in self._names if name != "version"}


def _enum_of(hint: Any) -> Callable[[Any], Enum] | None:
    candidates = [hint, *get_args(hint)]
    return next((c for c in candidates if isinstance(c, type) and issubclass(c, Enum)), None)


def _converter_of(column: Column[Any]) -> Converter | None:
    if isinstance(column.type, Date):
        return date.fromisoformat
    if isinstance(column.type, Moment):
        return datetime.fromisoformat
    return bool if isinstance(column.type, Boolean) else None


def _as_bound(value: Any) -> Any:
    """Return what the driver binds for a fixed value of a query."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
