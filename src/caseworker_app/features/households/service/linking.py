"""Households merged or separated: steps of the dossier's intentions, and the links that stay readable."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from caseworker_app.features.households import store
from caseworker_app.features.households.domain import Household, NewAddress, Relation, check_address
from caseworker_app.features.households.domain.linked import FormerHousehold, SeparationLink
from caseworker_app.features.households.service.rows import address_row, name_household
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.unit_of_work import UnitOfWork


def former_of(connection: Connection, who: Who, household_id: str) -> list[FormerHousehold]:
    """Return the households that were merged into one, oldest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.former_of(connection, household_id)


def separations_of(connection: Connection, who: Who, household_id: str) -> list[SeparationLink]:
    """Return the households that one was separated from; none where either is protected.

    Separate files of spouses never show each other then. Raises NotAllowed, NotFound.
    """
    who.require(Right.READ_FILES)
    if store.households.one(connection, household_id).protected:
        return []
    links = []
    for link in store.separations_of(connection, household_id):
        other = store.household_or_none(connection, link.other_id) if link.other_id is not None else None
        if other is not None and not other.protected:
            links.append(SeparationLink(other.id, other.reference, other.name, link.separated_on, link.note))
    return links


def add_former(uow: UnitOfWork, household_id: str, absorbed: Household, note: str | None) -> None:
    """Keep what a household merged into another was called, inside another intention."""
    row = {
        "household_id": household_id,
        "former_id": absorbed.id,
        "reference": absorbed.reference,
        "name": absorbed.name,
        "merged_on": uow.today,
        "note": note,
    }
    uow.insert(store.former, row)


def settle_members(
    uow: UnitOfWork,
    household_id: str,
    relations: Mapping[str, Relation],
    reference_person: str | None = None,
    last: Collection[str] = (),
    *,
    everyone: bool = False,
) -> None:
    """Give a household whose members came or went one reference person, an order and its name.

    `relations`: what some members are to the reference person; `reference_person` None: the present one, or
    the first. One who is no longer the reference person is somebody whose relation is not told. `last`:
    those who stand after the others. `everyone`: whoever had left the file they come from lives in this one.
    Raises InvalidEntry.
    """
    members = (store.everyone_of if everyone else store.members_of)(uow.connection, household_id)
    chosen = reference_person or next(
        (m.id for m in members if m.relation is Relation.REFERENCE_PERSON), None
    )
    chosen = chosen or (members[0].id if members else None)
    if chosen not in {member.id for member in members}:
        raise InvalidEntry(
            "La personne de référence doit faire partie du ménage\u00a0: choisissez-la.", "reference"
        )
    ordered = sorted(members, key=lambda m: (m.id != chosen, m.id in last))
    for position, member in enumerate(ordered):
        relation = relations.get(member.id, member.relation)
        if relation is Relation.REFERENCE_PERSON:
            relation = Relation.UNKNOWN
        is_chosen = member.id == chosen
        relation = Relation.REFERENCE_PERSON if is_chosen else relation
        fields: dict[str, Any] = {"position": position, "relation": relation}
        if everyone:
            fields["left_on"] = None
        uow.update(store.member, member.id, fields)
    name_household(uow, household_id)


def open_separated(uow: UnitOfWork, first: Household, name: str, *, protected: bool) -> str:
    """Add the household that some members of another leave into, before they do; return its id.

    It lies in the same space. `name`: what it is called until its members are there.
    """
    values: dict[str, Any] = {
        "space_id": first.space_id,
        "reference": uow.next_number(""),
        "name": name,
        "sort_name": name,
        "protected": protected,
        "opened_on": uow.today,
    }
    return uow.insert(store.household, values)


def add_separation(uow: UnitOfWork, first_id: str, other_id: str, note: str | None = None) -> None:
    """Link two households that were one, each to the other; `note` is for the first."""
    for household_id, linked_id, text in ((first_id, other_id, note), (other_id, first_id, None)):
        row = {"household_id": household_id, "other_id": linked_id, "separated_on": uow.today, "note": text}
        uow.insert(store.separation, row)


def add_first_address(uow: UnitOfWork, household_id: str, new: NewAddress) -> None:
    """Write where a household that was just separated lives. Raises InvalidEntry."""
    uow.insert(store.address, address_row(household_id, check_address(new)))
