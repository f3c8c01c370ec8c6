"""Intentions on the members of a household."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from caseworker_app.features.households import store
from caseworker_app.features.households.domain import NewMember, Relation, check_leaving, check_member
from caseworker_app.features.households.service.rows import (
    member_fields,
    member_row,
    name_household,
    require_version,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def add_member(file: EncryptedFile, who: Who, household_id: str, new: NewMember) -> tuple[str, Changes]:
    """Add a member to a household and return their id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_member") as uow:
        new = check_member(new, uow.today)
        uow.get(store.household, household_id)
        known = store.everyone_of(uow.connection, household_id)
        has_reference = any(member.relation is Relation.REFERENCE_PERSON for member in known)
        position = max((member.position for member in known), default=-1) + 1
        row = member_row(household_id, position, _with_relation(new, is_reference=not has_reference))
        member_id = uow.insert(store.member, row)
        name_household(uow, household_id)
        return member_id, uow.changes


def change_member(
    file: EncryptedFile, who: Who, member_id: str, changed: NewMember, expected_version: str | None = None
) -> Changes:
    """Rewrite what is known of a member; whether they are the reference person stays.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_member") as uow:
        changed = check_member(changed, uow.today)
        before = uow.get(store.member, member_id)
        changed = _with_relation(changed, is_reference=before["relation"] == Relation.REFERENCE_PERSON)
        uow.update(store.member, member_id, member_fields(changed), expected_version=expected_version)
        name_household(uow, before["household_id"])
        return uow.changes


def change_reference_person(file: EncryptedFile, who: Who, member_id: str, former: Relation) -> Changes:
    """Make a member the reference person of their household; `former`: what the one before is to them.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    if former is Relation.REFERENCE_PERSON:
        raise InvalidEntry(_ONE_REFERENCE, "relation")
    with file.unit_of_work(who.worker_id, "change_reference_person") as uow:
        household_id = uow.get(store.member, member_id)["household_id"]
        members = store.members_of(uow.connection, household_id)
        if member_id not in {member.id for member in members}:
            raise InvalidEntry(
                "Cette personne a quitté le ménage\u00a0: notez d’abord son retour.", "relation"
            )
        for member in members:
            if member.relation is Relation.REFERENCE_PERSON and member.id != member_id:
                uow.update(store.member, member.id, {"relation": former})
        uow.update(store.member, member_id, {"relation": Relation.REFERENCE_PERSON})
        _put_in_order(uow, [member_id, *(m.id for m in members if m.id != member_id)])
        name_household(uow, household_id)
        return uow.changes


def leave_household(
    file: EncryptedFile, who: Who, member_id: str, on: date, expected_version: str | None = None
) -> Changes:
    """Note that a member left the household on a day; who they were and what speaks of them stays in the file.

    Called again, it corrects the day. Raises InvalidEntry for the reference person and for a day that cannot
    be; NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "leave_household") as uow:
        member = store.members.one(uow.connection, member_id)
        check_leaving(member, on, uow.today)
        uow.update(store.member, member_id, {"left_on": on}, expected_version=expected_version)
        name_household(uow, member.household_id)
        return uow.changes


def return_to_household(
    file: EncryptedFile, who: Who, member_id: str, expected_version: str | None = None
) -> Changes:
    """Note that somebody who had left lives in the household again. Raises NotFound, ChangedMeanwhile,
    NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "return_to_household") as uow:
        household_id = uow.get(store.member, member_id)["household_id"]
        uow.update(store.member, member_id, {"left_on": None}, expected_version=expected_version)
        name_household(uow, household_id)
        return uow.changes


def remove_member(
    file: EncryptedFile, who: Who, member_id: str, expected_version: str | None = None
) -> Changes:
    """Remove a member from their household, with the phones and e-mails that are theirs.

    Raises InvalidEntry for the reference person, and for somebody other parts of the file speak of; NotFound,
    ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "remove_member") as uow:
        before = uow.get(store.member, member_id)
        require_version(before, expected_version)
        _require_removable(uow, member_id, before["relation"])
        for contact in store.contacts_of(uow.connection, before["household_id"]):
            # A number of somebody who left may be that of a violent partner: it must not be called by habit.
            if contact.member_id == member_id:
                uow.delete(store.contact, contact.id)
        uow.delete(store.member, member_id)
        name_household(uow, before["household_id"])
        return uow.changes


def _require_removable(uow: UnitOfWork, member_id: str, relation: str) -> None:
    if relation == Relation.REFERENCE_PERSON:
        raise InvalidEntry(
            "La personne de référence ne peut pas être retirée\u00a0: choisissez-en d’abord une autre.",
            "member",
        )
    if store.tables_citing_member(uow.connection, member_id):
        raise InvalidEntry(
            "Le dossier parle de cette personne (budget, accord, bail…)\u00a0: retirez d’abord ces lignes.",
            "member",
        )


def _with_relation(new: NewMember, *, is_reference: bool) -> NewMember:
    """Return the member as the reference person or not; a relation that says otherwise is refused."""
    if is_reference and new.relation in (Relation.REFERENCE_PERSON, Relation.UNKNOWN):
        return replace(new, relation=Relation.REFERENCE_PERSON)
    if is_reference or new.relation is Relation.REFERENCE_PERSON:
        raise InvalidEntry(_ONE_REFERENCE, "relation")
    return new


def _put_in_order(uow: UnitOfWork, member_ids: list[str]) -> None:
    for position, member_id in enumerate(member_ids):
        uow.update(store.member, member_id, {"position": position})


_ONE_REFERENCE = (
    "Un ménage a une personne de référence et une seule\u00a0: "
    "utilisez «\u00a0Changer de personne de référence\u00a0»."
)
