"""The rent account line by line, and month by month as it was owed and as the plan would pay it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.housing.domain.rent_account import (
    RentEntry,
    RentEntryKind,
    balance,
    taken_back,
)
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.housing.domain.repayment_plan import MAX_INSTALMENTS
from caseworker_app.kernel.dates import add_months, end_of_month, month_of, months_between


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of the account with what is owed once it counts, in cents.

    `gone`: it was taken back, or takes another back.
    """

    entry: RentEntry
    balance_cents: int
    gone: bool


@dataclass(frozen=True, slots=True)
class LedgerMonth:
    """A month of the account, in cents: each kind of line that concerns it, what is owed at its end.

    `correction_cents` holds « régularisations » and the balance the account was opened with.
    """

    month: date
    due_cents: int
    correction_cents: int
    paid_cents: int
    benefit_cents: int
    plan_cents: int
    owed_cents: int


@dataclass(frozen=True, slots=True)
class OwedMonth:
    """What is owed at the end of a month, in cents; `planned`: if the plan is kept and each rent paid."""

    month: date
    owed_cents: int
    planned: bool = False


def ledger(entries: Sequence[RentEntry]) -> list[LedgerLine]:
    """Return every line, the oldest first, by the day from which it counts.

    The last balance is that of the whole account.
    """
    gone, owed, lines = taken_back(entries), 0, []
    for entry in sorted(entries, key=lambda each: (each.counts_from(), each.id)):
        owed += entry.owed_cents()
        lines.append(LedgerLine(entry, owed, entry.id in gone))
    return lines


def ledger_months(entries: Sequence[RentEntry], last: date, months: int) -> list[LedgerMonth]:
    """Return so many months up to that of `last`, oldest first, each line in the month it concerns.

    What is owed at the end of a month counts payments by the day they came in; in the last one, up to
    `last`.
    """
    by_month: dict[date, list[RentEntry]] = {}
    for entry in entries:
        by_month.setdefault(entry.month, []).append(entry)
    first = add_months(month_of(last), 1 - months)
    return [
        _month(m, by_month.get(m, []), _owed_at_end(entries, m, last)) for m in months_between(first, last)
    ]


def first_entry_month(entries: Iterable[RentEntry]) -> date | None:
    """Return the month of the oldest line, None for an empty account."""
    return min((entry.month for entry in entries), default=None)


def owed_over_time(entries: Sequence[RentEntry], day: date, months: int) -> list[OwedMonth]:
    """Return what was owed at the end of each of the last months, oldest first, the last one on `day`.

    Months before the first line are left out; a debtor ahead owes nothing.
    """
    start = first_entry_month(entries)
    if start is None:
        return []
    first = max(add_months(month_of(day), 1 - months), min(start, month_of(day)))
    return [OwedMonth(m, max(0, _owed_at_end(entries, m, day))) for m in months_between(first, day)]


def owed_by_plan(statement: RentStatement) -> list[OwedMonth]:
    """Return what would be owed at the end of each coming month, were the plan kept and each rent paid.

    Instalments missed so far are put after the others: the forecast ends once the plan is paid off.
    """
    plan, progress = statement.plan, statement.progress
    if plan is None or progress is None or not progress.remaining_cents:
        return []
    month = max(plan.first_month, add_months(month_of(statement.day), 1))
    left, owed = progress.remaining_cents, max(0, statement.balance_cents)
    coming: list[OwedMonth] = []
    while left > 0 and len(coming) < MAX_INSTALMENTS:
        paid = min(plan.monthly_cents, left)
        left -= paid
        owed = max(0, owed - paid)
        coming.append(OwedMonth(month, owed, planned=True))
        month = add_months(month, 1)
    return coming


def standing_lines(
    entries: Iterable[RentEntry], month: date, kind: RentEntryKind
) -> tuple[list[RentEntry], int]:
    """Return the lines of a kind that stand in a month, oldest first, and their sum in cents."""
    rows = list(entries)
    gone = taken_back(rows)
    own = [e for e in rows if e.month == month and e.kind is kind and e.id not in gone]
    return own, sum(e.amount_cents for e in own)


def _month(month: date, entries: list[RentEntry], owed: int) -> LedgerMonth:
    sums: dict[RentEntryKind, int] = {}
    for entry in entries:
        sums[entry.kind] = sums.get(entry.kind, 0) + entry.amount_cents
    kind = RentEntryKind
    return LedgerMonth(
        month,
        sums.get(kind.DUE, 0),
        sums.get(kind.CORRECTION, 0) + sums.get(kind.OPENING_BALANCE, 0),
        sums.get(kind.PAID, 0),
        sums.get(kind.BENEFIT_PAID, 0),
        sums.get(kind.PLAN_PAYMENT, 0),
        owed,
    )


def _owed_at_end(entries: Iterable[RentEntry], month: date, last: date) -> int:
    return balance(entries, min(end_of_month(month), last))
