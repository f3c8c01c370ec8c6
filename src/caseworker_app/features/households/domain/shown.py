"""How people, addresses and contacts of a household read on its page and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from caseworker_app.features.households.domain.household import (
    LEGAL_PROTECTION_LABELS,
    RELATION_LABELS,
    Address,
    Civility,
    Contact,
    ContactKind,
    HouseholdFile,
    HouseholdMember,
    Reading,
    is_adult,
)
from caseworker_app.kernel.dates import format_date, format_long_date
from caseworker_app.kernel.french import capital, plural
from caseworker_app.kernel.phones import format_phone


def called(member: HouseholdMember) -> str:
    """Return first and last name, without « Mme »: what buttons and menus call a person."""
    return " ".join(part for part in (member.first_name, member.last_name) if part)


def initials(member: HouseholdMember) -> str:
    """Return up to two capitals."""
    return "".join(part[0] for part in (member.first_name, member.last_name) if part).upper()


def relation_words(member: HouseholdMember) -> str:
    """Return what a member is to the reference person: « Enfant »."""
    words = RELATION_LABELS[member.relation]
    return capital(words)


def age_words(member: HouseholdMember, day: date) -> str:
    """Return « 34 ans », « moins d’un an », or nothing when the birth date is not known."""
    age = member.age(day)
    return "" if age is None else plural(age, "an") if age else "moins d’un an"


def born_words(member: HouseholdMember, day: date) -> str:
    """Return « 34 ans, née le 14/03/1992 », « date de naissance inconnue » without one."""
    if member.birth_date is None:
        return "date de naissance inconnue"
    return f"{age_words(member, day)}, {_born(member)} le {format_date(member.birth_date)}"


def identity_words(member: HouseholdMember, day: date) -> str:
    """Return what stands under a name: relation, age and birth, birth name."""
    named = f"nom de naissance {member.birth_name}" if member.birth_name else ""
    return " · ".join(part for part in (relation_words(member), born_words(member, day), named) if part)


def language_words(member: HouseholdMember) -> str:
    """Return in which language a person is at ease and whether they need an interpreter; empty: not told."""
    spoken = f"À l’aise en {member.language}" if member.language else ""
    if member.interpreter_needed:
        return f"{spoken}, interprète nécessaire" if spoken else "Interprète nécessaire"
    return spoken


def reading_words(member: HouseholdMember) -> str:
    """Return whether a person reads French when it is something to mind: « Ne lit pas le français »."""
    return _READING.get(member.reading, "") if member.reading else ""


def protection_words(member: HouseholdMember) -> str:
    """Return « Curatelle renforcée, exercée par l’UDAF »; empty without a measure of protection."""
    if member.legal_protection is None:
        return f"Protection exercée par {member.protected_by}" if member.protected_by else ""
    words = LEGAL_PROTECTION_LABELS[member.legal_protection]
    by = f", exercée par {member.protected_by}" if member.protected_by else ""
    return f"{capital(words)}{by}"


def left_words(member: HouseholdMember) -> str:
    """Return « A quitté le ménage le 3 novembre 2026 »; empty for whoever lives there."""
    return f"A quitté le ménage le {format_long_date(member.left_on)}" if member.left_on else ""


def count_words(people: HouseholdFile, day: date) -> str:
    """Return « 2 adultes et 1 enfant »."""
    adults = sum(is_adult(m.relation, m.birth_date, day) for m in people.members)
    children = len(people.members) - adults
    told = [plural(adults, "adulte")] if adults else []
    return " et ".join([*told, *([plural(children, "enfant")] if children else [])])


def contact_words(contact: Contact) -> str:
    """Return a phone as printed, or an e-mail."""
    return format_phone(contact.value) if contact.kind is ContactKind.PHONE else contact.value


def contact_owner(contact: Contact, members: Iterable[HouseholdMember]) -> str:
    """Return whose a contact is and its label: « Solène · travail »; « tout le ménage » without an owner."""
    owner = next((m for m in members if m.id == contact.member_id), None)
    parts = (owner.first_name or owner.full_name() if owner else "", contact.label or "")
    words = " · ".join(part for part in parts if part) or "Tout le ménage"
    return capital(words)


def stay_words(address: Address, day: date) -> str:
    """Return how long a household lived at an address: « Depuis le 1er mars 2024 »."""
    since = format_long_date(address.from_date) if address.from_date else ""
    until = format_long_date(address.to_date) if address.to_date else ""
    if address.from_date and address.from_date > day:
        return f"À partir du {since}"
    if until:
        return f"Du {since} au {until}" if since else f"Jusqu’au {until}"
    return f"Depuis le {since}" if since else "Depuis une date inconnue"


def towns_apart(address: Address) -> tuple[str, str]:
    """Return street and complement, then the town, each empty when not known."""
    street = ", ".join(part for part in (address.street, address.complement) if part)
    return street, " ".join(part for part in (address.postal_code, address.city) if part)


def spoken(parts: Iterable[str]) -> str:
    """Return what a screen reader says of several parts, one after the other."""
    return ", ".join(_told(parts))


_READING = {Reading.NO: "Ne lit pas le français", Reading.WITH_HELP: "Lit le français avec de l’aide"}


def _told(parts: Iterable[str]) -> Iterator[str]:
    yield from (part for part in parts if part)


def _born(member: HouseholdMember) -> str:
    if member.civility is None:
        return "né·e"
    return "née" if member.civility is Civility.MRS else "né"
