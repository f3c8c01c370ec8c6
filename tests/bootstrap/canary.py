"""Words that are nowhere else, one in each field of each table of a household, and looking for them in what comes out.

Made from the declarations and the mappers alone: a table to come is filled, and searched for, like the others.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, get_args, get_type_hints

from sqlalchemy import Boolean, Column, Date, Integer, Text, select

import caseworker_app.features as subjects
from caseworker_app.features.partners.domain.partner import NewPartner
from caseworker_app.features.partners.service import add_checked_partners
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.declarations import (
    FieldDeclaration,
    Merge,
    Moment,
    SearchKind,
    TableDeclaration,
    declaration_of,
    declared_tables,
)
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.household_merge import parents_first
from caseworker_app.storage.rows import Mapper
from caseworker_app.storage.unit_of_work import UnitOfWork

# Made by what the tests print and hand over, since their rows quote documents.
MADE_BY_PRINTING = frozenset({"transmission", "transmitted_review"})
# Where a protected household lives and how it is reached: its long texts tell it again.
_PLACES = frozenset(
    {
        ("address", "street"), ("address", "complement"), ("contact", "value"),
        ("dwelling", "street"), ("dwelling", "complement"),
    }
)  # fmt: skip
# Codes that rooms read in dated tables.
_CODES = {
    ("goal", "domain"): "housing", ("autonomy_level", "domain"): "housing",
    ("support_measure", "kind_code"): "sliding_lease",
    ("attachment", "content_hash"): "ab" * 32, ("attachment", "media_type"): "image/png",
}  # fmt: skip
# What rooms look things up by.
_KEPT = ("id", "version", "household_id", "reference", "content_hash", "content")
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"


@dataclass
class Planted:
    """The words of one household: `internal` are those declared so, `places` where it lives and how it is reached."""

    household_id: str
    words: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    internal: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)

    @property
    def every(self) -> set[str]:
        """Return all its words."""
        return {word for words in self.words.values() for word in words} | self.places


class Gardener:
    """Plants words in households that already stand."""

    def __init__(self) -> None:
        """Begin with no word used."""
        self._used = 0
        self._enums = dict(_enums())

    def plant(self, file: EncryptedFile, who: Who, household_id: str) -> Planted:
        """Give each text of each table a word of its own; long texts tell the home and the phone besides."""
        planted = Planted(household_id)
        with file.unit_of_work(who.worker_id, "plant") as uow:
            places = [d for d in _homes_last() if d.table.name in ("address", "contact", "dwelling")]
            others = [d for d in _homes_last() if d not in places]
            for declared in (*places, *others):
                self._table(uow, declared, planted)
        return planted

    def word(self) -> str:
        """Return a word that is used nowhere."""
        number, letters = self._used, []
        self._used += 1
        for _ in range(4):
            number, place = divmod(number, len(_CONSONANTS) * len(_VOWELS))
            letters.append(_CONSONANTS[place // len(_VOWELS)] + _VOWELS[place % len(_VOWELS)])
        return "Ké" + "".join(reversed(letters))

    def _table(self, uow: UnitOfWork, declared: TableDeclaration, planted: Planted) -> None:
        rows = list(_rows_of(uow, declared, planted.household_id))
        if not rows:
            if declared.table.name in MADE_BY_PRINTING or declared.household is None:
                return
            rows = [uow.insert(declared.table, self._new(uow, declared, planted.household_id))]
        planted.tables.add(declared.table.name)
        for row_id in rows:
            row = uow.get(declared.table, row_id)
            changed = {
                name: self._text(declared, name, told, row, planted)
                for name, told in declared.fields().items()
                if self._is_free(declared, name, told)
            }
            uow.update(declared.table, row_id, changed)

    def _is_free(self, declared: TableDeclaration, name: str, told: FieldDeclaration) -> bool:
        place = (str(declared.table.name), name)
        if not isinstance(declared.table.c[name].type, Text) or told.references is not None:
            return False
        if name in _KEPT or place in self._enums:
            return False
        return (
            place in _PLACES or told.identifying or told.internal or told.search is not None or _is_long(told)
        )

    def _text(
        self,
        declared: TableDeclaration,
        name: str,
        told: FieldDeclaration,
        row: dict[str, Any],
        planted: Planted,
    ) -> str:
        place = (str(declared.table.name), name)
        word = self.word()
        if place == ("contact", "value"):
            return self._contact(row, word, planted)
        planted.words.setdefault(place, []).append(word)
        if told.internal:
            planted.internal.add(word)
        if place in _PLACES:
            planted.places.add(word)
        if name == "street":
            return f"12 rue {word}"
        if _is_long(told):
            return f"{word}, vu au {self._quoted(planted)}"
        return word

    def _contact(self, row: dict[str, Any], word: str, planted: Planted) -> str:
        if row["kind"] == "email":
            planted.places.add(word)
            return f"{fold(word)}@courriel.example"
        digits = f"63998{self._used:04d}"
        planted.places.add(digits)
        return f"+33{digits}"

    def _quoted(self, planted: Planted) -> str:
        street = planted.words[("address", "street")][0]
        phones = [place for place in planted.places if place.isdigit()]
        return f"12 rue {street}" + (f", au 0{phones[0]}" if phones else "")

    def _new(self, uow: UnitOfWork, declared: TableDeclaration, household_id: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, told in declared.fields().items():
            if name in ("id", "version"):
                continue
            if told.references is not None:
                values[name] = _target(uow, told.references, household_id)
            else:
                values[name] = self._value(declared.table.c[name])
        return values

    def _value(self, column: Column[Any]) -> Any:
        place = (str(column.table.name), str(column.name))
        if place in self._enums:
            return next(iter(self._enums[place]))
        if place in _CODES:
            return _CODES[place]
        if isinstance(column.type, Boolean | Integer):
            return int(isinstance(column.type, Integer))
        if isinstance(column.type, Date):
            return "2026-11-01"
        moment = isinstance(column.type, Moment) or str(column.name).endswith("_at")
        return "2026-11-02T14:00" if moment else self.word()


def letters(text: str) -> str:
    """Return a text folded, its letters and figures only: a word cut at the end of a line is one again."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def found(words: Iterable[str], text: str) -> set[str]:
    """Return which words a text holds, in clear or folded, phones with or without spaces."""
    whole = letters(text)
    return {word for word in words if letters(word) in whole}


def in_bytes(words: Iterable[str], data: bytes) -> set[str]:
    """Return which words bytes hold, in the forms a program would leave them in."""
    lowered = data.lower()
    forms = {
        word: [
            each.encode(code) for each in (word, word.lower(), fold(word)) for code in ("utf-8", "utf-16-le")
        ]
        for word in words
    }
    return {word for word, of in forms.items() if any(form.lower() in lowered for form in of)}


def _enums() -> Iterator[tuple[tuple[str, str], type[Enum]]]:
    for room in pkgutil.iter_modules(subjects.__path__):
        name = f"{subjects.__name__}.{room.name}.store"
        if importlib.util.find_spec(name) is None:
            continue
        module = importlib.import_module(name)
        inner = [m.name for m in pkgutil.iter_modules(getattr(module, "__path__", ()), f"{name}.")]
        for each in (module, *map(importlib.import_module, inner)):
            yield from _of_module(each)


def _of_module(module: types.ModuleType) -> Iterator[tuple[tuple[str, str], type[Enum]]]:
    for mapper in vars(module).values():
        if isinstance(mapper, Mapper):
            for name, hint in get_type_hints(mapper._kind).items():
                for kind in (hint, *get_args(hint)):
                    if isinstance(kind, type) and issubclass(kind, Enum):
                        yield (str(mapper.table.name), name), kind


def _homes_last() -> list[TableDeclaration]:
    shared = [declaration_of("dwelling")]
    of_households = [d for d in parents_first() if d.household == "household_id"]
    return [*of_households, declaration_of("household"), *shared]


def _rows_of(uow: UnitOfWork, declared: TableDeclaration, household_id: str) -> Iterator[str]:
    table = declared.table
    if declared.household is not None:
        query = select(table.c.id).where(table.c[declared.household] == household_id)
    else:  # the home it rents
        lease = declaration_of("lease").table
        query = select(lease.c.dwelling_id).where(lease.c.household_id == household_id)
    yield from (row[0] for row in uow.rows(query))


def _target(uow: UnitOfWork, table_name: str, household_id: str) -> str | None:
    if table_name == "household":
        return household_id
    declared = declaration_of(table_name)
    query = select(declared.table.c.id)
    if declared.household == "household_id":
        query = query.where(declared.table.c.household_id == household_id)
    rows = uow.rows(query.limit(1))
    if not rows and table_name == "partner":
        return add_checked_partners(uow, [NewPartner("Partenaire")])[0]
    return rows[0][0] if rows else None


def _is_long(told: FieldDeclaration) -> bool:
    return told.merge is Merge.KEEP_BOTH or told.search is SearchKind.TEXT


def tables_of_households() -> set[str]:
    """Return the tables every planted household has rows in."""
    return {d.table.name for d in declared_tables().values() if d.household is not None} - MADE_BY_PRINTING
