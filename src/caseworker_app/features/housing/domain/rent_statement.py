"""What a rent account comes to on a day: table of months, balance, threshold of arrears, plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from caseworker_app.features.housing.domain.lease import Account, Lease
from caseworker_app.features.housing.domain.rent_account import (
    RentEntry,
    RentMonth,
    UnpaidMonth,
    arrears_threshold,
    balance,
    is_in_arrears,
    month_table,
    terms_owed,
    unpaid_months,
)
from caseworker_app.features.housing.domain.repayment_plan import (
    PlanProgress,
    RepaymentPlan,
    plan_progress,
    running_plan,
)


@dataclass(frozen=True, slots=True)
class RentStatement:
    """A rent account (« compte de loyer ») on `day`; cents. `balance_cents` negative: the debtor is ahead.

    `threshold_cents`: the debt from which there is an « impayé » (CCH R824-1), None where it cannot be told
    and on the account of the association. `terms_owed`: the debt in monthly terms, to a tenth. `unpaid`:
    oldest first.
    """

    lease_id: str
    account: Account
    day: date
    months: tuple[RentMonth, ...]
    balance_cents: int
    threshold_cents: int | None
    in_arrears: bool
    terms_owed: Decimal | None
    unpaid: tuple[UnpaidMonth, ...]
    plan: RepaymentPlan | None
    progress: PlanProgress | None

    @property
    def due_cents(self) -> int:
        """All that was due over the table."""
        return sum(month.due_cents for month in self.months)

    @property
    def rent_paid_cents(self) -> int:
        """All that was paid as rent over the table, the housing benefit included."""
        return sum(month.rent_paid_cents for month in self.months)

    @property
    def plan_paid_cents(self) -> int:
        """All that was paid for the plan over the table."""
        return sum(month.plan_cents for month in self.months)

    @property
    def months_paid(self) -> int:
        """Count the months of the table with rent due and none of it missing (« 6 mois sur 6 »)."""
        return sum(month.due_cents > 0 and month.missing_cents == 0 for month in self.months)

    @property
    def months_due(self) -> int:
        """Count the months of the table with rent due."""
        return sum(month.due_cents > 0 for month in self.months)


def rent_statement(
    lease: Lease,
    account: Account,
    entries: Sequence[RentEntry],
    plans: Sequence[RepaymentPlan],
    day: date,
    months: int,
    threshold_terms: int,
) -> RentStatement:
    """Put an account together from its own lines and plans."""
    owed = balance(entries, day)
    of_household = account is not Account.ASSOCIATION_TO_LANDLORD
    threshold = arrears_threshold(lease, threshold_terms) if of_household else None
    plan = running_plan(plans, day)
    return RentStatement(
        lease.id,
        account,
        day,
        tuple(month_table(entries, day, months)),
        owed,
        threshold,
        is_in_arrears(owed, threshold),
        terms_owed(owed, lease.gross_term_cents()) if of_household else None,
        tuple(unpaid_months(entries, day)),
        plan,
        plan_progress(plan, entries, day) if plan else None,
    )
