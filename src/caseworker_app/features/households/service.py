"""Intentions of the households room. Functions that take a unit of work are steps of other rooms' intentions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from caseworker_app.features.households import store
from caseworker_app.features.households.domain import (
    Address,
    Contact,
    ContactKind,
    Household,
    HouseholdMember,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
    check_household,
    check_member,
    household_name,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from datetime import date
from caseworker_app.kernel.errors import InvalidEntry, NotFound
from caseworker_app.kernel.french import sort_key
from caseworker_app.kernel.ids import new_id
from caseworker_app.kernel.phones import parse_phone
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class HouseholdFile:
    """A household with all that this room knows of it."""

    household: Household
    members: tuple[HouseholdMember, ...]
    addresses: tuple[Address, ...]
    contacts: tuple[Contact, ...]


def create_household(file: EncryptedFile, who: Who, new: NewHousehold) -> tuple[str, Changes]:
    """Create a household with its members, addresses and contacts; return its id. Raises InvalidEntry, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "create_household") as uow:
        return add_household(uow, new), uow.changes


def add_household(uow: UnitOfWork, new: NewHousehold) -> str:
    """Add a household inside another intention (an import) and return its id. Raises InvalidEntry."""
    return add_households(uow, [new])[0]


def add_households(uow: UnitOfWork, batch: list[NewHousehold]) -> list[str]:
    """Add many households at once, a statement a table, and return their ids. Raises InvalidEntry."""
    rows = _Rows([], [], [], [])
    for new in batch:
        check_household(new, uow.today)
        _collect(uow, new, rows)
    uow.insert_many(store.household, rows.households)
    uow.insert_many(store.member, rows.members)
    uow.insert_many(store.address, rows.addresses)
    uow.insert_many(store.contact, rows.contacts)
    return [row["id"] for row in rows.households]


def open_household(connection: Connection, who: Who, household_id: str) -> HouseholdFile:
    """Return a household whole. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    return HouseholdFile(
        store.households.one(connection, household_id),
        tuple(store.members_of(connection, household_id)),
        tuple(store.addresses_of(connection, household_id)),
        tuple(store.contacts_of(connection, household_id)),
    )


def find_by_reference(connection: Connection, who: Who, reference: str) -> Household:
    """Return the household with a reference such as `2026-B7K4-0417`. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    found = store.by_reference(connection, reference)
    if found is None:
        raise NotFound(f"Aucun ménage ne porte la référence «\u00a0{reference.strip()}\u00a0»\u00a0: vérifiez-la, ou cherchez par le nom.")
    return found


def add_member(file: EncryptedFile, who: Who, household_id: str, new: NewMember) -> tuple[str, Changes]:
    """Add a member to a household and return their id. Raises InvalidEntry, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_member") as uow:
        check_member(new, uow.today)
        uow.get(store.household, household_id)
        position = store.next_position(uow.connection, household_id)
        return uow.insert(store.member, _member_row(household_id, position, new)), uow.changes


def change_member(
    file: EncryptedFile, who: Who, member_id: str, changed: NewMember, expected_version: str | None = None
) -> Changes:
    """Rewrite what is known of a member. Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_member") as uow:
        check_member(changed, uow.today)
        uow.update(store.member, member_id, _member_fields(changed), expected_version=expected_version)
        return uow.changes


def move_house(file: EncryptedFile, who: Who, household_id: str, new: NewAddress, on: date) -> Changes:
    """Record a new address from a day on; the present one ends the same day. Raises NotAllowed, NotFound."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "move_house") as uow:
        uow.get(store.household, household_id)
        for address in store.addresses_of(uow.connection, household_id):
            if address.to_date is None:
                uow.update(store.address, address.id, {"to_date": on})
        uow.insert(store.address, _address_row(household_id, replace(new, from_date=on)))
        return uow.changes


def add_contact(file: EncryptedFile, who: Who, household_id: str, new: NewContact) -> tuple[str, Changes]:
    """Add a phone (any usual form) or an e-mail. Raises InvalidEntry, NotAllowed, NotFound."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_contact") as uow:
        uow.get(store.household, household_id)
        members = [m.id for m in store.members_of(uow.connection, household_id)]
        return uow.insert(store.contact, _contact_row(household_id, new, members)), uow.changes


def set_visit_instructions(file: EncryptedFile, who: Who, household_id: str, text: str) -> Changes:
    """Write the factual instructions for whoever visits. Raises NotAllowed, NotFound."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "set_visit_instructions") as uow:
        uow.update(store.household, household_id, {"visit_instructions": text.strip() or None})
        return uow.changes


@dataclass(slots=True)
class _Rows:
    households: list[dict[str, Any]]
    members: list[dict[str, Any]]
    addresses: list[dict[str, Any]]
    contacts: list[dict[str, Any]]


def _collect(uow: UnitOfWork, new: NewHousehold, rows: _Rows) -> None:
    household_id = new_id()
    rows.households.append(_household_row(uow, household_id, new))
    members = [_member_row(household_id, i, member) for i, member in enumerate(new.members)]
    rows.members += members
    rows.addresses += [_address_row(household_id, address) for address in new.addresses]
    ids = [row["id"] for row in members]
    rows.contacts += [_contact_row(household_id, contact, ids) for contact in new.contacts]


def _household_row(uow: UnitOfWork, household_id: str, new: NewHousehold) -> dict[str, Any]:
    reference_person = new.members[0]
    return {
        "id": household_id,
        "space_id": uow.default_space,
        "reference": uow.next_number(""),
        "name": household_name(new.members),
        "sort_name": sort_key(f"{reference_person.last_name} {reference_person.first_name or ''}"),
        "protected": new.protected,
        "visit_instructions": new.visit_instructions,
        "note": new.note,
        "opened_on": uow.today,
    }


def _member_row(household_id: str, position: int, new: NewMember) -> dict[str, Any]:
    return {
        "id": new_id(),
        "household_id": household_id,
        "position": position,
        **_member_fields(new),
    }


def _member_fields(new: NewMember) -> dict[str, Any]:
    return {
        "civility": new.civility,
        "last_name": new.last_name.strip(),
        "birth_name": new.birth_name,
        "first_name": new.first_name,
        "birth_date": new.birth_date,
        "relation": new.relation,
        "legal_protection": new.legal_protection,
        "protected_by": new.protected_by,
        "language": new.language,
        "interpreter_needed": new.interpreter_needed,
        "reading": new.reading,
    }


def _address_row(household_id: str, new: NewAddress) -> dict[str, Any]:
    return {
        "household_id": household_id,
        "street": new.street,
        "complement": new.complement,
        "postal_code": new.postal_code,
        "city": new.city,
        "from_date": new.from_date,
        "to_date": new.to_date,
    }


def _contact_row(household_id: str, new: NewContact, members: list[str]) -> dict[str, Any]:
    value = new.value.strip()
    if new.kind is ContactKind.PHONE:
        value = parse_phone(value)
    elif "@" not in value:
        raise InvalidEntry("Cette adresse électronique n’est pas complète\u00a0: il manque «\u00a0@\u00a0».", "value")
    return {
        "household_id": household_id,
        "member_id": members[new.member] if new.member is not None else None,
        "kind": new.kind,
        "value": value,
        "label": new.label,
        "safe": new.safe,
        "instructions": new.instructions,
    }
