"""Finding the other file of a household that has two: probable duplicates first, or by words as one types."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.dossier.domain.candidates import MergeCandidate, candidate, probable_first
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdFile
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.search import find_households

# More would be read before the list is seen.
PROBABLE_AT_MOST = 12
FOUND_AT_MOST = 20
_EACH = 6


def merge_candidates(
    connection: Connection, who: Who, household_id: str, words: str, day: date
) -> tuple[MergeCandidate, ...]:
    """Return the households found by words, best first; without words those that are probably the same.

    Raises NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    if not words.strip():
        return probable_duplicates(connection, who, household_id, day)
    hits = find_households(connection, words, FOUND_AT_MOST, 0)
    found = [hit.household_id for hit in hits if hit.household_id != household_id]
    return tuple(candidate(each, day) for each in households.summaries(connection, who, found).values())


def probable_duplicates(
    connection: Connection, who: Who, household_id: str, day: date
) -> tuple[MergeCandidate, ...]:
    """Return the households that are probably the same as one, each with the reason.

    Raises NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    people = households.open_household(connection, who, household_id)
    ids = _near(connection, people)
    found = [households.open_household(connection, who, i) for i in ids]
    return probable_first(found, people, households.summaries(connection, who, ids), day)


def _near(connection: Connection, people: HouseholdFile) -> list[str]:
    """Return the ids of those who bear a name of the household, or are reached as it is."""
    asked = [f"{m.last_name} {m.first_name or ''}" for m in people.everyone]
    asked += [f"{m.birth_name} {m.first_name or ''}" for m in people.everyone if m.birth_name]
    asked += [contact.value for contact in people.every_contact]
    hits = (hit.household_id for words in asked for hit in find_households(connection, words, _EACH, 0))
    near = [i for i in dict.fromkeys(hits) if i != people.household.id]
    return near[:PROBABLE_AT_MOST]
