"""What a search matched, in words: masked where it would tell where a protected household lives."""

from __future__ import annotations

from caseworker_app.features.directory.domain.found import FIELD_LABELS, FoundField, in_context
from caseworker_app.kernel.phones import format_phone
from caseworker_app.storage.declarations import SearchKind
from caseworker_app.storage.search import Hit, Match

# Fields shown for one household: more would hide the next one.
MATCHES_SHOWN = 4


def all_matched(hit: Hit, words: list[str], *, masked: bool) -> tuple[FoundField, ...]:
    """Return the first fields that matched."""
    return tuple(_field(match, words, masked=masked) for match in hit.matches[:MATCHES_SHOWN])


def matched_beside(hit: Hit, name: str, words: list[str], *, masked: bool) -> FoundField | None:
    """Return what to show of a hit beside a name, None where the name itself holds what was found."""
    first = hit.matches[0] if hit.matches else None
    if first is None or (first.kind is SearchKind.NAME and first.text.casefold() in name.casefold()):
        return None
    if (first.table_name, first.field) == ("household", "name"):
        return None
    return _field(first, words, masked=masked)


def _field(match: Match, words: list[str], *, masked: bool) -> FoundField:
    label = FIELD_LABELS.get((match.table_name, match.field), match.field)
    # Where a protected household lives and how it is reached is shown nowhere but in its own file.
    hidden = masked and match.kind in (SearchKind.ADDRESS, SearchKind.PHONE)
    text = "masqué" if hidden else in_context(_shown(match), words)
    return FoundField(f"{match.table_name}.{match.field}", label, text)


def _shown(match: Match) -> str:
    phone = match.kind is SearchKind.PHONE and match.text.startswith("+")
    return format_phone(match.text) if phone else match.text
