"""Creating households, alone or many at once, and completing one that a list tells more of."""

from __future__ import annotations

from datetime import date
from typing import Any

from caseworker_app.features.households import store
from caseworker_app.features.households.domain import (
    NewHousehold,
    check_household,
    household_name,
    sort_name,
)
from caseworker_app.features.households.domain.completing import (
    is_known_address,
    joined_note,
    match_members,
    missing_fields,
)
from caseworker_app.features.households.service.rows import (
    address_row,
    contact_row,
    joining_member,
    member_row,
    name_household,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.ids import new_ids
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def create_household(file: EncryptedFile, who: Who, new: NewHousehold) -> tuple[str, Changes]:
    """Create a household with its members, addresses and contacts; return its id.

    Raises InvalidEntry, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "create_household") as uow:
        return add_household(uow, new), uow.changes


def add_household(uow: UnitOfWork, new: NewHousehold) -> str:
    """Add a household inside another intention and return its id. Raises InvalidEntry."""
    return add_households(uow, [new])[0]


def add_households(uow: UnitOfWork, batch: list[NewHousehold]) -> list[str]:
    """Add many households at once, a statement a table, and return their ids. Raises InvalidEntry."""
    today = uow.today
    return add_checked_households(uow, [check_household(new, today) for new in batch])


def add_checked_households(uow: UnitOfWork, checked: list[NewHousehold]) -> list[str]:
    """Add many households that `check_household` has returned, which takes as long as writing them."""
    space_id, today, references = uow.default_space, uow.today, uow.next_numbers("", len(checked))
    ids = new_ids(len(checked))
    rows = [
        _rows(_household_row(household_id, space_id, reference, new, today), new)
        for household_id, reference, new in zip(ids, references, checked, strict=True)
    ]
    for number, table in enumerate((store.household, store.member, store.address, store.contact)):
        uow.insert_many(table, [row for household in rows for row in household[number]])
    return ids


def complete_household(uow: UnitOfWork, household_id: str, new: NewHousehold) -> None:
    """Add to a household what it lacks of `new`, inside another intention; nothing already there is replaced.

    Members, contacts and gaps are filled; an address that differs from those known joins the note, since a
    list does not say which is the present one. Raises InvalidEntry, NotFound.
    """
    new = check_household(new, uow.today)
    before = uow.get(store.household, household_id)
    ids = _complete_members(uow, household_id, new)
    _complete_contacts(uow, household_id, new, ids)
    note = joined_note(before["note"], new.note)
    for line in _complete_addresses(uow, household_id, new):
        note = joined_note(note, line)
    fields: dict[str, Any] = {"note": note}
    fields["visit_instructions"] = joined_note(before["visit_instructions"], new.visit_instructions)
    if new.protected:
        fields["protected"] = True
    uow.update(store.household, household_id, fields)
    name_household(uow, household_id)


def _rows(household: dict[str, Any], new: NewHousehold) -> tuple[list[dict[str, Any]], ...]:
    """Return the rows of a household: its own, then those of its members, addresses and contacts."""
    household_id = household["id"]
    members = [member_row(household_id, i, member) for i, member in enumerate(new.members)]
    ids = [row["id"] for row in members]
    addresses = [address_row(household_id, address) for address in new.addresses]
    contacts = [contact_row(household_id, contact, ids) for contact in new.contacts]
    return [household], _reference_person_first(members), addresses, contacts


def _reference_person_first(members: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if members[0]["relation"] == "reference_person":
        return members
    ordered = sorted(members, key=lambda row: row["relation"] != "reference_person")
    return [{**row, "position": position} for position, row in enumerate(ordered)]


def _household_row(
    household_id: str, space_id: str, reference: str, new: NewHousehold, today: date
) -> dict[str, Any]:
    return {
        "id": household_id,
        "space_id": space_id,
        "reference": reference,
        "name": household_name(new.members),
        "sort_name": sort_name(new.members),
        "protected": new.protected,
        "visit_instructions": new.visit_instructions,
        "note": new.note,
        "opened_on": new.opened_on or today,
    }


def _complete_members(uow: UnitOfWork, household_id: str, new: NewHousehold) -> list[str]:
    """Fill what is missing of the members, add those that are new; return the id of each member of `new`."""
    known = store.everyone_of(uow.connection, household_id)
    pairs, added = match_members(known, new.members)
    ids = {id(person): member.id for member, person in pairs}
    for member, person in pairs:
        uow.update(store.member, member.id, missing_fields(member, person))
    for position, person in enumerate(added, start=max((m.position for m in known), default=-1) + 1):
        row = member_row(household_id, position, joining_member(known, person))
        ids[id(person)] = uow.insert(store.member, row)
    return [ids[id(person)] for person in new.members]


def _complete_contacts(uow: UnitOfWork, household_id: str, new: NewHousehold, ids: list[str]) -> None:
    known = {contact.value for contact in store.contacts_of(uow.connection, household_id)}
    lacking = [contact for contact in new.contacts if contact.value not in known]
    uow.insert_many(store.contact, [contact_row(household_id, contact, ids) for contact in lacking])


def _complete_addresses(uow: UnitOfWork, household_id: str, new: NewHousehold) -> list[str]:
    """Add the addresses when none is known; else return a line for each that differs."""
    known = store.addresses_of(uow.connection, household_id)
    if not known:
        uow.insert_many(store.address, [address_row(household_id, address) for address in new.addresses])
        return []
    return [
        f"Autre adresse reçue\u00a0: {a.one_line()}" for a in new.addresses if not is_known_address(known, a)
    ]
