"""Repayment plans: kept, missed, left to pay."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.housing.domain.lease import Account
from caseworker_app.features.housing.domain.rent_account import RentEntry, RentEntryKind
from caseworker_app.features.housing.domain.repayment_plan import (
    NewRepaymentPlan,
    RepaymentPlan,
    check_plan,
    plan_progress,
    running_plan,
)
from caseworker_app.kernel.dates import add_months, end_of_month
from caseworker_app.kernel.errors import InvalidEntry

ACCOUNT = Account.HOUSEHOLD_TO_ASSOCIATION
MAY = date(2026, 5, 1)


def plan(monthly: int = 2_485, instalments: int = 8, total: int | None = None) -> RepaymentPlan:
    whole = monthly * instalments if total is None else total
    return RepaymentPlan(
        "p", "v", "h", "l", ACCOUNT, date(2026, 4, 20), MAY, monthly, instalments, whole, None
    )


def payment(number: int, amount: int, account: Account = ACCOUNT, late: int = 0) -> RentEntry:
    month = add_months(MAY, number)
    received = add_months(month, late).replace(day=5)
    return RentEntry(
        f"{number}", "v", "h", "l", account, month, RentEntryKind.PLAN_PAYMENT, amount, received, None
    )


def test_six_of_eight_instalments_kept() -> None:
    progress = plan_progress(plan(), [payment(n, 2_485) for n in range(6)], date(2026, 10, 31))
    assert (progress.kept, progress.expected, progress.missed) == (6, 6, 0)
    assert (progress.paid_cents, progress.remaining_cents) == (14_910, 4_970)


def test_an_instalment_is_missed_once_its_month_is_over() -> None:
    paid = [payment(0, 2_485), payment(2, 2_485)]
    assert plan_progress(plan(), paid, date(2026, 7, 30)).missed == 0
    assert plan_progress(plan(), paid, date(2026, 7, 31)).missed == 1
    assert plan_progress(plan(), paid, date(2026, 4, 30)).expected == 0


def test_an_instalment_paid_late_is_kept_from_the_day_it_came_in() -> None:
    paid = [payment(0, 2_485, late=1)]
    assert plan_progress(plan(), paid, date(2026, 5, 31)).missed == 1
    assert plan_progress(plan(), paid, date(2026, 6, 5)).missed == 0


def test_payments_of_another_account_do_not_count() -> None:
    other = [payment(0, 2_485, Account.ASSOCIATION_TO_LANDLORD)]
    assert plan_progress(plan(), other, date(2026, 6, 1)).paid_cents == 0


def test_the_last_instalment_is_what_is_left() -> None:
    uneven = plan(3_000, 4, 10_000)
    assert [uneven.instalment_cents(n) for n in range(1, 5)] == [3_000, 3_000, 3_000, 1_000]
    assert uneven.last_month() == date(2026, 8, 1)


@given(st.integers(1, 500_000), st.integers(1, 120), st.data())
def test_instalments_sum_to_the_total_and_progress_holds_together(
    monthly: int, instalments: int, data: st.DataObject
) -> None:
    total = data.draw(st.integers(monthly * (instalments - 1) + 1, monthly * instalments))
    check_plan(NewRepaymentPlan("l", ACCOUNT, MAY, monthly, instalments, total))
    whole = plan(monthly, instalments, total)
    assert sum(whole.instalment_cents(n) for n in range(1, instalments + 1)) == total
    amounts = data.draw(st.lists(st.integers(1, 500_000), max_size=instalments))
    day = end_of_month(add_months(MAY, data.draw(st.integers(-2, 130))))
    progress = plan_progress(whole, [payment(n, amount) for n, amount in enumerate(amounts)], day)
    assert progress.paid_cents + progress.remaining_cents == total
    assert 0 <= progress.kept <= instalments
    assert progress.missed == max(0, progress.expected - progress.kept)
    assert (progress.remaining_cents == 0) == (progress.kept == instalments)


@pytest.mark.parametrize(
    ("monthly", "instalments", "total"),
    [
        (0, 8, None),
        (-5, 8, None),
        (2_485, 0, None),
        (2_485, 121, None),
        (2_485, 8, 17_395),
        (2_485, 8, 19_881),
    ],
)
def test_a_plan_whose_numbers_do_not_fit_is_refused(
    monthly: int, instalments: int, total: int | None
) -> None:
    with pytest.raises(InvalidEntry):
        check_plan(NewRepaymentPlan("l", ACCOUNT, MAY, monthly, instalments, total))


def test_a_plan_given_up_runs_no_more() -> None:
    given_up = RepaymentPlan("a", "v", "h", "l", ACCOUNT, None, MAY, 100, 5, 500, date(2026, 7, 1))
    assert running_plan([given_up], date(2026, 7, 1)) is given_up
    assert running_plan([given_up], date(2026, 7, 2)) is None
