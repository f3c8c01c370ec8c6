"""Everybody already followed, as the search of duplicates compares them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import leases
from caseworker_app.features.intake.domain.duplicates import KnownPerson
from caseworker_app.features.intake.domain.places import address_key
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.connection import Connection


def known_people(
    connection: Connection, who: Who, without: frozenset[str] = frozenset()
) -> Iterator[KnownPerson]:
    """Yield every member of every household, but those of the households `without` (an import going on)."""
    contacts = _by_household(households.known_contacts(connection, who))
    addresses = {
        h: address_key(street or "", code or "", city or "")
        for h, street, code, city in households.known_addresses(connection, who)
    }
    references = dict(leases.lease_references(connection, who))
    for household, reference, last_name, birth_name, first_name, birth in households.known_members(
        connection, who
    ):
        if household not in without:
            yield KnownPerson(
                household,
                reference,
                last_name,
                first_name or "",
                date.fromisoformat(birth) if birth else None,
                contacts.get(household, ()),
                references.get(household, ""),
                addresses.get(household, ""),
            )
            if birth_name and birth_name != last_name:
                yield KnownPerson(
                    household,
                    reference,
                    birth_name,
                    first_name or "",
                    date.fromisoformat(birth) if birth else None,
                )


def _by_household(pairs: Iterator[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for household, value in pairs:
        found[household] = (*found.get(household, ()), value)
    return found
