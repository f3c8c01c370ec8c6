"""What the list and the search show of a household, and how found words are shown in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.households.domain import CIVILITY_LABELS, HouseholdSummary
from caseworker_app.features.measures.domain import SupportMeasure
from caseworker_app.kernel.folding import fold, fold_name
from caseworker_app.kernel.french import plural

# A measure that ends sooner deserves a look; so does a followed household nobody was in touch with for longer.
ENDING_DAYS = 60
SILENT_DAYS = 30

# Characters shown on each side of a word found in a long text.
CONTEXT = 48

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


def listed(
    summary: HouseholdSummary,
    measures: Iterable[SupportMeasure],
    last_contact: date | None,
    short_kinds: Mapping[str, str],
    day: date,
    found: FoundField | None = None,
) -> ListedHousehold:
    """Return the row of a household on `day`; `measures`: the running one first; protected, its town is masked."""
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
    return fold(f"{last} {first}") == sort_name


# How a matched field is called before people; fields absent from here keep their own name.
FIELD_LABELS = {
    ("household", "name"): "Ménage",
    ("household", "reference"): "Référence",
    ("household", "note"): "Note",
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

    The whole text when it is short; « … » stands for what is left out. Without any such word (phone digits), its start.
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
