"""Homes, reviews, answers, transfers, procedures and months written in a real file, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.eviction import EvictionKind, NewEvictionStep
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.joint_review import Judgement, Opinion
from caseworker_app.features.housing.domain.landlord import LandlordKind
from caseworker_app.features.housing.domain.lease import Creditor, LeaseKind, NewHeadLease, NewLease
from caseworker_app.features.housing.domain.rent_account import NewRentEntry, RentEntryKind
from caseworker_app.features.housing.domain.sliding_lease import (
    CaleolOutcome,
    LandlordAnswer,
    TransferSteps,
)
from caseworker_app.features.housing.service import (
    evictions,
    homes,
    joint_reviews,
    landlords,
    leases,
    rent,
    settling,
    transfers,
)
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed
from caseworker_app.storage import undo
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.unit_of_work import ChangedMeanwhile
from tests.features.housing.housing_scene import ABOVE, OWN

TODAY = date(2026, 11, 24)
STREET = NewDwelling(street="7, quai des Sablons", postal_code="59100", city="Roubaix", typology="f2")


def home_of(file: EncryptedFile, who: Who, household: str) -> LeaseFile:
    with file.reading() as connection:
        shown = homes.open_housing(connection, who, household, TODAY)
    assert shown.home is not None
    return shown.home.file


def test_a_home_is_settled_in_one_go_and_taken_back_in_one(
    file: EncryptedFile, who: Who, household: str
) -> None:
    first, _ = settling.settle_home(file, who, STREET, "Foyers du Littoral", NewLease(household, ""))
    settling.settle_home(
        file, who, STREET, "FOYERS du littoral", NewLease(household, "", starts_on=date(2027, 1, 1))
    )
    with file.reading() as connection:
        known = landlords.list_landlords(connection, who)
        shown = homes.open_housing(connection, who, household, TODAY)
    assert [landlord.name for landlord in known] == ["Foyers du Littoral"]
    assert shown.home is not None
    assert (shown.home.file.lease.id, shown.home.file.dwelling.typology) == (first, "T2")
    undo.undo_last(file, who.worker_id)
    undo.undo_last(file, who.worker_id)
    with file.reading() as connection:
        assert homes.open_housing(connection, who, household, TODAY).home is None
        assert landlords.list_landlords(connection, who) == []
        assert verify(connection).sound


def test_nothing_is_written_of_a_home_that_is_refused(file: EncryptedFile, who: Who, household: str) -> None:
    wrong = NewLease(household, "", starts_on=date(2026, 5, 1), ends_on=date(2026, 4, 1))
    with pytest.raises(InvalidEntry):
        settling.settle_home(file, who, STREET, "Foyers du Littoral", wrong)
    with file.reading() as connection:
        assert landlords.list_landlords(connection, who) == []
    with pytest.raises(NotAllowed):
        settling.settle_home(file, replace(who, role=Role.COORDINATOR), STREET, None, NewLease(household, ""))


def test_a_dwelling_changes_with_its_landlord(file: EncryptedFile, who: Who, plain_home: str) -> None:
    home = home_of(file, who, plain_home)
    changed = NewDwelling(street="9, quai des Sablons", city="Roubaix", floor_area=455)
    args = (home.dwelling.id, changed, "M. Aurèle Costantin", home.dwelling.version, LandlordKind.PRIVATE)
    settling.change_home(file, who, *args)
    after = home_of(file, who, plain_home)
    assert after.landlord is not None
    assert (after.dwelling.street, after.landlord.kind) == ("9, quai des Sablons", LandlordKind.PRIVATE)
    with pytest.raises(ChangedMeanwhile):
        settling.change_home(file, who, *args)


def test_a_lease_is_corrected_but_not_what_hangs_on_it(
    file: EncryptedFile, who: Who, sliding_home: str
) -> None:
    lease = home_of(file, who, sliding_home).lease
    new = NewLease(
        lease.household_id, lease.dwelling_id, lease.kind, lease.creditor, lease.head_lease_id, "SL-7",
        lease.signed_on, lease.starts_on, rent_cents=50_000, deposit_cents=49_280,
    )  # fmt: skip
    leases.change_lease(file, who, lease.id, new, lease.version)
    after = home_of(file, who, sliding_home).lease
    assert (after.reference, after.rent_cents, after.deposit_cents) == ("SL-7", 50_000, 49_280)
    with pytest.raises(InvalidEntry) as refused:
        leases.change_lease(file, who, lease.id, replace(new, kind=LeaseKind.SUBLEASE))
    assert refused.value.field == "kind"


def test_lines_keep_the_creditor_they_were_written_for(
    file: EncryptedFile, who: Who, plain_home: str
) -> None:
    lease = home_of(file, who, plain_home).lease
    new = NewLease(lease.household_id, lease.dwelling_id, LeaseKind.SUBLEASE, Creditor.ASSOCIATION)
    with pytest.raises(InvalidEntry) as refused:
        leases.change_lease(file, who, lease.id, new)
    assert refused.value.field == "kind"


def test_the_lease_above_is_written_once_then_changed(
    file: EncryptedFile, who: Who, sliding_home: str
) -> None:
    home = home_of(file, who, sliding_home)
    assert home.head_lease is not None
    new = NewHeadLease("", "BP-78", date(2026, 3, 24), date(2026, 3, 24), None, 48_000, 9_000)
    settling.write_head_lease(file, who, home.lease.id, new, home.head_lease.version)
    after = home_of(file, who, sliding_home).head_lease
    assert after is not None
    assert (after.id, after.reference, after.rent_cents) == (home.head_lease.id, "BP-78", 48_000)


def test_opinions_are_replaced_not_added(file: EncryptedFile, who: Who, sliding_home: str) -> None:
    sliding = home_of(file, who, sliding_home).sliding
    assert sliding is not None
    review = sliding.planned_review()
    assert review is not None
    before = len(sliding.criteria)
    joint_reviews.judge_criterion(
        file, who, review.id, Judgement("payment", Opinion.NOT_MET, remark=" un fait ")
    )
    joint_reviews.move_joint_review(file, who, review.id, date(2027, 1, 20))
    leases.hold_joint_review(file, who, sliding.agreement.id, date(2026, 11, 20), review.id, "Suite en mai.")
    after = home_of(file, who, sliding_home).sliding
    assert after is not None
    assert len(after.criteria) == before
    said = next(each for each in after.criteria if each.criterion == "payment")
    assert (said.by_landlord, said.by_household, said.remark) == (Opinion.NOT_MET, None, "un fait")
    assert after.planned_review() is None
    held = after.held_reviews()[-1]
    assert (held.planned_on, held.conclusion) == (date(2027, 1, 20), "Suite en mai.")
    with pytest.raises(InvalidEntry):
        joint_reviews.move_joint_review(file, who, review.id, date(2027, 2, 1))


def test_a_refusal_stays_with_its_period_when_the_agreement_goes_on(
    file: EncryptedFile, who: Who, sliding_home: str
) -> None:
    sliding = home_of(file, who, sliding_home).sliding
    assert sliding is not None
    agreement = sliding.agreement.id
    with pytest.raises(InvalidEntry):
        transfers.record_landlord_answer(file, who, agreement, date(2026, 11, 20), LandlordAnswer.REFUSES)
    answer = (agreement, date(2026, 11, 20), LandlordAnswer.REFUSES, "Dette encore trop forte.")
    transfers.record_landlord_answer(file, who, *answer)
    leases.renew_examination_period(file, who, agreement, 6, date(2026, 11, 22))
    after = home_of(file, who, sliding_home).sliding
    assert after is not None
    assert [period.landlord_reasons for period in after.periods] == ["Dette encore trop forte.", None]
    assert after.agreement.landlord_notified_on is None
    assert after.landlord_notice_due_on == date(2027, 7, 30)
    with pytest.raises(InvalidEntry):
        transfers.record_landlord_answer(file, who, agreement, date(2027, 1, 1), LandlordAnswer.OFFERS)


def test_a_lease_slides_to_the_household(file: EncryptedFile, who: Who, sliding_home: str) -> None:
    home = home_of(file, who, sliding_home)
    assert home.sliding is not None
    steps = TransferSteps(" 059 1 ", date(2026, 2, 10), date(2026, 11, 2), CaleolOutcome.AGREED)
    transfers.record_transfer_steps(file, who, home.sliding.agreement.id, steps)
    new = NewLease("", "", LeaseKind.SUBLEASE, starts_on=date(2026, 12, 1), rent_cents=49_280)
    lease_id, _ = transfers.transfer_lease(file, who, home.sliding.agreement.id, new)
    with file.reading() as connection:
        own = homes.open_housing(connection, who, sliding_home, date(2026, 12, 2)).home
        before = homes.open_housing(connection, who, sliding_home, date(2026, 12, 2), home.lease.id).home
        assert verify(connection).sound
    assert own is not None
    assert before is not None
    assert (own.file.lease.id, own.file.lease.kind, own.file.lease.creditor) == (
        lease_id, LeaseKind.LEASE, Creditor.LANDLORD,
    )  # fmt: skip
    assert own.file.dwelling.id == home.dwelling.id
    assert before.file.lease.ends_on == date(2026, 11, 30)
    assert before.file.sliding is not None
    agreement = before.file.sliding.agreement
    assert (agreement.new_lease_id, agreement.application_number) == (lease_id, "059 1")
    with pytest.raises(InvalidEntry):
        transfers.transfer_lease(file, who, agreement.id, new)
    undo.undo_last(file, who.worker_id)
    assert home_of(file, who, sliding_home).lease.ends_on is None


def test_a_step_of_a_procedure_is_written_corrected_removed(
    file: EncryptedFile, who: Who, plain_home: str
) -> None:
    home = home_of(file, who, plain_home)
    step = home.eviction[0]
    new = NewEvictionStep(
        home.lease.id, EvictionKind.SUMMONS, date(2026, 11, 20), date(2027, 2, 3), "Audience à 9 h"
    )
    evictions.change_eviction_step(file, who, step.id, new, step.version)
    changed = home_of(file, who, plain_home).eviction[0]
    assert (changed.kind, changed.until, changed.note) == (
        EvictionKind.SUMMONS,
        date(2027, 2, 3),
        "Audience à 9 h",
    )
    evictions.remove_eviction_step(file, who, step.id)
    assert home_of(file, who, plain_home).eviction == ()
    undo.undo_last(file, who.worker_id)
    assert home_of(file, who, plain_home).eviction[0].id == step.id


def test_a_month_comes_to_what_was_typed(file: EncryptedFile, who: Who, sliding_home: str) -> None:
    lease = home_of(file, who, sliding_home).lease
    month = date(2026, 11, 1)

    def cell(kind: RentEntryKind, cents: int) -> NewRentEntry:
        return NewRentEntry(sliding_home, lease.id, OWN, month, kind, cents)

    typed = [cell(RentEntryKind.PAID, 25_000), cell(RentEntryKind.BENEFIT_PAID, 0)]
    rent.write_month_amounts(file, who, typed)
    with file.reading() as connection:
        statement = rent.rent_account(connection, who, lease.id, TODAY)
        entries = rent.rent_entries(connection, who, lease.id)
        other = rent.rent_account(connection, who, lease.id, TODAY, ABOVE)
    assert statement.months[-1].rent_paid_cents == 25_000
    written = [
        e for e in entries if e.month == month and e.kind is RentEntryKind.PAID and e.corrects_id is None
    ]
    assert (written[-1].amount_cents, written[-1].received_on) == (25_000, date(2026, 11, 6))
    assert other.balance_cents == 59_280
    before = len(entries)
    assert not rent.write_month_amounts(file, who, typed).tables
    with file.reading() as connection:
        assert len(rent.rent_entries(connection, who, lease.id)) == before
