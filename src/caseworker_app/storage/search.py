"""Finding households: the few best among names, phones, addresses, references and words of the diary.

What is read and ranked is bounded by what is shown, so that the time of a search does not grow with the file: names
first, whole words before beginnings, then the rest, until there are enough.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from caseworker_app.kernel.folding import letters_of, words_of
from caseworker_app.kernel.phones import query_digits
from caseworker_app.storage import search_index
from caseworker_app.storage.declarations import SearchKind

# Texts looked at, newest first, for the households they belong to.
CANDIDATES = 200
MAX_WORDS = 12
# The score of those found by what was written of them, not by who they are.
WRITTEN = 10.0


@dataclass(frozen=True, slots=True)
class Match:
    """Which field of a household matched: its table and name, what kind, and its text as stored."""

    table_name: str
    field: str
    kind: SearchKind
    text: str
    row_id: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One household found, with the fields that matched; `score`: smaller is better."""

    household_id: str
    score: float
    matches: tuple[Match, ...]


def query_words(text: str) -> list[str]:
    """Return the folded words to look for; a phone number in any form becomes its national digits."""
    digits = query_digits(text)
    return [digits] if digits else words_of(text)[:MAX_WORDS]


def find_households(
    connection: Connection,
    text: str,
    limit: int = 50,
    told: int | None = None,
    *,
    among: Sequence[str] | None = None,
) -> list[Hit]:
    """Return at most `limit` households, best first: those identified by the words, then those whose diary has them.

    The first `told` (None: all) come with the fields that matched, which take longer to read than the rest to find.
    `among`: only these households, such as those a list is narrowed to (None: all of the file).
    """
    words = query_words(text)
    if not words:
        return []
    raw: Any = connection.connection.driver_connection
    told = limit if told is None else told
    only = None if among is None else json.dumps(list(among))
    hits = _identified(raw, words, limit, told, only)
    if len(hits) < limit:
        known = {hit.household_id for hit in hits}
        hits += _written(raw, words, known, limit - len(hits), told - len(hits), only)
    return hits


def _identified(raw: Any, words: list[str], limit: int, told: int, only: str | None) -> list[Hit]:
    ranks = _ranked(raw, words, limit, only)
    read = list(islice(ranks, told))
    rows = search_index.identity_rows(raw, read)
    hits = [identity_hit(household, rows[household], words) for household in read]
    hits.sort(key=lambda hit: (ranks[hit.household_id], hit.score, hit.household_id))
    return hits + [Hit(household, rank, ()) for household, rank in islice(ranks.items(), told, None)]


def _ranked(raw: Any, words: list[str], limit: int, only: str | None) -> dict[str, float]:
    """Return at most `limit` households with their rank, best first."""
    query = IDENTITIES if only is None else _only(IDENTITIES)
    bound = () if only is None else (only,)
    found: dict[str, float] = {}
    for rank, expression in enumerate(_expressions(words)):
        # Those already found come again, so as many more are asked for.
        rows = raw.execute(query, (expression, *bound, limit + len(found)))
        found |= {row[0]: float(rank) for row in sorted(rows) if row[0] not in found}
        if len(found) >= limit:
            break
    return dict(islice(found.items(), limit))


def _expressions(words: list[str]) -> list[str]:
    """Return what is asked of the index, best first: names before the rest, words together, whole, then begun."""
    whole, begun = " ".join(words), " ".join(f"{word}*" for word in words)
    forms = [f'"{whole}"', whole, begun] if len(words) > 1 else [whole, begun]
    return [*(f"names : ({form})" for form in forms), *forms]


def identity_hit(household: str, rows: list[search_index.IdentityRow], words: list[str]) -> Hit:
    """Return a household with the fields of its identity that hold some of the words."""
    matches, best = [], 9.0
    for table_name, row in rows:
        for name, kind in search_index.identity_fields()[table_name]:
            text = row[name]
            if (
                text
                and _may_hold(text, words, kind)
                and (score := _field_score(text, words, kind)) is not None
            ):
                matches.append((score, Match(table_name, name, kind, text)))
                best = min(best, score)
    matches.sort(key=lambda pair: pair[0])
    return Hit(household, best, tuple(match for _, match in matches))


def _may_hold(text: str, words: list[str], kind: SearchKind) -> bool:
    """Say whether a field can hold one of the words: most do not, and this is cheaper to see than its score."""
    if kind is SearchKind.PHONE:
        return True
    letters = letters_of(text)
    return words[0] in letters or (len(words) > 1 and any(word in letters for word in words))


def _field_score(text: str, words: list[str], kind: SearchKind) -> float | None:
    """Rank one field by what it puts in the index.

    Whole words before beginnings, names before the rest, more of the words first. None: no match.
    """
    indexed = f" {search_index.folded(text, kind)} "
    exact = begun = 0
    for word in words:
        begun += f" {word}" in indexed
        exact += f" {word} " in indexed
    if not begun:
        return None
    weight = 0.0 if kind is SearchKind.NAME else 0.5
    missing = len(words) - begun
    return weight + 2.0 * missing + (begun - exact) / (len(words) + 1)


def _written(
    raw: Any, words: list[str], known: set[str], limit: int, told: int, only: str | None
) -> list[Hit]:
    """Return households not `known` yet, by the newest of their texts that holds the words."""
    newest: dict[str, tuple[str, str]] = {}
    for household, table_name, row_id in _text_entries(raw, words, only):
        if household not in known:
            newest.setdefault(household, (table_name, row_id))
        if len(newest) == limit:
            break
    texts = search_index.text_rows(raw, islice(newest.values(), max(0, told)))
    return [
        Hit(household, WRITTEN, tuple(_text_matches(*entry, texts[entry], words)) if entry in texts else ())
        for household, entry in newest.items()
    ]


def _text_entries(raw: Any, words: list[str], only: str | None) -> Iterable[tuple[str, str, str]]:
    # Whole words first: where they suffice, all the words that begin so need not be brought together. Beginnings
    # count from three letters on: shorter ones match nearly everything.
    whole, begun = " ".join(words), " ".join(f"{word}*" if len(word) > 2 else word for word in words)
    for expression in dict.fromkeys((whole, begun)):
        if only is None:
            yield from raw.execute(_TEXTS, (expression, CANDIDATES)).fetchall()
        else:
            yield from raw.execute(_only(_TEXTS), (expression, only, CANDIDATES)).fetchall()


def _only(query: str) -> str:
    """Return a query that asks only for the households of a JSON list, bound after the words."""
    return query.replace("MATCH ?", "MATCH ? AND e.household_id IN (SELECT value FROM json_each(?))")


def _text_matches(table_name: str, row_id: str, row: dict[str, Any], words: list[str]) -> Iterable[Match]:
    for name, kind in search_index.text_fields()[table_name]:
        if (
            row[name]
            and _may_hold(row[name], words, kind)
            and _field_score(row[name], words, kind) is not None
        ):
            yield Match(table_name, name, kind, row[name], row_id)


IDENTITIES = """
    SELECT e.household_id FROM search_identity s JOIN search_entry e ON e.number = s.rowid
    WHERE search_identity MATCH ? LIMIT ?
"""
# Newest entries first: what was written lately is what is looked for.
_TEXTS = """
    SELECT e.household_id, e.table_name, e.row_id
    FROM search_body s JOIN search_entry e ON e.number = s.rowid
    WHERE search_body MATCH ? ORDER BY s.rowid DESC LIMIT ?
"""
