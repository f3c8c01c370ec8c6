"""Reading a household written by hand: its people, its home and its rent, as values to be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from caseworker_app.features.demonstration.domain.moments import Calendar
from caseworker_app.features.households.domain import (
    Civility,
    ContactKind,
    LegalProtection,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
    Reading,
    Relation,
)
from caseworker_app.features.housing.domain.lease import Account, BenefitPayee, Creditor, LeaseKind, NewLease
from caseworker_app.features.housing.domain.occupant_duty import DutyKind, NewDuty
from caseworker_app.features.housing.domain.rent_account import NewRentEntry, RentEntryKind
from caseworker_app.kernel.dates import add_months

Case = dict[str, Any]
_KINDS: dict[str, Callable[[str], Any]] = {
    "civility": Civility,
    "relation": Relation,
    "legal_protection": LegalProtection,
    "reading": Reading,
}


def read_household(case: Case, calendar: Calendar) -> NewHousehold:
    """Return the household with its members, addresses and contacts."""
    return NewHousehold(
        tuple(_member(each, calendar) for each in case["members"]),
        tuple(NewAddress(**dated(each, calendar, "from_date", "to_date")) for each in case["addresses"]),
        tuple(NewContact(**{**each, "kind": ContactKind(each["kind"])}) for each in case["contacts"]),
        protected=case.get("protected", False),
        visit_instructions=case.get("visit_instructions"),
        note=case["note"],
    )


def read_lease(
    case: Case, calendar: Calendar, household_id: str, dwelling_id: str, head_lease_id: str | None
) -> NewLease:
    """Return the lease of the dwelling, under the association's own where there is one."""
    fields = dated(case["lease"], calendar, "signed_on", "starts_on", "ends_on")
    fields["kind"] = LeaseKind(fields["kind"])
    fields["benefit_paid_to"] = BenefitPayee(fields.get("benefit_paid_to", "household"))
    return NewLease(household_id, dwelling_id, head_lease_id=head_lease_id, **fields)


def read_rent(case: Case, calendar: Calendar, lease_id: str, lease: NewLease) -> Iterator[NewRentEntry]:
    """Yield the lines of the household's account, and of the association's towards the landlord."""
    rent = case["rent"]
    owed_to = lease.actual_creditor()
    account = (
        Account.HOUSEHOLD_TO_LANDLORD if owed_to is Creditor.LANDLORD else Account.HOUSEHOLD_TO_ASSOCIATION
    )
    head = (lease.household_id, lease_id, account)
    for offset, benefit, paid, plan, day in rent["months"]:
        month = add_months(calendar.anchor, offset)
        yield NewRentEntry(*head, month, RentEntryKind.DUE, rent["due_cents"])
        received = (
            (RentEntryKind.BENEFIT_PAID, benefit, 5),
            (RentEntryKind.PAID, paid, day),
            (RentEntryKind.PLAN_PAYMENT, plan, day),
        )
        for kind, amount, when in received:
            if amount:
                yield NewRentEntry(*head, month, kind, amount, month.replace(day=min(when, 28)))
        if rent.get("association_pays"):
            yield from _association_pays(lease, lease_id, month)
    for offset, amount, received_on in rent.get("late_benefits", []):
        month = add_months(calendar.anchor, offset)
        yield NewRentEntry(*head, month, RentEntryKind.BENEFIT_PAID, amount, calendar.day(received_on))


def read_duties(case: Case, calendar: Calendar, lease_id: str) -> list[NewDuty]:
    """Return the proofs received from the occupant."""
    read = (dated(each, calendar, "proof_received_on", "valid_until") for each in case.get("duties", []))
    return [NewDuty(lease_id, **{**each, "kind": DutyKind(each["kind"])}) for each in read]


def born(calendar: Calendar, age: int, birthday: str) -> date:
    """Return the birth date of somebody of so many years whose birthday is « MM-DD »."""
    month, day = (int(part) for part in birthday.split("-"))
    passed = (month, day) <= (calendar.today.month, calendar.today.day)
    return date(calendar.today.year - age - (0 if passed else 1), month, day)


def dated(fields: Case, calendar: Calendar, *names: str) -> Case:
    """Return fields with those named read as dates."""
    return {name: calendar.day(value) if name in names else value for name, value in fields.items()}


def _member(each: Case, calendar: Calendar) -> NewMember:
    fields: Case = {**each, "birth_date": born(calendar, each["age"], each["birthday"])}
    del fields["age"], fields["birthday"]
    for name in _KINDS.keys() & fields.keys():
        fields[name] = _KINDS[name](fields[name])
    return NewMember(**fields)


def _association_pays(lease: NewLease, lease_id: str, month: date) -> Iterator[NewRentEntry]:
    term = (lease.rent_cents or 0) + (lease.service_charges_cents or 0)
    head = (lease.household_id, lease_id, Account.ASSOCIATION_TO_LANDLORD, month)
    yield NewRentEntry(*head, RentEntryKind.DUE, term)
    yield NewRentEntry(*head, RentEntryKind.PAID, term, month.replace(day=3))
