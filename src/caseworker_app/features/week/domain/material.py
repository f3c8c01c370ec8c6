"""What the rules of the week look at: plain rows read for all the households of some workers at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from caseworker_app.features.week.domain.due import Due, Place, Source


@dataclass(frozen=True, slots=True)
class FollowedMeasure:
    """A measure that runs; `visits_per_month`: as agreed; `suspended`: no contact is expected on that day.

    `visit_days`: days between two visits by its agreement's rules, None where they say nothing.
    """

    id: str
    household_id: str
    kind_label: str
    starts_on: date
    planned_end_on: date | None
    visits_per_month: int
    worker_id: str
    suspended: bool = False
    visit_days: int | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """A promise or a step of a goal that waits; `since`: when it was agreed, `context`: the goal it belongs to."""

    id: str
    household_id: str
    text: str
    actor: str
    actor_name: str | None
    due_on: date
    since: date | None = None
    context: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """An appointment of the week, or an earlier one nobody completed; `address` is None under protection."""

    id: str
    household_id: str
    starts_at: datetime
    purpose: str | None
    place: str | None
    worker_id: str
    state: str
    entry_id: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class SlidingStage:
    """A date of a sliding lease: the next review, the landlord's notice, the end, the housing application."""

    source: str
    row_id: str
    household_id: str
    on: date
    since: date | None
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """What a household owes on its rent account, now and a month before; cents. `last_on`: the last line of it."""

    lease_id: str
    household_id: str
    before_cents: int
    now_cents: int
    last_on: date


@dataclass(frozen=True, slots=True)
class Dated:
    """A dated thing of a room: a proof that ends, a step of a procedure, an agreement to share.

    `at_minutes`: about which hour of its day, in minutes from midnight.
    """

    id: str
    household_id: str
    kind: str
    on: date
    since: date | None = None
    words: str = ""
    at_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """An entry given to read that waits for `worker_id`: to be read, or to be corrected once `sent_back`.

    `on`: the day it was asked or sent back; `other`: the name of who did; `words`: what they say with it.
    """

    id: str
    household_id: str
    entry_id: str
    worker_id: str
    sent_back: bool
    on: date
    kind: str
    held_on: date
    other: str
    words: str


@dataclass(frozen=True, slots=True)
class Limits:
    """From how far things are shown, in days: `silence_days` without contact, `arrears_days` to look at a debt that
    grows, `horizon_days` ahead at most; `report_days` to read what one is given to read.
    """

    silence_days: int
    arrears_days: int
    horizon_days: int
    report_days: int = 0


@dataclass(frozen=True, slots=True)
class Material:
    """Everything read for a day, by household: `names` as lists show them, `workers` who lead, `contacts` the last.

    `met`, `planned`: the last meeting and the next one of households whose agreement sets a rhythm.
    """

    day: date
    limits: Limits
    measures: tuple[FollowedMeasure, ...]
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    workers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    contacts: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    promises: tuple[Agreed, ...] = ()
    steps: tuple[Agreed, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    sliding: tuple[SlidingStage, ...] = ()
    accounts: tuple[Account, ...] = ()
    duties: tuple[Dated, ...] = ()
    evictions: tuple[Dated, ...] = ()
    consents: tuple[Dated, ...] = ()
    orientations: tuple[Dated, ...] = ()
    papers: tuple[Dated, ...] = ()
    referrals: tuple[Dated, ...] = ()
    relays: tuple[Dated, ...] = ()
    met: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    planned: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    decided: tuple[Agreed, ...] = ()
    pauses: tuple[Dated, ...] = ()
    watches: tuple[Dated, ...] = ()
    reports: tuple[Report, ...] = ()

    def due(
        self,
        source: Source,
        row_id: str,
        household_id: str,
        title: str,
        detail: str,
        on: date,
        place: Place,
    ) -> Due:
        """Return something due for a household, under its name, to whoever leads it."""
        name, worker = self.names.get(household_id, ""), self.workers.get(household_id, "")
        return Due(source, row_id, household_id, name, title, detail, on, place, worker)
