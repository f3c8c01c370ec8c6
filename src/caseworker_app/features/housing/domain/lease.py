"""The lease (« bail »): who lives where from when to when, for how much, and to whom the rent is owed.

In subletting there are two debts: the household owes the association, the association owes the landlord. They
are never merged: each line of rent names its account, and the lease between association and landlord is a
value of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.records import quick_dataclass

# A monthly amount beyond 20 000 € is a slip of the decimal comma.
MAX_MONTHLY_CENTS = 2_000_000
OLDEST_LEASE = date(1930, 1, 1)


class LeaseKind(StrEnum):
    """By what title the household lives there."""

    LEASE = "lease"
    SUBLEASE = "sublease"
    SLIDING_LEASE = "sliding_lease"
    RESIDENCE_TITLE = "residence_title"


LEASE_KIND_LABELS = {
    LeaseKind.LEASE: "bail",
    LeaseKind.SUBLEASE: "sous-location",
    LeaseKind.SLIDING_LEASE: "bail glissant",
    LeaseKind.RESIDENCE_TITLE: "titre d’occupation",
}


class Creditor(StrEnum):
    """To whom the household owes its rent."""

    LANDLORD = "landlord"
    ASSOCIATION = "association"


CREDITOR_LABELS = {Creditor.LANDLORD: "le bailleur", Creditor.ASSOCIATION: "l’association"}


class BenefitPayee(StrEnum):
    """Into whose hands the housing benefit (« APL, ALS, ALF ») is paid.

    Anybody else's than the household's is « tiers payant ».
    """

    HOUSEHOLD = "household"
    LANDLORD = "landlord"
    ASSOCIATION = "association"


BENEFIT_PAYEE_LABELS = {
    BenefitPayee.HOUSEHOLD: "versée au ménage",
    BenefitPayee.LANDLORD: "versée au bailleur (tiers payant)",
    BenefitPayee.ASSOCIATION: "versée à l’association (tiers payant)",
}


class Account(StrEnum):
    """Between whom a line of rent stands: the debtor, then the creditor."""

    HOUSEHOLD_TO_ASSOCIATION = "household_to_association"
    HOUSEHOLD_TO_LANDLORD = "household_to_landlord"
    ASSOCIATION_TO_LANDLORD = "association_to_landlord"


ACCOUNT_LABELS = {
    Account.HOUSEHOLD_TO_ASSOCIATION: "ce que le ménage doit à l’association",
    Account.HOUSEHOLD_TO_LANDLORD: "ce que le ménage doit au bailleur",
    Account.ASSOCIATION_TO_LANDLORD: "ce que l’association doit au bailleur",
}

# What the household of each kind owes its rent to, unless told otherwise.
_USUAL_CREDITOR = {
    LeaseKind.LEASE: Creditor.LANDLORD,
    LeaseKind.SUBLEASE: Creditor.ASSOCIATION,
    LeaseKind.SLIDING_LEASE: Creditor.ASSOCIATION,
    LeaseKind.RESIDENCE_TITLE: Creditor.ASSOCIATION,
}
_SUBLET = (LeaseKind.SUBLEASE, LeaseKind.SLIDING_LEASE)


@dataclass(frozen=True, slots=True)
class Lease:
    """What the household holds its home by. Amounts are cents a month, None when unknown.

    `due_day`: day of the month the rent falls due. `solidarity_reduction_cents`: « réduction de loyer de
    solidarité » as the landlord applies it; typed, never computed (dwellings let to intermediation bodies
    seem left out of it). `deposit_cents`: « dépôt de garantie », paid once.
    """

    id: str
    version: str
    household_id: str
    dwelling_id: str
    head_lease_id: str | None
    kind: LeaseKind
    creditor: Creditor
    reference: str | None
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    due_day: int | None
    rent_cents: int | None
    service_charges_cents: int | None
    solidarity_reduction_cents: int | None
    housing_benefit_cents: int | None
    benefit_paid_to: BenefitPayee
    deposit_cents: int | None = None

    def runs_on(self, day: date) -> bool:
        """Say whether the lease runs on a day; an unknown start is taken as past."""
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )

    def household_account(self) -> Account:
        """Return the account of what the household owes."""
        owes_association = self.creditor is Creditor.ASSOCIATION
        return Account.HOUSEHOLD_TO_ASSOCIATION if owes_association else Account.HOUSEHOLD_TO_LANDLORD

    def accounts(self) -> tuple[Account, ...]:
        """Return every account this lease may have, the household's first."""
        own = self.household_account()
        return (own, Account.ASSOCIATION_TO_LANDLORD) if self.creditor is Creditor.ASSOCIATION else (own,)

    def third_party_payment(self) -> bool:
        """Say whether the benefit goes to another than the household (« tiers payant »)."""
        return self.benefit_paid_to is not BenefitPayee.HOUSEHOLD

    def gross_term_cents(self) -> int | None:
        """Return rent and service charges of a month (« loyer et charges, brut »).

        None when the rent is unknown.
        """
        return None if self.rent_cents is None else self.rent_cents + (self.service_charges_cents or 0)

    def net_term_cents(self) -> int | None:
        """Return rent and service charges of a month less the housing benefit, never below zero.

        None when unknown.
        """
        gross = self.gross_term_cents()
        return None if gross is None else max(0, gross - (self.housing_benefit_cents or 0))

    def monthly_due_cents(self) -> int | None:
        """Return what falls due each month before any benefit, the solidarity reduction taken off."""
        gross = self.gross_term_cents()
        return None if gross is None else max(0, gross - (self.solidarity_reduction_cents or 0))


@dataclass(frozen=True, slots=True)
class HeadLease:
    """The lease between landlord and association (« bail principal ») under which households sublet.

    Cents a month.
    """

    id: str
    version: str
    dwelling_id: str
    reference: str | None
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    rent_cents: int | None
    service_charges_cents: int | None


@quick_dataclass(frozen=True, slots=True)
class NewLease:
    """A lease about to be written; `creditor` None: the landlord for a lease, the association otherwise."""

    household_id: str
    dwelling_id: str
    kind: LeaseKind = LeaseKind.LEASE
    creditor: Creditor | None = None
    head_lease_id: str | None = None
    reference: str | None = None
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    due_day: int | None = None
    rent_cents: int | None = None
    service_charges_cents: int | None = None
    solidarity_reduction_cents: int | None = None
    housing_benefit_cents: int | None = None
    benefit_paid_to: BenefitPayee = BenefitPayee.HOUSEHOLD
    deposit_cents: int | None = None

    def actual_creditor(self) -> Creditor:
        """Return to whom the rent is owed."""
        return self.creditor or _USUAL_CREDITOR[self.kind]


@dataclass(frozen=True, slots=True)
class NewHeadLease:
    """A lease between landlord and association about to be written."""

    dwelling_id: str
    reference: str | None = None
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    rent_cents: int | None = None
    service_charges_cents: int | None = None


@dataclass(frozen=True, slots=True)
class RentTerms:
    """What a month of rent is made of, in cents, for a lease whose amounts change."""

    rent_cents: int | None
    service_charges_cents: int | None = None
    solidarity_reduction_cents: int | None = None
    housing_benefit_cents: int | None = None
    benefit_paid_to: BenefitPayee = BenefitPayee.HOUSEHOLD


def usual_creditor(kind: LeaseKind) -> Creditor:
    """Return to whom the household of a kind of lease owes its rent, unless told otherwise."""
    return _USUAL_CREDITOR[kind]


def check_lease(new: NewLease) -> None:
    """Refuse an end before the start, an impossible amount or day, a sublease owed to the landlord.

    Raises InvalidEntry.
    """
    check_span(new.starts_on, new.ends_on)
    check_terms(new)
    if new.due_day is not None and not 1 <= new.due_day <= 31:
        raise InvalidEntry("Le jour d’échéance du loyer va de 1 à 31.", "due_day")
    if new.kind in _SUBLET and new.actual_creditor() is Creditor.LANDLORD:
        raise InvalidEntry(
            "En sous-location, le ménage doit son loyer à l’association\u00a0: choisissez-la.", "creditor"
        )


def check_terms(terms: NewLease | NewHeadLease | RentTerms) -> None:
    """Refuse a negative monthly amount, or one beyond 20 000 €. Raises InvalidEntry."""
    names = (
        "rent_cents", "service_charges_cents", "solidarity_reduction_cents", "housing_benefit_cents",
        "deposit_cents",
    )  # fmt: skip
    for name in names:
        amount = getattr(terms, name, None)
        if amount is not None and not 0 <= amount <= MAX_MONTHLY_CENTS:
            raise InvalidEntry("Ce montant va de 0 à 20\u202f000\u00a0€\u00a0: vérifiez la virgule.", name)


def check_span(starts_on: date | None, ends_on: date | None) -> None:
    """Refuse a lease that ends before it starts, or starts before 1930. Raises InvalidEntry."""
    if starts_on is not None and starts_on < OLDEST_LEASE:
        raise InvalidEntry("Cette date d’entrée n’est pas possible\u00a0: vérifiez l’année.", "starts_on")
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise InvalidEntry(
            "Le bail ne peut pas finir avant de commencer\u00a0: vérifiez les deux dates.", "ends_on"
        )


def current_first(leases: list[Lease], day: date) -> list[Lease]:
    """Return leases with those that run on `day` first, each group from the latest start to the oldest."""
    latest = sorted(leases, key=lambda lease: (lease.starts_on or date.min, lease.id), reverse=True)
    return sorted(latest, key=lambda lease: not lease.runs_on(day))
