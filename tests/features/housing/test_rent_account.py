"""The rent account: its table, its balance, and what is left of each month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.housing.domain.lease import Account
from caseworker_app.features.housing.domain.rent_account import (
    NewRentEntry,
    RentEntry,
    RentEntryKind,
    UnpaidMonth,
    balance,
    check_entry,
    check_taking_back,
    month_table,
    terms_owed,
    unpaid_months,
)
from caseworker_app.kernel.dates import add_months
from caseworker_app.kernel.errors import InvalidEntry

DUE, PAID, PLAN = RentEntryKind.DUE, RentEntryKind.PAID, RentEntryKind.PLAN_PAYMENT
ACCOUNT = Account.HOUSEHOLD_TO_ASSOCIATION
START = date(2025, 11, 1)
FAR = date(2100, 1, 1)


def entry(
    month: date, kind: RentEntryKind, amount: int, received: date | None = None, corrects: str | None = None
) -> RentEntry:
    row_id = f"{month}{kind}{amount}{received}{corrects}"
    return RentEntry(row_id, "v", "h", "l", ACCOUNT, month, kind, amount, received, corrects)


def a_year_of_rent() -> list[RentEntry]:
    """Two months short of 99,40 €, then a plan of eight instalments from May: six paid by October."""
    entries = []
    for number in range(12):
        month = add_months(START, number)
        due = 49_620 if number < 2 else 50_340
        paid = 40_400 if number in (2, 3) else due
        day = month.replace(day=12 if number == 9 else 5)
        entries += [entry(month, DUE, due), entry(month, PAID, paid, day)]
        if number >= 6:
            entries.append(entry(month, PLAN, 2_485, day))
    return entries


kinds = st.sampled_from([DUE, PAID, PLAN, RentEntryKind.BENEFIT_PAID])
months = st.integers(0, 30).map(lambda n: add_months(START, n))
plain_entries = st.builds(
    entry, months, kinds, st.integers(1, 10_000_000), st.none() | st.dates(START, date(2028, 1, 1))
)
either_sign = st.builds(
    entry,
    months,
    st.sampled_from([RentEntryKind.CORRECTION, RentEntryKind.OPENING_BALANCE]),
    st.integers(-10_000_000, 10_000_000),
)
accounts = st.lists(plain_entries | either_sign, max_size=40)
days = st.dates(START, date(2028, 6, 1))


def test_the_table_says_what_was_due_paid_and_missing() -> None:
    table = month_table(a_year_of_rent(), date(2026, 10, 31))
    assert [m.month for m in table] == [add_months(START, n) for n in range(12)]
    assert [m.missing_cents for m in table] == [0, 0, 9_940, 9_940, *[0] * 8]
    assert (table[6].due_cents, table[6].paid_cents, table[6].plan_cents) == (50_340, 52_825, 2_485)
    assert sum(m.due_cents for m in table) == 602_640
    assert sum(m.rent_paid_cents for m in table) == 582_760


def test_what_is_left_is_what_the_plan_has_not_paid_back() -> None:
    assert balance(a_year_of_rent(), date(2026, 10, 31)) == 4_970
    assert unpaid_months(a_year_of_rent(), date(2026, 10, 31)) == [UnpaidMonth(date(2026, 2, 1), 4_970)]


def test_a_payment_after_the_due_day_is_late() -> None:
    table = month_table(a_year_of_rent(), date(2026, 10, 31))
    assert [m.month.month for m in table if m.is_late(5)] == [8]
    assert not any(m.is_late(31) for m in table)


def test_a_payment_counts_in_the_balance_from_the_day_it_came_in() -> None:
    entries = [entry(START, DUE, 50_000), entry(START, PAID, 50_000, date(2025, 12, 3))]
    assert balance(entries, date(2025, 12, 2)) == 50_000
    assert balance(entries, date(2025, 12, 3)) == 0
    assert balance(entries, date(2025, 10, 31)) == 0


def test_the_benefit_is_counted_as_paid_but_dates_only_a_month_without_other_payment() -> None:
    benefit = entry(START, RentEntryKind.BENEFIT_PAID, 21_000, date(2025, 12, 5))
    own = entry(START, PAID, 29_000, date(2025, 11, 4))
    assert month_table([benefit, own], START, 1)[0].received_on == date(2025, 11, 4)
    assert month_table([benefit], START, 1)[0].received_on == date(2025, 12, 5)
    assert month_table([benefit, own], START, 1)[0].rent_paid_cents == 50_000


def test_a_line_taken_back_leaves_no_trace_in_sums_nor_dates() -> None:
    wrong = entry(START, PAID, 58_200, date(2025, 11, 28))
    back = entry(START, PAID, -58_200, date(2025, 11, 28), wrong.id)
    right = entry(START, PAID, 50_000, date(2025, 11, 4))
    month = month_table([wrong, back, right], START, 1)[0]
    assert (month.rent_paid_cents, month.received_on) == (50_000, date(2025, 11, 4))
    for line in (wrong, back):
        with pytest.raises(InvalidEntry):
            check_taking_back(line, [wrong, back, right])
    check_taking_back(right, [wrong, back, right])


def test_the_opening_balance_is_the_oldest_debt() -> None:
    entries = [
        entry(START, RentEntryKind.OPENING_BALANCE, 30_000),
        entry(START, DUE, 50_000),
        entry(START, PLAN, 10_000),
    ]
    assert unpaid_months(entries, FAR) == [UnpaidMonth(None, 20_000), UnpaidMonth(START, 50_000)]


@given(accounts, days)
def test_what_is_left_by_month_sums_to_the_balance(entries: list[RentEntry], day: date) -> None:
    left = unpaid_months(entries, day)
    assert sum(month.remaining_cents for month in left) == max(0, balance(entries, day))
    assert all(month.remaining_cents > 0 for month in left)
    named = [month.month or date.min for month in left]
    assert named == sorted(set(named))


@given(accounts)
def test_order_of_writing_changes_nothing(entries: list[RentEntry]) -> None:
    day, backwards = date(2027, 3, 15), entries[::-1]
    assert balance(entries, day) == balance(backwards, day)
    assert unpaid_months(entries, day) == unpaid_months(backwards, day)
    assert month_table(entries, day) == month_table(backwards, day)


@given(accounts)
def test_the_table_of_all_months_sums_to_the_final_balance(entries: list[RentEntry]) -> None:
    table = month_table(entries, add_months(START, 30), 31)
    opening = sum(e.amount_cents for e in entries if e.kind is RentEntryKind.OPENING_BALANCE)
    assert opening + sum(m.due_cents - m.paid_cents for m in table) == balance(entries, FAR)


@given(accounts, plain_entries, days)
def test_taking_a_line_back_is_as_if_it_had_never_been(
    entries: list[RentEntry], wrong: RentEntry, day: date
) -> None:
    back = entry(wrong.month, wrong.kind, -wrong.amount_cents, wrong.received_on, wrong.id)
    assert balance([*entries, wrong, back], day) == balance(entries, day)
    assert unpaid_months([*entries, wrong, back], day) == unpaid_months(entries, day)


@pytest.mark.parametrize("kind", [DUE, PAID, PLAN, RentEntryKind.BENEFIT_PAID])
def test_a_negative_amount_is_refused_where_it_has_no_sense(kind: RentEntryKind) -> None:
    with pytest.raises(InvalidEntry):
        check_entry(NewRentEntry("h", "l", ACCOUNT, START, kind, -1))


@pytest.mark.parametrize("amount", [0, 10_000_001, -10_000_001])
def test_an_impossible_amount_is_refused(amount: int) -> None:
    with pytest.raises(InvalidEntry):
        check_entry(NewRentEntry("h", "l", ACCOUNT, START, RentEntryKind.CORRECTION, amount))


def test_a_debt_is_told_in_terms_to_a_tenth() -> None:
    assert terms_owed(75_510, 50_340) == Decimal("1.5")
    assert terms_owed(-100, 50_340) == Decimal("0.0")
    assert terms_owed(75_510, 0) is None
    assert terms_owed(75_510, None) is None
