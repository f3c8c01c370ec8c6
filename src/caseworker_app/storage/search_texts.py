"""Finding long texts themselves, newest first: which rows hold the words, for whoever searches what was written.

Answers come as they are asked for, so that whoever needs fifty does not pay for fifty thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection

from caseworker_app.kernel.folding import words_of
from caseworker_app.storage.search import MAX_WORDS, query_words
from caseworker_app.storage.search_index import text_rows

# Read at once from the index.
_BATCH = 256
# Words shorter than this match whole ones only: as beginnings they match nearly everything.
_BEGINS_FROM = 3
# Texts looked at for one way of reading the words: what is older is found by narrowing the search.
LOOKED_AT = 20_000
_AFTER_ALL = 2**62
_QUOTES = ('"', "«", "“")


@dataclass(frozen=True, slots=True)
class TextHit:
    """A row whose long texts hold the words sought: its household, table and id."""

    household_id: str
    table_name: str
    row_id: str


def texts_holding(
    connection: Connection, text: str, tables: Sequence[str], among: Sequence[str] | None = None
) -> Iterator[TextHit]:
    """Yield the rows of `tables` that hold every word of `text`, written last first; whole words before beginnings.

    Words in quotation marks must follow one another. `among`: only these households (None: all of the file).
    """
    raw: Any = connection.connection.driver_connection
    told: set[str] = set()
    for expression in _expressions(text):
        for hit in _matching(raw, expression, tables, among):
            if hit.row_id not in told:
                told.add(hit.row_id)
                yield hit


def texts_of(connection: Connection, hits: Sequence[TextHit]) -> dict[str, dict[str, str]]:
    """Return by row id the long texts of rows found, by field, those that are empty left out."""
    rows = text_rows(connection.connection.driver_connection, ((hit.table_name, hit.row_id) for hit in hits))
    return {row_id: {k: v for k, v in row.items() if v} for (_, row_id), row in rows.items()}


def _expressions(text: str) -> list[str]:
    """Return what is asked of the index, the most exact first; nothing for no word."""
    if text.strip()[:1] in _QUOTES and text.strip():
        words = words_of(text)[:MAX_WORDS]
        return [f'"{" ".join(words)}"'] if words else []
    words = query_words(text)
    if not words:
        return []
    begun = (f"{word}*" if len(word) >= _BEGINS_FROM else word for word in words)
    return list(dict.fromkeys((" ".join(words), " ".join(begun))))


def _matching(
    raw: Any, expression: str, tables: Sequence[str], among: Sequence[str] | None
) -> Iterator[TextHit]:
    of_tables = orjson.dumps(list(tables)).decode()
    before, looked_at = _AFTER_ALL, 0
    while looked_at < LOOKED_AT:
        bound: tuple[Any, ...] = (expression, before, of_tables, _BATCH)
        query = _TEXTS
        if among is not None:
            query, bound = (
                _TEXTS_AMONG,
                (orjson.dumps(list(among)).decode(), before, of_tables, expression, _BATCH),
            )
        rows = raw.execute(query, bound).fetchall()
        yield from (TextHit(*row[1:]) for row in rows)
        if len(rows) < _BATCH:
            return
        before, looked_at = rows[-1][0], looked_at + len(rows)


# The index gives its matches in order: what was written last costs nothing to have first.
_TEXTS = """
    SELECT s.rowid, e.household_id, e.table_name, e.row_id
    FROM search_body s CROSS JOIN search_entry e ON e.number = s.rowid
    WHERE search_body MATCH ? AND s.rowid < ? AND e.table_name IN (SELECT value FROM json_each(?))
    ORDER BY s.rowid DESC LIMIT ?
"""
# Few texts are those of some households: they are gone through instead of all that hold the words.
_TEXTS_AMONG = """
    SELECT e.number, e.household_id, e.table_name, e.row_id
    FROM search_entry e CROSS JOIN search_body s ON s.rowid = e.number
    WHERE e.household_id IN (SELECT value FROM json_each(?)) AND e.number < ?
        AND e.table_name IN (SELECT value FROM json_each(?)) AND search_body MATCH ?
    ORDER BY e.number DESC LIMIT ?
"""
