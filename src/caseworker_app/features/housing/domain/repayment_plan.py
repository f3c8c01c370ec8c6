"""The repayment plan (« plan d’apurement »): so many instalments a month until a debt of rent is paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from caseworker_app.features.housing.domain.lease import Account
from caseworker_app.features.housing.domain.rent_account import RentEntry, RentEntryKind, taken_back
from caseworker_app.kernel.dates import add_months, month_of
from caseworker_app.kernel.errors import InvalidEntry

# Ten years: longer than any plan met (delays of payment go up to three years, local plans somewhat further).
MAX_INSTALMENTS = 120


@dataclass(frozen=True, slots=True)
class RepaymentPlan:
    """A plan: `instalments` monthly payments from `first_month` (a first day).

    The last one is what is left of `total`.

    `ended_on`: given up or replaced before its term; None: runs, or was carried through.
    """

    id: str
    version: str
    household_id: str
    lease_id: str
    account: Account
    signed_on: date | None
    first_month: date
    monthly_cents: int
    instalments: int
    total_cents: int
    ended_on: date | None

    def instalment_cents(self, number: int) -> int:
        """Return the amount of the instalment of this number, from 1."""
        return min(self.monthly_cents, self.total_cents - self.monthly_cents * (number - 1))

    def last_month(self) -> date:
        """Return the month of the last instalment (« soldé en »)."""
        return add_months(self.first_month, self.instalments - 1)


@dataclass(frozen=True, slots=True)
class NewRepaymentPlan:
    """A plan about to be written; `total_cents` None: instalments × monthly amount."""

    lease_id: str
    account: Account
    first_month: date
    monthly_cents: int
    instalments: int
    total_cents: int | None = None
    signed_on: date | None = None

    def actual_total(self) -> int:
        """Return what the plan pays back in all, in cents."""
        return self.monthly_cents * self.instalments if self.total_cents is None else self.total_cents

    def last_month(self) -> date:
        """Return the month of the last instalment (« soldé en »)."""
        return add_months(month_of(self.first_month), self.instalments - 1)


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """Where a plan stands on a day.

    `kept`: instalments paid in full, counted on what was paid in all, so that one paid late but paid is kept;
    `expected`: those whose month is over; `missed`: expected, not paid; cents for the rest.
    """

    kept: int
    expected: int
    missed: int
    instalments: int
    paid_cents: int
    remaining_cents: int


def instalments_needed(total_cents: int, monthly_cents: int) -> int | None:
    """Return how many instalments pay a debt, the last one being what is left; None for what cannot be paid.

    Beyond ten years of instalments it is None too.
    """
    if total_cents <= 0 or monthly_cents <= 0:
        return None
    count = -(-total_cents // monthly_cents)
    return count if count <= MAX_INSTALMENTS else None


def check_plan(new: NewRepaymentPlan) -> None:
    """Refuse a plan whose numbers do not fit together. Raises InvalidEntry."""
    if not 1 <= new.instalments <= MAX_INSTALMENTS:
        raise InvalidEntry(f"Un plan compte de 1 à {MAX_INSTALMENTS} mensualités.", "instalments")
    if new.monthly_cents <= 0:
        raise InvalidEntry("Indiquez la mensualité du plan.", "monthly_cents")
    if (
        not new.monthly_cents * (new.instalments - 1)
        < new.actual_total()
        <= new.monthly_cents * new.instalments
    ):
        raise InvalidEntry(
            "Ce total ne correspond pas aux mensualités\u00a0: vérifiez leur nombre et leur montant.",
            "total_cents",
        )


def plan_progress(plan: RepaymentPlan, entries: Iterable[RentEntry], day: date) -> PlanProgress:
    """Return where the plan stands on `day`, from the plan payments of its account since its first month."""
    paid = sum(e.amount_cents for e in entries if _pays(plan, e) and e.counts_from() <= day)
    paid = max(0, min(paid, plan.total_cents))
    kept = plan.instalments if paid == plan.total_cents else paid // plan.monthly_cents
    expected = max(0, min(plan.instalments, _months_over(plan.first_month, day)))
    return PlanProgress(
        kept, expected, max(0, expected - kept), plan.instalments, paid, plan.total_cents - paid
    )


def payments_of_plan(plan: RepaymentPlan, entries: Iterable[RentEntry]) -> list[RentEntry]:
    """Return the lines that pay a plan, the latest first, without those that were taken back."""
    rows = list(entries)
    gone = taken_back(rows)
    paid = [each for each in rows if _pays(plan, each) and each.id not in gone]
    return sorted(paid, key=lambda each: (each.counts_from(), each.id), reverse=True)


def running_plan(plans: Iterable[RepaymentPlan], day: date) -> RepaymentPlan | None:
    """Return the plan signed last among those not given up by `day`, None when there is none."""
    alive = [p for p in plans if p.ended_on is None or day <= p.ended_on]
    return max(alive, key=lambda p: (p.first_month, p.id), default=None)


def _pays(plan: RepaymentPlan, entry: RentEntry) -> bool:
    return (
        entry.kind is RentEntryKind.PLAN_PAYMENT
        and (entry.lease_id, entry.account) == (plan.lease_id, plan.account)
        and entry.month >= plan.first_month
        and (plan.ended_on is None or entry.month <= month_of(plan.ended_on))
    )


def _months_over(first: date, day: date) -> int:
    """Count the months from `first` that are over at the end of `day`."""
    tomorrow = day + timedelta(days=1)
    return (tomorrow.year - first.year) * 12 + tomorrow.month - first.month
