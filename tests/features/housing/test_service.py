"""Housing in a real encrypted file: what is written is read back, searched, refused, undone."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.features.households.service import open_household
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.landlord import NewLandlord, NewLandlordContact
from caseworker_app.features.housing.domain.lease import (
    Account,
    BenefitPayee,
    LeaseKind,
    NewHeadLease,
    NewLease,
    RentTerms,
)
from caseworker_app.features.housing.domain.occupant_duty import DutyKind, DutyState, NewDuty
from caseworker_app.features.housing.domain.rent_account import NewRentEntry, RentEntryKind
from caseworker_app.features.housing.domain.repayment_plan import NewRepaymentPlan
from caseworker_app.features.housing.domain.sliding_lease import LandlordAnswer, NewSlidingLease
from caseworker_app.features.housing.service import homes, landlords, leases, rent, transfers
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.storage import undo
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.search import find_households

TODAY = date(2026, 11, 24)
OWN = Account.HOUSEHOLD_TO_ASSOCIATION


@pytest.fixture
def dwelling(file: EncryptedFile, who: Who) -> str:
    landlord_id, _ = landlords.add_landlord(file, who, NewLandlord("Valmère Habitat", siret="55801130000032"))
    person = NewLandlordContact("Mme Sophie Vannier", "chargée de clientèle", "Agence Rives de Loire")
    landlords.add_landlord_contact(file, who, landlord_id, person)
    new = NewDwelling(
        landlord_id, "04-118-023", "8, allée des Glycines", "porte 23", "35990", "Valmère", "F3", 620
    )
    return landlords.add_dwelling(file, who, new)[0]


@pytest.fixture
def sliding(file: EncryptedFile, who: Who, household: str, dwelling: str) -> str:
    """A sliding lease under the association's own, signed a year before."""
    head, _ = leases.add_head_lease(
        file, who, NewHeadLease(dwelling, "B-77", date(2025, 10, 24), date(2025, 10, 24), None, 49_000)
    )
    new = NewLease(
        household, dwelling, LeaseKind.SLIDING_LEASE, head_lease_id=head, reference="SL-2025-0311",
        signed_on=date(2025, 10, 30), starts_on=date(2025, 11, 1), due_day=5,
        rent_cents=42_000, service_charges_cents=8_340, housing_benefit_cents=21_000,
        benefit_paid_to=BenefitPayee.ASSOCIATION,
    )  # fmt: skip
    return leases.add_lease(file, who, new)[0]


def pay(file: EncryptedFile, who: Who, household: str, lease: str, month: date, cents: int, day: date) -> str:
    new = NewRentEntry(household, lease, OWN, month, RentEntryKind.PAID, cents, day)
    return rent.record_rent_entry(file, who, new)[0]


def test_a_home_is_read_back_whole(file: EncryptedFile, who: Who, household: str, sliding: str) -> None:
    leases.sign_sliding_lease(file, who, NewSlidingLease(sliding, date(2025, 10, 30), 12))
    until = date(2027, 10, 31)
    leases.record_duty_proof(file, who, NewDuty(sliding, DutyKind.HOME_INSURANCE, date(2026, 10, 28), until))
    with file.reading() as connection:
        housing = homes.housing_of(connection, who, household, TODAY)
    home = housing.current
    assert home is not None
    assert home.landlord is not None
    assert home.head_lease is not None
    assert home.sliding is not None
    assert (home.lease.id, home.landlord.name, home.contacts[0].agency) == (
        sliding, "Valmère Habitat", "Agence Rives de Loire",
    )  # fmt: skip
    assert home.dwelling.description() == "T3 de 62\u00a0m²"
    assert home.head_lease.rent_cents == 49_000
    assert home.duty_state(DutyKind.HOME_INSURANCE, TODAY) is DutyState.UP_TO_DATE
    assert home.duty_state(DutyKind.SMOKE_DETECTOR, TODAY) is DutyState.NO_PROOF
    assert home.sliding.agreement.review_months == 6
    assert (home.sliding.ends_on(), home.sliding.landlord_notice_due_on) == (
        date(2026, 10, 31),
        date(2026, 8, 31),
    )


def test_a_renewed_period_asks_the_landlord_again(
    file: EncryptedFile, who: Who, household: str, sliding: str
) -> None:
    agreement, _ = leases.sign_sliding_lease(file, who, NewSlidingLease(sliding, date(2025, 10, 30), 12))
    transfers.record_landlord_answer(file, who, agreement, date(2026, 8, 20), LandlordAnswer.OFFERS)
    with file.reading() as connection:
        before = homes.housing_of(connection, who, household, TODAY).leases[0].sliding
    leases.renew_examination_period(file, who, agreement, 6, date(2026, 10, 15))
    with file.reading() as connection:
        after = homes.housing_of(connection, who, household, TODAY).leases[0].sliding
    assert before is not None
    assert before.landlord_notice_due_on is None
    assert after is not None
    assert (after.ends_on(), after.landlord_notice_due_on) == (date(2027, 4, 30), date(2027, 2, 28))


def test_a_joint_review_held_moves_the_next_one(
    file: EncryptedFile, who: Who, household: str, sliding: str
) -> None:
    agreement, _ = leases.sign_sliding_lease(file, who, NewSlidingLease(sliding, date(2025, 10, 30), 12))
    review, _ = leases.plan_joint_review(file, who, agreement, date(2026, 5, 5))
    with file.reading() as connection:
        planned = homes.housing_of(connection, who, household, TODAY).leases[0].sliding
    leases.hold_joint_review(file, who, agreement, date(2026, 5, 7), review)
    with file.reading() as connection:
        held = homes.housing_of(connection, who, household, TODAY).leases[0].sliding
    assert planned is not None
    assert planned.next_review_on == date(2026, 4, 30)
    assert held is not None
    assert held.next_review_on == date(2026, 10, 30)
    assert [r.held_on for r in held.reviews] == [date(2026, 5, 7)]
    with pytest.raises(InvalidEntry):
        leases.hold_joint_review(file, who, agreement, date(2026, 11, 25))
    with pytest.raises(NotFound):
        leases.hold_joint_review(file, who, agreement, date(2026, 11, 20), "0" * 32)


def test_an_agreement_goes_with_one_sliding_lease(
    file: EncryptedFile, who: Who, household: str, dwelling: str, sliding: str
) -> None:
    leases.sign_sliding_lease(file, who, NewSlidingLease(sliding, date(2025, 10, 30), 12))
    with pytest.raises(InvalidEntry):
        leases.sign_sliding_lease(file, who, NewSlidingLease(sliding, date(2025, 10, 30), 12))
    plain, _ = leases.add_lease(file, who, NewLease(household, dwelling))
    with pytest.raises(InvalidEntry):
        leases.sign_sliding_lease(file, who, NewSlidingLease(plain, date(2025, 10, 30), 12))


def test_a_rent_account_with_its_plan_and_threshold(
    file: EncryptedFile, who: Who, household: str, sliding: str
) -> None:
    assert len(rent.charge_rent(file, who, sliding, date(2025, 11, 1), date(2026, 10, 1))[0]) == 12
    assert rent.charge_rent(file, who, sliding, date(2026, 1, 1), date(2026, 10, 31))[0] == []
    for month in range(1, 10):
        pay(file, who, household, sliding, date(2026, month, 1), 50_340, date(2026, month, 5))
    plan = NewRepaymentPlan(sliding, OWN, date(2026, 10, 15), 10_068, 10, signed_on=date(2026, 9, 20))
    rent.agree_repayment_plan(file, who, plan)
    instalment = NewRentEntry(
        household, sliding, OWN, date(2026, 10, 9), RentEntryKind.PLAN_PAYMENT, 10_068, date(2026, 10, 9)
    )
    rent.record_rent_entry(file, who, instalment)
    with file.reading() as connection:
        account = rent.rent_account(connection, who, sliding, date(2026, 10, 31))
    assert account.balance_cents == 3 * 50_340 - 10_068
    assert (account.threshold_cents, account.in_arrears) == (2 * 29_340, True)
    assert [u.month for u in account.unpaid] == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 10, 1)]
    assert (account.months_paid, account.months_due) == (9, 12)
    assert account.progress is not None
    assert (account.progress.kept, account.progress.missed) == (1, 0)


def test_the_two_accounts_of_a_sublease_are_never_merged(
    file: EncryptedFile, who: Who, household: str, sliding: str
) -> None:
    due = RentEntryKind.DUE
    for account, cents in ((OWN, 50_340), (Account.ASSOCIATION_TO_LANDLORD, 49_000)):
        rent.record_rent_entry(file, who, NewRentEntry(household, sliding, account, TODAY, due, cents))
    with file.reading() as connection:
        own = rent.rent_account(connection, who, sliding, TODAY)
        other = rent.rent_account(connection, who, sliding, TODAY, Account.ASSOCIATION_TO_LANDLORD)
        with pytest.raises(InvalidEntry):
            rent.rent_account(connection, who, sliding, TODAY, Account.HOUSEHOLD_TO_LANDLORD)
    assert (own.balance_cents, other.balance_cents) == (50_340, 49_000)
    assert (other.threshold_cents, other.in_arrears) == (None, False)


def test_a_wrong_line_is_taken_back_once_and_stays_readable(
    file: EncryptedFile, who: Who, household: str, sliding: str
) -> None:
    wrong = pay(file, who, household, sliding, date(2026, 11, 1), 58_200, date(2026, 11, 5))
    back, _ = rent.take_back_rent_entry(file, who, wrong)
    with pytest.raises(InvalidEntry):
        rent.take_back_rent_entry(file, who, wrong)
    with pytest.raises(InvalidEntry):
        rent.take_back_rent_entry(file, who, back)
    with file.reading() as connection:
        lines = rent.rent_entries(connection, who, sliding)
        assert rent.rent_account(connection, who, sliding, TODAY).balance_cents == 0
    assert [(line.amount_cents, line.corrects_id) for line in lines] == [(58_200, None), (-58_200, wrong)]


def test_rent_is_not_charged_where_it_is_not_known(
    file: EncryptedFile, who: Who, household: str, dwelling: str
) -> None:
    lease, _ = leases.add_lease(file, who, NewLease(household, dwelling))
    with pytest.raises(InvalidEntry):
        rent.charge_rent(file, who, lease, TODAY, TODAY)
    leases.change_rent_terms(file, who, lease, RentTerms(42_000, 8_340))
    assert len(rent.charge_rent(file, who, lease, TODAY, TODAY)[0]) == 1
    with pytest.raises(InvalidEntry):
        rent.charge_rent(file, who, lease, TODAY, date(2206, 11, 1))


def test_a_landlord_written_otherwise_is_found_again(file: EncryptedFile, who: Who) -> None:
    with file.unit_of_work(who.worker_id, "import") as uow:
        first = landlords.find_or_add_landlord(uow, "Valmère Habitat")
        assert landlords.find_or_add_landlord(uow, "  VALMERE-HABITAT ") == first
        assert landlords.find_or_add_landlord(uow, "Habitat du Septentrion") != first
    with file.reading() as connection:
        names = [landlord.name for landlord in landlords.list_landlords(connection, who)]
    assert names == ["Habitat du Septentrion", "Valmère Habitat"]


def test_dwellings_are_found_by_the_landlord_s_reference(
    file: EncryptedFile, who: Who, dwelling: str
) -> None:
    with file.reading() as connection:
        landlord = landlords.open_dwelling(connection, who, dwelling).landlord_id
        assert landlord is not None
        assert landlords.dwelling_references(connection, who, landlord) == {"04-118-023": dwelling}


def test_a_person_who_left_is_offered_no_more(file: EncryptedFile, who: Who, dwelling: str) -> None:
    with file.reading() as connection:
        landlord = landlords.open_dwelling(connection, who, dwelling).landlord_id
        assert landlord is not None
        (person,) = landlords.open_landlord(connection, who, landlord).contacts
    landlords.retire_landlord_contact(file, who, person.id)
    with file.reading() as connection:
        assert landlords.open_landlord(connection, who, landlord).contacts == ()


def test_a_household_is_found_by_its_lease_number(
    file: EncryptedFile, who: Who, household: str, sliding: str
) -> None:
    with file.reading() as connection:
        assert [hit.household_id for hit in find_households(connection, "sl-2025-0311")] == [household]


def test_the_history_of_the_household_holds_its_lease(
    file: EncryptedFile, who: Who, household: str, dwelling: str
) -> None:
    _, changes = leases.add_lease(file, who, NewLease(household, dwelling))
    assert (changes.tables, changes.households) == (frozenset({"lease"}), frozenset({household}))
    undo.undo_last(file, who.worker_id)
    with file.reading() as connection:
        assert homes.housing_of(connection, who, household, TODAY).leases == ()
        assert verify(connection).sound


def test_nothing_is_hung_on_what_is_not_there(
    file: EncryptedFile, who: Who, household: str, dwelling: str
) -> None:
    with pytest.raises(NotFound):
        leases.add_lease(file, who, NewLease("0" * 32, dwelling))
    with pytest.raises(NotFound):
        leases.add_lease(file, who, NewLease(household, "0" * 32))
    with pytest.raises(NotFound):
        landlords.add_dwelling(file, who, NewDwelling("0" * 32, street="8, allée des Glycines"))


def test_a_line_goes_to_the_household_of_its_lease(
    file: EncryptedFile, who: Who, household: str, sliding: str
) -> None:
    with pytest.raises(InvalidEntry):
        pay(file, who, "0" * 32, sliding, TODAY, 100, TODAY)


def test_a_volunteer_reads_and_does_not_write(
    file: EncryptedFile, who: Who, household: str, sliding: str
) -> None:
    volunteer = Who(who.worker_id, "Samuel Okafor", Role.VOLUNTEER)
    with file.reading() as connection:
        assert homes.housing_of(connection, volunteer, household, TODAY).current is not None
    with pytest.raises(NotAllowed):
        leases.end_lease(file, volunteer, sliding, TODAY)


def test_a_coordinator_reads_no_home(file: EncryptedFile, who: Who, household: str) -> None:
    coordinator = Who(who.worker_id, "Aline Bastide", Role.COORDINATOR)
    with file.reading() as connection, pytest.raises(NotAllowed):
        homes.housing_of(connection, coordinator, household, TODAY)


def test_an_ended_lease_is_no_more_the_current_one(
    file: EncryptedFile, who: Who, household: str, sliding: str
) -> None:
    leases.end_lease(file, who, sliding, date(2026, 11, 23))
    with file.reading() as connection:
        assert homes.housing_of(connection, who, household, TODAY).current is None
        assert open_household(connection, who, household).household.id == household
    with pytest.raises(InvalidEntry):
        leases.end_lease(file, who, sliding, date(2025, 10, 31))


def test_forms_propose_what_the_dated_tables_say() -> None:
    assert leases.period_choices(TODAY) == [3, 6, 12]
    assert leases.usual_duty_end(DutyKind.BOILER_SERVICE, date(2026, 9, 22)) == date(2027, 9, 22)
    assert leases.usual_duty_end(DutyKind.SMOKE_DETECTOR, date(2026, 10, 2)) is None
