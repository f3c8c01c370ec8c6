"""Who else follows a household, and for what part (« qui fait quoi »): a service, an association, a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.features.measures.domain.measure import OLDEST_START, checked_text
from caseworker_app.kernel.dates import Period, format_date
from caseworker_app.kernel.errors import InvalidEntry

NB = "\u00a0"
_SOMEBODY_LEADS = "{body} est déjà indiqué comme chef de file sur cette période\u00a0: un seul à la fois."


@dataclass(frozen=True, slots=True)
class Part:
    """What another body does with a household, from a day, until one when it is over.

    `partner_id`: the one chosen in the directory, or that bears its name. `leads`: it leads the whole follow-up
    (« chef de file »). `shared`: what the household agreed to have shared with it, the only part told it; *interne*.
    """

    id: str
    version: str
    household_id: str
    body: str
    partner_id: str | None
    part: str
    person: str | None
    leads: bool
    starts_on: date
    ends_on: date | None
    shared: str | None

    def runs_on(self, day: date) -> bool:
        """Say whether the body is at work on a day."""
        return Period(self.starts_on, self.ends_on).holds(day)


@dataclass(frozen=True, slots=True)
class ChosenBody:
    """A partner of the directory, as it is offered while its name is typed."""

    id: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part about to be written; `partner_id`: the partner chosen, None finds it by its name, or by none."""

    body: str
    part: str
    starts_on: date
    ends_on: date | None = None
    person: str | None = None
    leads: bool = False
    shared: str | None = None
    partner_id: str | None = None


def checked_part(new: NewPart, others: Iterable[Part]) -> NewPart:
    """Return a part without needless spaces. Raises InvalidEntry.

    Refused: nobody, nothing, reversed dates, two bodies that lead at the same time.
    """
    body, what = checked_text(new.body, "body"), checked_text(new.part, "part")
    if body is None:
        raise InvalidEntry("Indiquez l’organisme ou le service.", "body")
    if what is None:
        raise InvalidEntry("Indiquez ce qu’il fait\u00a0: budget, parentalité, soins…", "part")
    if new.starts_on < OLDEST_START:
        raise InvalidEntry("Cette date n’est pas possible\u00a0: vérifiez l’année.", "starts_on")
    if new.ends_on is not None and new.ends_on < new.starts_on:
        raise InvalidEntry("La fin ne peut pas venir avant le début.", "ends_on")
    period = Period(new.starts_on, new.ends_on)
    if new.leads:
        for each in others:
            if each.leads and period.overlaps(Period(each.starts_on, each.ends_on)):
                raise InvalidEntry(_SOMEBODY_LEADS.format(body=each.body), "leads")
    person, shared = checked_text(new.person, "person"), checked_text(new.shared, "shared")
    return replace(new, body=body, part=what, person=person, shared=shared)


def running_first(parts: Iterable[Part], day: date) -> list[Part]:
    """Return parts: those that run, whoever leads first, then those that are over, the latest first."""
    latest = sorted(parts, key=lambda each: (each.starts_on, each.id), reverse=True)
    return sorted(latest, key=lambda each: (not each.runs_on(day), not each.leads))


def part_words(part: Part, day: date) -> tuple[str, str]:
    """Return what a row says of a part: who does what, then its days and the person one may call."""
    if part.ends_on is None:
        days = f"depuis le {format_date(part.starts_on)}" if part.starts_on <= day else _from(part)
    else:
        days = f"du {format_date(part.starts_on)} au {format_date(part.ends_on)}"
    detail = f"{NB}· ".join(each for each in (days, part.person or "") if each)
    return f"{part.body}{NB}: {part.part}", detail


def _from(part: Part) -> str:
    return f"à partir du {format_date(part.starts_on)}"
