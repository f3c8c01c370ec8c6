"""Searching the words of the diary: entries, what was promised in them, rooms, goals, facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from caseworker_app.features.diary import store
from caseworker_app.features.diary.domain.searching import (
    MOST_FOUND,
    EntryHead,
    FoundWriting,
    WritingsWanted,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.search import query_words
from caseworker_app.storage.search_texts import TextHit, texts_holding, texts_of

# Rows found whose entries are read at once.
_BATCH = 128


def find_writings(
    connection: Connection, who: Who, wanted: WritingsWanted, most: int = MOST_FOUND
) -> list[FoundWriting]:
    """Return at most `most` entries that hold the words, an entry once, the latest meeting first.

    What was written last is looked at first; households kept apart for their retention are not. Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    if wanted.reversed or wanted.household_ids == ():
        return []
    found: dict[str, tuple[TextHit, EntryHead]] = {}
    for hit, head in _wanted(connection, wanted):
        found.setdefault(head.id, (hit, head))
        if len(found) == most:
            break
    texts = texts_of(connection, [hit for hit, _ in found.values()])
    sought = query_words(wanted.words)
    told = [
        FoundWriting(head.refers_to or head.id, head, *_best(hit, texts[hit.row_id], sought))
        for hit, head in found.values()
        if texts.get(hit.row_id)
    ]
    return sorted(told, key=lambda each: (each.head.started_at, each.head.id), reverse=True)


def _wanted(connection: Connection, wanted: WritingsWanted) -> Iterator[tuple[TextHit, EntryHead]]:
    """Yield the rows that hold the words with their entries, where these are among those wanted."""
    hits = texts_holding(connection, wanted.words, store.WRITTEN_TABLES, wanted.household_ids)
    while batch := list(islice(hits, _BATCH)):
        entries = store.entries_holding(connection, [(hit.table_name, hit.row_id) for hit in batch])
        heads = store.entry_heads(connection, list(entries.values()), wanted)
        for hit in batch:
            head = heads.get(entries.get(hit.row_id, ""))
            if head is not None:
                yield hit, head


def _best(hit: TextHit, texts: dict[str, str], sought: Sequence[str]) -> tuple[tuple[str, str], str]:
    """Return the text of a row that holds most of the words, and which it is."""

    def held(name: str) -> int:
        folded = f" {fold(texts[name])}"
        return sum(f" {word}" in folded for word in sought)

    name = max(texts, key=held)
    return (hit.table_name, name), texts[name]
