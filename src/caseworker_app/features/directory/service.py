"""Reading across subjects: searching, listing."""

from __future__ import annotations

from caseworker_app.storage.connection import Connection

from caseworker_app.features.directory.domain import FIELD_LABELS, FoundField, FoundHousehold, in_context
from caseworker_app.features.households import service as households
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.phones import format_phone
from caseworker_app.storage.declarations import SearchKind
from caseworker_app.storage.search import Hit, Match, find_households, query_words

# Fields shown for one household: more would hide the next one.
MATCHES_SHOWN = 4


def search(connection: Connection, who: Who, words: str, limit: int = 50) -> list[FoundHousehold]:
    """Return the households found by words of names, phones, addresses, references or the diary, best first."""
    who.require(Right.READ_FILES)
    hits = find_households(connection, words, limit)
    summaries = households.summaries(connection, who, [hit.household_id for hit in hits])
    sought = query_words(words)
    return [
        FoundHousehold(hit.household_id, s.reference, s.name, s.protected, _matched(hit, sought, masked=s.protected))
        for hit in hits
        if (s := summaries.get(hit.household_id)) is not None
    ]


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
