"""Orientations as the tab shows them: their state, their days, and what the agreement allows to be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.consents.domain import Consent
from caseworker_app.features.orientations.domain.agreement import AgreementState, agreement_state
from caseworker_app.features.orientations.domain.orientation import ANSWER_LABELS, Answer, Orientation
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import capital

_TONES = {
    Answer.ACCEPTED: "ok",
    Answer.WAITING_LIST: "warn",
    Answer.REFUSED: "danger",
    Answer.NO_ANSWER: "muted",
}


@dataclass(frozen=True, slots=True)
class OrientationShown:
    """An orientation in words; `tone` is that of its state, `agreement` what may be sent, `body` the bare name."""

    orientation: Orientation
    partner: str
    body: str
    whom: str
    state: str
    tone: str
    days: str
    agreement: AgreementState


@dataclass(frozen=True, slots=True)
class OrientationsPage:
    """What the tab shows: the orientations, newest first, the members that may be sent, the agreements in force."""

    household_id: str
    shown: tuple[OrientationShown, ...]
    people: tuple[tuple[str, str], ...]
    consents: tuple[Consent, ...]

    @property
    def waiting(self) -> int:
        """Return how many wait for their answer."""
        return sum(each.orientation.waits for each in self.shown)


def orientation_shown(
    of: Orientation, partner: tuple[str, str], whom: str, consents: Sequence[Consent], day: date
) -> OrientationShown:
    """Return an orientation in words on a day; `partner`: its label and its bare name."""
    state, tone = _state(of, day)
    agreement = agreement_state(of, partner[1], consents, day)
    return OrientationShown(of, *partner, whom, state, tone, _days(of), agreement)


def _state(of: Orientation, day: date) -> tuple[str, str]:
    if of.answer is not None:
        words = ANSWER_LABELS[of.answer]
        return capital(words), _TONES[of.answer]
    if of.ended_on is not None:
        return "Terminée", "muted"
    late = of.answer_due_on < day
    return f"Réponse attendue le {format_date(of.answer_due_on)}", "danger" if late else "accent"


def _days(of: Orientation) -> str:
    told = (
        ("proposée le", of.proposed_on), ("rencontre le", of.meeting_on), ("réponse le", of.answered_on),
        ("terminée le", of.ended_on),
    )  # fmt: skip
    words = ", ".join(f"{label} {format_date(day)}" for label, day in told if day)
    return capital(words)
