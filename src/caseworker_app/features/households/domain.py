"""What a household is: its members, where it lived, how it may be reached without danger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.kernel.dates import age_on
from caseworker_app.kernel.errors import InvalidEntry

# Nobody followed today was born before; nearly always a typing mistake (a century, a swapped digit).
OLDEST_BIRTH = date(1900, 1, 1)
MAX_NAME = 120


class Civility(StrEnum):
    """How a person is addressed (« civilité »)."""

    MR = "mr"
    MRS = "mrs"


CIVILITY_LABELS = {Civility.MR: "M.", Civility.MRS: "Mme"}


class Relation(StrEnum):
    """Relation of a member to the reference person (« lien de parenté »)."""

    REFERENCE_PERSON = "reference_person"
    PARTNER = "partner"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    OTHER_RELATIVE = "other_relative"
    UNRELATED = "unrelated"


RELATION_LABELS = {
    Relation.REFERENCE_PERSON: "personne de référence",
    Relation.PARTNER: "conjoint·e",
    Relation.CHILD: "enfant",
    Relation.PARENT: "parent",
    Relation.SIBLING: "frère ou sœur",
    Relation.OTHER_RELATIVE: "autre parent",
    Relation.UNRELATED: "sans lien de parenté",
}


class LegalProtection(StrEnum):
    """Legal protection of an adult (« mesure de protection juridique », C. civ. art. 425 s.)."""

    SAFEGUARD = "safeguard"
    CURATORSHIP = "curatorship"
    REINFORCED_CURATORSHIP = "reinforced_curatorship"
    GUARDIANSHIP = "guardianship"
    FAMILY_MANDATE = "family_mandate"
    BENEFITS_SUPPORT = "benefits_support"


LEGAL_PROTECTION_LABELS = {
    LegalProtection.SAFEGUARD: "sauvegarde de justice",
    LegalProtection.CURATORSHIP: "curatelle simple",
    LegalProtection.REINFORCED_CURATORSHIP: "curatelle renforcée",
    LegalProtection.GUARDIANSHIP: "tutelle",
    LegalProtection.FAMILY_MANDATE: "habilitation familiale",
    LegalProtection.BENEFITS_SUPPORT: "mesure d’accompagnement judiciaire",
}


class Reading(StrEnum):
    """Whether a person reads French."""

    FLUENT = "fluent"
    WITH_HELP = "with_help"
    NO = "no"


READING_LABELS = {Reading.FLUENT: "lit", Reading.WITH_HELP: "lit avec de l’aide", Reading.NO: "ne lit pas"}


class ContactKind(StrEnum):
    """By what a household is reached."""

    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Household:
    """A household (« ménage »): people who live together and are followed together.

    `protected`: violence; its address and phones are masked in every output. `visit_instructions`: facts for whoever
    visits (code, dog, floor), never opinions.
    """

    id: str
    version: str
    space_id: str
    reference: str
    name: str
    protected: bool
    visit_instructions: str | None
    note: str | None
    opened_on: date


@dataclass(frozen=True, slots=True)
class HouseholdMember:
    """One person of a household."""

    id: str
    version: str
    household_id: str
    position: int
    civility: Civility | None
    last_name: str
    birth_name: str | None
    first_name: str | None
    birth_date: date | None
    relation: Relation
    legal_protection: LegalProtection | None
    protected_by: str | None
    language: str | None
    interpreter_needed: bool
    reading: Reading | None

    def full_name(self) -> str:
        """Return « Mme Élodie Marchal », with what is known."""
        civility = CIVILITY_LABELS[self.civility] + "\u00a0" if self.civility else ""
        return civility + " ".join(part for part in (self.first_name, self.last_name) if part)

    def age(self, day: date) -> int | None:
        """Return the age in years on a day, None when the birth date is not known."""
        return None if self.birth_date is None else age_on(self.birth_date, day)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the household lives or lived; `to_date` None: it still does."""

    id: str
    version: str
    household_id: str
    street: str | None
    complement: str | None
    postal_code: str | None
    city: str | None
    from_date: date | None
    to_date: date | None

    def one_line(self) -> str:
        """Return the address on one line."""
        town = " ".join(part for part in (self.postal_code, self.city) if part)
        return ", ".join(part for part in (self.street, self.complement, town) if part)


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone number (E.164) or e-mail; `safe`: may be used without danger; `instructions`: when and how."""

    id: str
    version: str
    household_id: str
    member_id: str | None
    kind: ContactKind
    value: str
    label: str | None
    safe: bool
    instructions: str | None


@dataclass(frozen=True, slots=True)
class NewMember:
    """A member about to be added."""

    last_name: str
    first_name: str | None = None
    civility: Civility | None = None
    birth_name: str | None = None
    birth_date: date | None = None
    relation: Relation = Relation.REFERENCE_PERSON
    legal_protection: LegalProtection | None = None
    protected_by: str | None = None
    language: str | None = None
    interpreter_needed: bool = False
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class NewAddress:
    """An address about to be added."""

    street: str | None = None
    complement: str | None = None
    postal_code: str | None = None
    city: str | None = None
    from_date: date | None = None
    to_date: date | None = None


@dataclass(frozen=True, slots=True)
class NewContact:
    """A phone or e-mail about to be added; `member`: position of its owner among the new members."""

    kind: ContactKind
    value: str
    label: str | None = None
    safe: bool = False
    instructions: str | None = None
    member: int | None = None


@dataclass(frozen=True, slots=True)
class NewHousehold:
    """A household about to be created, whole."""

    members: tuple[NewMember, ...]
    addresses: tuple[NewAddress, ...] = ()
    contacts: tuple[NewContact, ...] = ()
    protected: bool = False
    visit_instructions: str | None = None
    note: str | None = None


def check_household(new: NewHousehold, today: date) -> None:
    """Refuse a household without anybody, or a member that cannot be. Raises InvalidEntry."""
    if not new.members:
        raise InvalidEntry("Un ménage compte au moins une personne\u00a0: indiquez son nom.", "members")
    for member in new.members:
        check_member(member, today)
    for address in new.addresses:
        if address.from_date and address.to_date and address.to_date < address.from_date:
            raise InvalidEntry("Le départ d’une adresse ne peut pas précéder l’arrivée.", "to_date")


def check_member(member: NewMember, today: date) -> None:
    """Refuse an empty or endless name, a birth in the future or before 1900. Raises InvalidEntry."""
    if not member.last_name.strip():
        raise InvalidEntry("Indiquez le nom de la personne.", "last_name")
    if max(len(member.last_name), len(member.first_name or "")) > MAX_NAME:
        raise InvalidEntry(f"Un nom a {MAX_NAME} caractères au plus.", "last_name")
    if member.birth_date is not None and not OLDEST_BIRTH <= member.birth_date <= today:
        raise InvalidEntry("Cette date de naissance n’est pas possible\u00a0: vérifiez l’année.", "birth_date")


def household_name(members: tuple[NewMember, ...]) -> str:
    """Return the name shown for a household: « Mme Élodie Marchal », or « Marchal et Kaboré » for several adults."""
    reference = members[0]
    partner = next((m for m in members[1:] if m.relation is Relation.PARTNER), None)
    if partner is None:
        civility = CIVILITY_LABELS[reference.civility] + "\u00a0" if reference.civility else ""
        return civility + " ".join(p for p in (reference.first_name, reference.last_name) if p)
    first = " et ".join(p for p in (reference.first_name, partner.first_name) if p)
    if partner.last_name.casefold() == reference.last_name.casefold():
        return f"{first} {reference.last_name}".strip()
    return f"{reference.first_name or ''} {reference.last_name} et {partner.first_name or ''} {partner.last_name}".strip()
