"""The account line by line and month by month: it always comes to the balance, whatever was written."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.housing.domain.lease import Account, BenefitPayee, Creditor, Lease, LeaseKind
from caseworker_app.features.housing.domain.rent_account import RentEntry, RentEntryKind, balance
from caseworker_app.features.housing.domain.rent_ledger import (
    ledger,
    ledger_months,
    owed_by_plan,
    owed_over_time,
    standing_lines,
)
from caseworker_app.features.housing.domain.rent_statement import rent_statement
from caseworker_app.features.housing.domain.repayment_plan import (
    NewRepaymentPlan,
    RepaymentPlan,
    check_plan,
    instalments_needed,
)
from caseworker_app.kernel.dates import add_months, month_of

DAY = date(2026, 11, 24)
OWN = Account.HOUSEHOLD_TO_ASSOCIATION
EITHER = (RentEntryKind.OPENING_BALANCE, RentEntryKind.CORRECTION)


def line(number: int, month: date, kind: RentEntryKind, cents: int, on: date | None = None) -> RentEntry:
    return RentEntry(f"{number:04d}", "v", "h", "l", OWN, month, kind, cents, on, None)


@st.composite
def accounts(draw: st.DrawFn) -> list[RentEntry]:
    """Lines of the two years before the day, payments received up to two months after their month."""
    made = []
    for number in range(draw(st.integers(0, 24))):
        kind = draw(st.sampled_from(RentEntryKind))
        month = add_months(month_of(DAY), -draw(st.integers(0, 23)))
        least = -80_000 if kind in EITHER else 1
        cents = draw(st.integers(least, 120_000)) or 1
        late = draw(st.none() | st.integers(0, 60))
        on = None if late is None else month + timedelta(days=late)
        made.append(line(number, month, kind, cents, on))
    return made


@given(accounts())
def test_the_last_line_holds_the_whole_balance(entries: list[RentEntry]) -> None:
    lines = ledger(entries)
    assert len(lines) == len(entries)
    assert (lines[-1].balance_cents if lines else 0) == balance(entries, date.max)
    assert [each.entry.counts_from() for each in lines] == sorted(e.counts_from() for e in entries)


@given(accounts(), st.integers(1, 30))
def test_months_hold_every_line_once_and_end_on_the_balance(entries: list[RentEntry], months: int) -> None:
    rows = ledger_months(entries, DAY, months)
    first = rows[0].month
    told = sum(r.due_cents + r.correction_cents + r.paid_cents + r.benefit_cents + r.plan_cents for r in rows)
    assert told == sum(e.amount_cents for e in entries if e.month >= first)
    assert rows[-1].owed_cents == balance(entries, DAY)
    assert [row.month for row in rows] == [add_months(first, n) for n in range(months)]


@given(accounts())
def test_what_was_owed_is_never_below_nothing_and_ends_today(entries: list[RentEntry]) -> None:
    past = owed_over_time(entries, DAY, 12)
    assert all(month.owed_cents >= 0 for month in past)
    assert len(past) <= 12
    if entries:
        assert past[-1].month == month_of(DAY)
        assert past[-1].owed_cents == max(0, balance(entries, DAY))
    else:
        assert past == []


@given(accounts(), st.integers(1_000, 20_000), st.integers(1, 40), st.integers(-20, 6))
def test_a_plan_kept_takes_off_what_is_left_of_it_and_no_more(
    entries: list[RentEntry], monthly: int, instalments: int, starts_in: int
) -> None:
    first = add_months(month_of(DAY), starts_in)
    plan = RepaymentPlan(
        "p", "v", "h", "l", OWN, None, first, monthly, instalments, monthly * instalments, None
    )
    statement = rent_statement(LEASE, OWN, entries, [plan], DAY, 12, 2)
    coming = owed_by_plan(statement)
    progress = statement.progress
    assert progress is not None
    owed = max(0, statement.balance_cents)
    assert len(coming) == -(-progress.remaining_cents // monthly)
    if coming:
        assert coming[-1].owed_cents == max(0, owed - progress.remaining_cents)
        assert coming[0].month == max(first, add_months(month_of(DAY), 1))
        falling = [owed, *(month.owed_cents for month in coming)]
        assert falling == sorted(falling, reverse=True)


@given(st.integers(1, 5_000_000), st.integers(1, 300_000))
def test_the_number_of_instalments_makes_a_plan_that_holds(total: int, monthly: int) -> None:
    count = instalments_needed(total, monthly)
    if count is None:
        assert total > 120 * monthly
        return
    new = NewRepaymentPlan("l", OWN, date(2026, 12, 1), monthly, count, total)
    check_plan(new)
    assert new.last_month() == add_months(date(2026, 12, 1), count - 1)


def test_a_line_taken_back_no_longer_stands_in_its_month() -> None:
    wrong = line(1, date(2026, 11, 1), RentEntryKind.PAID, 30_000)
    opposite = RentEntry("0002", "v", "h", "l", OWN, wrong.month, wrong.kind, -30_000, None, wrong.id)
    right = line(3, date(2026, 11, 1), RentEntryKind.PAID, 35_000)
    standing, total = standing_lines([wrong, opposite, right], wrong.month, RentEntryKind.PAID)
    assert ([each.id for each in standing], total) == (["0003"], 35_000)
    assert [each.gone for each in ledger([wrong, opposite, right])] == [True, True, False]


LEASE = Lease(
    "l", "v", "h", "d", None, LeaseKind.SUBLEASE, Creditor.ASSOCIATION, None, None, None, None, None,
    49_280, 10_000, None, 29_280, BenefitPayee.ASSOCIATION,
)  # fmt: skip
