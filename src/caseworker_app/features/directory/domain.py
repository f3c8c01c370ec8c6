"""What the list and the search show of a household, and how found words are shown in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.dossier.domain.figures import KeyFigure, key_figures
from caseworker_app.features.dossier.domain.header import Fact, header_of
from caseworker_app.features.dossier.domain.next_steps import NextStep, next_steps
from caseworker_app.features.dossier.domain.overview import Overview, Sign, Tone, one_line
from caseworker_app.features.dossier.domain.timeline import first_text
from caseworker_app.features.dossier.domain.when import short_day
from caseworker_app.features.households.domain import (
    CIVILITY_LABELS,
    Civility,
    ContactKind,
    HouseholdSummary,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
)
from caseworker_app.features.measures.domain import SupportMeasure
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.folding import fold, fold_name
from caseworker_app.kernel.french import plural, sort_key
from caseworker_app.kernel.phones import parse_phone

# A measure that ends sooner deserves a look; so does a longer silence with a followed household.
ENDING_DAYS = 60
SILENT_DAYS = 30

# Characters shown on each side of a word found in a long text.
CONTEXT = 48

# Characters of the last visit shown beside the list.
PREVIEW_TEXT = 220

_BIRTH = re.compile(r"(\d{1,2})[\s/.\-](\d{1,2})[\s/.\-](\d{4}|\d{2})|(\d{2})(\d{2})(\d{4}|\d{2})", re.ASCII)
_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class FoundField:
    """A field that matched a search: its name, its French label, and the words in their context."""

    field: str
    label: str
    context: str


@dataclass(frozen=True, slots=True)
class FoundHousehold:
    """One answer of a search, best first."""

    household_id: str
    reference: str
    name: str
    protected: bool
    matched: tuple[FoundField, ...]


class Alert(StrEnum):
    """What the list says of a household; always true of the row that shows it, the gravest first."""

    OVERDUE = "overdue"
    SILENT = "silent"
    ENDING = "ending"
    UP_TO_DATE = "up_to_date"
    NOT_FOLLOWED = "not_followed"


ALERT_LABELS = {
    Alert.OVERDUE: "Mesure échue",
    Alert.SILENT: "Sans contact",
    Alert.ENDING: "Fin proche",
    Alert.UP_TO_DATE: "À jour",
    Alert.NOT_FOLLOWED: "Sans mesure",
}


@dataclass(frozen=True, slots=True)
class ListedHousehold:
    """A household as a row of the list.

    `title`: « Marchadier, Solène »; `people`: « 1 adulte, 2 enfants »; `city`: None when unknown or masked;
    `measure`, `ends_on`: those of the measure that runs; `found`: where a search found it, beside its name.
    """

    id: str
    reference: str
    title: str
    people: str
    protected: bool
    city: str | None
    measure: str | None
    ends_on: date | None
    last_contact: date | None
    alert: Alert
    found: FoundField | None = None


@dataclass(frozen=True, slots=True)
class FoundList:
    """What a search found, best first: every household, and the rows of the first ones."""

    household_ids: tuple[str, ...]
    rows: tuple[ListedHousehold, ...]


def listed(
    summary: HouseholdSummary,
    measures: Iterable[SupportMeasure],
    last_contact: date | None,
    short_kinds: Mapping[str, str],
    day: date,
    found: FoundField | None = None,
) -> ListedHousehold:
    """Return the row of a household on `day`; `measures`: the running one first; protected: town masked."""
    first = next(iter(measures), None)
    running = first if first is not None and first.runs_on(day) else None
    return ListedHousehold(
        summary.id,
        summary.reference,
        listed_name(summary.name, summary.sort_name),
        people_words(*summary.adults_and_children(day)),
        summary.protected,
        None if summary.protected else summary.city_on(day),
        short_kinds.get(running.kind_code, running.kind_label) if running else None,
        running.planned_end_on if running else None,
        last_contact,
        alert_of(running, last_contact, day),
        found,
    )


def alert_of(running: SupportMeasure | None, last_contact: date | None, day: date) -> Alert:
    """Return what deserves a look first: a measure past its end, a long silence, an end that comes near."""
    if running is None:
        return Alert.NOT_FOLLOWED
    left = running.days_left(day)
    if left is not None and left < 0:
        return Alert.OVERDUE
    # Before any contact, the silence is counted from the beginning of the measure.
    if (day - (last_contact or running.starts_on)).days > SILENT_DAYS:
        return Alert.SILENT
    return Alert.ENDING if running.ends_soon(day, ENDING_DAYS) else Alert.UP_TO_DATE


def people_words(adults: int, children: int) -> str:
    """Return « 1 adulte, 2 enfants », only what there is."""
    parts = [plural(adults, "adulte")] if adults else []
    return ", ".join([*parts, plural(children, "enfant")] if children else parts)


def listed_name(name: str, sort_name: str) -> str:
    """Return the name as it is sorted: « Mme Solène Marchadier » gives « Marchadier, Solène ».

    « Élodie et Ali Marchal » gives « Marchal, Élodie et Ali »; the name itself where it cannot be told apart.
    """
    bare = name
    for civility in CIVILITY_LABELS.values():
        bare = bare.removeprefix(f"{civility}\u00a0")
    words = bare.split(" ")
    for start in range(1, len(words)):
        for end in range(start + 1, len(words) + 1):
            last = " ".join(words[start:end])
            if _sorts_as(last, words[:start], sort_name):
                return f"{last}, {' '.join(words[:start] + words[end:])}"
    return bare


def _sorts_as(last: str, before: list[str], sort_name: str) -> bool:
    first = " ".join(before).split(" et ")[0]
    return sort_key(f"{last} {first}") == sort_name


@dataclass(frozen=True, slots=True)
class PreviewFact:
    """A fact of the preview: its label, the answer, and a detail or a sign under it."""

    label: str
    answer: str
    detail: str | Sign = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown of a household beside the list; texts of the last visit are *interne*."""

    household_id: str
    name: str
    initials: str
    caption: str
    protected: bool
    facts: tuple[PreviewFact, ...]
    figures: tuple[KeyFigure, ...]
    next_step: NextStep | None
    visit_title: str
    visit_text: str


def preview_of(overview: Overview) -> Preview:
    """Return the preview of a household; where it lives and how it is reached are masked under protection."""
    header = header_of(overview)
    household = overview.dossier.people.household
    masked = Sign("Ouvrez le dossier pour le lire", Tone.CONFIDENTIAL, "shield-lock")
    housing = Fact("Adresse masquée", masked) if header.protected else header.housing
    contact = Fact("Coordonnées masquées", masked) if header.protected else header.contact
    visit = next((entry for entry in overview.dossier.entries if entry.held), None)
    return Preview(
        household.id,
        header.name,
        header.initials,
        f"{_persons(overview)} · n°\u00a0{header.reference}",
        header.protected,
        tuple(
            PreviewFact(label, fact.answer, fact.detail)
            for label, fact in (
                ("Logement", housing),
                ("Joindre", contact),
                ("Mesure", header.measure),
                ("Suivi", header.follower),
            )
        ),
        tuple(f for f in key_figures(overview)[:3] if f.explanation is not None),
        next(iter(next_steps(overview)), None),
        "" if visit is None else f"Dernière visite, {short_day(visit.started_at.date(), overview.day)}",
        "" if visit is None else one_line(first_text(visit), PREVIEW_TEXT),
    )


def _persons(overview: Overview) -> str:
    return plural(len(overview.dossier.people.members), "personne")


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


def _phone(form: HouseholdForm) -> NewContact:
    try:
        number = parse_phone(form.phone)
    except InvalidEntry as error:
        raise InvalidEntry(error.sentence, "phone") from error
    return NewContact(ContactKind.PHONE, number, safe=form.phone_safe, member=0)


# How a matched field is called before people; fields absent from here keep their own name.
FIELD_LABELS = {
    ("household", "name"): "Ménage",
    ("household", "reference"): "Référence",
    ("household", "note"): "Note",
    ("former_household", "reference"): "Ancienne référence",
    ("former_household", "name"): "Ancien dossier",
    ("former_household", "note"): "Note de l’ancien dossier",
    ("household_separation", "note"): "Note de la séparation",
    ("household_member", "last_name"): "Nom",
    ("household_member", "birth_name"): "Nom de naissance",
    ("household_member", "first_name"): "Prénom",
    ("address", "street"): "Adresse",
    ("address", "complement"): "Complément d’adresse",
    ("address", "postal_code"): "Code postal",
    ("address", "city"): "Commune",
    ("contact", "value"): "Téléphone ou courriel",
    ("lease", "reference"): "Référence du bail",
    ("diary_entry", "observed"): "Journal, constaté",
    ("diary_entry", "said"): "Journal, dit par le ménage",
    ("diary_entry", "analysis"): "Journal, analyse",
}


def in_context(text: str, words: list[str]) -> str:
    """Return the part of `text` around the first word that begins with one of the folded `words`.

    The whole text when it is short; « … » stands for what is left out; without any such word, its start.
    """
    if len(text) <= 2 * CONTEXT:
        return text
    place = next((m for m in _WORD.finditer(text) if _begins(m.group(), words)), None)
    start = max(0, place.start() - CONTEXT) if place else 0
    end = min(len(text), (place.end() if place else 0) + CONTEXT)
    before = "…" if start > 0 else ""
    after = "…" if end < len(text) else ""
    return f"{before}{' '.join(text[start:end].split())}{after}"


def _begins(word: str, words: list[str]) -> bool:
    forms = (fold(word) + " " + fold_name(word)).split()
    return any(form.startswith(sought) for form in forms for sought in words)
