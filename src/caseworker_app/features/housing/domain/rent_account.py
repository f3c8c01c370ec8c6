"""The rent account (« compte de loyer »): lines that are only ever added, and what they come to.

A line typed wrong is taken back by an opposite line that names it (`corrects_id`): nothing is edited, so that
two devices that wrote apart never merge two sums into a third.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from caseworker_app.features.housing.domain.lease import Account, Lease
from caseworker_app.kernel.dates import add_months, end_of_month, month_of, months_between
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.records import quick_dataclass

# One line of rent beyond 100 000 € is a slip of the decimal comma.
MAX_ENTRY_CENTS = 10_000_000
OLDEST_MONTH = date(1970, 1, 1)


class RentEntryKind(StrEnum):
    """What a line of the rent account is."""

    OPENING_BALANCE = "opening_balance"
    DUE = "due"
    CORRECTION = "correction"
    PAID = "paid"
    BENEFIT_PAID = "benefit_paid"
    PLAN_PAYMENT = "plan_payment"


RENT_ENTRY_KIND_LABELS = {
    RentEntryKind.OPENING_BALANCE: "solde de départ",
    RentEntryKind.DUE: "loyer et charges dus",
    RentEntryKind.CORRECTION: "régularisation",
    RentEntryKind.PAID: "paiement",
    RentEntryKind.BENEFIT_PAID: "aide au logement reçue",
    RentEntryKind.PLAN_PAYMENT: "mensualité du plan d’apurement",
}

_PAYMENTS = frozenset({RentEntryKind.PAID, RentEntryKind.BENEFIT_PAID, RentEntryKind.PLAN_PAYMENT})
_OWED_IN_MONTH = frozenset({RentEntryKind.DUE, RentEntryKind.CORRECTION})
_EITHER_SIGN = frozenset({RentEntryKind.OPENING_BALANCE, RentEntryKind.CORRECTION})


@dataclass(frozen=True, slots=True)
class RentEntry:
    """One line.

    `month` (a first day) is the term it concerns, the opening balance's the first month after it.

    `amount_cents` is positive; an opening balance or a « régularisation » may be negative (in the debtor's
    favour), and a line that takes back another (`corrects_id`) is its opposite. `received_on`: when a payment
    came in.
    """

    id: str
    version: str
    household_id: str
    lease_id: str
    account: Account
    month: date
    kind: RentEntryKind
    amount_cents: int
    received_on: date | None
    corrects_id: str | None

    def owed_cents(self) -> int:
        """Return what the line adds to the debt: negative for a payment."""
        return -self.amount_cents if self.kind in _PAYMENTS else self.amount_cents

    def counts_from(self) -> date:
        """Return the day from which the line counts in the balance."""
        return self.received_on or self.month if self.kind in _PAYMENTS else self.month


@quick_dataclass(frozen=True, slots=True)
class NewRentEntry:
    """A line about to be added; any day of the month may be given for `month`."""

    household_id: str
    lease_id: str
    account: Account
    month: date
    kind: RentEntryKind
    amount_cents: int
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class RentMonth:
    """One month of the table; cents.

    `rent_paid_cents` holds the housing benefit received, not the plan's instalments.
    """

    month: date
    due_cents: int
    rent_paid_cents: int
    plan_cents: int
    received_on: date | None

    @property
    def paid_cents(self) -> int:
        """All that was paid for the month, the plan's instalment included."""
        return self.rent_paid_cents + self.plan_cents

    @property
    def missing_cents(self) -> int:
        """What is missing of the month's own rent (« part non payée »)."""
        return max(0, self.due_cents - self.rent_paid_cents)

    def is_late(self, due_day: int) -> bool:
        """Say whether the payment came in after `due_day` of its month."""
        last = min(due_day, end_of_month(self.month).day)
        return self.received_on is not None and self.received_on > self.month.replace(day=last)


@dataclass(frozen=True, slots=True)
class UnpaidMonth:
    """What is left to pay of a month; `month` None: of the balance the account was opened with."""

    month: date | None
    remaining_cents: int


def check_entry(new: NewRentEntry) -> None:
    """Refuse an impossible amount or month. Raises InvalidEntry."""
    if not 0 < abs(new.amount_cents) <= MAX_ENTRY_CENTS:
        raise InvalidEntry(
            "Un montant va de 0,01 à 100\u202f000\u00a0€\u00a0: vérifiez la virgule.", "amount_cents"
        )
    if new.amount_cents < 0 and new.kind not in _EITHER_SIGN:
        raise InvalidEntry(
            "Ce montant ne peut pas être négatif\u00a0: annulez plutôt la ligne fausse.", "amount_cents"
        )
    if new.month < OLDEST_MONTH:
        raise InvalidEntry("Ce mois n’est pas possible\u00a0: vérifiez l’année.", "month")


def check_account(lease: Lease, account: Account) -> None:
    """Refuse a line on an account that the lease does not have. Raises InvalidEntry."""
    if account not in lease.accounts():
        raise InvalidEntry(
            "Ce bail n’a pas ce compte\u00a0: le ménage y doit son loyer "
            + ("à l’association." if account is Account.HOUSEHOLD_TO_LANDLORD else "au bailleur."),
            "account",
        )


def check_taking_back(wrong: RentEntry, entries: Iterable[RentEntry]) -> None:
    """Refuse to take back a line twice, or a line that takes back another. Raises InvalidEntry."""
    if wrong.id in taken_back(entries):
        raise InvalidEntry(
            "Cette ligne a déjà été annulée\u00a0: saisissez la bonne à sa place.", "corrects_id"
        )


def balance(entries: Iterable[RentEntry], day: date) -> int:
    """Return what is owed at the end of `day`, in cents.

    Negative: the debtor is ahead (« solde créditeur »).
    """
    return sum(entry.owed_cents() for entry in entries if entry.counts_from() <= day)


def month_table(entries: Sequence[RentEntry], last: date, months: int = 12) -> list[RentMonth]:
    """Return the months that end with that of `last`, oldest first, each line in the month it concerns."""
    by_month: dict[date, list[RentEntry]] = {}
    for entry in entries:
        by_month.setdefault(entry.month, []).append(entry)
    gone = taken_back(entries)
    first = add_months(month_of(last), 1 - months)
    return [_month(month, by_month.get(month, []), gone) for month in months_between(first, last)]


def taken_back(entries: Iterable[RentEntry]) -> frozenset[str]:
    """Return the ids of the lines that were taken back and of those that take them back."""
    pairs = [(entry.id, entry.corrects_id) for entry in entries if entry.corrects_id is not None]
    return frozenset(row_id for pair in pairs for row_id in pair)


def unpaid_months(entries: Iterable[RentEntry], day: date) -> list[UnpaidMonth]:
    """Return what is left to pay on `day`, oldest first.

    A payment goes first to the month it was made for; what exceeds it, and the plan's instalments, to the
    oldest debt. The sum is the balance, or nothing when the debtor is ahead.
    """
    owed: dict[date | None, int] = {}
    to_share = 0
    for entry in entries:
        if entry.counts_from() > day:
            continue
        if entry.kind is RentEntryKind.PLAN_PAYMENT:
            to_share += entry.amount_cents
        else:
            key = None if entry.kind is RentEntryKind.OPENING_BALANCE else entry.month
            owed[key] = owed.get(key, 0) + entry.owed_cents()
    to_share -= sum(left for left in owed.values() if left < 0)
    return _shared([(key, left) for key, left in owed.items() if left > 0], to_share)


def terms_owed(balance_cents: int, term_cents: int | None) -> Decimal | None:
    """Return how many monthly terms a debt amounts to, to a tenth.

    None when the term is unknown or nothing.
    """
    if not term_cents:
        return None
    return (Decimal(max(0, balance_cents)) / term_cents).quantize(Decimal("0.1"))


def arrears_threshold(lease: Lease, terms: int) -> int | None:
    """Return from what debt, in cents, there is an « impayé »: so many `terms`, two by CCH R824-1.

    The term is gross (rent + charges) when the benefit goes to the household, net of the benefit when it goes
    to the landlord or association. None when the rent is unknown, or nothing is left to pay after the
    benefit.
    """
    term = lease.net_term_cents() if lease.third_party_payment() else lease.gross_term_cents()
    return terms * term if term else None


def is_in_arrears(balance_cents: int, threshold_cents: int | None) -> bool:
    """Say whether the debt has reached the threshold."""
    return threshold_cents is not None and balance_cents >= threshold_cents


def _month(month: date, entries: list[RentEntry], gone: frozenset[str]) -> RentMonth:
    due = sum(e.amount_cents for e in entries if e.kind in _OWED_IN_MONTH)
    plan = sum(e.amount_cents for e in entries if e.kind is RentEntryKind.PLAN_PAYMENT)
    paid = sum(e.amount_cents for e in entries if e.kind in (RentEntryKind.PAID, RentEntryKind.BENEFIT_PAID))
    return RentMonth(month, due, paid, plan, _received_on(entries, gone))


def _received_on(entries: list[RentEntry], gone: frozenset[str]) -> date | None:
    """When the household's last payment of the month came in.

    The benefit's date only where there is no other.
    """
    dated = [(e.kind, e.received_on) for e in entries if e.received_on is not None and e.id not in gone]
    own = [day for kind, day in dated if kind in (RentEntryKind.PAID, RentEntryKind.PLAN_PAYMENT)]
    return max(own or [day for kind, day in dated if kind is RentEntryKind.BENEFIT_PAID], default=None)


def _shared(owed: list[tuple[date | None, int]], pot: int) -> list[UnpaidMonth]:
    left: list[UnpaidMonth] = []
    for month, amount in sorted(owed, key=lambda item: (item[0] is not None, item[0] or date.min)):
        used = min(amount, max(0, pot))
        pot -= used
        if amount > used:
            left.append(UnpaidMonth(month, amount - used))
    return left
