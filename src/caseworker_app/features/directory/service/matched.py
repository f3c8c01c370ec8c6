"""What a search matched, in words: masked where it would tell where a protected household lives."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.features.directory.domain.found import FIELD_LABELS, FoundField, in_context
from caseworker_app.features.handover.domain.masking import Mask
from caseworker_app.features.handover.domain.review_material import hidden_places
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdSummary
from caseworker_app.features.housing.service import homes
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.phones import format_phone
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import SearchKind
from caseworker_app.storage.search import Hit, Match

# Fields shown for one household: more would hide the next one.
MATCHES_SHOWN = 4


def masks_of(connection: Connection, who: Who, summaries: Iterable[HouseholdSummary]) -> dict[str, Mask]:
    """Return what hides where the protected ones among households live and how they are reached, wherever it is told.

    Households like any other have none.
    """
    who.require(Right.READ_FILES)
    masks = {}
    for household_id in (each.id for each in summaries if each.protected):
        people = households.open_household(connection, who, household_id)
        streets = homes.streets_of(connection, who, household_id)
        places = hidden_places(people.household, people.addresses, people.every_contact, streets)
        masks[household_id] = Mask(places)
    return masks


def all_matched(hit: Hit, words: list[str], mask: Mask | None) -> tuple[FoundField, ...]:
    """Return the first fields that matched."""
    return tuple(_field(match, words, mask) for match in hit.matches[:MATCHES_SHOWN])


def matched_beside(hit: Hit, name: str, words: list[str], mask: Mask | None) -> FoundField | None:
    """Return what to show of a hit beside a name, None where the name itself holds what was found."""
    first = hit.matches[0] if hit.matches else None
    if first is None or (first.kind is SearchKind.NAME and first.text.casefold() in name.casefold()):
        return None
    if (first.table_name, first.field) == ("household", "name"):
        return None
    return _field(first, words, mask)


def _field(match: Match, words: list[str], mask: Mask | None) -> FoundField:
    label = FIELD_LABELS.get((match.table_name, match.field), match.field)
    # Where a protected household lives and how it is reached is shown nowhere but in its own file.
    if mask is not None and match.kind in (SearchKind.ADDRESS, SearchKind.PHONE):
        text = "masqué"
    else:
        text = in_context(_shown(match) if mask is None else mask(match.text), words)
    return FoundField(f"{match.table_name}.{match.field}", label, text)


def _shown(match: Match) -> str:
    phone = match.kind is SearchKind.PHONE and match.text.startswith("+")
    return format_phone(match.text) if phone else match.text
