"""A referral with all that is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.households.domain import HouseholdFile
from caseworker_app.features.measures.domain.measure import Agreement, Intensity, planned_end
from caseworker_app.features.measures.domain.places import AgreementPlaces
from caseworker_app.features.referrals.domain.following import Attempt, Diagnosis, first_reached
from caseworker_app.features.referrals.domain.referral import Product, Referral
from caseworker_app.features.referrals.domain.stages import Progress

# The kind of a measure opened for a referral that asks for a veille.
_WATCH_KIND = "isolation_watch"


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

    @property
    def measure_kind(self) -> str | None:
        """The kind of measure to open: the one the diagnosis proposes, else the one asked for; None when unknown."""
        of, found = self.referral, self.diagnosis
        if found is not None and found.kind_code:
            return found.kind_code
        return _WATCH_KIND if of.product is Product.WATCH else of.kind_code

    @property
    def measure_intensity(self) -> Intensity:
        """The intensity of the measure to open: the one the diagnosis proposes, else medium."""
        proposed = self.diagnosis.intensity if self.diagnosis else None
        return proposed or Intensity.MEDIUM

    def measure_end(self, starts_on: date) -> date | None:
        """Return when the measure to open ends, by the months the diagnosis proposes; None when it proposes none."""
        return planned_end(starts_on, self.diagnosis.months if self.diagnosis else None)


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
