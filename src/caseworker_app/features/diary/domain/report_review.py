"""A colleague asked to read an entry of the diary (« relecture »): who asked whom, and what was answered.

The entry never changes by it: what is to be corrected is written as a dated addition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.diary.domain.entry import DiaryEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.team.domain import Right, Worker
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.entries import paragraphs
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import capital

_UNKNOWN = "une personne inconnue de ce fichier"
# Who may change a dossier may ask and may read: a volunteer does neither.
READERS_MAY = (Right.READ_FILES, Right.WRITE_FILES)


class ReviewDecision(StrEnum):
    """What the reader answered."""

    ACCEPTED = "accepted"
    TO_CORRECT = "to_correct"


REVIEW_DECISION_LABELS = {
    ReviewDecision.ACCEPTED: "accepté",
    ReviewDecision.TO_CORRECT: "à reprendre",
}


class ReviewState(StrEnum):
    """Where a reading stands; `PUT_AWAY`: sent back, and settled since by its author."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    TO_CORRECT = "to_correct"
    PUT_AWAY = "put_away"


REVIEW_STATE_LABELS = {
    ReviewState.ASKED: "relecture demandée",
    ReviewState.ACCEPTED: "relu et accepté",
    ReviewState.TO_CORRECT: "à reprendre",
    ReviewState.PUT_AWAY: "relu, remarques rangées",
}


@dataclass(frozen=True, slots=True)
class ReportReview:
    """An entry somebody is asked to read.

    `word`: what is said in asking; `comment`: what the reader says; both *interne*. `decision` None: not answered yet.
    `closed_on`: the day its author settled what was sent back, by asking again or by putting it away.
    """

    id: str
    version: str
    household_id: str
    entry_id: str
    asked_by: str
    asked_on: date
    reader_id: str
    word: str | None
    decision: ReviewDecision | None
    decided_on: date | None
    comment: str | None
    closed_on: date | None

    @property
    def state(self) -> ReviewState:
        """Where it stands."""
        if self.decision is None:
            return ReviewState.ASKED
        if self.decision is ReviewDecision.ACCEPTED:
            return ReviewState.ACCEPTED
        return ReviewState.TO_CORRECT if self.closed_on is None else ReviewState.PUT_AWAY


class ReviewAction(StrEnum):
    """What somebody may do about the reading of an entry."""

    ASK = "ask"
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    PUT_AWAY = "put_away"


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may be asked to read, by id in order of name, and whom the author asked last (None: nobody yet)."""

    names: Mapping[str, str]
    proposed: str | None


def may_be_read(entry: DiaryEntry) -> bool:
    """Say whether an entry may be given to read: what a list brought in is nobody's report, an addition goes with
    the entry it completes.
    """
    return entry.kind is not EntryKind.ADDITION and not entry.imported


def actions_on(entry: DiaryEntry, review: ReportReview | None, worker_id: str) -> tuple[ReviewAction, ...]:
    """Return what a worker who may change dossiers may do about the reading of an entry; `review`: the last asked."""
    if not may_be_read(entry):
        return ()
    state = review.state if review is not None else None
    if review is not None and state is ReviewState.ASKED:
        if review.reader_id == worker_id:
            return (ReviewAction.ANSWER,)
        return (ReviewAction.WITHDRAW,) if review.asked_by == worker_id else ()
    if entry.worker_id != worker_id:
        return ()
    return (
        (ReviewAction.ASK, ReviewAction.PUT_AWAY) if state is ReviewState.TO_CORRECT else (ReviewAction.ASK,)
    )


def readers(workers: Sequence[Worker], author_id: str, last_asked: str | None) -> Readers:
    """Return who may read what `author_id` wrote: those at work whose role may, never themselves."""
    names = {
        each.id: each.name
        for each in sorted(workers, key=lambda one: (one.name, one.id))
        if each.active and each.id != author_id and all(each.as_who().may(right) for right in READERS_MAY)
    }
    return Readers(names, last_asked if last_asked in names else None)


def latest_by_entry(reviews: Iterable[ReportReview]) -> dict[str, ReportReview]:
    """Return the last reading asked of each entry, by the entry's id."""
    return {each.entry_id: each for each in sorted(reviews, key=lambda one: (one.asked_on, one.id))}


def checked_answer(decision: ReviewDecision, comment: str | None) -> str | None:
    """Return the comment as kept. Raises InvalidEntry when what is sent back does not say why."""
    kept = paragraphs(comment, "comment")
    if decision is ReviewDecision.TO_CORRECT and kept is None:
        raise InvalidEntry("Dites ce qui est à reprendre.", "comment")
    return kept


def review_sentence(review: ReportReview, names: Mapping[str, str], me: str = "") -> str:
    """Return where a reading stands in a sentence; `names`: of workers by id, `me`: whom « vous » stands for."""
    reader = "vous" if review.reader_id == me else names.get(review.reader_id, _UNKNOWN)
    if review.decision is None or review.decided_on is None:
        by = "" if review.asked_by == me else f" par {names.get(review.asked_by, _UNKNOWN)}"
        return f"Relecture demandée à {reader}{by} le {format_date(review.asked_on)}"
    words = REVIEW_STATE_LABELS[review.state]
    return f"{capital(words)}, par {reader} le {format_date(review.decided_on)}"
