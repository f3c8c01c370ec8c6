"""The rent account as a sheet of months that is typed into, and what is typed as lines of the account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.housing.domain.lease import Account, Lease
from caseworker_app.features.housing.domain.rent_account import MAX_ENTRY_CENTS, NewRentEntry, RentEntryKind
from caseworker_app.features.housing.domain.rent_ledger import LedgerMonth
from caseworker_app.kernel.dates import MONTHS, SHORT_MONTHS
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.money import format_amount, parse_cents

# The columns one types into, by the kind of line they make.
TYPED = {
    "due": RentEntryKind.DUE,
    "paid": RentEntryKind.PAID,
    "benefit": RentEntryKind.BENEFIT_PAID,
    "plan": RentEntryKind.PLAN_PAYMENT,
}


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column of the sheet; `typed`: one types into it."""

    key: str
    title: str
    spoken: str
    typed: bool


COLUMNS = (
    LedgerColumn("due", "Dû", "loyer et charges dus", typed=True),
    LedgerColumn("paid", "Payé", "payé par le ménage", typed=True),
    LedgerColumn("benefit", "APL", "aide au logement reçue", typed=True),
    LedgerColumn("plan", "Plan", "mensualité du plan d’apurement", typed=True),
    LedgerColumn("correction", "Régul.", "régularisation ou solde de départ", typed=False),
    LedgerColumn("owed", "Reste dû", "reste dû en fin de mois", typed=False),
)


def month_key(month: date) -> str:
    """Return what names a month in the sheet."""
    return f"{month.year:04d}-{month.month:02d}"


def month_of_key(key: str) -> date:
    """Return the month of a key."""
    return date(int(key[:4]), int(key[5:7]), 1)


def month_words(month: date) -> str:
    """Write a month as « nov. 2026 »."""
    return f"{SHORT_MONTHS[month.month - 1]}\u00a0{month.year}"


def month_spoken(month: date) -> str:
    """Write a month as it is read aloud."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def cents_of(row: LedgerMonth, column: str) -> int:
    """Return what a cell holds, in cents."""
    return {
        "due": row.due_cents,
        "paid": row.paid_cents,
        "benefit": row.benefit_cents,
        "plan": row.plan_cents,
        "correction": row.correction_cents,
        "owed": row.owed_cents,
    }[column]


def cell_words(cents: int, *, always: bool = False) -> str:
    """Write the amount of a cell; nothing is left blank, unless `always`."""
    return format_amount(cents) if cents or always else ""


def read_cell(text: str) -> int:
    """Return the cents of what is typed in a cell, 0 for nothing. Raises InvalidEntry."""
    if not text.strip():
        return 0
    cents = parse_cents(text)
    if cents < 0:
        raise InvalidEntry("Ce montant ne peut pas être négatif\u00a0: ajoutez plutôt une régularisation.")
    if cents > MAX_ENTRY_CENTS:
        raise InvalidEntry("Un montant va jusqu’à 100\u202f000\u00a0€\u00a0: vérifiez la virgule.")
    return cents


def typed_lines(lease: Lease, account: Account, typed: Sequence[tuple[str, str, str]]) -> list[NewRentEntry]:
    """Return what cells (month, column, text) come to, as lines to be written. Raises InvalidEntry."""
    return [
        NewRentEntry(
            lease.household_id, lease.id, account, month_of_key(month), TYPED[column], read_cell(text)
        )
        for month, column, text in typed
        if column in TYPED
    ]
