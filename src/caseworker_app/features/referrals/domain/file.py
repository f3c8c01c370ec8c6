"""A referral with all that is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caseworker_app.features.households.domain import HouseholdFile
from caseworker_app.features.measures.domain.measure import Agreement
from caseworker_app.features.measures.domain.places import AgreementPlaces
from caseworker_app.features.referrals.domain.following import Attempt, Diagnosis, first_reached
from caseworker_app.features.referrals.domain.referral import Referral
from caseworker_app.features.referrals.domain.stages import Progress


@dataclass(frozen=True, slots=True)
class ReferralFile:
    """A referral with its household, its attempts oldest first, its diagnosis, and what its words need.

    `taken`: the places taken of its agreement; `workers`, `kinds`: names by id, short labels by code; `attached`: the
    names of the pieces received with it.
    """

    referral: Referral
    people: HouseholdFile
    attempts: tuple[Attempt, ...]
    diagnosis: Diagnosis | None
    agreement: Agreement | None
    taken: AgreementPlaces | None
    workers: Mapping[str, str]
    kinds: Mapping[str, str]
    attached: tuple[str, ...] = ()

    @property
    def progress(self) -> Progress:
        """What its stage follows from."""
        return progress_of(self.referral, self.attempts, self.diagnosis)


def progress_of(of: Referral, attempts: Sequence[Attempt], found: Diagnosis | None) -> Progress:
    """Return what the stage of a referral follows from."""
    return Progress(
        of.received_on,
        of.since,
        of.contact_due_on,
        of.decision_due_on,
        first_reached(attempts),
        len(attempts),
        found.prescribed_on if found else None,
        found.conclusion if found else None,
        found.concluded_on if found else None,
        of.decision,
        of.decided_on,
        of.review_on,
        of.opened,
    )
