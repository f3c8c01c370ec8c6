"""What is typed in the forms of a household's people, addresses and contacts, read into what may enter the file.

A form is a mapping of field names to texts, which is also what its draft keeps.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from caseworker_app.features.households.domain.entry import NewAddress, NewContact, NewMember
from caseworker_app.features.households.domain.household import (
    Address,
    Civility,
    Contact,
    ContactKind,
    HouseholdMember,
    LegalProtection,
    Reading,
    Relation,
)
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.phones import format_phone, parse_phone
from caseworker_app.kernel.typed_days import parse_day

Typed = Mapping[str, str]
YES = "yes"
# Where an address stands: the household lives there, or did before.
NOW, BEFORE = "now", "before"

_BIRTH = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4}|\d{2})|(\d{2})(\d{2})(\d{4}|\d{2})", re.ASCII)


def parse_birth(text: str, today: date) -> date:
    """Read « 14/03/1992 », « 14 3 92 », « 14031992 »; two digits of a year are the latest year that is past.

    Raises InvalidEntry on `birth_date`.
    """
    found = _BIRTH.fullmatch(text.strip())
    if found is None:
        raise InvalidEntry("Écrivez la date comme 14/03/1992.", "birth_date")
    parts = [part for part in found.groups() if part is not None]
    day, month, year = (int(part) for part in parts)
    if len(parts[2]) == 2:
        year += 2000 if 2000 + year <= today.year else 1900
    try:
        return date(year, month, day)
    except ValueError as error:
        raise InvalidEntry("Ce jour n’existe pas\u00a0: vérifiez la date.", "birth_date") from error


def typed_member(member: HouseholdMember) -> dict[str, str]:
    """Return a member as their form shows them."""
    return {
        "civility": member.civility or "",
        "last_name": member.last_name,
        "first_name": member.first_name or "",
        "birth_name": member.birth_name or "",
        "birth_date": _day(member.birth_date),
        "relation": member.relation,
        "legal_protection": member.legal_protection or "",
        "protected_by": member.protected_by or "",
        "language": member.language or "",
        "interpreter_needed": YES if member.interpreter_needed else "",
        "reading": member.reading or "",
    }


def member_from(typed: Typed, today: date) -> NewMember:
    """Return the member a form tells of. Raises InvalidEntry, on the field to correct."""
    text = {name: words.strip() for name, words in typed.items()}
    return NewMember(
        text.get("last_name", ""),
        text.get("first_name") or None,
        Civility(text["civility"]) if text.get("civility") else None,
        text.get("birth_name") or None,
        parse_birth(text["birth_date"], today) if text.get("birth_date") else None,
        Relation(text.get("relation") or Relation.UNKNOWN),
        LegalProtection(text["legal_protection"]) if text.get("legal_protection") else None,
        text.get("protected_by") or None,
        text.get("language") or None,
        text.get("interpreter_needed") == YES,
        Reading(text["reading"]) if text.get("reading") else None,
    )


def typed_contact(contact: Contact) -> dict[str, str]:
    """Return a phone or e-mail as its form shows it."""
    phone = contact.kind is ContactKind.PHONE
    return {
        "value": format_phone(contact.value) if phone else contact.value,
        "member": contact.member_id or "",
        "label": contact.label or "",
        "safe": YES if contact.safe else "",
        "instructions": contact.instructions or "",
    }


def contact_from(typed: Typed) -> NewContact:
    """Return the phone or e-mail a form tells of: whatever holds an « @ » is an e-mail.

    Raises InvalidEntry.
    """
    value = typed.get("value", "").strip()
    if not value:
        raise InvalidEntry("Écrivez un numéro ou une adresse électronique.", "value")
    email = "@" in value
    return NewContact(
        ContactKind.EMAIL if email else ContactKind.PHONE,
        value if email else _phone(value),
        typed.get("label") or None,
        typed.get("safe") == YES,
        typed.get("instructions") or None,
        member_id=typed.get("member") or None,
    )


def typed_address(address: Address) -> dict[str, str]:
    """Return an address as its form shows it."""
    return {
        "street": address.street or "",
        "complement": address.complement or "",
        "postal_code": address.postal_code or "",
        "city": address.city or "",
        "from_date": _day(address.from_date),
        "to_date": _day(address.to_date),
    }


def address_from(typed: Typed, today: date) -> NewAddress:
    """Return the address a form tells of; the end of one the household lives at is left out.

    Raises InvalidEntry.
    """
    until = "" if typed.get("when") == NOW else typed.get("to_date", "").strip()
    since = typed.get("from_date", "").strip()
    return NewAddress(
        typed.get("street") or None,
        typed.get("complement") or None,
        typed.get("postal_code") or None,
        typed.get("city") or None,
        parse_day(since, today, "from_date") if since else None,
        parse_day(until, today, "to_date") if until else None,
    )


def _phone(text: str) -> str:
    try:
        return parse_phone(text)
    except InvalidEntry as error:
        raise InvalidEntry(error.sentence, "value") from error


def _day(day: date | None) -> str:
    return "" if day is None else format_date(day)
