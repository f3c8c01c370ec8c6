"""Reads of the households room: a household whole, the list, everybody for the search of duplicates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caseworker_app.features.households import store
from caseworker_app.features.households.domain import (
    Household,
    HouseholdFile,
    HouseholdSummary,
    household_file,
)
from caseworker_app.features.households.domain.archive import check_readable
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.errors import NotFound
from caseworker_app.storage.connection import Connection


def open_household(connection: Connection, who: Who, household_id: str) -> HouseholdFile:
    """Return a household whole. Raises NotFound, NotAllowed, Archived for whoever may not read that one."""
    who.require(Right.READ_FILES)
    household = store.households.one(connection, household_id)
    check_readable(household, may_read_archived=who.may(Right.MANAGE_RETENTION))
    return household_file(
        household,
        store.everyone_of(connection, household_id),
        store.addresses_of(connection, household_id),
        store.contacts_of(connection, household_id),
    )


def find_by_reference(connection: Connection, who: Who, reference: str) -> Household:
    """Return the household with a reference such as `2026-B7K4-0417`. Raises NotFound, NotAllowed, Archived."""
    who.require(Right.READ_FILES)
    found = store.by_reference(connection, reference)
    if found is None:
        raise NotFound(
            f"Aucun ménage ne porte la référence «\u00a0{reference.strip()}\u00a0»\u00a0: "
            "vérifiez-la, ou cherchez par le nom."
        )
    check_readable(found, may_read_archived=who.may(Right.MANAGE_RETENTION))
    return found


def count_households(connection: Connection, who: Who) -> int:
    """Return how many households the file holds. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.count(connection)


def page_of_households(connection: Connection, who: Who, *, offset: int, limit: int) -> list[str]:
    """Return the ids of one page of the households ordered by name, accent-blind. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.page(connection, offset, limit)


def summaries(connection: Connection, who: Who, household_ids: Sequence[str]) -> dict[str, HouseholdSummary]:
    """Return what a list shows of some households, by id, in the order asked; unknown ids are left out, and
    those archived for whoever may not read them.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    return store.summaries(connection, household_ids, archived=who.may(Right.MANAGE_RETENTION))


def references(connection: Connection, who: Who) -> Iterator[tuple[str, str]]:
    """Yield id and reference of every household, for whoever imports lists. Raises NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    return store.all_references(connection)


def count_members(connection: Connection, who: Who) -> int:
    """Return how many people `known_members` yields, about. Raises NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    return store.count_members(connection)


def known_members(
    connection: Connection, who: Who
) -> Iterator[tuple[str, str, str, str | None, str | None, str | None]]:
    """Yield household, reference, last, birth and first names, birth date (ISO text) of everybody.

    Raises NotAllowed.
    """
    who.require(Right.IMPORT_LISTS)
    return store.all_members(connection)


def known_contacts(connection: Connection, who: Who) -> Iterator[tuple[str, str]]:
    """Yield household and value (E.164 or lower-case e-mail) of every contact. Raises NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    return store.all_contacts(connection)


def known_addresses(
    connection: Connection, who: Who
) -> Iterator[tuple[str, str | None, str | None, str | None]]:
    """Yield household, street, postal code and town of every address nobody left, the latest arrival last.

    Raises NotAllowed.
    """
    who.require(Right.IMPORT_LISTS)
    return store.all_addresses(connection)
