"""Intentions on where a household lives and lived."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from caseworker_app.features.households import store
from caseworker_app.features.households.domain import NewAddress, check_address, stays_to_close
from caseworker_app.features.households.service.rows import address_fields, address_row, require_version
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.encrypted_file import EncryptedFile


def move_house(file: EncryptedFile, who: Who, household_id: str, new: NewAddress, on: date) -> Changes:
    """Record a new address from a day on; the present one ends the same day.

    Raises InvalidEntry for a move before the household entered its present home, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "move_house") as uow:
        new = check_address(replace(new, from_date=on))
        uow.get(store.household, household_id)
        for address in stays_to_close(store.addresses_of(uow.connection, household_id), on):
            uow.update(store.address, address.id, {"to_date": on})
        uow.insert(store.address, address_row(household_id, new))
        return uow.changes


def add_address(file: EncryptedFile, who: Who, household_id: str, new: NewAddress) -> tuple[str, Changes]:
    """Add an address of before, or one more, leaving the others as they are; return its id.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_address") as uow:
        new = check_address(new)
        uow.get(store.household, household_id)
        return uow.insert(store.address, address_row(household_id, new)), uow.changes


def change_address(
    file: EncryptedFile, who: Who, address_id: str, changed: NewAddress, expected_version: str | None = None
) -> Changes:
    """Correct an address or its dates. Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_address") as uow:
        fields = address_fields(check_address(changed))
        uow.update(store.address, address_id, fields, expected_version=expected_version)
        return uow.changes


def remove_address(
    file: EncryptedFile, who: Who, address_id: str, expected_version: str | None = None
) -> Changes:
    """Remove an address written by mistake. Raises NotFound, ChangedMeanwhile, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "remove_address") as uow:
        require_version(uow.get(store.address, address_id), expected_version)
        uow.delete(store.address, address_id)
        return uow.changes
