"""Invented homes: dwellings, leases, and month after month of rent paid or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from caseworker_app.features.households.domain import NewAddress
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.lease import Account, BenefitPayee, NewLease
from caseworker_app.features.housing.domain.rent_account import NewRentEntry, RentEntryKind
from caseworker_app.kernel.dates import add_months, month_of, months_between

MONTHS_OF_RENT = 24


@dataclass(frozen=True, slots=True)
class PayingHabit:
    """How a household pays: the share of months missed and of months paid in half."""

    missed: float
    halved: float


# Seven in ten pay every month; the others owe one term, or many.
_HABITS = (
    *(PayingHabit(0, 0),) * 14,
    *(PayingHabit(0.03, 0.03),) * 3,
    *(PayingHabit(0.10, 0.08),) * 2,
    PayingHabit(0.35, 0.15),
)


def invent_dwelling(rng: Random, index: int, address: NewAddress, size: int, landlord_id: str) -> NewDwelling:
    """Return the dwelling at a household's address, of a size that suits it."""
    rooms = min(6, max(1, size + rng.choice((-1, 0, 0, 1))))
    return NewDwelling(
        landlord_id,
        f"{rng.randint(1, 60):02d}-{rng.randint(1, 400):03d}-{index:05d}",
        address.street,
        address.complement,
        address.postal_code,
        address.city,
        f"T{rooms}",
        (150 + 130 * rooms + rng.randint(0, 90)),
    )


def invent_lease(
    rng: Random, index: int, household_id: str, dwelling: tuple[str, NewDwelling], today: date
) -> NewLease:
    """Return an ordinary lease of a dwelling, begun long enough ago for all its months of rent."""
    dwelling_id, home = dwelling
    rent = 9_000 + (home.floor_area or 400) * rng.randint(55, 75)
    charges = rng.randint(3_500, 14_000)
    helped = rng.random() < 0.62
    starts_on = month_of(add_months(today, -MONTHS_OF_RENT - rng.randint(0, 180)))
    return NewLease(
        household_id,
        dwelling_id,
        reference=f"L{index:06d}",
        signed_on=starts_on - timedelta(days=rng.randint(0, 9)),
        starts_on=starts_on,
        due_day=5,
        rent_cents=rent,
        service_charges_cents=charges,
        housing_benefit_cents=rng.randint(4_000, rent * 3 // 4) if helped else None,
        benefit_paid_to=BenefitPayee.LANDLORD if helped and rng.random() < 0.1 else BenefitPayee.HOUSEHOLD,
    )


def invent_rent(rng: Random, lease_id: str, lease: NewLease, last: date) -> Iterator[NewRentEntry]:
    """Yield the lines of the months that end with `last`: what fell due, and what came in."""
    habit = rng.choice(_HABITS)
    due = (lease.rent_cents or 0) + (lease.service_charges_cents or 0)
    third_party = lease.benefit_paid_to is not BenefitPayee.HOUSEHOLD
    benefit = (lease.housing_benefit_cents or 0) if third_party else 0
    head = (lease.household_id, lease_id, Account.HOUSEHOLD_TO_LANDLORD)
    day = rng.randint(2, 6)
    for month in _months(last):
        yield NewRentEntry(*head, month, RentEntryKind.DUE, due)
        if benefit:
            yield NewRentEntry(*head, month, RentEntryKind.BENEFIT_PAID, benefit, month.replace(day=5))
        paid = _paid(rng, habit, due - benefit)
        if paid:
            yield NewRentEntry(*head, month, RentEntryKind.PAID, paid, month.replace(day=day))


@cache
def _months(last: date) -> tuple[date, ...]:
    return tuple(months_between(add_months(last, 1 - MONTHS_OF_RENT), last))


def _paid(rng: Random, habit: PayingHabit, due: int) -> int:
    if habit.missed == 0:
        return due
    drawn = rng.random()
    if drawn < habit.missed:
        return 0
    return due // 2 if drawn < habit.missed + habit.halved else due
