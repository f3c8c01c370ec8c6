"""Long texts of others that name somebody: found by the search, and the name taken out of them for good when asked.

Texts of households kept apart in the archive are read one by one, since no search holds their words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection

from caseworker_app.kernel.folding import fold
from caseworker_app.storage.declarations import declaration_of, declared_tables
from caseworker_app.storage.erasure import destroy_history, renew
from caseworker_app.storage.search_index import text_fields
from caseworker_app.storage.unit_of_work import UnitOfWork

REDACTED = "[nom effacé]"
# Letters from which a name is looked for in texts: « Li » would be found everywhere.
_SHORTEST = 3
_AROUND = 40
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class CitingText:
    """A text of a household that names somebody: its row and field, the names in it, words around the first."""

    household_id: str
    table_name: str
    row_id: str
    field: str
    names: tuple[str, ...]
    excerpt: str


def texts_citing(
    connection: Connection, names: Iterable[str], leaving_out: Collection[str]
) -> list[CitingText]:
    """Return the texts that hold one of some names as words, however written, of households not left out.

    What is lasting (the register of what left) is left out too: it stays as it was sent.
    """
    sought = sorted({folded for name in names if len(folded := fold(name)) >= _SHORTEST})
    if not sought:
        return []
    raw: Any = connection.connection.driver_connection
    found = {}
    for household, table_name, row_id, row in _rows(raw, sought, leaving_out):
        for name, _ in text_fields()[table_name]:
            held = tuple(each for each in sought if row.get(name) and spans(row[name], [each]))
            if held:
                excerpt = _excerpt(row[name], held)
                found[table_name, row_id, name] = CitingText(
                    household, table_name, row_id, name, held, excerpt
                )
    return list(found.values())


def take_names_out(uow: UnitOfWork, texts: Iterable[CitingText]) -> int:
    """Write these texts anew without the names, within an intention; what their history said goes too.

    Returns how many texts; it cannot be undone.
    """
    by_row: dict[tuple[str, str], list[CitingText]] = {}
    for each in texts:
        by_row.setdefault((each.table_name, each.row_id), []).append(each)
    for (table_name, row_id), of_row in by_row.items():
        table = declaration_of(table_name).table
        row = uow.get(table, row_id)
        renew(uow, table, row_id, {each.field: without(row[each.field], each.names) for each in of_row})
    destroy_history(uow, by_row.keys())
    return sum(map(len, by_row.values()))


def without(text: str, names: Iterable[str]) -> str:
    """Return a text with « [nom effacé] » in place of each of some folded names."""
    for start, end in reversed(spans(text, names)):
        text = text[:start] + REDACTED + text[end:]
    return text


def spans(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Return where a text holds some folded names as whole words, first ones first, none within another."""
    words = [(fold(each[0]), each.start(), each.end()) for each in _WORD.finditer(text)]
    wanted = sorted((name.split() for name in names), key=len, reverse=True)
    found, at = [], 0
    while at < len(words):
        fitting = (each for each in wanted if [w for w, _, _ in words[at : at + len(each)]] == each)
        name = next(fitting, None)
        if name is not None:
            found.append((words[at][1], words[at + len(name) - 1][2]))
        at += len(name) if name else 1
    return found


def _rows(
    raw: Any, sought: list[str], leaving_out: Collection[str]
) -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
    """Yield the rows whose texts may hold the names: household, table, row, its fields."""
    expression = " OR ".join(f'"{name}"' for name in sought)
    entries = raw.execute(_FOUND, (expression,)).fetchall()
    for table_name, fields in text_fields().items():
        declared = declared_tables()[table_name]
        if declared.household is None or declared.lasting:
            continue
        names = [name for name, _ in fields]
        ids = [row_id for _, table, row_id in entries if table == table_name]
        columns = ", ".join(f'"{name}"' for name in names)
        query = f"""
            SELECT "{declared.household}", id, {columns} FROM "{table_name}"
            WHERE id IN (SELECT value FROM json_each(?))
            OR "{declared.household}" IN (SELECT id FROM household WHERE archived_on IS NOT NULL)
        """
        for household, row_id, *values in raw.execute(query, (orjson.dumps(ids).decode(),)).fetchall():
            if household not in leaving_out:
                yield household, table_name, row_id, dict(zip(names, values, strict=True))


def _excerpt(text: str, names: Iterable[str]) -> str:
    (start, end), *_ = spans(text, names)
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    cut = " ".join(text[first:last].split())
    return ("\u2026" if first else "") + cut + ("\u2026" if last < len(text) else "")


_FOUND = """
    SELECT e.household_id, e.table_name, e.row_id FROM search_body s JOIN search_entry e ON e.number = s.rowid
    WHERE search_body MATCH ?
"""
