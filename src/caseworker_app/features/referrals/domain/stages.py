"""Where a referral stands (« étape »), what is late, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.referrals.domain.following import Conclusion
from caseworker_app.features.referrals.domain.referral import Decision
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import plural

NB = "\u00a0"


class Stage(StrEnum):
    """Where a referral stands, in the order of its life."""

    RECEIVED = "received"
    CONTACTED = "contacted"
    DIAGNOSIS = "diagnosis"
    TO_DECIDE = "to_decide"
    WAITING = "waiting"
    TO_OPEN = "to_open"
    CLOSED = "closed"


STAGE_LABELS = {
    Stage.RECEIVED: "À contacter",
    Stage.CONTACTED: "Contactées",
    Stage.DIAGNOSIS: "En diagnostic",
    Stage.TO_DECIDE: "À décider",
    Stage.WAITING: "Liste d’attente",
    Stage.TO_OPEN: "À ouvrir",
    Stage.CLOSED: "Terminées",
}
STAGE_OF_ONE = {
    Stage.RECEIVED: "À contacter",
    Stage.CONTACTED: "Contactée",
    Stage.DIAGNOSIS: "En diagnostic",
    Stage.TO_DECIDE: "À décider",
    Stage.WAITING: "Liste d’attente",
    Stage.TO_OPEN: "Mesure à ouvrir",
    Stage.CLOSED: "Terminée",
}
STAGE_TONES = {
    Stage.RECEIVED: "warn",
    Stage.CONTACTED: "accent",
    Stage.DIAGNOSIS: "accent",
    Stage.TO_DECIDE: "warn",
    Stage.WAITING: "muted",
    Stage.TO_OPEN: "ok",
    Stage.CLOSED: "muted",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """The days and choices a referral's stage follows from.

    `diagnosis_on`: the day a diagnosis was prescribed; `conclusion`: its own, once it has one.
    """

    received_on: date
    since: date
    contact_due_on: date
    decision_due_on: date
    reached_on: date | None = None
    attempts: int = 0
    diagnosis_on: date | None = None
    conclusion: Conclusion | None = None
    concluded_on: date | None = None
    decision: Decision | None = None
    decided_on: date | None = None
    review_on: date | None = None
    opened: bool = False

    @property
    def stage(self) -> Stage:
        """Where it stands: a decision goes before a diagnosis, a diagnosis before a contact."""
        if self.decision is not None:
            return self._decided()
        if self.conclusion is not None:
            return Stage.TO_DECIDE if self.conclusion is Conclusion.MEASURE else Stage.CLOSED
        if self.diagnosis_on is not None:
            return Stage.DIAGNOSIS
        return Stage.CONTACTED if self.reached_on is not None else Stage.RECEIVED

    @property
    def settled_on(self) -> date | None:
        """The day it was settled: decided, or a diagnosis that needs no decision concluded."""
        if self.decision is Decision.WAITING_LIST:
            return None
        if self.decision is not None:
            return self.decided_on
        closes = self.conclusion is not None and self.conclusion is not Conclusion.MEASURE
        return self.concluded_on if closes else None

    @property
    def answered_on(self) -> date | None:
        """The day it was first answered for: settled, or put on the waiting list."""
        return self.decided_on if self.decision is Decision.WAITING_LIST else self.settled_on

    @property
    def due_on(self) -> date | None:
        """By when something is to be done, None once it is settled (a measure to open waits for nobody's delay)."""
        if self.stage is Stage.WAITING:
            return self.review_on
        if self.stage in (Stage.TO_OPEN, Stage.CLOSED):
            return None
        return self.contact_due_on if self.stage is Stage.RECEIVED else self.decision_due_on

    def late(self, day: date) -> bool:
        """Say whether what is to be done is past its day."""
        return self.due_on is not None and self.due_on < day

    @property
    def contact_days(self) -> int | None:
        """Days from the prescription to the first contact, None while there is none."""
        return None if self.reached_on is None else max(0, (self.reached_on - self.since).days)

    @property
    def decision_days(self) -> int | None:
        """Days from the prescription until it was settled, None while it is not."""
        return None if self.settled_on is None else max(0, (self.settled_on - self.since).days)

    def _decided(self) -> Stage:
        if self.decision is Decision.WAITING_LIST:
            return Stage.WAITING
        if self.decision is Decision.ACCEPTED and not self.opened:
            return Stage.TO_OPEN
        return Stage.CLOSED


def due_words(of: Progress, day: date) -> tuple[str, str]:
    """Return what is awaited and its tone: « À joindre avant le 12/11/2026 », « warn »; empty once settled."""
    if of.due_on is None:
        return "", "muted"
    what = {Stage.RECEIVED: "À joindre", Stage.WAITING: "À revoir"}.get(of.stage, "À décider")
    if of.late(day):
        return f"{what}, {plural((day - of.due_on).days, 'jour')} de retard", "danger"
    before = "le" if of.stage is Stage.WAITING else "avant le"
    return f"{what} {before} {format_date(of.due_on)}", "warn" if (of.due_on - day).days <= 3 else "muted"


def delay_words(days: int | None, allowed: int, still: str) -> str:
    """Say how long something took, against what is allowed, in days."""
    if days is None:
        return still
    told = "le jour même" if days == 0 else plural(days, "jour")
    return f"{told} (délai{NB}: {plural(allowed, 'jour')})"
