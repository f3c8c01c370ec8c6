"""Reading across subjects: searching, listing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from caseworker_app.features.diary import service as diary
from caseworker_app.features.directory.domain import (
    FIELD_LABELS,
    FoundField,
    FoundHousehold,
    FoundList,
    HouseholdForm,
    ListedHousehold,
    Preview,
    household_from,
    in_context,
    listed,
    preview_of,
)
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.households import service as households
from caseworker_app.features.measures import service as measures
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.phones import format_phone
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import SearchKind
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.search import Hit, Match, find_households, query_words

# Fields shown for one household: more would hide the next one.
MATCHES_SHOWN = 4
# Households a search shows: whoever wants a later one types a letter more.
FOUND_SHOWN = 50
FOUND_AT_ONCE = 16
# Entries read to find the last visit: calls and notes stand between.
PREVIEW_ENTRIES = 30


def search(connection: Connection, who: Who, words: str, limit: int = FOUND_SHOWN) -> list[FoundHousehold]:
    """Return the households found by names, phones, addresses, references or the diary, best first."""
    who.require(Right.READ_FILES)
    hits = find_households(connection, words, limit)
    summaries = households.summaries(connection, who, [hit.household_id for hit in hits])
    sought = query_words(words)
    return [
        FoundHousehold(
            hit.household_id, s.reference, s.name, s.protected, _matched(hit, sought, masked=s.protected)
        )
        for hit in hits
        if (s := summaries.get(hit.household_id)) is not None
    ]


def count_listed(connection: Connection, who: Who) -> int:
    """Return how many households the list holds. Raises NotAllowed."""
    return households.count_households(connection, who)


def page_of_list(
    connection: Connection, who: Who, day: date, *, offset: int, limit: int
) -> list[ListedHousehold]:
    """Return one page of the list of households by name, as it stands on `day`. Raises NotAllowed."""
    ids = households.page_of_households(connection, who, offset=offset, limit=limit)
    return _listed(connection, who, ids, day)


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
    rows = _listed(connection, who, ids[:at_once], day, found, query_words(words))
    return FoundList(tuple(ids), tuple(rows))


def preview(connection: Connection, who: Who, household_id: str, day: date) -> Preview:
    """Return what stands beside the list for one household, on `day`. Raises NotFound, NotAllowed."""
    return preview_of(dossier.open_overview(connection, who, household_id, day, PREVIEW_ENTRIES))


def add_from_form(file: EncryptedFile, who: Who, form: HouseholdForm) -> tuple[str, Changes]:
    """Create a household from the short form and return its id. Raises InvalidEntry, NotAllowed."""
    return households.create_household(file, who, household_from(form, today(file.clock)))


def _listed(
    connection: Connection,
    who: Who,
    ids: list[str],
    day: date,
    found: Mapping[str, Hit] = MappingProxyType({}),
    words: list[str] | None = None,
) -> list[ListedHousehold]:
    summaries = households.summaries(connection, who, ids)
    followed = measures.measures_of_households(connection, who, ids, day)
    contacts = diary.last_contacts(connection, who, ids)
    short = {kind.code: kind.short_label for kind in measures.list_kinds(day)}
    rows = []
    for household_id, summary in summaries.items():
        hit = found.get(household_id)
        match = None if hit is None else _beside_name(hit, summary.name)
        field = None if match is None else _field(match, words or [], masked=summary.protected)
        rows.append(
            listed(summary, followed.get(household_id, ()), contacts.get(household_id), short, day, field)
        )
    return rows


def _beside_name(hit: Hit, title: str) -> Match | None:
    """Return what to show of a hit beside its name, nothing where the name itself holds what was found."""
    first = hit.matches[0] if hit.matches else None
    if first is None or (first.kind is SearchKind.NAME and first.text.casefold() in title.casefold()):
        return None
    return None if (first.table_name, first.field) == ("household", "name") else first


def _matched(hit: Hit, words: list[str], *, masked: bool) -> tuple[FoundField, ...]:
    return tuple(_field(match, words, masked=masked) for match in hit.matches[:MATCHES_SHOWN])


def _field(match: Match, words: list[str], *, masked: bool) -> FoundField:
    label = FIELD_LABELS.get((match.table_name, match.field), match.field)
    # Where a protected household lives and how it is reached is shown nowhere but in its own file.
    hidden = masked and match.kind in (SearchKind.ADDRESS, SearchKind.PHONE)
    text = "masqué" if hidden else in_context(_shown(match), words)
    return FoundField(f"{match.table_name}.{match.field}", label, text)


def _shown(match: Match) -> str:
    phone = match.kind is SearchKind.PHONE and match.text.startswith("+")
    return format_phone(match.text) if phone else match.text
