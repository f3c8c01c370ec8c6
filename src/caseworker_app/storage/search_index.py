"""The search index: one entry a household for what identifies it, one entry a long text for its words.

Both are contentless FTS5 tables on folded text: the words live once, in the rows. An entry of a household is made again
whole from the fields that tables declare; entries of texts follow their row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Connection

from caseworker_app.kernel.folding import fold, fold_name
from caseworker_app.kernel.phones import search_digits
from caseworker_app.storage.declarations import SearchKind, declaration_of, declared_tables

IDENTITY_KINDS = (SearchKind.NAME, SearchKind.PHONE, SearchKind.ADDRESS, SearchKind.REFERENCE)

Field = tuple[str, SearchKind]
IdentityRow = tuple[str, dict[str, Any]]


@dataclass(slots=True)
class Touched:
    """What a transaction touched that search must follow."""

    new_households: dict[str, list[IdentityRow]] = field(default_factory=dict)
    households: set[str] = field(default_factory=set)
    new_texts: list[tuple[str, str, dict[str, Any], str]] = field(default_factory=list)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    archived: set[str] = field(default_factory=set)
    _words: dict[str, tuple[int, tuple[str, str]]] = field(default_factory=dict)

    def fold_ahead(self) -> None:
        """Make the words of the households noted until now, before the transaction that will write them begins."""
        for household, rows in self.new_households.items():
            self._words[household] = len(rows), _identity(rows)

    def words_of(self, household: str, rows: list[IdentityRow]) -> tuple[str, str]:
        """Return the words of a household made here, those made ahead if nothing of it came since."""
        count, words = self._words.get(household, (-1, ("", "")))
        return words if count == len(rows) else _identity(rows)

    def inserted(self, table_name: str, row_id: str, row: dict[str, Any], household: str | None) -> None:
        """Note a row just added, by its fields that are not empty."""
        if household is None:
            return
        if table_name == "household":
            if row.get("archived_on"):  # it comes archived: an undo, a household made anonymous
                self.households.add(household)
            else:
                self.new_households[household] = []
        if table_name in identity_fields():
            # A household made in this transaction is indexed from these rows, without reading them back.
            if household in self.new_households:
                self.new_households[household].append((table_name, row))
            else:
                self.households.add(household)
        if table_name in text_fields():
            self.new_texts.append((table_name, row_id, row, household))

    def changed(
        self, table_name: str, row_id: str, household: str | None, names: Iterable[str] | None = None
    ) -> None:
        """Note a row of which the fields `names` changed; None: removed, or changed in ways not told."""
        if household is None:
            return
        if table_name == "household" and names is not None and "archived_on" in names:
            self.archived.add(household)
            self.households.add(household)
        if _concerns(identity_fields(), table_name, names):
            self.households.add(household)
        if _concerns(text_fields(), table_name, names):
            self.texts[table_name, row_id] = household

    def concerned(self) -> set[str]:
        """Return the households that may be archived: one made in this transaction is not."""
        of_texts = {household for _, _, _, household in self.new_texts} - self.new_households.keys()
        return self.households | of_texts


@cache
def follows(table_name: str) -> bool:
    """Say whether search follows the rows of a table: some field is searched, or they are the households."""
    return table_name in identity_fields() or table_name in text_fields() or table_name == "household"


@cache
def identity_fields() -> dict[str, list[Field]]:
    """Return, by table, the fields that identify a household."""
    return _searched(*IDENTITY_KINDS)


@cache
def text_fields() -> dict[str, list[Field]]:
    """Return, by table, the long texts whose words are found."""
    return _searched(SearchKind.TEXT)


def _concerns(searched: dict[str, list[Field]], table_name: str, names: Iterable[str] | None) -> bool:
    fields = searched.get(table_name, [])
    return bool(fields) and (names is None or not {name for name, _ in fields}.isdisjoint(names))


def refresh(raw: Any, touched: Touched) -> None:
    """Bring the index up to what a transaction wrote."""
    again = touched.households
    apart = _archived(raw, touched.concerned())
    for household in again & touched.archived:
        _reindex_texts_of(raw, household)
    fresh = [(h, rows) for h, rows in touched.new_households.items() if h not in again]
    _add_identities(raw, [(h, *touched.words_of(h, rows)) for h, rows in fresh])
    for household in again:
        _reindex_household(raw, household, apart)
    stale = touched.texts
    _add_texts(raw, _new_texts(touched, apart))
    for table_name, row_id in stale:
        _reindex_text(raw, table_name, row_id)


def rebuild(raw: Any) -> None:
    """Make the whole index again from the rows."""
    for statement in ("DELETE FROM search_identity", "DELETE FROM search_body", "DELETE FROM search_entry"):
        raw.execute(statement)
    apart = _archived(raw, None)
    for (household,) in raw.execute("SELECT id FROM household ORDER BY id").fetchall():
        _reindex_household(raw, household, apart)
    for table_name in text_fields():
        for (row_id,) in raw.execute(f'SELECT id FROM "{table_name}" ORDER BY id').fetchall():
            _reindex_text(raw, table_name, row_id, apart)


def identity_rows(raw: Any, households: list[str]) -> dict[str, list[IdentityRow]]:
    """Return, by household, the rows that identify it with their table's name, a query a table for all of them."""
    found: dict[str, list[IdentityRow]] = {household: [] for household in households}
    sought = orjson.dumps(households).decode()
    for table_name, (names, query) in _identity_queries().items():
        for household, *values in raw.execute(query, (sought,)):
            found[household].append((table_name, dict(zip(names, values, strict=True))))
    return found


def text_rows(raw: Any, entries: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the long texts of some rows, named by table and id, a query a table; rows that are gone are left out."""
    by_table: dict[str, list[str]] = {}
    for table_name, row_id in entries:
        by_table.setdefault(table_name, []).append(row_id)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for table_name, ids in by_table.items():
        names = [name for name, _ in text_fields()[table_name]]
        columns = ", ".join(f'"{name}"' for name in ("id", *names))
        query = f'SELECT {columns} FROM "{table_name}" WHERE id IN (SELECT value FROM json_each(?))'
        for row_id, *values in raw.execute(query, (orjson.dumps(ids).decode(),)):
            found[table_name, row_id] = dict(zip(names, values, strict=True))
    return found


def household_texts(connection: Connection, household: str) -> Iterator[str]:
    """Yield the folded words of every long text of a household."""
    raw: Any = connection.connection.driver_connection
    for table_name, fields in text_fields().items():
        columns = ", ".join(f'"{name}"' for name, _ in fields)
        path = declaration_of(table_name).household
        for row in raw.execute(f'SELECT {columns} FROM "{table_name}" WHERE "{path}" = ?', (household,)):
            yield _text(table_name, dict(zip((name for name, _ in fields), row, strict=True)))


def folded(value: str, kind: SearchKind) -> str:
    """Return the words a field puts in the index."""
    return _FOLDINGS[kind](value)


def _fold_contact(value: str) -> str:
    return search_digits(value) if value.startswith("+") else fold(value)


_FOLDINGS: dict[SearchKind, Callable[[str], str]] = {
    SearchKind.NAME: fold_name,
    SearchKind.PHONE: _fold_contact,
    SearchKind.ADDRESS: fold,
    # « 2026-B7K4-0417 » is found whole, joined, and by its last part.
    SearchKind.REFERENCE: fold_name,
    SearchKind.TEXT: fold,
}


@cache
def _identity_queries() -> dict[str, tuple[list[str], str]]:
    """Return, by table, the fields that identify a household and the query of their rows for several of them."""
    found = {}
    for table_name, fields in identity_fields().items():
        names, key = [name for name, _ in fields], declaration_of(table_name).household
        columns = ", ".join(f'"{name}"' for name in (key, *names))
        # One text for any number of households, so that the driver prepares it once.
        among = f'"{key}" IN (SELECT value FROM json_each(?))'
        found[table_name] = names, f'SELECT {columns} FROM "{table_name}" WHERE {among} ORDER BY id'
    return found


def _searched(*kinds: SearchKind) -> dict[str, list[Field]]:
    tables = ((name, d.searched(*kinds)) for name, d in declared_tables().items() if d.household is not None)
    return {name: fields for name, fields in tables if fields}


def _identity(rows: list[IdentityRow]) -> tuple[str, str]:
    names: list[str] = []
    contacts: list[str] = []
    foldings = _foldings()
    for table_name, row in rows:
        for name, fold_it, is_name in foldings[table_name]:
            if value := row.get(name):
                (names if is_name else contacts).append(fold_it(value))
    return " ".join(names), " ".join(contacts)


@cache
def _foldings() -> dict[str, list[tuple[str, Callable[[str], str], bool]]]:
    """Return, by table, how the words of each field that identifies a household are made, and whether it is a name."""
    return {
        table_name: [(name, _FOLDINGS[kind], kind is SearchKind.NAME) for name, kind in fields]
        for table_name, fields in identity_fields().items()
    }


def _text(table_name: str, row: dict[str, Any]) -> str:
    return " ".join(fold(row[name]) for name, _ in text_fields()[table_name] if row.get(name))


def _new_texts(touched: Touched, apart: Collection[str]) -> list[tuple[str, str, str, str]]:
    # Several changes of one text in one transaction: only the last state counts, read back from the row.
    return [
        (table, row_id, household, _text(table, row))
        for table, row_id, row, household in touched.new_texts
        if (table, row_id) not in touched.texts and household not in apart
    ]


def _add_identities(raw: Any, entries: list[tuple[str, str, str]]) -> None:
    if not entries:
        return
    first = _next_entry(raw)
    raw.executemany(
        _ADD_ENTRY, [(first + i, household, None, None) for i, (household, _, _) in enumerate(entries)]
    )
    raw.executemany(_ADD_IDENTITY, [(first + i, names, rest) for i, (_, names, rest) in enumerate(entries)])


def _add_texts(raw: Any, entries: list[tuple[str, str, str, str]]) -> None:
    entries = [e for e in entries if e[3]]
    if not entries:
        return
    first = _next_entry(raw)
    raw.executemany(
        _ADD_ENTRY, [(first + i, h, table, row_id) for i, (table, row_id, h, _) in enumerate(entries)]
    )
    raw.executemany(_ADD_BODY, [(first + i, words) for i, (_, _, _, words) in enumerate(entries)])


def _reindex_household(raw: Any, household: str, apart: Collection[str]) -> None:
    for (number,) in raw.execute(_IDENTITY_ENTRY, (household,)).fetchall():
        raw.execute("DELETE FROM search_identity WHERE rowid = ?", (number,))
        raw.execute("DELETE FROM search_entry WHERE number = ?", (number,))
    if household in apart:
        return
    if raw.execute("SELECT 1 FROM household WHERE id = ?", (household,)).fetchone():
        _add_identities(raw, [(household, *_identity(identity_rows(raw, [household])[household]))])


def _reindex_texts_of(raw: Any, household: str) -> None:
    """Take the long texts of a household out of the index, or put them back: it was archived, or is no longer."""
    for table_name in text_fields():
        query = f'SELECT id FROM "{table_name}" WHERE "{declaration_of(table_name).household}" = ?'
        for (row_id,) in raw.execute(query, (household,)).fetchall():
            _reindex_text(raw, table_name, row_id)


def _archived(raw: Any, households: Collection[str] | None) -> frozenset[str]:
    """Return those of some households (None: of all) that are kept apart, which no search finds."""
    query = "SELECT id FROM household WHERE archived_on IS NOT NULL"
    if households is None:
        return frozenset(row[0] for row in raw.execute(query).fetchall())
    if not households:
        return frozenset()
    among = f"{query} AND id IN (SELECT value FROM json_each(?))"
    return frozenset(
        row[0] for row in raw.execute(among, (orjson.dumps(list(households)).decode(),)).fetchall()
    )


def _reindex_text(raw: Any, table_name: str, row_id: str, apart: Collection[str] | None = None) -> None:
    """Make the entry of a text again; `apart`: the households kept apart, looked up for that of the row when None."""
    for (number,) in raw.execute(_TEXT_ENTRY, (row_id, table_name)).fetchall():
        raw.execute("DELETE FROM search_body WHERE rowid = ?", (number,))
        raw.execute("DELETE FROM search_entry WHERE number = ?", (number,))
    names = [name for name, _ in text_fields()[table_name]]
    columns = ", ".join(f'"{name}"' for name in names)
    path = declaration_of(table_name).household
    row = raw.execute(f'SELECT "{path}", {columns} FROM "{table_name}" WHERE id = ?', (row_id,)).fetchone()
    if row is not None and row[0] not in (_archived(raw, (row[0],)) if apart is None else apart):
        text = _text(table_name, dict(zip(names, row[1:], strict=True)))
        _add_texts(raw, [(table_name, row_id, row[0], text)])


def _next_entry(raw: Any) -> int:
    # Numbers are never given twice to live entries: the largest plus one, in the single writer's transaction.
    return int(raw.execute("SELECT coalesce(max(number), 0) + 1 FROM search_entry").fetchone()[0])


_ADD_ENTRY = "INSERT INTO search_entry (number, household_id, table_name, row_id) VALUES (?, ?, ?, ?)"
_ADD_IDENTITY = "INSERT INTO search_identity (rowid, names, contacts) VALUES (?, ?, ?)"
_ADD_BODY = "INSERT INTO search_body (rowid, words) VALUES (?, ?)"
_IDENTITY_ENTRY = "SELECT number FROM search_entry WHERE household_id = ? AND row_id IS NULL"
_TEXT_ENTRY = "SELECT number FROM search_entry WHERE row_id = ? AND table_name = ?"
