"""Searching: households found by any of their words, as answers of the search field or as rows of the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseworker_app.features.directory.domain import FoundHousehold, FoundList
from caseworker_app.features.directory.service.matched import all_matched, masks_of
from caseworker_app.features.directory.service.rows import rows_of
from caseworker_app.features.households import service as households
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.search import Hit, find_households, query_words
from caseworker_app.storage.search_close import find_close_households

# Households a search shows: whoever wants a later one types a letter more.
FOUND_SHOWN = 50
FOUND_AT_ONCE = 16


def search(connection: Connection, who: Who, words: str, limit: int = FOUND_SHOWN) -> list[FoundHousehold]:
    """Return the households found by names, phones, addresses, references or the diary, best first."""
    who.require(Right.READ_FILES)
    hits = find_households(connection, words, limit)
    return _found_households(connection, who, hits, query_words(words))


def search_close(
    connection: Connection, who: Who, words: str, limit: int, known: Sequence[str] = ()
) -> tuple[list[FoundHousehold], list[str]]:
    """Return households not `known` whose names or addresses nearly hold the words, and the words meant.

    For when `search` finds little. Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    close = find_close_households(connection, words, limit, frozenset(known))
    return _found_households(connection, who, close.hits, list(close.words)), list(close.words)


def list_found(
    connection: Connection,
    who: Who,
    words: str,
    day: date,
    *,
    limit: int = FOUND_SHOWN,
    at_once: int = FOUND_SHOWN,
) -> FoundList:
    """Return what a search finds as rows of the list, best first; the rows of the first `at_once` only.

    The rest is read when it is looked at: someone who types sees the first ones. Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    found = {hit.household_id: hit for hit in find_households(connection, words, limit, at_once)}
    ids = list(found)
    rows = rows_of(connection, who, ids[:at_once], day, found=found, words=query_words(words))
    return FoundList(tuple(ids), tuple(rows))


def _found_households(
    connection: Connection, who: Who, hits: Sequence[Hit], sought: list[str]
) -> list[FoundHousehold]:
    summaries = households.summaries(connection, who, [hit.household_id for hit in hits])
    masks = masks_of(connection, who, summaries.values())
    return [
        FoundHousehold(
            hit.household_id, s.reference, s.name, s.protected, all_matched(hit, sought, masks.get(s.id))
        )
        for hit in hits
        if (s := summaries.get(hit.household_id)) is not None
    ]
