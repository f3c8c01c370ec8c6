"""A word that is nowhere else in every text column of every table of a household, made from the declarations alone."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, select

from caseworker_app.storage.declarations import Counted, Moment, TableDeclaration, declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.household_merge import parents_first
from caseworker_app.storage.unit_of_work import UnitOfWork
from tests.bootstrap.canary import _CODES, _enums

_LETTERS = "bcdfghjklmnpqrstvwxz"
# How much of the end of a word is looked for: the index keeps only what differs from the word before.
TAIL = 8


@dataclass
class Sown:
    """The words of one household by table and column; the last of each list is what the row says now."""

    household_id: str
    words: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @property
    def every(self) -> set[str]:
        """Return all its words, former ones too."""
        return {word for words in self.words.values() for word in words}

    @property
    def present(self) -> set[str]:
        """Return the words its rows hold now."""
        return {words[-1] for words in self.words.values()}


class Sower:
    """Sows words; the codes of closed lists are left codes."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._enums: dict[tuple[str, str], type[Enum]] = dict(_enums())

    def word(self) -> str:
        """Return a word of fourteen letters, drawn."""
        return "".join(self._random.choice(_LETTERS) for _ in range(14))

    def sow(self, file: EncryptedFile, worker_id: str, household_id: str) -> Sown:
        """Give a household a row of each table, each text its word, then another word in its place."""
        sown = Sown(household_id)
        with file.unit_of_work(worker_id, "sow") as uow:
            for declared in parents_first():
                uow.insert(declared.table, self._row(uow, declared, sown))
        for _ in range(2):
            with file.unit_of_work(worker_id, "sow") as uow:
                for declared in (*parents_first(), declaration_of("household")):
                    for row_id in _rows_of(uow, declared, household_id):
                        uow.update(declared.table, row_id, self._texts(declared, sown))
        return sown

    def _row(self, uow: UnitOfWork, declared: TableDeclaration, sown: Sown) -> dict[str, Any]:
        values: dict[str, Any] = self._texts(declared, sown)
        for name, told in declared.fields().items():
            if name in ("id", "version") or name in values:
                continue
            if told.references is not None:
                values[name] = self._target(uow, told.references, sown)
            else:
                values[name] = self._value(declared.table.c[name])
        return values

    def _texts(self, declared: TableDeclaration, sown: Sown) -> dict[str, str]:
        made = {}
        for name in sowable(declared, self._enums):
            made[name] = self.word()
            sown.words.setdefault((str(declared.table.name), name), []).append(made[name])
        return made

    def _target(self, uow: UnitOfWork, table_name: str, sown: Sown) -> str | None:
        if table_name == "household":
            return sown.household_id
        declared = declaration_of(table_name)
        if table_name == "head_lease":  # a home the association rents stays its own
            return None
        if table_name == "dwelling":
            return uow.insert(declared.table, self._texts(declared, sown))
        query = select(declared.table.c.id)
        if declared.household is not None:
            query = query.where(declared.table.c[declared.household] == sown.household_id)
        rows = uow.rows(query.limit(1))
        if rows or declared.household is not None:
            return rows[0][0] if rows else None
        return uow.insert(declared.table, self._shared(declared))

    def _shared(self, declared: TableDeclaration) -> dict[str, Any]:
        return {
            name: self._value(declared.table.c[name])
            for name, told in declared.fields().items()
            if name not in ("id", "version") and told.references is None
        }

    def _value(self, column: Column[Any]) -> Any:
        place = (str(column.table.name), str(column.name))
        if place in self._enums:
            return next(iter(self._enums[place]))
        if place in _CODES:
            return _CODES[place]
        if isinstance(column.type, Boolean | Integer):
            return int(isinstance(column.type, Integer))
        if isinstance(column.type, Date):
            return "2023-11-17"
        return "2023-11-17T14:00" if isinstance(column.type, Moment) else "usuel"


def sowable(declared: TableDeclaration, enums: dict[tuple[str, str], type[Enum]]) -> list[str]:
    """Return the columns of a table that take any text: what is typed, whatever its declaration says of it."""
    return [
        name
        for name, told in declared.fields().items()
        if type(declared.table.c[name].type).__name__ == "Text"
        and told.references is None
        and told.counted is not Counted.CODE
        and (declared.table.name, name) not in enums
        and (declared.table.name, name) not in _CODES
        and name not in ("id", "version", "household_id", "content_hash", "former_id", "attachment_id")
    ]


def left(words: set[str], data: bytes) -> set[str]:
    """Return which words bytes hold, by the end of each, in either case."""
    lowered = data.lower()
    return {word for word in words if word[-TAIL:].encode() in lowered}


def _rows_of(uow: UnitOfWork, declared: TableDeclaration, household_id: str) -> list[str]:
    table = declared.table
    query = select(table.c.id).where(table.c[str(declared.household)] == household_id)
    return [row[0] for row in uow.rows(query)]
