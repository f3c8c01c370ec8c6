"""Words of every dwelling, folded, so that one is found by its address whether somebody lives there or nobody does.

A summary (`storage.summaries`): triggers mark a dwelling that was written, whose words are made again in the same
transaction. Read through whole: forty thousand short rows take less time than an index of words that few people ask.
"""

# ruff: noqa: S608  (every part of the statement is written here; what a person typed is bound)

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from caseworker_app.kernel.folding import fold
from caseworker_app.storage.summaries import declare_summary

TABLE = "dwelling_words"
_TOLD = ("reference", "street", "complement", "building", "postal_code", "city", "typology")
_MARKED = (
    f"SELECT w.dwelling_id, {', '.join(f'd.{name}' for name in _TOLD)}"
    f" FROM {TABLE} w JOIN dwelling d ON d.id = w.dwelling_id WHERE w.words IS NULL"
)
# Who lives there on the day: of the leases that run, the last begun. Where a protected household lives is found by
# nobody.
_LIVES = """(
    SELECT l.household_id FROM lease l WHERE l.dwelling_id = w.dwelling_id
    AND (l.starts_on IS NULL OR l.starts_on <= :day) AND (l.ends_on IS NULL OR :day <= l.ends_on)
    ORDER BY coalesce(l.starts_on, '') DESC, l.id DESC LIMIT 1)"""
_FOUND = (
    "SELECT f.dwelling_id, f.lives FROM (SELECT w.dwelling_id, w.words, {lives} AS lives FROM {table} w"
    " WHERE {conditions}) f LEFT JOIN household h ON h.id = f.lives"
    " WHERE h.id IS NULL OR NOT h.protected"
    " ORDER BY f.lives IS NOT NULL, f.words LIMIT :most"
)


def dwellings_with(
    connection: Connection, words: Sequence[str], day: date, most: int
) -> list[tuple[str, str | None]]:
    """Return the dwellings each of whose `words` (folded) begins a word of theirs, with the household that lives there
    on `day`: first those where nobody does.
    """
    if not words:
        return []
    conditions = " AND ".join(f"w.words LIKE :word{number}" for number in range(len(words)))
    bound: dict[str, Any] = {f"word{number}": f"% {word}%" for number, word in enumerate(words)}
    query = _FOUND.format(lives=_LIVES, table=TABLE, conditions=conditions)
    raw: Any = connection.connection.driver_connection
    return [tuple(row) for row in raw.execute(query, {**bound, "day": day.isoformat(), "most": most})]


def refresh_words(raw: Any, _day: date) -> None:
    """Make again the words of the dwellings that are marked."""
    rows = [
        (" " + fold(" ".join(filter(None, told))), dwelling_id)
        for dwelling_id, *told in raw.execute(_MARKED).fetchall()
    ]
    if rows:
        raw.executemany(f"UPDATE {TABLE} SET words = ? WHERE dwelling_id = ?", rows)


declare_summary(TABLE, refresh_words)
