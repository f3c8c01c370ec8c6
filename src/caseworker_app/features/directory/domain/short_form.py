"""The short form of a new household: what was typed, read as a household."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.features.households.domain import (
    Civility,
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
)
from caseworker_app.features.households.domain.typed import parse_birth
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.phones import parse_phone


@dataclass(frozen=True, slots=True)
class HouseholdForm:
    """What the short form of a new household holds, as typed."""

    last_name: str
    first_name: str = ""
    civility: Civility | None = None
    birth_date: str = ""
    phone: str = ""
    phone_safe: bool = False
    street: str = ""
    postal_code: str = ""
    city: str = ""


def household_from(form: HouseholdForm, today: date) -> NewHousehold:
    """Return the household a short form describes. Raises InvalidEntry, on the field to correct."""
    born = parse_birth(form.birth_date, today) if form.birth_date.strip() else None
    member = NewMember(form.last_name, form.first_name or None, form.civility, birth_date=born)
    contacts = []
    if form.phone.strip():
        contacts.append(_phone(form))
    where = (form.street, form.postal_code, form.city)
    address = NewAddress(
        street=form.street or None, postal_code=form.postal_code or None, city=form.city or None
    )
    return NewHousehold((member,), (address,) if any(text.strip() for text in where) else (), tuple(contacts))


def _phone(form: HouseholdForm) -> NewContact:
    try:
        number = parse_phone(form.phone)
    except InvalidEntry as error:
        raise InvalidEntry(error.sentence, "phone") from error
    return NewContact(ContactKind.PHONE, number, safe=form.phone_safe, member=0)
