"""Leases: two debts never merged, terms gross and net, impossible ones refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.housing.domain.lease import (
    Account,
    BenefitPayee,
    Creditor,
    Lease,
    LeaseKind,
    NewLease,
    check_lease,
    current_first,
)
from caseworker_app.features.housing.domain.rent_account import (
    arrears_threshold,
    check_account,
    is_in_arrears,
)
from caseworker_app.kernel.errors import InvalidEntry

cents = st.integers(0, 2_000_000)


def lease(**changed: Any) -> Lease:
    values: dict[str, Any] = {
        "id": "1", "version": "v", "household_id": "h", "dwelling_id": "d", "head_lease_id": None,
        "kind": LeaseKind.LEASE, "creditor": Creditor.LANDLORD, "reference": None, "signed_on": None,
        "starts_on": date(2025, 11, 1), "ends_on": None, "due_day": 5, "rent_cents": 42_000,
        "service_charges_cents": 8_340, "solidarity_reduction_cents": None, "housing_benefit_cents": 21_000,
        "benefit_paid_to": BenefitPayee.HOUSEHOLD,
    }  # fmt: skip
    return Lease(**{**values, **changed})


def test_in_a_sublease_the_household_owes_the_association_and_the_association_the_landlord() -> None:
    sublease = lease(kind=LeaseKind.SUBLEASE, creditor=Creditor.ASSOCIATION)
    assert sublease.accounts() == (Account.HOUSEHOLD_TO_ASSOCIATION, Account.ASSOCIATION_TO_LANDLORD)
    with pytest.raises(InvalidEntry):
        check_account(sublease, Account.HOUSEHOLD_TO_LANDLORD)


def test_with_its_own_lease_the_household_has_one_account() -> None:
    assert lease().accounts() == (Account.HOUSEHOLD_TO_LANDLORD,)
    with pytest.raises(InvalidEntry):
        check_account(lease(), Account.ASSOCIATION_TO_LANDLORD)


@pytest.mark.parametrize("kind", [LeaseKind.SUBLEASE, LeaseKind.SLIDING_LEASE])
def test_a_sublease_is_never_owed_to_the_landlord(kind: LeaseKind) -> None:
    with pytest.raises(InvalidEntry) as refused:
        check_lease(NewLease("h", "d", kind, Creditor.LANDLORD))
    assert refused.value.field == "creditor"
    assert NewLease("h", "d", kind).actual_creditor() is Creditor.ASSOCIATION


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"starts_on": date(2026, 5, 1), "ends_on": date(2026, 4, 30)}, "ends_on"),
        ({"starts_on": date(1900, 1, 1)}, "starts_on"),
        ({"rent_cents": -1}, "rent_cents"),
        ({"service_charges_cents": 2_000_001}, "service_charges_cents"),
        ({"housing_benefit_cents": -5}, "housing_benefit_cents"),
        ({"due_day": 0}, "due_day"),
        ({"due_day": 32}, "due_day"),
    ],
)
def test_an_impossible_lease_is_refused(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        check_lease(NewLease("h", "d", **changed))
    assert refused.value.field == field


def test_the_threshold_is_two_gross_terms_when_the_household_receives_the_benefit() -> None:
    assert arrears_threshold(lease(), 2) == 2 * (42_000 + 8_340)


@pytest.mark.parametrize("payee", [BenefitPayee.LANDLORD, BenefitPayee.ASSOCIATION])
def test_the_threshold_is_two_net_terms_in_third_party_payment(payee: BenefitPayee) -> None:
    assert arrears_threshold(lease(benefit_paid_to=payee), 2) == 2 * (42_000 + 8_340 - 21_000)


def test_there_is_no_threshold_where_the_benefit_pays_everything_or_the_rent_is_unknown() -> None:
    covered = lease(benefit_paid_to=BenefitPayee.LANDLORD, housing_benefit_cents=60_000)
    assert arrears_threshold(covered, 2) is None
    assert arrears_threshold(lease(rent_cents=None), 2) is None
    assert not is_in_arrears(0, None)


def test_arrears_begin_at_the_threshold_itself() -> None:
    assert is_in_arrears(100_680, 100_680)
    assert not is_in_arrears(100_679, 100_680)


@given(cents, cents, cents, st.sampled_from(BenefitPayee))
def test_the_net_threshold_never_exceeds_the_gross_one(
    rent: int, charges: int, aid: int, payee: BenefitPayee
) -> None:
    of = lease(
        rent_cents=rent, service_charges_cents=charges, housing_benefit_cents=aid, benefit_paid_to=payee
    )
    threshold = arrears_threshold(of, 2)
    assert threshold is None or 0 < threshold <= 2 * (rent + charges)


def test_the_solidarity_reduction_lowers_what_is_due_only_where_it_was_typed() -> None:
    assert lease().monthly_due_cents() == 50_340
    assert lease(solidarity_reduction_cents=4_932).monthly_due_cents() == 45_408


def test_the_lease_that_runs_comes_first() -> None:
    old = lease(id="1", starts_on=date(2010, 1, 1), ends_on=date(2020, 1, 1))
    future = lease(id="2", starts_on=date(2027, 1, 1))
    unknown = lease(id="3", starts_on=None)
    ordered = current_first([old, future, unknown], date(2026, 11, 24))
    assert [value.id for value in ordered] == ["3", "2", "1"]
