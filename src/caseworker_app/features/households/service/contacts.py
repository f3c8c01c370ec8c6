"""Intentions on phones and e-mails, and which may be used without danger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caseworker_app.features.households import store
from caseworker_app.features.households.domain import Contact, NewContact, check_contact
from caseworker_app.features.households.service.rows import contact_fields, require_version
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def add_contact(file: EncryptedFile, who: Who, household_id: str, new: NewContact) -> tuple[str, Changes]:
    """Add a phone (any usual form) or an e-mail and return its id; one that is there already stays alone.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_contact") as uow:
        uow.get(store.household, household_id)
        fields = _checked_fields(uow, household_id, new)
        same = _same(store.contacts_of(uow.connection, household_id), fields)
        contact_id = same or uow.insert(store.contact, {"household_id": household_id, **fields})
        return contact_id, uow.changes


def change_contact(
    file: EncryptedFile, who: Who, contact_id: str, changed: NewContact, expected_version: str | None = None
) -> Changes:
    """Rewrite a phone or an e-mail, whose it is, whether and how it may be used.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_contact") as uow:
        household_id = uow.get(store.contact, contact_id)["household_id"]
        fields = _checked_fields(uow, household_id, changed)
        uow.update(store.contact, contact_id, fields, expected_version=expected_version)
        return uow.changes


def remove_contact(
    file: EncryptedFile, who: Who, contact_id: str, expected_version: str | None = None
) -> Changes:
    """Remove a phone or an e-mail. Raises NotFound, ChangedMeanwhile, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "remove_contact") as uow:
        require_version(uow.get(store.contact, contact_id), expected_version)
        uow.delete(store.contact, contact_id)
        return uow.changes


def _checked_fields(uow: UnitOfWork, household_id: str, new: NewContact) -> dict[str, Any]:
    members = [member.id for member in store.everyone_of(uow.connection, household_id)]
    return contact_fields(check_contact(new, len(members)), members)


def _same(known: Sequence[Contact], fields: dict[str, Any]) -> str | None:
    """Return the id of a contact that says exactly the same."""
    return next(
        (c.id for c in known if all(getattr(c, name) == value for name, value in fields.items())), None
    )
