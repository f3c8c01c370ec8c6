"""Partners as the directory shows them: a line of the list, the facts of one, the filters offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.partners.domain.partner import (
    PARTNER_KIND_LABELS,
    Partner,
    PartnerContact,
    PartnerKind,
    hours_words,
)
from caseworker_app.features.partners.domain.themes import theme_labels, themes_on
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import typeset
from caseworker_app.kernel.phones import format_phone

KIND_ICONS = {
    PartnerKind.PUBLIC_SERVICE: "building",
    PartnerKind.ASSOCIATION: "users-group",
    PartnerKind.HEALTH: "heartbeat",
    PartnerKind.LEGAL: "file-certificate",
    PartnerKind.COMPANY: "briefcase",
    PartnerKind.PROFESSIONAL: "user",
    PartnerKind.OTHER: "map-pin",
}


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner in the list; `offers`: what it offers on one line, empty when nothing is told."""

    id: str
    name: str
    kind: PartnerKind
    city: str
    offers: str

    @property
    def detail(self) -> str:
        """Return the second line: the town, then what it offers, or what it is."""
        return " · ".join(filter(None, (self.city, self.offers or PARTNER_KIND_LABELS[self.kind])))


@dataclass(frozen=True, slots=True)
class PartnerListing:
    """What a search found, by name, and how many partners the directory holds in all."""

    lines: tuple[PartnerLine, ...]
    in_directory: int


@dataclass(frozen=True, slots=True)
class ThemeChoice:
    """A line of the filter by theme; `code` ends with « -- » for a whole group."""

    code: str
    words: str


def theme_choices(day: date) -> Iterator[ThemeChoice]:
    """Yield the groups in force on a day, each followed by its themes."""
    group = ""
    for theme in themes_on(day):
        if theme.group != group:
            group = theme.group
            yield ThemeChoice(f"{theme.code.partition('--')[0]}--", group)
        yield ThemeChoice(theme.code, f"\u2003{typeset(theme.label)}")


def partner_facts(of: Partner, day: date) -> list[tuple[str, str]]:
    """Return what is known of a partner as label and words, what is not known left out.

    Directories write hours with English days: they are shown in French.
    """
    told = (
        ("Téléphone", "\n".join(format_phone(phone) for phone in of.phones)),
        ("Courriel", of.email),
        ("Site", of.website),
        ("Adresse", of.one_line()),
        ("Horaires", hours_words(of.opening_hours) if of.opening_hours else None),
        ("Services", "\n".join(of.services)),
        ("Thématiques", "\n".join(typeset(label) for label in theme_labels(of.themes, day))),
        ("À savoir", of.description),
        ("SIRET", of.siret),
        ("Source", source_words(of)),
    )
    return [(label, words) for label, words in told if words]


def source_words(of: Partner) -> str:
    """Return where what is known comes from and of when it is, empty when neither is told."""
    since = f"mis à jour le {format_date(of.updated_on)}" if of.updated_on else ""
    return ", ".join(filter(None, (of.source, since)))


def contact_words(of: PartnerContact) -> str:
    """Return the post, phone and mail of a person on one line."""
    phone = format_phone(of.phone) if of.phone else None
    return " · ".join(filter(None, (of.job_title, phone, of.email)))
