"""What is typed or imported about a household, and the rules it must keep before it enters the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from caseworker_app.features.households.domain.household import (
    Civility,
    ContactKind,
    HouseholdMember,
    LegalProtection,
    Reading,
    Relation,
    address_line,
)
from caseworker_app.kernel.entries import one_line, optional_line, paragraphs
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.phones import parse_phone
from caseworker_app.kernel.records import quick_dataclass

# Nobody followed today was born before; nearly always a typing mistake (a century, a swapped digit).
OLDEST_BIRTH = date(1900, 1, 1)
# Characters.
MAX_NAME = 120
MAX_LINE = 200

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


@quick_dataclass(frozen=True, slots=True)
class NewMember:
    """A member about to be added. Without a `relation`, the first of a household is its reference person."""

    last_name: str
    first_name: str | None = None
    civility: Civility | None = None
    birth_name: str | None = None
    birth_date: date | None = None
    relation: Relation = Relation.UNKNOWN
    legal_protection: LegalProtection | None = None
    protected_by: str | None = None
    language: str | None = None
    interpreter_needed: bool = False
    reading: Reading | None = None


@quick_dataclass(frozen=True, slots=True)
class NewAddress:
    """An address about to be added."""

    street: str | None = None
    complement: str | None = None
    postal_code: str | None = None
    city: str | None = None
    from_date: date | None = None
    to_date: date | None = None

    def one_line(self) -> str:
        """Return the address on one line."""
        return address_line(self.street, self.complement, self.postal_code, self.city)


@quick_dataclass(frozen=True, slots=True)
class NewContact:
    """A phone or e-mail about to be added, in any usual form.

    Its owner: `member`, their position among the members, or `member_id` when they are already there.
    """

    kind: ContactKind
    value: str
    label: str | None = None
    safe: bool = False
    instructions: str | None = None
    member: int | None = None
    member_id: str | None = None


@quick_dataclass(frozen=True, slots=True)
class NewHousehold:
    """A household about to be created, whole; `opened_on` None: today."""

    members: tuple[NewMember, ...]
    addresses: tuple[NewAddress, ...] = ()
    contacts: tuple[NewContact, ...] = ()
    protected: bool = False
    visit_instructions: str | None = None
    note: str | None = None
    opened_on: date | None = None


Entry = TypeVar("Entry", NewMember, NewAddress, NewContact, NewHousehold)
Part = TypeVar("Part", NewAddress, NewContact)


def check_household(new: NewHousehold, today: date) -> NewHousehold:
    """Return the household with clean texts, its reference person named, and nothing twice.

    Refuses one without anybody, with two reference persons, or any part that cannot be. Raises InvalidEntry.
    """
    if not new.members:
        raise InvalidEntry("Un ménage compte au moins une personne\u00a0: indiquez son nom.", "members")
    if new.opened_on is not None and new.opened_on > today:
        raise InvalidEntry("L’ouverture du dossier ne peut pas être dans l’avenir.", "opened_on")
    return _with(
        new,
        members=with_reference_person([check_member(member, today) for member in new.members]),
        addresses=_each_once([check_address(address) for address in new.addresses]),
        contacts=_each_once([check_contact(contact, len(new.members)) for contact in new.contacts]),
        visit_instructions=paragraphs(new.visit_instructions, "visit_instructions"),
        note=paragraphs(new.note, "note"),
    )


def check_member(member: NewMember, today: date) -> NewMember:
    """Return the member with clean texts. Refuses an empty or endless name, a birth to come or before 1900.

    Raises InvalidEntry.
    """
    last_name = one_line(member.last_name, MAX_NAME, "last_name")
    if not last_name:
        raise InvalidEntry("Indiquez le nom de la personne.", "last_name")
    if member.birth_date is not None and not OLDEST_BIRTH <= member.birth_date <= today:
        raise InvalidEntry(
            "Cette date de naissance n’est pas possible\u00a0: vérifiez l’année.", "birth_date"
        )
    return _with(
        member,
        last_name=last_name,
        first_name=optional_line(member.first_name, MAX_NAME, "first_name"),
        birth_name=optional_line(member.birth_name, MAX_NAME, "birth_name"),
        protected_by=optional_line(member.protected_by, MAX_LINE, "protected_by"),
        language=optional_line(member.language, MAX_NAME, "language"),
    )


def check_leaving(member: HouseholdMember, on: date, today: date) -> None:
    """Refuse that the reference person leaves, and a day to come or before the birth. Raises InvalidEntry."""
    if member.relation is Relation.REFERENCE_PERSON:
        raise InvalidEntry(
            "La personne de référence ne peut pas partir\u00a0: choisissez-en d’abord une autre.", "left_on"
        )
    if on > today:
        raise InvalidEntry("Ce départ est à venir\u00a0: notez-le quand il aura eu lieu.", "left_on")
    if on < (member.birth_date or OLDEST_BIRTH):
        raise InvalidEntry("Ce départ précède la naissance\u00a0: vérifiez l’année.", "left_on")


def check_address(address: NewAddress) -> NewAddress:
    """Return the address with clean texts. Refuses an empty one, a departure before the arrival.

    Raises InvalidEntry.
    """
    street = optional_line(address.street, MAX_LINE, "street")
    complement = optional_line(address.complement, MAX_LINE, "complement")
    postal_code = optional_line(address.postal_code, 10, "postal_code")
    city = optional_line(address.city, MAX_LINE, "city")
    if not (street or complement or postal_code or city):
        raise InvalidEntry("Cette adresse est vide\u00a0: indiquez au moins la commune.", "city")
    if address.from_date and address.to_date and address.to_date < address.from_date:
        raise InvalidEntry("Le départ d’une adresse ne peut pas précéder l’arrivée.", "to_date")
    return _with(address, street=street, complement=complement, postal_code=postal_code, city=city)


def check_contact(contact: NewContact, members: int = 0) -> NewContact:
    """Return the contact with its number in E.164 or its e-mail in lower case.

    `members`: how many there are, so that its owner is one of them. Raises InvalidEntry.
    """
    if contact.member is not None and not 0 <= contact.member < members:
        raise InvalidEntry(
            "Cette personne ne fait pas partie du ménage\u00a0: choisissez-en une autre.", "member"
        )
    phone = contact.kind is ContactKind.PHONE
    return _with(
        contact,
        value=parse_phone(contact.value) if phone else _email(contact.value),
        label=optional_line(contact.label, MAX_LINE, "label"),
        instructions=paragraphs(contact.instructions, "instructions"),
    )


def with_reference_person(members: Sequence[NewMember]) -> tuple[NewMember, ...]:
    """Return the members with exactly one reference person: the first, when none is called so.

    Raises InvalidEntry.
    """
    called = sum(member.relation is Relation.REFERENCE_PERSON for member in members)
    if called > 1:
        raise InvalidEntry(
            "Un ménage a une seule personne de référence\u00a0: précisez le lien des autres.", "relation"
        )
    if called:
        return tuple(members)
    return (replace(members[0], relation=Relation.REFERENCE_PERSON), *members[1:])


def _with(entry: Entry, **clean: Any) -> Entry:
    """Return the entry with its clean parts; mostly they were clean, and a list holds tens of thousands."""
    changed: dict[str, Any] = {n: part for n, part in clean.items() if part != getattr(entry, n)}
    return replace(entry, **changed) if changed else entry


def _each_once(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(dict.fromkeys(parts)) if len(parts) > 1 else tuple(parts)


def _email(text: str) -> str:
    email = one_line(text, MAX_LINE, "value").lower()
    if not _EMAIL.fullmatch(email):
        raise InvalidEntry(
            "Cette adresse électronique n’est pas complète\u00a0: écrivez-la comme nom@domaine.fr.", "value"
        )
    return email
