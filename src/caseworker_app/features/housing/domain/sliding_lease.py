"""The sliding lease (« bail glissant », CCH L442-8-3): agreement, periods, joint reviews, deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from caseworker_app.features.housing.domain.joint_review import ReviewCriterion
from caseworker_app.features.housing.domain.lease import Lease
from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.errors import InvalidEntry

MAX_PERIOD_MONTHS = 36


class LandlordAnswer(StrEnum):
    """What the landlord says at the end of an examination period (CCH L442-8-3)."""

    OFFERS = "offers"
    REFUSES = "refuses"


LANDLORD_ANSWER_LABELS = {
    LandlordAnswer.OFFERS: "propose un bail au ménage",
    LandlordAnswer.REFUSES: "ne propose pas de bail",
}


class CaleolOutcome(StrEnum):
    """What the allocation commission (« CALEOL ») decided on the lease in the household's name."""

    AGREED = "agreed"
    REFUSED = "refused"
    ADJOURNED = "adjourned"


CALEOL_OUTCOME_LABELS = {
    CaleolOutcome.AGREED: "accord",
    CaleolOutcome.REFUSED: "refus",
    CaleolOutcome.ADJOURNED: "reportée",
}


@dataclass(frozen=True, slots=True)
class SlidingLease:
    """The three-party agreement (« convention tripartite ») annexed to a sublease.

    `review_months`: months between two joint reviews. `landlord_notified_on`: when the landlord told the
    préfet whether it offers the household a lease, for the period that runs. A lease in the household's name
    asks for a housing application that is alive (`application_number`, « numéro unique », renewed each year)
    and a decision of the commission (« CALEOL »); once signed it is `new_lease_id`.
    """

    id: str
    version: str
    household_id: str
    lease_id: str
    agreement_signed_on: date
    review_months: int
    landlord_notified_on: date | None
    application_number: str | None = None
    application_renewed_on: date | None = None
    caleol_on: date | None = None
    caleol_outcome: CaleolOutcome | None = None
    new_lease_id: str | None = None


@dataclass(frozen=True, slots=True)
class ExaminationPeriod:
    """A period at whose end the landlord offers a lease or not.

    The agreement sets the first, renewals follow it. `landlord_reasons`: why no lease was offered.
    """

    id: str
    version: str
    household_id: str
    sliding_lease_id: str
    starts_on: date
    months: int
    decided_on: date | None
    landlord_answer: LandlordAnswer | None = None
    landlord_reasons: str | None = None

    def ends_on(self) -> date:
        """Return the last day of the period."""
        return period_end(self.starts_on, self.months)


@dataclass(frozen=True, slots=True)
class JointReview:
    """A joint review (« examen périodique contradictoire »), planned or held.

    Whoever is to come is told by the diary. `conclusion`: what the three parties agreed.
    """

    id: str
    version: str
    household_id: str
    sliding_lease_id: str
    planned_on: date | None
    held_on: date | None
    conclusion: str | None = None


@dataclass(frozen=True, slots=True)
class NewSlidingLease:
    """An agreement about to be written; `starts_on` None: with the sublease.

    `review_months` None: by the decree.
    """

    lease_id: str
    agreement_signed_on: date
    period_months: int
    starts_on: date | None = None
    review_months: int | None = None


@dataclass(frozen=True, slots=True)
class TransferSteps:
    """What leads to a lease in the household's name (« glissement »), about to be written."""

    application_number: str | None = None
    application_renewed_on: date | None = None
    caleol_on: date | None = None
    caleol_outcome: CaleolOutcome | None = None


@dataclass(frozen=True, slots=True)
class SlidingLeaseFile:
    """The agreement with its periods and reviews, oldest first, and what comes next (None: nothing due)."""

    agreement: SlidingLease
    periods: tuple[ExaminationPeriod, ...]
    reviews: tuple[JointReview, ...]
    next_review_on: date
    landlord_notice_due_on: date | None
    criteria: tuple[ReviewCriterion, ...] = ()

    def planned_review(self) -> JointReview | None:
        """Return the review that is planned and not held, the earliest; None when there is none."""
        waiting = [r for r in self.reviews if r.held_on is None]
        return min(waiting, key=lambda r: (r.planned_on or date.max, r.id), default=None)

    def held_reviews(self) -> list[JointReview]:
        """Return the reviews that were held, oldest first."""
        return sorted((r for r in self.reviews if r.held_on), key=lambda r: (r.held_on or date.min, r.id))

    def last_period(self) -> ExaminationPeriod | None:
        """Return the period that runs last."""
        return max(self.periods, key=lambda period: period.starts_on, default=None)

    def ends_on(self) -> date | None:
        """Return the last day of the last period (« terme de la convention »)."""
        return max((period.ends_on() for period in self.periods), default=None)


def check_sliding_lease(new: NewSlidingLease) -> None:
    """Refuse an impossible length. Raises InvalidEntry."""
    check_months(new.period_months)
    if new.review_months is not None and not 1 <= new.review_months <= MAX_PERIOD_MONTHS:
        raise InvalidEntry(f"Un examen a lieu tous les 1 à {MAX_PERIOD_MONTHS}\u00a0mois.", "review_months")


def check_answer(answer: LandlordAnswer | None, reasons: str | None) -> None:
    """Refuse a refusal without its reasons. Raises InvalidEntry."""
    if answer is LandlordAnswer.REFUSES and not (reasons or "").strip():
        raise InvalidEntry("Indiquez les motifs du refus, comme le bailleur les donne.", "reasons")


def check_transfer_steps(steps: TransferSteps, today: date) -> None:
    """Refuse an application renewed in the future, or a decision without its date. Raises InvalidEntry."""
    if steps.application_renewed_on is not None and steps.application_renewed_on > today:
        raise InvalidEntry(
            "Ce renouvellement est dans l’avenir\u00a0: vérifiez la date.", "application_renewed_on"
        )
    if steps.caleol_outcome is not None and (steps.caleol_on is None or steps.caleol_on > today):
        raise InvalidEntry("Indiquez la date de la commission qui a décidé.", "caleol_on")


def application_renewal_due(renewed_on: date, months: int) -> date:
    """Return by when a housing application must be renewed, so many months after the last time."""
    return add_months(renewed_on, months)


def check_transfer(sublease: Lease, agreement: SlidingLease, starts_on: date | None) -> date:
    """Return the first day of the lease in the household's name.

    Raises InvalidEntry without it, when it does not follow the sublease's start, or once the lease was
    transferred.
    """
    if agreement.new_lease_id is not None:
        raise InvalidEntry("Ce bail a déjà glissé\u00a0: le bail du ménage est dans ses logements.")
    if starts_on is None:
        raise InvalidEntry("Indiquez le premier jour du bail au nom du ménage.", "starts_on")
    if sublease.starts_on is not None and starts_on <= sublease.starts_on:
        raise InvalidEntry(
            "Le bail du ménage commence après la sous-location\u00a0: vérifiez la date.", "starts_on"
        )
    return starts_on


def check_months(months: int) -> None:
    """Refuse an examination period of an impossible length. Raises InvalidEntry."""
    if not 1 <= months <= MAX_PERIOD_MONTHS:
        raise InvalidEntry(f"La période d’examen dure de 1 à {MAX_PERIOD_MONTHS}\u00a0mois.", "period_months")


def period_end(starts_on: date, months: int) -> date:
    """Return the last day of so many months from a day: from 1 May, 12 months end on 30 April."""
    return add_months(starts_on, months) - timedelta(days=1)


def next_period_start(periods: Sequence[ExaminationPeriod]) -> date:
    """Return the day after the last period."""
    return max(period.ends_on() for period in periods) + timedelta(days=1)


def landlord_notice_due(periods: Sequence[ExaminationPeriod], notice_months: int) -> date | None:
    """Return by when the landlord answers the préfet: so many months before the last period ends."""
    ends = [period.ends_on() for period in periods]
    return add_months(max(ends), -notice_months) if ends else None


def next_review(first_day: date, months: int, held: Sequence[date]) -> date:
    """Return when the next joint review is due: every `months` from the signature of the sublease.

    A review settles the dates scheduled up to half an interval after it, so that one held some weeks early
    counts; without any held, the first date stays due however old. (Décret 2010-1564: every six months.)
    """
    number = 1
    if held:
        settled = max(held) + timedelta(days=months * 15)
        while add_months(first_day, months * number) <= settled:
            number += 1
    return add_months(first_day, months * number)


def review_clock_start(lease: Lease, agreement: SlidingLease) -> date:
    """Return from when reviews are counted: the sublease signed, else its start, else the agreement."""
    return lease.signed_on or lease.starts_on or agreement.agreement_signed_on
