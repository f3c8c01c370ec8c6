"""A partner (« partenaire »): a body or a professional that households are sent to, as a directory keeps it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from caseworker_app.features.partners.domain.themes import themes_on
from caseworker_app.kernel.entries import one_line, optional_line, paragraphs
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.phones import parse_phone

MAX_NAME = 200
MAX_LINE = 300
MAX_PHONES = 6

WRONG_SIRET = "Ce SIRET n’est pas valable (14 chiffres et leur clé)\u00a0: il est gardé, vérifiez-le."
WRONG_EMAIL = "Cette adresse électronique n’est pas complète\u00a0: vérifiez-la."
WRONG_SITE = "Cette adresse de site n’est pas lisible\u00a0: vérifiez-la."

_SITE = re.compile(r"(?:https?://)?(?P<rest>(?:[\w-]+\.)+[a-z]{2,24}(?:[:/?#]\S*)?)", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,.]{2,}")
_DAYS = {"Mo": "lun.", "Tu": "mar.", "We": "mer.", "Th": "jeu.", "Fr": "ven.", "Sa": "sam.", "Su": "dim."}
_DAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b")


class PartnerKind(StrEnum):
    """What a partner is."""

    PUBLIC_SERVICE = "public_service"
    ASSOCIATION = "association"
    HEALTH = "health"
    LEGAL = "legal"
    COMPANY = "company"
    PROFESSIONAL = "professional"
    OTHER = "other"


PARTNER_KIND_LABELS = {
    PartnerKind.PUBLIC_SERVICE: "service public",
    PartnerKind.ASSOCIATION: "association",
    PartnerKind.HEALTH: "santé",
    PartnerKind.LEGAL: "justice et droit",
    PartnerKind.COMPANY: "entreprise",
    PartnerKind.PROFESSIONAL: "professionnel·le",
    PartnerKind.OTHER: "autre",
}


@dataclass(frozen=True, slots=True)
class Partner:
    """A body as the directory keeps it.

    `phones` are E.164, `themes` national codes, `services` what it offers in its own words, `opening_hours` as it
    writes them; `source` and `source_id`: the directory it came from and its number there.
    """

    id: str
    version: str
    name: str
    kind: PartnerKind
    siret: str | None
    phones: tuple[str, ...]
    email: str | None
    website: str | None
    street: str | None
    complement: str | None
    postal_code: str | None
    city: str | None
    opening_hours: str | None
    services: tuple[str, ...]
    themes: tuple[str, ...]
    description: str | None
    source: str | None
    source_id: str | None
    updated_on: date | None
    active: bool

    def one_line(self) -> str:
        """Return the address on one line, empty when none is known."""
        town = " ".join(part for part in (self.postal_code, self.city) if part)
        return ", ".join(part for part in (self.street, self.complement, town) if part)


@dataclass(frozen=True, slots=True)
class PartnerContact:
    """A person one may ask for at a partner."""

    id: str
    version: str
    partner_id: str
    name: str
    job_title: str | None
    phone: str | None
    email: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class NewPartner:
    """A partner about to be written; fields as `Partner`."""

    name: str
    kind: PartnerKind = PartnerKind.OTHER
    siret: str | None = None
    phones: tuple[str, ...] = ()
    email: str | None = None
    website: str | None = None
    street: str | None = None
    complement: str | None = None
    postal_code: str | None = None
    city: str | None = None
    opening_hours: str | None = None
    services: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    description: str | None = None
    source: str | None = None
    source_id: str | None = None
    updated_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewPartnerContact:
    """A person at a partner, about to be written."""

    name: str
    job_title: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Caution:
    """Something kept as it was typed that deserves a look; `field` places the sentence in a form."""

    field: str
    sentence: str


def checked_partner(new: NewPartner, today: date) -> tuple[NewPartner, tuple[Caution, ...]]:
    """Return the partner as kept, and what deserves a look: a directory's faults never keep a body out.

    Raises InvalidEntry for an empty name, an unreadable phone, an unknown theme, a text without end.
    """
    name = one_line(new.name, MAX_NAME, "name")
    if not name:
        raise InvalidEntry("Indiquez le nom du partenaire.", "name")
    known = {theme.code for theme in themes_on(today)} if new.themes else frozenset[str]()
    if unknown := [code for code in new.themes if code not in known]:
        raise InvalidEntry(
            f"Cette thématique n’est pas dans la liste nationale\u00a0: «\u00a0{unknown[0][:60]}\u00a0».",
            "themes",
        )
    siret, website, email = (
        plain_siret(new.siret),
        plain_site(new.website),
        optional_line(new.email, 200, "email"),
    )
    checked = replace(
        new,
        name=name,
        siret=siret,
        website=website,
        email=email.lower() if email else None,
        phones=tuple(dict.fromkeys(_phone(phone, "phones") for phone in new.phones))[:MAX_PHONES],
        services=tuple(
            dict.fromkeys(filter(None, (one_line(s, MAX_LINE, "services") for s in new.services)))
        ),
        themes=tuple(dict.fromkeys(new.themes)),
        opening_hours=paragraphs(new.opening_hours, "opening_hours"),
        description=paragraphs(new.description, "description"),
    )
    lines: dict[str, Any] = {f: optional_line(getattr(new, f), MAX_LINE, f) for f in _LINES}
    checked = replace(checked, **lines)
    return checked, tuple(_cautions(checked))


def checked_contact(new: NewPartnerContact) -> NewPartnerContact:
    """Return the person as kept. Raises InvalidEntry for an empty name or an unreadable phone."""
    name = one_line(new.name, MAX_NAME, "name")
    if not name:
        raise InvalidEntry("Indiquez le nom de la personne.", "name")
    email = optional_line(new.email, 200, "email")
    return NewPartnerContact(
        name,
        optional_line(new.job_title, MAX_NAME, "job_title"),
        _phone(new.phone, "phone") if new.phone else None,
        email.lower() if email else None,
    )


def plain_siret(text: str | None) -> str | None:
    """Return the digits of a SIRET, its eaten zeros given back; None for nothing or for zeros alone.

    Directories fill the column with zeros where they know none.
    """
    bare = re.sub(r"[.,]0+$", "", (text or "").strip())
    digits = re.sub(r"\D", "", bare)
    if not digits.strip("0"):
        return None
    # 12 or 13 digits: a spreadsheet ate the zeros at the beginning.
    return digits.zfill(14) if 12 <= len(digits) <= 14 else bare[:20]


def is_siret(text: str) -> bool:
    """Say whether the key of a SIRET is right (La Poste's own rule included)."""
    from stdnum.fr import siret

    return text.isascii() and bool(siret.is_valid(text))


def plain_site(text: str | None) -> str | None:
    """Return a web address with its `https://`; what is no web address stays as typed."""
    bare = "".join((text or "").split())
    if not bare:
        return None
    if bare.lower().startswith(("http://", "https://")):
        return bare[:MAX_LINE]
    return f"https://{bare}"[:MAX_LINE] if _SITE.fullmatch(bare) else bare[:MAX_LINE]


def hours_words(text: str) -> str:
    """Return opening hours with the days in French: « Tu-Fr 09:00-12:00 » is « mar.-ven. 09:00-12:00 »."""
    return _DAY.sub(lambda match: _DAYS[match[0]], text)


def _phone(text: str, field: str) -> str:
    try:
        return parse_phone(text)
    except InvalidEntry as error:
        raise InvalidEntry(error.sentence, field) from error


_LINES = ("street", "complement", "postal_code", "city", "source", "source_id")


def _cautions(kept: NewPartner) -> list[Caution]:
    cautions = []
    if kept.siret and not is_siret(kept.siret):
        cautions.append(Caution("siret", WRONG_SIRET))
    if kept.email and not _EMAIL.fullmatch(kept.email):
        cautions.append(Caution("email", WRONG_EMAIL))
    if kept.website and not _SITE.fullmatch(kept.website):
        cautions.append(Caution("website", WRONG_SITE))
    return cautions
