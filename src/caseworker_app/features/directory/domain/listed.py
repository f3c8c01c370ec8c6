"""A household as a row of the list: what it shows, always true of the day it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.directory.domain.found import FoundField
from caseworker_app.features.households.domain import CIVILITY_LABELS, HouseholdSummary
from caseworker_app.features.measures.domain.measure import SupportMeasure
from caseworker_app.kernel.french import plural, sort_key

# A measure that ends sooner deserves a look; so does a longer silence with a followed household.
ENDING_DAYS = 60
SILENT_DAYS = 30


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
class HomeLine:
    """Where a household lives by its lease and how it is reached, for the columns that show it.

    `landlord`, `dwelling`: of the lease that runs; `arrears_cents`: what its account owes on the day (negative: ahead),
    None when nothing was ever written on it; `phone`: the first safe number (E.164).
    """

    landlord: str | None = None
    dwelling: str | None = None
    arrears_cents: int | None = None
    phone: str | None = None


NO_HOME = HomeLine()


@dataclass(frozen=True, slots=True)
class ListedHousehold:
    """A household as a row of the list.

    `title`: « Marchadier, Solène »; `people`: « 1 adulte, 2 enfants »; `city`: None when unknown or masked;
    `measure`, `ends_on`, `worker`: those of the measure that runs; `home`: masked whole under protection but for what
    it owes; `found`: where a search found it, beside its name.
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
    worker: str | None = None
    home: HomeLine = NO_HOME


@dataclass(frozen=True, slots=True)
class FoundList:
    """What a search found, best first: every household, and the rows of the first ones."""

    household_ids: tuple[str, ...]
    rows: tuple[ListedHousehold, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """What a page of the list is made of, read for all of its households at once, by household or by code."""

    measures: Mapping[str, Iterable[SupportMeasure]]
    contacts: Mapping[str, date]
    short_kinds: Mapping[str, str]
    workers: Mapping[str, str]
    homes: Mapping[str, HomeLine]


def listed(
    summary: HouseholdSummary, lines: Lines, day: date, found: FoundField | None = None
) -> ListedHousehold:
    """Return the row of a household on `day`; of a protected one, what tells where it lives is masked."""
    first = next(iter(lines.measures.get(summary.id, ())), None)
    running = first if first is not None and first.runs_on(day) else None
    last_contact = lines.contacts.get(summary.id)
    home = lines.homes.get(summary.id, NO_HOME)
    return ListedHousehold(
        summary.id,
        summary.reference,
        listed_name(summary.name, summary.sort_name),
        people_words(*summary.adults_and_children(day)),
        summary.protected,
        None if summary.protected else summary.city_on(day),
        lines.short_kinds.get(running.kind_code, running.kind_label) if running else None,
        running.planned_end_on if running else None,
        last_contact,
        alert_of(running, last_contact, day),
        found,
        lines.workers.get(running.lead_worker_id) if running else None,
        HomeLine(arrears_cents=home.arrears_cents) if summary.protected else home,
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
