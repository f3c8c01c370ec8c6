"""A household's homes with all that hangs on them, put together for whoever shows or prints them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.features.housing.domain.dwelling import Dwelling
from caseworker_app.features.housing.domain.eviction import EvictionStep
from caseworker_app.features.housing.domain.landlord import Landlord, LandlordContact
from caseworker_app.features.housing.domain.lease import HeadLease, Lease
from caseworker_app.features.housing.domain.occupant_duty import (
    DutyKind,
    DutyState,
    OccupantDuty,
    duty_state,
    latest_proofs,
)
from caseworker_app.features.housing.domain.repayment_plan import RepaymentPlan, running_plan
from caseworker_app.features.housing.domain.sliding_lease import SlidingLeaseFile


@dataclass(frozen=True, slots=True)
class LeaseFile:
    """A lease with its dwelling, landlord, the landlord's people, plans, proofs and agreement."""

    lease: Lease
    dwelling: Dwelling
    landlord: Landlord | None
    contacts: tuple[LandlordContact, ...]
    head_lease: HeadLease | None
    plans: tuple[RepaymentPlan, ...]
    duties: tuple[OccupantDuty, ...]
    sliding: SlidingLeaseFile | None
    eviction: tuple[EvictionStep, ...] = ()

    def plan(self, day: date) -> RepaymentPlan | None:
        """Return the plan of the household's account that runs on a day."""
        own = self.lease.household_account()
        return running_plan((p for p in self.plans if p.account is own), day)

    def latest_proofs(self) -> dict[DutyKind, OccupantDuty]:
        """Return the latest proof of each duty."""
        return latest_proofs(self.duties)

    def duty_state(self, kind: DutyKind, day: date) -> DutyState:
        """Return where a duty stands on a day."""
        return duty_state(self.duties, kind, day)


@dataclass(frozen=True, slots=True)
class HousingFile:
    """The homes of a household as they stand on `day`, the one it lives in first."""

    day: date
    leases: tuple[LeaseFile, ...]

    @property
    def current(self) -> LeaseFile | None:
        """The lease that runs, None when the household has none."""
        return self.leases[0] if self.leases and self.leases[0].lease.runs_on(self.day) else None
