"""Dwellings found by their words, lived in or not."""

from __future__ import annotations

from datetime import date, timedelta

from caseworker_app.features.housing import store
from caseworker_app.features.housing.domain.found_dwelling import FoundDwelling
from caseworker_app.features.housing.store.words import dwellings_with
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.search import query_words


def find_dwellings(connection: Connection, who: Who, words: str, day: date, most: int) -> list[FoundDwelling]:
    """Return the dwellings that hold every word typed, first those where nobody lives on `day`.

    None where a protected household lives. Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    found = dwellings_with(connection, query_words(words), day, most)
    return [_told(connection, dwelling_id, lives, day) for dwelling_id, lives in found]


def found_dwelling(connection: Connection, who: Who, dwelling_id: str, day: date) -> FoundDwelling:
    """Return a dwelling with who lives there on `day`. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    leases = store.leases_in(connection, dwelling_id)
    running = [lease for lease in leases if lease.runs_on(day)]
    return _told(connection, dwelling_id, running[-1].household_id if running else None, day)


def _told(connection: Connection, dwelling_id: str, lives: str | None, day: date) -> FoundDwelling:
    dwelling = store.dwellings.one(connection, dwelling_id)
    landlord = (
        None if dwelling.landlord_id is None else store.landlords.one(connection, dwelling.landlord_id).name
    )
    ends = [lease.ends_on for lease in store.leases_in(connection, dwelling_id) if lease.ends_on]
    past = [end for end in ends if end < day]
    since = max(past) + timedelta(1) if past and lives is None else None
    return FoundDwelling(dwelling, landlord, lives, since)
