"""Whom somebody new may already be: the rules of imports, on those whose name or number comes near."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold
from caseworker_app.features.intake.domain.duplicates import Duplicate, DuplicateFinder, KnownPerson
from caseworker_app.features.intake.domain.places import address_key
from caseworker_app.features.intake.domain.proposal import ProposedHousehold
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.search import find_households
from caseworker_app.storage.search_close import find_close_households

_EACH, _MOST = 12, 30


def likely_households(
    connection: Connection, who: Who, new: NewHousehold, day: date
) -> list[tuple[Duplicate, str]]:
    """Return the households a new one is probably, or deserves to be looked at beside, with their names, best first.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    ids = _near(connection, new)
    names: dict[str, str] = {}
    known: list[KnownPerson] = []
    for household_id in households.summaries(connection, who, ids):
        of = households.open_household(connection, who, household_id)
        names[household_id] = f"{of.household.name}, n°\u00a0{of.household.reference}"
        contacts = tuple(contact.value for contact in of.every_contact)
        here = of.addresses[0] if of.addresses else None
        address = address_key(here.street or "", here.postal_code or "", here.city or "") if here else ""
        known += [
            KnownPerson(
                household_id, of.household.reference, last_name, member.first_name or "",
                member.birth_date, contacts, "", address, member.civility or "",
            )
            for member in of.everyone
            for last_name in dict.fromkeys(filter(None, (member.last_name, member.birth_name)))
        ]  # fmt: skip
    found = DuplicateFinder([ProposedHousehold(1, new)], day).find(known)
    told = (*found.duplicates, *found.related)
    return [(each, names[each.household_id]) for each in told if each.household_id is not None]


def _near(connection: Connection, new: NewHousehold) -> list[str]:
    """Return the ids of those who bear a name of the household, nearly so, or are reached as it is."""
    words = [f"{member.last_name} {member.first_name or ''}".strip() for member in new.members]
    numbers = [contact.value for contact in new.contacts]
    found = [
        hit.household_id for each in (*words, *numbers) for hit in find_households(connection, each, _EACH, 0)
    ]
    for each in words:
        close = find_close_households(connection, each, _EACH, frozenset(found))
        found += [hit.household_id for hit in close.hits]
    return list(dict.fromkeys(found))[:_MOST]
