"""Restriction of processing, set and lifted; it is enforced below, by the unit of work and the log of accesses."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.rights import store
from caseworker_app.features.rights.domain.restriction import (
    NewRestriction,
    ProcessingRestriction,
    check_lifting,
    checked_restriction,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile


def set_restriction(file: EncryptedFile, who: Who, new: NewRestriction) -> tuple[str, Changes]:
    """Have the data of a household kept and read only, from now on; return the id of the restriction.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "set_restriction") as uow:
        uow.get(declaration_of("household").table, new.household_id)
        running = store.restriction_in_force(uow.connection, new.household_id)
        clean = checked_restriction(new, uow.today, running)
        row = {
            "household_id": clean.household_id, "request_id": clean.request_id, "reason": clean.reason,
            "note": clean.note, "starts_on": clean.starts_on, "until": clean.until, "worker_id": who.worker_id,
        }  # fmt: skip
        return uow.insert(store.restriction, row), uow.changes


def lift_restriction(file: EncryptedFile, who: Who, restriction_id: str, told_on: date) -> Changes:
    """Lift a restriction the person was told of on `told_on` (RGPD art. 18.3).

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "lift_restriction") as uow:
        check_lifting(store.restrictions.one(uow.connection, restriction_id), told_on, uow.today)
        uow.update(store.restriction, restriction_id, {"told_on": told_on, "lifted_on": uow.today})
        return uow.changes


def restriction_of(connection: Connection, who: Who, household_id: str) -> ProcessingRestriction | None:
    """Return the restriction a household stands under, None when there is none. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.restriction_in_force(connection, household_id)


def restrictions_of(connection: Connection, who: Who, household_id: str) -> list[ProcessingRestriction]:
    """Return the restrictions of a household, newest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.restrictions_of(connection, household_id)
