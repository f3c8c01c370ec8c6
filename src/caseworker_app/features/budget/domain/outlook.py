"""What a budget would become: a month with other amounts, and when the debt for the dwelling is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.features.budget.domain.debts import (
    Debt,
    DebtStage,
    Payoff,
    debt_kind,
    payoff,
)
from caseworker_app.features.budget.domain.sheet import BudgetLine, BudgetSheet, NewLine
from caseworker_app.kernel.dates import add_months, end_of_month, month_of

# The line that repays a rent debt when the line does not say which debt it pays.
_RENT_PLAN = "rent_plan"


@dataclass(frozen=True, slots=True)
class DebtOutlook:
    """When a debt is settled at the pace of a month; `payoff` None: nothing is paid on it.

    Cents; `first_month`: the month of the next payment.
    """

    debt: Debt
    monthly_cents: int
    first_month: date
    payoff: Payoff | None


def supposed(sheet: BudgetSheet, lines: Sequence[NewLine]) -> BudgetSheet:
    """Return a month as it would be with other lines; nothing of it is in the file."""
    categories = sheet.categories
    made = tuple(
        BudgetLine(
            f"supposed-{position}",
            "",
            sheet.month.household_id,
            sheet.month.month,
            position,
            categories.get(line.category).section,
            line.category,
            line.label,
            line.member_id,
            line.amount_cents,
            line.paid_by_third_party,
            line.debt_id,
        )
        for position, line in enumerate(lines)
    )
    return replace(sheet, lines=made)


def monthly_payment(sheet: BudgetSheet, debt: Debt) -> int:
    """Return what a month pays on a debt, in cents.

    The line that names the debt; for the only debt of rent, the plan d’apurement; else what the debt itself
    says is paid each month.
    """
    own = [line.amount_cents for line in sheet.lines if line.debt_id == debt.id]
    if own:
        return sum(own)
    plans = [line for line in sheet.lines if line.category == _RENT_PLAN and line.debt_id is None]
    if len(plans) == 1 and [each.id for each in _housing_debts(sheet)] == [debt.id]:
        return plans[0].amount_cents
    return debt.monthly_cents or 0


def debt_outlook(sheet: BudgetSheet | None, debt: Debt) -> DebtOutlook:
    """Say when a debt is settled at the pace of a month, paid from the month after on.

    Without a month, at the pace that the debt itself says.
    """
    monthly = (debt.monthly_cents or 0) if sheet is None else monthly_payment(sheet, debt)
    known = month_of(debt.remaining_on)
    first = add_months(known if sheet is None else max(sheet.month.month, known), 1)
    return DebtOutlook(debt, monthly, first, payoff(debt.remaining_cents, monthly, first))


def housing_debt(sheet: BudgetSheet) -> DebtOutlook | None:
    """Return the outlook of the largest debt owed for the dwelling (« dette de loyer »), None without one."""
    debts = _housing_debts(sheet)
    if not debts:
        return None
    return debt_outlook(sheet, max(debts, key=lambda debt: debt.remaining_cents))


def total_remaining(debts: Sequence[Debt]) -> int:
    """Return what is left to pay on all debts together, in cents."""
    return sum(debt.remaining_cents for debt in debts)


def _housing_debts(sheet: BudgetSheet) -> list[Debt]:
    day = end_of_month(sheet.month.month)
    return [
        debt
        for debt in sheet.debts
        if debt.remaining_cents > 0
        and debt.stage is not DebtStage.SETTLED
        and debt_kind(debt.nature, day).housing
    ]
