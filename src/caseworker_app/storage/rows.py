"""The one small mapper between a flat row and a frozen dataclass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from enum import Enum
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from caseworker_app.kernel.errors import NotFound

T = TypeVar("T")


class Mapper(Generic[T]):
    """Reads rows of `table` into the dataclass `kind`, whose fields are columns of the table under the same names."""

    def __init__(self, table: Table, kind: type[T]) -> None:
        """Look at both once, when the store is imported."""
        hints = get_type_hints(kind)
        self.table = table
        self._kind = kind
        self._names = [f.name for f in fields(kind)]  # type: ignore[arg-type]
        self._enums = [(i, enum) for i, n in enumerate(self._names) if (enum := _enum_of(hints[n])) is not None]
        self._columns = [table.c[name] for name in self._names]

    def query(self) -> Select[Any]:
        """Return the query of exactly the mapped columns."""
        return select(*self._columns)

    def read(self, row: Sequence[Any]) -> T:
        """Turn a row of `query` into its value."""
        values = list(row)
        for index, enum in self._enums:
            if values[index] is not None:
                values[index] = enum(values[index])
        return self._kind(*values)

    def all(self, connection: Connection, *conditions: ColumnElement[bool], order_by: Any = None) -> list[T]:
        """Return every value that fulfils the conditions, ordered by id (creation) unless told otherwise."""
        query = self.query().where(*conditions)
        order = self.table.c.id if order_by is None else order_by
        ordered = query.order_by(*order) if isinstance(order, tuple) else query.order_by(order)
        return [self.read(row) for row in connection.execute(ordered)]

    def one(self, connection: Connection, row_id: str) -> T:
        """Return the value with this id. Raises NotFound."""
        row = connection.execute(self.query().where(self.table.c.id == row_id)).first()
        if row is None:
            raise NotFound("Cet élément n’existe plus dans le fichier\u00a0: il a été supprimé entre-temps.")
        return self.read(row)

    def values(self, value: T) -> dict[str, Any]:
        """Return what `UnitOfWork.insert` or `update` takes: every field but the version."""
        return {name: getattr(value, name) for name in self._names if name != "version"}


def _enum_of(hint: Any) -> Callable[[Any], Enum] | None:
    candidates = [hint, *get_args(hint)]
    return next((c for c in candidates if isinstance(c, type) and issubclass(c, Enum)), None)
