"""One thing to do (« échéance »): what, for whom, by when, from which rule, and the place where it is solved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.kernel.errors import InvalidEntry

MAX_REASON = 300


class Source(StrEnum):
    """The rule something comes from; the order is that of the list of sources."""

    PROMISE = "promise"
    GOAL_STEP = "goal_step"
    MEETING_TASK = "meeting_task"
    GOAL_PAUSE = "goal_pause"
    APPOINTMENT = "appointment"
    SILENCE = "silence"
    VISIT_RHYTHM = "visit_rhythm"
    RELAY = "relay"
    MEASURE_END = "measure_end"
    JOINT_REVIEW = "joint_review"
    LANDLORD_NOTICE = "landlord_notice"
    PERIOD_END = "period_end"
    APPLICATION = "application"
    ARREARS = "arrears"
    EVICTION = "eviction"
    DUTY = "duty"
    CONSENT = "consent"
    ORIENTATION = "orientation"
    PAPERS_MISSING = "papers_missing"
    PAPER_ENDING = "paper_ending"
    REFERRAL_CONTACT = "referral_contact"
    REFERRAL_DECISION = "referral_decision"
    REFERRAL_OPENING = "referral_opening"
    WATCH_DUE = "watch_due"
    WATCH_SILENT = "watch_silent"
    WATCH_END = "watch_end"
    REPORT_TO_READ = "report_to_read"
    REPORT_SENT_BACK = "report_sent_back"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is solved: a page of the window, and its tab or the row to stand on."""

    page: str
    tab: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do for a household by a day.

    `row_id`: what it stands for; `detail`: why it is here, in words; `worker_id`: whose it is; `at_minutes`: about
    which hour of its day, in minutes from midnight, None where none is agreed.
    """

    source: Source
    row_id: str
    household_id: str
    household: str
    title: str
    detail: str
    on: date
    place: Place
    worker_id: str
    at_minutes: int | None = None

    @property
    def key(self) -> str:
        """Return what it is put off by: another date is another thing to do."""
        return f"{self.source}:{self.row_id}:{self.on.isoformat()}"

    @property
    def hour(self) -> int:
        """Return about when in its day, in minutes from midnight; what has no hour comes after what has one."""
        return 24 * 60 if self.at_minutes is None else self.at_minutes


@dataclass(frozen=True, slots=True)
class Snooze:
    """Something put off (« reporté ») by a worker until a day, with the reason."""

    id: str
    version: str
    household_id: str
    due_key: str
    worker_id: str
    until: date
    reason: str


def check_snooze(until: date, reason: str, today: date, longest_days: int) -> str:
    """Return the reason as kept. Raises InvalidEntry for a past day, one too far away, no reason."""
    if until <= today:
        raise InvalidEntry("Choisissez un jour à venir.", "until")
    if (until - today).days > longest_days:
        raise InvalidEntry(
            f"On reporte de {longest_days}\u00a0jours au plus\u00a0: choisissez un jour plus proche.", "until"
        )
    kept = " ".join(reason.split())
    if not kept:
        raise InvalidEntry("Dites en quelques mots pourquoi c’est reporté.", "reason")
    if len(kept) > MAX_REASON:
        raise InvalidEntry(f"La raison tient en {MAX_REASON}\u00a0caractères.", "reason")
    return kept
