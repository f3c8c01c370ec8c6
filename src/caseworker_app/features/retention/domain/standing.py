"""Where a household stands in its retention: active, soon due, due, kept longer, archived, about to be erased."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.retention.domain.delays import Delays
from caseworker_app.kernel.dates import add_months


class ChoiceKind(StrEnum):
    """What somebody decided of a household whose time has come."""

    KEEP = "keep"
    ARCHIVE = "archive"
    ERASE = "erase"
    ANONYMISE = "anonymise"


# What ends a file: never both, and only once the grace delay is over.
ENDINGS = frozenset({ChoiceKind.ERASE, ChoiceKind.ANONYMISE})


class Contact(StrEnum):
    """The fact a clock starts from."""

    DIARY = "diary"
    CONSENT = "consent"
    OPENING = "opening"


CONTACT_LABELS = {
    Contact.DIARY: "échange au journal",
    Contact.CONSENT: "accord donné ou retiré",
    Contact.OPENING: "ouverture du dossier",
}


class State(StrEnum):
    """Where a household stands, the gravest first."""

    READY = "ready"  # its erasure is planned and the grace delay is over
    PLANNED = "planned"
    DUE = "due"
    SOON = "soon"
    KEPT = "kept"
    ARCHIVED = "archived"
    ACTIVE = "active"


STATE_LABELS = {
    State.READY: "Effacement à confirmer",
    State.PLANNED: "Effacement prévu",
    State.DUE: "À échéance",
    State.SOON: "Bientôt à échéance",
    State.KEPT: "Gardés plus longtemps",
    State.ARCHIVED: "Archivés",
    State.ACTIVE: "Actifs",
}


@dataclass(frozen=True, slots=True)
class RetentionChoice:
    """A decision about a household: keep until a day, archive, erase or anonymise from a day on; with its reason.

    `decided_for`: the household as it was then. After a merge it may be another one: an ending no longer holds.
    """

    id: str
    version: str
    household_id: str
    decided_for: str
    kind: ChoiceKind
    until: date | None
    reason: str
    decided_on: date
    worker_id: str


@dataclass(frozen=True, slots=True)
class Clock:
    """What the rooms know of a household's time: its last contact, by which fact, and whether a measure runs."""

    household_id: str
    reference: str
    name: str
    protected: bool
    last_contact: date
    by: Contact
    followed: bool
    archived_on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a household stands on a day, and why."""

    clock: Clock
    state: State
    deadline: date
    kept: RetentionChoice | None = None
    archived: RetentionChoice | None = None
    ending: RetentionChoice | None = None

    @property
    def reason(self) -> str:
        """Return the written reason of the decision in force, empty when there is none."""
        choice = self.ending or self.archived or self.kept
        return "" if choice is None else choice.reason


def standing_of(clock: Clock, choices: Iterable[RetentionChoice], delays: Delays, day: date) -> Standing:
    """Return where a household stands on a day."""
    of_kind = {c.kind: c for c in sorted(choices, key=lambda c: (c.decided_on, c.id)) if _holds(c, clock)}
    kept = of_kind.get(ChoiceKind.KEEP)
    ending = of_kind.get(ChoiceKind.ERASE) or of_kind.get(ChoiceKind.ANONYMISE)
    archived = of_kind.get(ChoiceKind.ARCHIVE) if clock.archived_on is not None else None
    deadline = delays.deadline(clock.last_contact, kept.until if kept else None)
    state = _state(clock, ending, kept, deadline, delays, day)
    return Standing(clock, state, deadline, kept, archived, ending)


def _holds(choice: RetentionChoice, clock: Clock) -> bool:
    return choice.kind not in ENDINGS or choice.decided_for == clock.household_id


def _state(
    clock: Clock,
    ending: RetentionChoice | None,
    kept: RetentionChoice | None,
    deadline: date,
    delays: Delays,
    day: date,
) -> State:
    if ending is not None:
        return State.READY if ending.until is None or ending.until <= day else State.PLANNED
    if clock.archived_on is not None:
        return State.ARCHIVED
    if deadline <= day:
        return State.DUE
    if kept is not None and kept.until is not None and delays.deadline(clock.last_contact) <= day:
        return State.KEPT
    return State.SOON if add_months(day, delays.notice_months) >= deadline else State.ACTIVE
