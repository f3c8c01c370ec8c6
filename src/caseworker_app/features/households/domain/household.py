"""What is known of a household: its members, where it lived, how it may be reached without danger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.kernel.dates import age_on, format_date
from caseworker_app.kernel.errors import InvalidEntry

# Majority: C. civ. art. 414.
ADULT_AGE = 18


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
    UNKNOWN = "unknown"


RELATION_LABELS = {
    Relation.REFERENCE_PERSON: "personne de référence",
    Relation.PARTNER: "conjoint·e",
    Relation.CHILD: "enfant",
    Relation.PARENT: "parent",
    Relation.SIBLING: "frère ou sœur",
    Relation.OTHER_RELATIVE: "autre parent",
    Relation.UNRELATED: "sans lien de parenté",
    Relation.UNKNOWN: "lien non précisé",
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


CONTACT_KIND_LABELS = {ContactKind.PHONE: "téléphone", ContactKind.EMAIL: "courriel"}


@dataclass(frozen=True, slots=True)
class Household:
    """A household (« ménage »): people who live together and are followed together.

    `protected`: violence; its address and phones are masked in every output. `visit_instructions`: facts for
    whoever visits (code, dog, floor), never opinions. `archived_on`: since when the file is kept apart for its
    retention, out of lists and search (« dossier archivé »).
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
    archived_on: date | None = None


@dataclass(frozen=True, slots=True)
class HouseholdMember:
    """One person of a household (« membre du ménage »).

    `position` orders them, the reference person first. `protected_by`: who holds the measure of protection.
    `language`: in which the person is at ease; `reading`: whether they read French. `left_on`: the day they
    left the household (« parti·e le »), None: they live there.
    """

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
    left_on: date | None = None

    def full_name(self) -> str:
        """Return « Mme Élodie Marchal », with what is known."""
        civility = CIVILITY_LABELS[self.civility] + "\u00a0" if self.civility else ""
        return civility + " ".join(part for part in (self.first_name, self.last_name) if part)

    def age(self, day: date) -> int | None:
        """Return the age in years on a day, None when the birth date is not known."""
        return None if self.birth_date is None else age_on(self.birth_date, day)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the household lives or lived, from a day to the day it left.

    `from_date` None: since a day nobody knows; `to_date` None: it still does.
    """

    id: str
    version: str
    household_id: str
    street: str | None
    complement: str | None
    postal_code: str | None
    city: str | None
    from_date: date | None
    to_date: date | None

    def holds(self, day: date) -> bool:
        """Say whether the household lived there on a day; on the day of a move it lives in its new home."""
        return lived_there(self.from_date, self.to_date, day)

    def one_line(self) -> str:
        """Return the address on one line."""
        return address_line(self.street, self.complement, self.postal_code, self.city)


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
class HouseholdFile:
    """A household with all that this room knows of it.

    Members in order, the present address and safe contacts first. `members` live there; `former_members`
    left, the latest first, and what reaches them is in `former_contacts`: it must not be called by habit.
    """

    household: Household
    members: tuple[HouseholdMember, ...]
    addresses: tuple[Address, ...]
    contacts: tuple[Contact, ...]
    former_members: tuple[HouseholdMember, ...] = ()
    former_contacts: tuple[Contact, ...] = ()

    @property
    def everyone(self) -> tuple[HouseholdMember, ...]:
        """Whoever lives or lived there, for what speaks of them or must not name them."""
        return self.members + self.former_members

    @property
    def every_contact(self) -> tuple[Contact, ...]:
        """Every phone and e-mail, those of people who left included, for what must not tell them."""
        return self.contacts + self.former_contacts

    @property
    def reference_person(self) -> HouseholdMember:
        """The reference person (« personne de référence »)."""
        return next((m for m in self.members if m.relation is Relation.REFERENCE_PERSON), self.members[0])

    def address_on(self, day: date) -> Address | None:
        """Return the address the household lived at on a day, None when it is not known."""
        return next((a for a in self.addresses if a.holds(day)), None)


def household_file(
    household: Household,
    everyone: Sequence[HouseholdMember],
    addresses: Sequence[Address],
    contacts: Sequence[Contact],
) -> HouseholdFile:
    """Return a household whole, those who left and what reaches them apart from the others."""
    left = [m for m in everyone if m.left_on is not None]
    gone = {m.id for m in left}
    return HouseholdFile(
        household,
        tuple(m for m in everyone if m.id not in gone),
        tuple(addresses),
        tuple(c for c in contacts if c.member_id not in gone),
        tuple(sorted(left, key=lambda m: m.left_on or date.min, reverse=True)),
        tuple(c for c in contacts if c.member_id in gone),
    )


@dataclass(frozen=True, slots=True)
class HouseholdSummary:
    """What lists and answers of a search show of a household.

    `births`: relation and birth date of each member; `towns`: arrival, departure and town of each address,
    the latest arrival first. The town of a household under protection is masked by whoever prints or exports
    it.
    """

    id: str
    reference: str
    name: str
    sort_name: str
    protected: bool
    births: tuple[tuple[Relation, date | None], ...] = ()
    towns: tuple[tuple[date | None, date | None, str | None], ...] = ()

    def adults_and_children(self, day: date) -> tuple[int, int]:
        """Count members of 18 or more and those under 18 on a day, as `is_adult` tells them apart."""
        adults = sum(is_adult(relation, birth, day) for relation, birth in self.births)
        return adults, len(self.births) - adults

    def city_on(self, day: date) -> str | None:
        """Return the town the household lived in on a day, None when it is not known."""
        return next((town for since, until, town in self.towns if lived_there(since, until, day)), None)


def is_adult(relation: Relation, birth: date | None, day: date) -> bool:
    """Say whether a member is 18 on a day; without a birth date, whether they are not called a child."""
    return relation is not Relation.CHILD if birth is None else age_on(birth, day) >= ADULT_AGE


def lived_there(since: date | None, until: date | None, day: date) -> bool:
    """Say whether a stay from `since` to `until` (not included; None: open) holds a day."""
    return (since is None or since <= day) and (until is None or day < until)


def address_line(
    street: str | None, complement: str | None, postal_code: str | None, city: str | None
) -> str:
    """Return « 14 rue des Tisserands, bât. B, 59100 Roubaix », with what is known."""
    town = " ".join(part for part in (postal_code, city) if part)
    return ", ".join(part for part in (street, complement, town) if part)


def present_first(addresses: Iterable[Address]) -> list[Address]:
    """Order addresses: those nobody left first, then the latest arrivals; unknown arrivals last."""
    by_age = sorted(addresses, key=lambda a: (a.from_date or date.min, a.id), reverse=True)
    return sorted(by_age, key=lambda a: a.to_date is not None)


def stays_to_close(addresses: Iterable[Address], on: date) -> list[Address]:
    """Return the stays that a move on a day ends.

    Raises InvalidEntry when one of them began after that day.
    """
    running = [a for a in addresses if a.to_date is None or a.to_date > on]
    for address in running:
        if address.from_date is not None and address.from_date > on:
            since = format_date(address.from_date)
            raise InvalidEntry(
                f"Une adresse commence plus tard, le {since}\u00a0: corrigez-la d’abord.", "on"
            )
    return running
