"""Landlords, their people, and dwellings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from caseworker_app.features.housing import store
from caseworker_app.features.housing.domain.dwelling import Dwelling, NewDwelling, checked_dwelling
from caseworker_app.features.housing.domain.landlord import (
    Landlord,
    LandlordContact,
    LandlordKind,
    NewLandlord,
    NewLandlordContact,
    checked_contact,
    checked_landlord,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class LandlordFile:
    """A landlord with the people letters go to."""

    landlord: Landlord
    contacts: tuple[LandlordContact, ...]


def add_landlord(file: EncryptedFile, who: Who, new: NewLandlord) -> tuple[str, Changes]:
    """Add a landlord and return its id. Raises InvalidEntry, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_landlord") as uow:
        return add_landlords(uow, [new])[0], uow.changes


def add_landlords(uow: UnitOfWork, batch: list[NewLandlord]) -> list[str]:
    """Add many landlords at once and return their ids. Raises InvalidEntry."""
    return uow.insert_many(store.landlord, [_landlord_row(new) for new in batch])


def find_or_add_landlord(uow: UnitOfWork, name: str, kind: LandlordKind = LandlordKind.SOCIAL) -> str:
    """Return the id of the landlord of this name, written any way, adding it when there is none.

    Raises InvalidEntry.
    """
    found = store.landlord_named(uow.connection, fold(name))
    return found or add_landlords(uow, [NewLandlord(name, kind)])[0]


def change_landlord(
    file: EncryptedFile, who: Who, landlord_id: str, changed: NewLandlord, expected_version: str | None = None
) -> Changes:
    """Rewrite what is known of a landlord. Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_landlord") as uow:
        uow.update(store.landlord, landlord_id, _landlord_row(changed), expected_version=expected_version)
        return uow.changes


def add_landlord_contact(
    file: EncryptedFile, who: Who, landlord_id: str, new: NewLandlordContact
) -> tuple[str, Changes]:
    """Add a person at the landlord's and return their id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_landlord_contact") as uow:
        uow.get(store.landlord, landlord_id)
        return add_landlord_contacts(uow, landlord_id, [new])[0], uow.changes


def add_landlord_contacts(uow: UnitOfWork, landlord_id: str, batch: list[NewLandlordContact]) -> list[str]:
    """Add people of one landlord at once and return their ids. Raises InvalidEntry."""
    rows = [
        {**store.row_of(checked_contact(new)), "landlord_id": landlord_id, "active": True} for new in batch
    ]
    return uow.insert_many(store.landlord_contact, rows)


def retire_landlord_contact(file: EncryptedFile, who: Who, contact_id: str) -> Changes:
    """Note that a person has left the landlord: letters already sent keep them.

    Raises NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "retire_landlord_contact") as uow:
        uow.update(store.landlord_contact, contact_id, {"active": False})
        return uow.changes


def list_landlords(connection: Connection, who: Who) -> list[Landlord]:
    """Return every landlord by name. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.all_landlords(connection)


def known_landlords(connection: Connection, who: Who) -> list[Landlord]:
    """Return every landlord by name, for whoever imports lists. Raises NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    return store.all_landlords(connection)


def open_landlord(connection: Connection, who: Who, landlord_id: str) -> LandlordFile:
    """Return a landlord with its people. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    contacts = store.contacts_of_landlord(connection, landlord_id)
    return LandlordFile(store.landlords.one(connection, landlord_id), tuple(contacts))


def add_dwelling(file: EncryptedFile, who: Who, new: NewDwelling) -> tuple[str, Changes]:
    """Add a dwelling and return its id. Raises InvalidEntry, NotFound for an unknown landlord, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_dwelling") as uow:
        if new.landlord_id is not None:
            uow.get(store.landlord, new.landlord_id)
        return add_dwellings(uow, [new])[0], uow.changes


def add_dwellings(uow: UnitOfWork, batch: list[NewDwelling]) -> list[str]:
    """Add many dwellings at once and return their ids. Raises InvalidEntry."""
    return uow.insert_many(store.dwelling, [dwelling_row(new) for new in batch])


def dwelling_row(new: NewDwelling) -> dict[str, Any]:
    """Return a dwelling as it is kept, for a step of this room. Raises InvalidEntry."""
    return store.row_of(checked_dwelling(new))


def complete_dwelling(uow: UnitOfWork, dwelling_id: str, told: NewDwelling) -> None:
    """Fill what is not known of a dwelling, inside another intention; nothing already there is replaced.

    Raises InvalidEntry, NotFound.
    """
    before = uow.get(store.dwelling, dwelling_id)
    row = store.row_of(checked_dwelling(told))
    lacking = {name: value for name, value in row.items() if before[name] is None and value is not None}
    if lacking:
        uow.update(store.dwelling, dwelling_id, lacking)


def change_dwelling(
    file: EncryptedFile, who: Who, dwelling_id: str, changed: NewDwelling, expected_version: str | None = None
) -> Changes:
    """Rewrite what is known of a dwelling. Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_dwelling") as uow:
        uow.update(store.dwelling, dwelling_id, dwelling_row(changed), expected_version=expected_version)
        return uow.changes


def open_dwelling(connection: Connection, who: Who, dwelling_id: str) -> Dwelling:
    """Return a dwelling. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    return store.dwellings.one(connection, dwelling_id)


def dwelling_references(connection: Connection, who: Who, landlord_id: str) -> dict[str, str]:
    """Return the ids of a landlord's dwellings by the landlord's own reference. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.dwelling_references(connection, landlord_id)


def known_dwellings(connection: Connection, who: Who) -> Iterator[tuple[str, str | None, NewDwelling]]:
    """Yield id, landlord's name and description of every dwelling, for whoever imports lists.

    Raises NotAllowed.
    """
    who.require(Right.IMPORT_LISTS)
    return ((row[0], row[1], NewDwelling(*row[2:])) for row in store.all_dwellings(connection))


def _landlord_row(new: NewLandlord) -> dict[str, Any]:
    checked = checked_landlord(new)
    return {**store.row_of(checked), "sort_name": fold(checked.name)}
