"""The list narrowed, sorted, cut into pages; what may be chosen in its filters, and selected on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.filters import (
    BY_NAME,
    FIXED_VALUES,
    FilterChoice,
    FilterChoices,
    FilterKind,
    ListQuery,
    fixed_choices,
)
from caseworker_app.features.directory.domain.listed import ListedHousehold
from caseworker_app.features.directory.service.rows import rows_of
from caseworker_app.features.directory.service.searching import FOUND_AT_ONCE, FOUND_SHOWN
from caseworker_app.features.directory.store import listing as store
from caseworker_app.features.households import service as households
from caseworker_app.features.measures import service as measures
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.french import sort_key
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.search import Hit, find_households, query_words


@dataclass(frozen=True, slots=True)
class Listing:
    """What a query answers: how many households the file holds and the query finds, and the ids of these, in order.

    `ids` None: every household by name, which an index cuts into pages. `hits`: how a search found them; the first
    `told` of them say which fields matched, which takes longer to read than all of them to find.
    """

    query: ListQuery
    day: date
    in_file: int
    total: int
    ids: tuple[str, ...] | None = None
    hits: tuple[Hit, ...] = ()
    told: int = 0


@dataclass(frozen=True, slots=True)
class Selectable:
    """The households of a listing that may be selected; `left_out`: those under protection, opened one by one."""

    ids: tuple[str, ...]
    left_out: int


def find_listing(connection: Connection, who: Who, query: ListQuery, day: date) -> Listing:
    """Return what a query finds on `day`. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    in_file = households.count_households(connection, who)
    if query.whole_by_name:
        return Listing(query, day, in_file, in_file)
    if query_words(query.words):
        return _searched(connection, who, query, day, in_file)
    ids = store.ids_of(connection, query, day, _ranked(connection, who, query, day))
    return Listing(query, day, in_file, len(ids), ids)


def page_of(
    connection: Connection,
    who: Who,
    listing: Listing,
    columns: Collection[ColumnKey],
    *,
    offset: int,
    limit: int,
) -> list[ListedHousehold]:
    """Return some rows of a listing. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    if listing.ids is None:
        ids: Sequence[str] = households.page_of_households(connection, who, offset=offset, limit=limit)
    else:
        ids = listing.ids[offset : offset + limit]
    words = query_words(listing.query.words)
    hits = listing.hits
    if words and offset + len(ids) > listing.told:
        hits = tuple(_hits(connection, listing.query, listing.day, FOUND_SHOWN))
    found = {hit.household_id: hit for hit in hits}
    return rows_of(connection, who, ids, listing.day, columns=columns, found=found, words=words)


def count_found(connection: Connection, who: Who, query: ListQuery, day: date) -> int:
    """Return how many households a query without words finds. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    if not query.filters:
        return households.count_households(connection, who)
    return store.count_of(connection, query, day)


def selectable(
    connection: Connection, who: Who, listing: Listing, first: int = 0, last: int | None = None
) -> Selectable:
    """Return the households of a listing that may be selected, from one position to another, both included.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    end = None if last is None else last + 1
    ids: Sequence[str]
    if listing.ids is not None:
        ids = listing.ids[first:end]
    elif end is None:
        ids = store.ids_of(connection, listing.query, listing.day)
    else:
        ids = households.page_of_households(connection, who, offset=first, limit=end - first)
    kept_apart = store.kept_apart_among(connection, None)
    kept = tuple(household_id for household_id in ids if household_id not in kept_apart)
    return Selectable(kept, len(ids) - len(kept))


def filter_choices(connection: Connection, who: Who, day: date) -> FilterChoices:
    """Return what each filter may be set to in this file. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    teams = store.teams(connection)
    found = {
        FilterKind.WORKER: [(worker.id, worker.name) for worker in team.list_workers(connection, who)],
        # One team is no choice.
        FilterKind.TEAM: teams if len(teams) > 1 else [],
        FilterKind.MEASURE: _kinds(connection, day),
        FilterKind.LANDLORD: store.landlords(connection),
        FilterKind.TOWN: _towns(connection),
    }
    return FilterChoices(
        {
            kind: fixed_choices(kind)
            if kind in FIXED_VALUES
            else tuple(FilterChoice(value, words) for value, words in found[kind])
            for kind in FilterKind
        }
    )


def _searched(connection: Connection, who: Who, query: ListQuery, day: date, in_file: int) -> Listing:
    """Return what the words find among what the filters let through: the best, or these sorted."""
    # Someone who types sees the first ones; sorted, any of them may be the first.
    told = FOUND_AT_ONCE if query.sort is None else FOUND_SHOWN
    hits = _hits(connection, query, day, told)
    ids = tuple(hit.household_id for hit in hits)
    if query.sort is not None:
        ids = store.ids_of(connection, query, day, _ranked(connection, who, query, day), among=ids)
    return Listing(query, day, in_file, len(ids), ids, tuple(hits), told)


def _hits(connection: Connection, query: ListQuery, day: date, told: int) -> list[Hit]:
    among = store.ids_of(connection, replace(query, sort=None), day) if query.filters else None
    return find_households(connection, query.words, FOUND_SHOWN, told, among=among)


def _ranked(connection: Connection, who: Who, query: ListQuery, day: date) -> list[str]:
    """Return the values a sort by words goes through, in the order French people expect."""
    key = (query.sort or BY_NAME).key
    if key is ColumnKey.TOWN:
        return sorted(store.towns(connection), key=sort_key)
    if key is ColumnKey.WORKER:
        workers = team.list_workers(connection, who)
        return [worker.id for worker in sorted(workers, key=lambda worker: sort_key(worker.name))]
    if key is ColumnKey.MEASURE:
        return [code for code, words in sorted(_kinds(connection, day), key=lambda kind: sort_key(kind[1]))]
    if key is ColumnKey.LANDLORD:
        return [landlord_id for landlord_id, _ in store.landlords(connection)]
    return []


def _kinds(connection: Connection, day: date) -> list[tuple[str, str]]:
    """Return code and words of every kind of measure in the file, called as the list calls them."""
    short = {kind.code: kind.short_label for kind in measures.list_kinds(day)}
    kinds = [(code, short.get(code, label)) for code, label in store.measure_kinds(connection)]
    return sorted(kinds, key=lambda kind: sort_key(kind[1]))


def _towns(connection: Connection) -> list[tuple[str, str]]:
    """Return each town once, however it is written: folded, and as it is written with the fewest capitals."""
    written: dict[str, str] = {}
    for town in store.towns(connection):
        key = sort_key(town)
        if key and (key not in written or _capitals(town) < _capitals(written[key])):
            written[key] = town
    return sorted(written.items())


def _capitals(text: str) -> tuple[int, str]:
    return sum(letter.isupper() for letter in text), text
