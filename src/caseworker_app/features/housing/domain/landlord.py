"""Who lets the dwelling (« bailleur »), and whom its letters go to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.phones import parse_phone

MAX_NAME = 200


class LandlordKind(StrEnum):
    """What kind of owner or letting body it is."""

    SOCIAL = "social"
    PRIVATE = "private"
    AGENCY = "agency"
    PUBLIC_BODY = "public_body"
    ASSOCIATION = "association"
    OTHER = "other"


LANDLORD_KIND_LABELS = {
    LandlordKind.SOCIAL: "bailleur social",
    LandlordKind.PRIVATE: "propriétaire privé",
    LandlordKind.AGENCY: "agence ou mandataire de gestion",
    LandlordKind.PUBLIC_BODY: "collectivité",
    LandlordKind.ASSOCIATION: "association",
    LandlordKind.OTHER: "autre",
}


@dataclass(frozen=True, slots=True)
class Landlord:
    """A landlord (« bailleur »); `siret`: 14 digits; `phone` in E.164."""

    id: str
    version: str
    name: str
    siret: str | None
    kind: LandlordKind
    street: str | None
    complement: str | None
    postal_code: str | None
    city: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class LandlordContact:
    """A person at the landlord's to whom letters go, with their job and agency."""

    id: str
    version: str
    landlord_id: str
    name: str
    job_title: str | None
    agency: str | None
    street: str | None
    complement: str | None
    postal_code: str | None
    city: str | None
    phone: str | None
    email: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class NewLandlord:
    """A landlord about to be written; SIRET and phone as people type them."""

    name: str
    kind: LandlordKind = LandlordKind.SOCIAL
    siret: str | None = None
    street: str | None = None
    complement: str | None = None
    postal_code: str | None = None
    city: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class NewLandlordContact:
    """A person at the landlord's about to be written."""

    name: str
    job_title: str | None = None
    agency: str | None = None
    street: str | None = None
    complement: str | None = None
    postal_code: str | None = None
    city: str | None = None
    phone: str | None = None
    email: str | None = None


def checked_landlord(new: NewLandlord) -> NewLandlord:
    """Return the landlord as it is kept.

    Raises InvalidEntry for an empty name, a wrong SIRET, phone or e-mail.
    """
    return replace(
        new,
        name=checked_name(new.name, "le nom du bailleur"),
        siret=checked_siret(new.siret),
        phone=parse_phone(new.phone) if new.phone else None,
        email=checked_email(new.email),
    )


def checked_contact(new: NewLandlordContact) -> NewLandlordContact:
    """Return the person as kept. Raises InvalidEntry for an empty name, a wrong phone or e-mail."""
    return replace(
        new,
        name=checked_name(new.name, "le nom de la personne"),
        phone=parse_phone(new.phone) if new.phone else None,
        email=checked_email(new.email),
    )


def checked_name(text: str, what: str) -> str:
    """Return a name without useless spaces. Raises InvalidEntry when empty, or beyond 200 characters."""
    name = " ".join(text.split())
    if not name:
        raise InvalidEntry(f"Indiquez {what}.", "name")
    if len(name) > MAX_NAME or not name.isprintable():
        raise InvalidEntry(
            f"Ce texte ne convient pas pour {what}\u00a0: {MAX_NAME} caractères au plus.", "name"
        )
    return name


def checked_siret(text: str | None) -> str | None:
    """Return the 14 digits of a SIRET, None when nothing was typed.

    Raises InvalidEntry when its key is wrong.
    """
    if not text or not text.strip():
        return None
    from stdnum.fr import siret

    # stdnum also takes the digits of other scripts, which no register would find again.
    digits = str(siret.compact(text))
    if not (digits.isascii() and siret.is_valid(digits)):
        raise InvalidEntry("Ce SIRET n’est pas valable\u00a0: vérifiez ses 14 chiffres.", "siret")
    return digits


def checked_email(text: str | None) -> str | None:
    """Return an e-mail without spaces around, None when empty. Raises InvalidEntry without « @ »."""
    bare = (text or "").strip()
    if bare and "@" not in bare:
        raise InvalidEntry(
            "Cette adresse électronique n’est pas complète\u00a0: il manque «\u00a0@\u00a0».", "email"
        )
    return bare or None


def recipient_lines(landlord: Landlord, contact: LandlordContact | None = None) -> list[str]:
    """Return the lines of the recipient on a letter; the landlord's own address when the person has none."""
    where: Landlord | LandlordContact = landlord
    person: list[str | None] = []
    if contact is not None:
        job = f", {contact.job_title}" if contact.job_title else ""
        person = [contact.name + job, contact.agency]
        where = contact if contact.city else landlord
    # The post wants the town in capitals on the last line.
    town = " ".join(part for part in (where.postal_code, (where.city or "").upper()) if part)
    return [line for line in (landlord.name, *person, where.street, where.complement, town) if line]


def matching_landlords(landlords: Iterable[Landlord], typed: str, *, whole: bool = False) -> list[Landlord]:
    """Return the landlords whose name holds every word typed (or is it, with `whole`), as people type.

    Accents and capitals do not count; names that begin with what is typed come first.
    """
    wanted = fold(typed)
    if not wanted:
        return []
    if whole:
        return [each for each in landlords if fold(each.name) == wanted]
    words = wanted.split()
    found = [each for each in landlords if all(word in fold(each.name) for word in words)]
    return sorted(found, key=lambda each: not fold(each.name).startswith(wanted))
