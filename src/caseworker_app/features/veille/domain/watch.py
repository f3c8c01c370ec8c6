"""A veille (isolation scheme): who is called or visited, by whom, on which rhythm, who is near, how it ends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from caseworker_app.features.veille.domain.contact import Way
from caseworker_app.features.veille.domain.rhythm import Rhythm, Unit, checked_rhythm
from caseworker_app.kernel.entries import one_line, optional_line, paragraphs
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.phones import parse_phone

MAX_NAME, MAX_LINE = 200, 300
# Further back is a typing mistake in the year.
_FIRST_YEAR = 2000


class Origin(StrEnum):
    """What a veille was opened from."""

    LANDLORD_LIST = "landlord_list"
    REFERRAL = "referral"
    HOUSEHOLD = "household"


ORIGIN_LABELS = {
    Origin.LANDLORD_LIST: "liste d’un bailleur",
    Origin.REFERRAL: "demande reçue",
    Origin.HOUSEHOLD: "dossier du ménage",
}


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody near the household (« contact de proximité »): may warn, may have the keys; a third person.

    `safe`: may be called without danger for the household; `instructions`: when and how, what not to say.
    """

    name: str | None = None
    phone: str | None = None
    link: str | None = None
    safe: bool = True
    instructions: str | None = None


@dataclass(frozen=True, slots=True)
class NewWatch:
    """A veille about to be opened; `worker_id` None: whoever writes it. `reason`, `instructions`: *interne*."""

    way: Way
    rhythm: Rhythm
    worker_id: str | None = None
    origin: Origin = Origin.HOUSEHOLD
    landlord_id: str | None = None
    reason: str | None = None
    instructions: str | None = None
    near: Near = field(default_factory=Near)


@dataclass(frozen=True, slots=True)
class Watch:
    """A veille as kept, its rhythm and the person near in flat fields."""

    id: str
    version: str
    household_id: str
    way: Way
    starts_on: date
    every: int
    unit: Unit
    weekday: int | None
    until: date | None
    worker_id: str
    origin: Origin
    landlord_id: str | None
    reason: str | None
    instructions: str | None
    near_name: str | None
    near_phone: str | None
    near_link: str | None
    near_safe: bool
    near_instructions: str | None
    ended_on: date | None
    end_code: str | None
    end_note: str | None
    at_minutes: int | None = None

    @property
    def rhythm(self) -> Rhythm:
        """When somebody is called or visited."""
        return Rhythm(self.starts_on, self.every, self.unit, self.weekday, self.until, self.at_minutes)

    @property
    def near(self) -> Near:
        """Whoever is near."""
        return Near(self.near_name, self.near_phone, self.near_link, self.near_safe, self.near_instructions)

    @property
    def runs(self) -> bool:
        """Say whether it has not been ended."""
        return self.ended_on is None


def checked_watch(new: NewWatch, today: date) -> NewWatch:
    """Return the veille as kept. Raises InvalidEntry beside the field that is wrong."""
    if not _FIRST_YEAR <= new.rhythm.starts_on.year <= today.year + 1:
        raise InvalidEntry("Vérifiez l’année de ce jour.", "starts_on")
    return replace(
        new,
        rhythm=checked_rhythm(new.rhythm),
        reason=paragraphs(new.reason, "reason"),
        instructions=optional_line(new.instructions, MAX_LINE, "instructions"),
        near=checked_near(new.near),
    )


def checked_near(near: Near) -> Near:
    """Return whoever is near as kept: a phone has a name. Raises InvalidEntry."""
    name = optional_line(near.name, MAX_NAME, "near_name")
    try:
        phone = parse_phone(near.phone) if near.phone and near.phone.strip() else None
    except InvalidEntry as error:
        raise InvalidEntry(error.sentence, "near_phone") from error
    if phone is not None and name is None:
        raise InvalidEntry("Indiquez qui répond à ce numéro.", "near_name")
    return Near(
        name,
        phone,
        optional_line(near.link, MAX_NAME, "near_link"),
        near.safe,
        optional_line(near.instructions, MAX_LINE, "near_instructions"),
    )


@dataclass(frozen=True, slots=True)
class Ending:
    """How a veille ends: its last day, a reason of the dated list, a word more (*interne*)."""

    ended_on: date
    code: str
    note: str | None = None


def checked_ending(ending: Ending, starts_on: date, codes: frozenset[str], today: date) -> Ending:
    """Return the end as kept. Raises InvalidEntry for a day to come or before the beginning, an unknown reason."""
    if ending.ended_on > today:
        raise InvalidEntry("Ce jour n’est pas encore passé.", "ended_on")
    if ending.ended_on < starts_on:
        raise InvalidEntry("La fin vient avant le début de la veille.", "ended_on")
    if ending.code not in codes:
        raise InvalidEntry("Choisissez pourquoi la veille se termine.", "end_code")
    return replace(ending, note=paragraphs(ending.note, "end_note"))


def named(near: Near) -> str:
    """Return whoever is near on one line: « Paul Essai, voisin »; empty when nobody is known."""
    return one_line(", ".join(part for part in (near.name, near.link) if part), 2 * MAX_NAME, "near_name")
