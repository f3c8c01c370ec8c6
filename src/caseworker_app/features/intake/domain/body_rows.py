"""Rows of a directory read into bodies: partners, or landlords with the people to write to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.features.intake.domain import values
from caseworker_app.features.intake.domain.columns import Matching
from caseworker_app.features.intake.domain.keys import without_keys
from caseworker_app.features.intake.domain.names import proper_first_name, proper_last_name
from caseworker_app.features.intake.domain.proposal import ERROR, WARNING, Problem
from caseworker_app.features.intake.domain.row_cells import RowCells, RowRefused
from caseworker_app.features.partners.domain.partner import (
    Caution,
    NewPartner,
    NewPartnerContact,
    PartnerKind,
    checked_partner,
)
from caseworker_app.features.partners.domain.themes import theme_of
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.french import capital
from caseworker_app.sheets.sheet import Sheet, SheetRow

NO_BODY = "Aucun nom de structure lisible sur cette ligne."

_IN_LINE = re.compile(
    r"(?P<street>.*?)[\s,;–-]*\b(?P<code>\d{5}|\d{2} \d{3})\b[\s,–-]*(?P<city>[^\d\s].*)", re.DOTALL
)
_PIECES = re.compile(r"\s*(?:;|\||\n|(?<=\s)/(?=\s)|(?<=\w) / (?=\w))\s*")
_SMALL = frozenset(
    {"de", "du", "des", "la", "le", "les", "sur", "sous", "en", "et", "aux", "au", "lès", "l", "d"}
)
_KINDS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            PartnerKind.HEALTH,
            r"\bsante\b|hopital|hospital|\bcmp\b|csapa|caarud|medecin|clinique|infirm|\bpmi\b|psycholog",
        ),
        (
            PartnerKind.LEGAL,
            r"\badil\b|\bcdad\b|avocat|justice|notaire|\bdroits?\b|conciliat|commissaire de justice",
        ),
        (
            PartnerKind.PUBLIC_SERVICE,
            (
                r"collectivite|mairie|commune\b|\bccas\b|\bcias\b|departement|prefecture"
                r"|service public|services publics?"
                r"|france services|\bmsap\b|\bmdph\b|\bcaf\b|\bcpam\b|\bcaisse\b|france travail"
                r"|pole emploi|mission locale"
                r"|\bcd \d|conseil departemental|bibliotheque|mediatheque|point relais"
                r"|etablissement public|\bmds\b"
            ),
        ),
        (
            PartnerKind.ASSOCIATION,
            r"associat|secours|croix rouge|restos? du|emmaus|centre social|\bmjc\b|fondation|foyer",
        ),
        (PartnerKind.COMPANY, r"entreprise|\bsarl\b|\bsas\b|societe|commerce|cooperative"),
    )
)

_OF_A_BODY = frozenset({"body_name", "body_siret", "body_street", "body_website"})


@dataclass(frozen=True)
class ProposedBody:
    """A body of a directory, ready to be created; `joined_rows`: others of the same body, for its other people."""

    row: int
    partner: NewPartner
    contacts: tuple[NewPartnerContact, ...] = ()
    joined_rows: tuple[int, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """Return every row the body comes from."""
        return (self.row, *self.joined_rows)


class BodyReader:
    """Reads the rows of a directory; `problems` grows as it goes."""

    def __init__(self, sheet: Sheet, matching: Matching, today: date, *, professionals: bool = True) -> None:
        """Prepare the columns; `today`: when themes are looked up and dates bounded.

        `professionals`: whether a person without any body is a partner by themselves.
        """
        self._cells = RowCells(sheet, matching, today)
        self._today = today
        # What has a SIRET or an address is a body whose name is missing, not a person.
        self._professionals = professionals and self._cells.columns.keys().isdisjoint(_OF_A_BODY)

    @property
    def problems(self) -> list[Problem]:
        """Return what was told so far."""
        return self._cells.problems

    def body(self, row: SheetRow) -> ProposedBody | None:
        """Return the body of a row, None when the row is in error (its problem says why)."""
        cells = self._cells
        cells.begin(row)
        try:
            cells.check_shape()
            person = self._person()
            name = " ".join(cells.plain("body_name").split())
            alone = not name and person is not None and self._professionals
            if alone and person is not None:
                name, person = person.name, None
            if not any(letter.isalpha() for letter in name):
                column = cells.first["body_name"][1] if "body_name" in cells.first else ""
                cells.refuse(column, name, NO_BODY)
        except RowRefused:
            return None
        partner = self._partner(name, professional=alone)
        if partner is None or cells.in_error:
            return None
        return ProposedBody(row.number, partner, (person,) if person else ())

    def _partner(self, name: str, *, professional: bool) -> NewPartner | None:
        cells = self._cells
        street, code, city = self._address()
        phones = (
            self._phones("body_phone") if not professional else self._phones("body_phone", "contact_phone")
        )
        themes, other_themes = self._themes()
        described = name if "body_kind" not in cells.columns else f"{cells.plain('body_kind')} {name}"
        new = NewPartner(
            name=name[:200],
            kind=PartnerKind.PROFESSIONAL if professional else kind_of(described),
            siret=cells.plain("body_siret") or None,
            phones=phones,
            email=self._email("body_email") or (self._email("contact_email") if professional else None),
            website=next(iter(cells.plain("body_website").split()), None),
            street=street or None,
            complement=" ".join(cells.plain("body_complement").split())[:200] or None,
            postal_code=code,
            city=city or None,
            opening_hours=cells.plain("body_hours")[:2_000] or None,
            services=(*self._pieces("body_service"), *other_themes)[:60],
            themes=themes,
            source=cells.plain("body_source")[:100] or None,
            source_id=cells.plain("body_source_id")[:60] or None,
            updated_on=cells.read("body_updated", lambda text: values.parse_past_date(text, self._today)),
        )
        # Last: what could not be read elsewhere in the row is kept there.
        return self._checked(replace(new, description=self._description()))

    def _checked(self, new: NewPartner) -> NewPartner | None:
        try:
            checked, cautions = checked_partner(new, self._today)
        except InvalidEntry as error:
            self._cells.tell(ERROR, self._column(f"body_{error.field}"), "", error.sentence)
            return None
        for caution in cautions:
            self._caution(caution)
        return checked

    def _caution(self, caution: Caution) -> None:
        key = f"body_{caution.field}"
        self._cells.tell(WARNING, self._column(key), self._cells.plain(key), caution.sentence)

    def _column(self, key: str) -> str:
        place = self._cells.first.get(key)
        return place[1] if place else ""

    def _person(self) -> NewPartnerContact | None:
        cells = self._cells
        last, first = cells.plain("contact_last_name"), cells.plain("contact_first_name")
        name = f"{proper_first_name(first)} {proper_last_name(last)}".strip()
        if not any(letter.isalpha() for letter in name):
            return None
        phones = self._phones("contact_phone") if "contact_phone" in cells.columns else ()
        job = " ".join(cells.plain("contact_job").split())[:200] or None
        return NewPartnerContact(name[:200], job, phones[0] if phones else None, self._email("contact_email"))

    def _phones(self, *keys: str) -> tuple[str, ...]:
        found: list[str] = []
        for key in keys:
            for place in self._cells.columns.get(key, ()):
                text = self._cells.text(place)
                numbers, wrong = values.parse_phones(text) if text else ([], [])
                found += [number for number, _ in numbers]
                for piece in wrong:
                    self._cells.keep_aside(place[1], piece, values.phone_problem(piece))
        return tuple(dict.fromkeys(found))

    def _email(self, key: str) -> str | None:
        found = self._cells.read(key, values.parse_emails)
        return found[0] if found else None

    def _address(self) -> tuple[str, str | None, str]:
        street = ", ".join(
            " ".join(line.split()) for line in self._cells.plain("body_street").split("\n") if line
        )
        code = self._cells.read("body_postal_code", values.parse_postal_code)
        city = town(values.parse_city(self._cells.plain("body_city")))
        if match := _IN_LINE.fullmatch(street):
            # « 8 rue de la Boétie - 33000 Bordeaux »: a directory of one column.
            inside = match["code"].replace(" ", "")
            street, code = match["street"], code or inside
            city = city or town(values.parse_city(match["city"]))
        return street.strip(" ,;-–")[:200], code, city[:100]

    def _themes(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the national codes told, and what names none."""
        codes: list[str] = []
        others: list[str] = []
        for piece in self._pieces("body_theme"):
            theme = theme_of(piece, self._today)
            (codes if theme else others).append(theme.code if theme else piece)
        return tuple(codes), tuple(others)

    def _pieces(self, key: str) -> tuple[str, ...]:
        texts = [self._cells.text(place) for place in self._cells.columns.get(key, ())]
        return tuple(p[:300] for text in texts for p in _PIECES.split(text) if p)

    def _description(self) -> str | None:
        columns = self._cells.columns.get("body_description", ())
        lines = []
        for place in columns:
            if text := self._cells.text(place):
                label = (
                    ""
                    if fold(place[1]).startswith("description")
                    else f"{place[1].replace('_', ' ')}\u00a0: "
                )
                lines.append(f"{label}{without_keys(text)}")
        return "\n".join([*lines, *self._cells.notes])[:19_000] or None


def kind_of(text: str) -> PartnerKind:
    """Return what a body is, from its type or its name; « autre » where nothing says it."""
    folded = fold(text[:300])
    return next((kind for kind, pattern in _KINDS if pattern.search(folded)), PartnerKind.OTHER)


def town(text: str) -> str:
    """Write a town given all in capitals or all small as a name: « AIX-LES-BAINS » is Aix-les-Bains."""
    if not (text.isupper() or text.islower()):
        return text
    parts = re.split(r"([\s\-’'])", text.lower())
    return "".join(part if i and part in _SMALL else capital(part) for i, part in enumerate(parts))


def join_bodies(bodies: Sequence[ProposedBody]) -> tuple[ProposedBody, ...]:
    """Return the bodies, the rows of one body made one: directories repeat it for each of its people."""
    joined: dict[tuple[str, ...], ProposedBody] = {}
    for body in bodies:
        key = _key(body.partner)
        first = joined.get(key)
        if first is None:
            joined[key] = body
            continue
        people = {fold(contact.name): contact for contact in (*body.contacts, *first.contacts)}
        contacts = tuple(
            people[name] for name in dict.fromkeys(fold(c.name) for c in (*first.contacts, *body.contacts))
        )
        joined[key] = replace(first, contacts=contacts, joined_rows=(*first.joined_rows, *body.rows))
    return tuple(joined.values())


def _key(partner: NewPartner) -> tuple[str, ...]:
    where = (partner.postal_code or "", fold(partner.street or ""), fold(partner.city or ""))
    return (fold(partner.name), partner.siret or "", partner.source_id or "", *where)
