"""Tables of the households room and the only SQL on them."""

from __future__ import annotations

from sqlalchemy import Boolean, Connection, Date, Integer, Text, select

from caseworker_app.features.households.domain import Address, Contact, Household, HouseholdMember
from caseworker_app.storage.declarations import (
    Merge,
    OnHouseholdMerge,
    SearchKind,
    declare,
    field,
)
from caseworker_app.storage.rows import Mapper

household = declare(
    "household",
    field("space_id", Text, required=True, references="space"),
    field("reference", Text, search=SearchKind.REFERENCE, required=True),
    field("name", Text, search=SearchKind.NAME, identifying=True, required=True),
    field("sort_name", Text, identifying=True, required=True),
    field("protected", Boolean, required=True),
    field("visit_instructions", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True),
    field("note", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True, search=SearchKind.TEXT),
    field("opened_on", Date, required=True),
    household="id",
    on_household_merge=OnHouseholdMerge.COMBINE,
    indexes=("reference", "sort_name"),
)

member = declare(
    "household_member",
    field("position", Integer, required=True),
    field("civility", Text),
    field("last_name", Text, search=SearchKind.NAME, identifying=True, required=True),
    field("birth_name", Text, search=SearchKind.NAME, identifying=True),
    field("first_name", Text, search=SearchKind.NAME, identifying=True),
    field("birth_date", Date, identifying=True),
    field("relation", Text, required=True),
    field("legal_protection", Text, internal=True),
    field("protected_by", Text, internal=True, identifying=True),
    field("language", Text),
    field("interpreter_needed", Boolean, required=True),
    field("reading", Text, internal=True),
    household="household_id",
)

address = declare(
    "address",
    field("street", Text, search=SearchKind.ADDRESS, identifying=True),
    field("complement", Text, search=SearchKind.ADDRESS, identifying=True),
    field("postal_code", Text, search=SearchKind.ADDRESS),
    field("city", Text, search=SearchKind.ADDRESS),
    field("from_date", Date),
    field("to_date", Date),
    household="household_id",
)

contact = declare(
    "contact",
    field("member_id", Text, references="household_member"),
    field("kind", Text, required=True),
    field("value", Text, search=SearchKind.PHONE, identifying=True, required=True),
    field("label", Text, identifying=True),
    field("safe", Boolean, required=True),
    field("instructions", Text, merge=Merge.KEEP_BOTH, internal=True, identifying=True),
    household="household_id",
)

households = Mapper(household, Household)
members = Mapper(member, HouseholdMember)
addresses = Mapper(address, Address)
contacts = Mapper(contact, Contact)


def by_reference(connection: Connection, reference: str) -> Household | None:
    """Return the household with this reference, compared without regard to case."""
    query = households.query().where(household.c.reference == reference.strip().upper())
    row = connection.execute(query).first()
    return None if row is None else households.read(row)


def members_of(connection: Connection, household_id: str) -> list[HouseholdMember]:
    """Return the members, reference person first."""
    return members.all(connection, member.c.household_id == household_id, order_by=(member.c.position, member.c.id))


def addresses_of(connection: Connection, household_id: str) -> list[Address]:
    """Return the addresses, the present one first."""
    order = (address.c.to_date.is_not(None), address.c.from_date.desc(), address.c.id.desc())
    return addresses.all(connection, address.c.household_id == household_id, order_by=order)


def contacts_of(connection: Connection, household_id: str) -> list[Contact]:
    """Return phones and e-mails, the safe ones first."""
    return contacts.all(connection, contact.c.household_id == household_id, order_by=(contact.c.safe.desc(), contact.c.id))


def next_position(connection: Connection, household_id: str) -> int:
    """Return the position after the last member."""
    positions = connection.execute(select(member.c.position).where(member.c.household_id == household_id)).scalars()
    return max(positions, default=-1) + 1
