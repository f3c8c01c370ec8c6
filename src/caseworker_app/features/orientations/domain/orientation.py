"""An orientation (« orientation »): a household, or one of its members, sent to a partner, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from caseworker_app.kernel.entries import paragraphs
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.parameters import dated

TABLE = "orientations"


class Answer(StrEnum):
    """What the partner answered."""

    ACCEPTED = "accepted"
    WAITING_LIST = "waiting_list"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"


ANSWER_LABELS = {
    Answer.ACCEPTED: "acceptée",
    Answer.WAITING_LIST: "liste d’attente",
    Answer.REFUSED: "refusée",
    Answer.NO_ANSWER: "sans réponse",
}


@dataclass(frozen=True, slots=True)
class NewOrientation:
    """An orientation about to be written.

    `member_id`: who is sent, None for the household; `consent_id`: the agreement it rests on, None: nothing named
    is sent. `answer_due_on`: None sets it by the dated table. `theme`: a national code.
    """

    partner_id: str
    reason: str
    proposed_on: date
    member_id: str | None = None
    consent_id: str | None = None
    theme: str | None = None
    meeting_on: date | None = None
    answer_due_on: date | None = None
    answer: Answer | None = None
    answered_on: date | None = None
    result: str | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Orientation:
    """An orientation as kept; fields as `NewOrientation`, written by `worker_id`."""

    id: str
    version: str
    household_id: str
    partner_id: str
    member_id: str | None
    consent_id: str | None
    theme: str | None
    reason: str
    proposed_on: date
    meeting_on: date | None
    answer_due_on: date
    answer: Answer | None
    answered_on: date | None
    result: str | None
    ended_on: date | None
    worker_id: str

    @property
    def waits(self) -> bool:
        """Say whether the partner has still to answer."""
        return self.answer is None and self.ended_on is None


def answer_due(day: date) -> date:
    """Return by when an answer is awaited, of what is proposed or met on `day` (dated table)."""
    return day + timedelta(int(dated(TABLE, "answer_days", day).value))


def checked_orientation(new: NewOrientation, today: date) -> NewOrientation:
    """Return the orientation as kept, the awaited day set.

    Raises InvalidEntry without a reason, for days in the future or out of order, an answer without its day.
    """
    reason = paragraphs(new.reason, "reason")
    if not reason:
        raise InvalidEntry("Indiquez le motif de l’orientation.", "reason")
    _check_days(new, today)
    if new.answered_on is not None and new.answer is None:
        raise InvalidEntry("Choisissez la réponse reçue ce jour-là.", "answer")
    heard = new.answer not in (None, Answer.NO_ANSWER)
    return replace(
        new,
        reason=reason,
        result=paragraphs(new.result, "result"),
        answered_on=new.answered_on or (today if heard else None),
        answer_due_on=new.answer_due_on or answer_due(new.meeting_on or new.proposed_on),
    )


def _check_days(new: NewOrientation, today: date) -> None:
    for field, day in (
        ("proposed_on", new.proposed_on), ("answered_on", new.answered_on), ("ended_on", new.ended_on),
    ):  # fmt: skip
        if day is not None and day > today:
            raise InvalidEntry("Ce jour n’est pas encore passé.", field)
    for field in ("meeting_on", "answer_due_on", "answered_on", "ended_on"):
        day = getattr(new, field)
        if day is not None and day < new.proposed_on:
            raise InvalidEntry("Ce jour vient avant celui de la proposition.", field)
