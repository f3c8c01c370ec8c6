"""Finding households in spite of a slip of the finger: words near those typed, from the index's own vocabulary.

Asked only where the exact search finds little: it reads all the words that begin like each word typed, never the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from sqlalchemy import Connection

from caseworker_app.storage import search_index
from caseworker_app.storage.search import IDENTITIES, Hit, identity_hit, query_words

# Shorter words are near too many others; figures (phones, numbers) are right or wrong.
SHORTEST = 4
# One slip in a word of four or five letters, two in a longer one.
_TWO_SLIPS_FROM = 6
# Words kept for each word typed, the nearest first.
NEAREST = 6
# Terms looked at under two letters: the vocabulary of a very large office, no more.
_LOOKED_AT = 10_000
# More words are a sentence of the diary, which nobody types from memory.
_MOST_WORDS = 4
_VOWELS = "aeiouy"
# Letters that somebody who stopped in the middle of a word has still to type.
_LONGER = 5
# Added to the distance of a word whose beginning alone is near: who stopped typing in the middle.
_UNFINISHED = 0.5


@dataclass(frozen=True, slots=True)
class CloseHits:
    """Households found by words near those typed, best first, and these words as the index holds them."""

    hits: tuple[Hit, ...]
    words: tuple[str, ...]


NOTHING_CLOSE = CloseHits((), ())


def find_close_households(
    connection: Connection, text: str, limit: int, known: frozenset[str] = frozenset()
) -> CloseHits:
    """Return at most `limit` households that are not `known`, whose names or addresses nearly hold the words."""
    words = query_words(text)
    if not words or len(words) > _MOST_WORDS:
        return NOTHING_CLOSE
    raw: Any = connection.connection.driver_connection
    _open_vocabulary(raw)
    found: dict[str, tuple[str, ...]] = {}
    for meant in _readings(raw, words):
        told = tuple(dict.fromkeys(term for terms in meant for term in terms))
        for household in _households(raw, meant, limit + len(known)):
            if household not in known:
                found.setdefault(household, told)
        if found:  # what is less likely would only stand in the way
            break
    best = list(found)[:limit]
    rows = search_index.identity_rows(raw, best)
    hits = tuple(identity_hit(household, rows[household], _bare(found[household])) for household in best)
    return CloseHits(
        hits, tuple(dict.fromkeys(_bare(word for household in best for word in found[household])))
    )


def _readings(raw: Any, words: list[str]) -> Iterator[list[list[str]]]:
    """Yield what the words may mean, the likeliest first: for each word, the terms that may stand for it."""
    whole = "".join(words)
    if len(words) > 1 and not whole.isdigit():
        # « mar chadier »: a space that should not be there.
        yield from _reading(raw, [whole])
    yield from _reading(raw, words)


def _reading(raw: Any, words: list[str]) -> Iterator[list[list[str]]]:
    near = []
    for word in words:
        terms = _near_terms(raw, word)
        if not terms:
            return
        near.append(terms)
    yield [[term for term, distance in terms if distance == terms[0][1]] for terms in near]
    yield [[term for term, _ in terms] for terms in near]


def _near_terms(raw: Any, word: str) -> list[tuple[str, float]]:
    """Return the terms a word may stand for with their distance, nearest first; itself where it is begun."""
    if raw.execute(_BEGUN, (word, _after(word))).fetchone() is not None:
        return [(f"{word}*", 0.0)]
    if len(word) < SHORTEST or any(sign.isdigit() for sign in word):
        return []
    for beginnings in _beginnings(word):
        if found := _nearest(word, _terms_under(raw, beginnings, len(word))):
            return found
    return []


def _beginnings(word: str) -> Iterator[list[str]]:
    """Yield what the word meant may begin with, the likeliest first; few terms stand under each.

    Its own letters, two of them exchanged or one too many; another vowel or a silent h; a first letter missing.
    """
    first, second, third = word[0], word[1], word[2]
    likely = [first + second, second + first, first + third, second + third]
    yield list(dict.fromkeys(likely))
    others = [first + vowel for vowel in _VOWELS] + [f"h{first}"]
    yield [pair for pair in others if pair not in likely]
    yield [f"{letter}{first}{second}" for letter in ascii_lowercase]


def _nearest(word: str, terms: list[str]) -> list[tuple[str, float]]:
    # Here: most searches find something, and never need it.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
    distances: dict[str, float] = {}
    for length in (0, len(word) - 1, len(word), len(word) + 1):
        heads = [term[:length] for term in terms] if length else terms
        # A beginning is near many words: one slip at most.
        near = extract(word, heads, scorer=OSA.distance, score_cutoff=1 if length else slips, limit=NEAREST)
        for _, distance, place in near:
            told = distance + (_UNFINISHED if length else 0.0)
            distances[terms[place]] = min(told, distances.get(terms[place], told))
    return sorted(distances.items(), key=lambda pair: (pair[1], pair[0]))[:NEAREST]


def _terms_under(raw: Any, beginnings: list[str], length: int) -> list[str]:
    """Return the vocabulary under some beginnings, of words neither much shorter nor much longer."""
    found: list[str] = []
    for begin in beginnings:
        bounds = (length - 2, length + _LONGER, _LOOKED_AT)
        found += [row[0] for row in raw.execute(_TERMS, (begin, _after(begin), *bounds))]
    return found


def _households(raw: Any, meant: list[list[str]], limit: int) -> list[str]:
    every = " AND ".join(f"({' OR '.join(terms)})" for terms in meant)
    # Names before addresses.
    found = [row[0] for row in raw.execute(IDENTITIES, (f"names : ({every})", limit))]
    if len(found) < limit:
        found += [row[0] for row in raw.execute(IDENTITIES, (every, limit))]
    return list(dict.fromkeys(found))


def _open_vocabulary(raw: Any) -> None:
    """Look at the index by its words: a table of this connection alone, in memory, that holds nothing itself."""
    if raw.execute("SELECT 1 FROM temp.sqlite_schema WHERE name = 'search_words'").fetchone():
        return
    # The file itself is opened read-only; the guard is lifted for what this connection keeps in memory.
    guarded = raw.execute("PRAGMA query_only").fetchone()[0]
    raw.execute("PRAGMA query_only = OFF")
    try:
        raw.execute(
            "CREATE VIRTUAL TABLE temp.search_words USING fts5vocab('main', 'search_identity', 'row')"
        )
    finally:
        raw.execute(f"PRAGMA query_only = {guarded}")


def _bare(terms: Iterable[str]) -> list[str]:
    return [term.removesuffix("*") for term in terms]


def _after(begin: str) -> str:
    """Return the first text after all those that begin so."""
    return begin[:-1] + chr(ord(begin[-1]) + 1)


_BEGUN = "SELECT term FROM temp.search_words WHERE term >= ? AND term < ? LIMIT 1"
_TERMS = """
    SELECT term FROM temp.search_words
    WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ? LIMIT ?
"""
