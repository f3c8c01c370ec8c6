"""Rows of the households room made from what was checked, and the name that follows from its members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from caseworker_app.features.households import store
from caseworker_app.features.households.domain import (
    HouseholdMember,
    NewAddress,
    NewContact,
    NewMember,
    Relation,
    household_name,
    sort_name,
)
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.unit_of_work import ChangedMeanwhile, UnitOfWork


def member_row(household_id: str, position: int, new: NewMember) -> dict[str, Any]:
    """Return the row of a checked member."""
    return {"id": new_id(), "household_id": household_id, "position": position, **member_fields(new)}


def member_fields(new: NewMember) -> dict[str, Any]:
    """Return the fields of a member that people write."""
    return {
        "civility": new.civility,
        "last_name": new.last_name,
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


def address_row(household_id: str, new: NewAddress) -> dict[str, Any]:
    """Return the row of a checked address."""
    return {"household_id": household_id, **address_fields(new)}


def address_fields(new: NewAddress) -> dict[str, Any]:
    """Return the fields of an address that people write."""
    return {
        "street": new.street,
        "complement": new.complement,
        "postal_code": new.postal_code,
        "city": new.city,
        "from_date": new.from_date,
        "to_date": new.to_date,
    }


def contact_row(household_id: str, new: NewContact, member_ids: Sequence[str]) -> dict[str, Any]:
    """Return the row of a checked contact; `member_ids`: the members, as `new.member` counts them."""
    return {"household_id": household_id, **contact_fields(new, member_ids)}


def contact_fields(new: NewContact, member_ids: Sequence[str]) -> dict[str, Any]:
    """Return the fields of a contact that people write.

    Raises InvalidEntry when its owner is not of the household.
    """
    owner = member_ids[new.member] if new.member is not None else new.member_id
    if owner is not None and owner not in member_ids:
        raise InvalidEntry(
            "Cette personne ne fait pas partie du ménage\u00a0: choisissez-en une autre.", "member"
        )
    return {
        "member_id": owner,
        "kind": new.kind,
        "value": new.value,
        "label": new.label,
        "safe": new.safe,
        "instructions": new.instructions,
    }


def joining_member(known: Sequence[HouseholdMember], told: NewMember) -> NewMember:
    """Return a member a list adds: the reference person of the list is not that of the file."""
    has_reference = any(member.relation is Relation.REFERENCE_PERSON for member in known)
    if has_reference and told.relation is Relation.REFERENCE_PERSON:
        return replace(told, relation=Relation.UNKNOWN)
    return told


def require_version(row: dict[str, Any], expected: str | None) -> None:
    """Raise ChangedMeanwhile when a row is no longer at the version the person saw (None: whichever)."""
    if expected is not None and row["version"] != expected:
        raise ChangedMeanwhile


def name_household(uow: UnitOfWork, household_id: str) -> None:
    """Give a household the name that follows from its members, after one of them changed."""
    members = store.members_of(uow.connection, household_id)
    if members:
        name = {"name": household_name(members), "sort_name": sort_name(members)}
        uow.update(store.household, household_id, name)
