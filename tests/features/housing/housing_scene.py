"""Households with a whole housing file: a sliding lease half-way, a lease in arrears with a procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import Civility, NewHousehold, NewMember
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.eviction import EvictionKind, NewEvictionStep
from caseworker_app.features.housing.domain.joint_review import Judgement, Opinion
from caseworker_app.features.housing.domain.landlord import NewLandlord, NewLandlordContact
from caseworker_app.features.housing.domain.lease import (
    Account,
    BenefitPayee,
    LeaseKind,
    NewHeadLease,
    NewLease,
)
from caseworker_app.features.housing.domain.occupant_duty import DutyKind, NewDuty
from caseworker_app.features.housing.domain.rent_account import NewRentEntry, RentEntryKind
from caseworker_app.features.housing.domain.repayment_plan import NewRepaymentPlan
from caseworker_app.features.housing.domain.sliding_lease import NewSlidingLease, TransferSteps
from caseworker_app.features.housing.service import (
    evictions,
    joint_reviews,
    landlords,
    leases,
    rent,
    settling,
    transfers,
)
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile

OWN, ABOVE = Account.HOUSEHOLD_TO_ASSOCIATION, Account.ASSOCIATION_TO_LANDLORD
RENT, CHARGES, BENEFIT = 49_280, 10_000, 29_280


@dataclass
class Pen:
    """Writes lines into one account of one lease."""

    file: EncryptedFile
    who: Who
    household: str
    lease: str
    account: Account

    def line(self, month: date, kind: RentEntryKind, cents: int, on: date | None = None) -> None:
        new = NewRentEntry(self.household, self.lease, self.account, month, kind, cents, on)
        rent.record_rent_entry(self.file, self.who, new)


def someone(file: EncryptedFile, who: Who) -> str:
    """An invented household without any home."""
    new = NewHousehold((NewMember("Ferhaoui", "Nadia", Civility.MRS, birth_date=date(1990, 5, 2)),))
    return households.create_household(file, who, new)[0]


def sliding_household(file: EncryptedFile, who: Who) -> str:
    """Eight months into a sliding lease: two reviews held, one planned, a plan that is kept."""
    household = someone(file, who)
    landlord, _ = landlords.add_landlord(
        file, who, NewLandlord("Habitat Val-de-Scarpe", phone="02 61 91 40 12")
    )
    person = NewLandlordContact("Mme Sophie Vannier", "chargée de clientèle", "Agence des Berges")
    landlords.add_landlord_contact(file, who, landlord, person)
    dwelling = NewDwelling(
        street="18, rue du Vieux-Rivage", complement="appt 32", postal_code="59100", city="Roubaix",
        typology="T3", floor_area=580, floor="3", building="bât. B", reference="04-118-032",
    )  # fmt: skip
    new = NewLease(
        household, "", LeaseKind.SLIDING_LEASE, reference="SL-2026-0042", signed_on=date(2026, 4, 1),
        starts_on=date(2026, 4, 1), due_day=5, rent_cents=RENT, service_charges_cents=CHARGES,
        housing_benefit_cents=BENEFIT, benefit_paid_to=BenefitPayee.ASSOCIATION, deposit_cents=RENT,
    )  # fmt: skip
    lease, _ = settling.settle_home(file, who, dwelling, "Habitat Val-de-Scarpe", new)
    above = NewHeadLease("", "BP-77", date(2026, 3, 24), date(2026, 3, 24), None, RENT, CHARGES)
    settling.write_head_lease(file, who, lease, above)
    agreement, _ = leases.sign_sliding_lease(file, who, NewSlidingLease(lease, date(2026, 4, 1), 12))
    _review(file, who, agreement, date(2026, 7, 2))
    _review(file, who, agreement, date(2026, 10, 6))
    review, _ = leases.plan_joint_review(file, who, agreement, date(2027, 1, 12))
    for judgement in _judgements():
        joint_reviews.judge_criterion(file, who, review, judgement)
    steps = TransferSteps("059 118 2204 77 190", date(2026, 2, 10))
    transfers.record_transfer_steps(file, who, agreement, steps)
    _accounts(file, who, household, lease)
    proof = NewDuty(
        lease, DutyKind.HOME_INSURANCE, date(2026, 10, 28), date(2027, 10, 31), "Assurance du Beffroi"
    )
    leases.record_duty_proof(file, who, proof)
    return household


def plain_household(file: EncryptedFile, who: Who) -> str:
    """A lease with the landlord, three terms behind, a command to pay received."""
    household = someone(file, who)
    dwelling = NewDwelling(street="7, quai des Sablons", postal_code="59100", city="Roubaix", typology="T2")
    new = NewLease(
        household, "", LeaseKind.LEASE, signed_on=date(2024, 9, 2), starts_on=date(2024, 9, 2),
        rent_cents=41_000, service_charges_cents=6_500, housing_benefit_cents=18_000,
    )  # fmt: skip
    lease, _ = settling.settle_home(file, who, dwelling, "Foyers du Littoral", new)
    rent.charge_rent(file, who, lease, date(2026, 1, 1), date(2026, 11, 1))
    pen = Pen(file, who, household, lease, Account.HOUSEHOLD_TO_LANDLORD)
    for month in range(1, 9):
        pen.line(date(2026, month, 1), RentEntryKind.PAID, 47_500, date(2026, month, 7))
    step = NewEvictionStep(
        lease, EvictionKind.COMMAND_TO_PAY, date(2026, 11, 9), date(2026, 12, 21), "Étude Varnoux"
    )
    evictions.record_eviction_step(file, who, step)
    return household


def _review(file: EncryptedFile, who: Who, agreement: str, day: date) -> None:
    leases.hold_joint_review(file, who, agreement, day, conclusion="Poursuivre, revoir le budget en janvier.")


def _judgements() -> list[Judgement]:
    met, begun = Opinion.MET, Opinion.IN_PROGRESS
    return [
        Judgement("payment", met, met, met, "3 mois réguliers, plan tenu"),
        Judgement("upkeep", begun, met, met, "humidité à traiter par le bailleur"),
        Judgement("insurance", met, met, met, "attestation 2027 reçue"),
        Judgement("peaceful_use", met, met, met, "aucune plainte depuis juillet"),
        Judgement("own_budget", None, begun, begun, "appui pour les déclarations CAF"),
        Judgement("balance", None, met, Opinion.NOT_MET, "reste à vivre sous le repère"),
    ]


def _accounts(file: EncryptedFile, who: Who, household: str, lease: str) -> None:
    rent.charge_rent(file, who, lease, date(2026, 4, 1), date(2026, 11, 1))
    pen = Pen(file, who, household, lease, OWN)
    paid = {4: 30_000, 5: 30_000, 6: 10_000, 7: 5_000, 8: 12_000, 9: 30_000, 10: 30_000, 11: 30_000}
    for month, cents in paid.items():
        on = date(2026, month, 6)
        if month not in (6, 7):
            pen.line(on, RentEntryKind.BENEFIT_PAID, BENEFIT, date(2026, month, 5))
        pen.line(on, RentEntryKind.PAID, cents, on)
    plan = NewRepaymentPlan(lease, OWN, date(2026, 10, 1), 6_000, 19, 110_000, date(2026, 9, 20))
    rent.agree_repayment_plan(file, who, plan)
    for month in (10, 11):
        pen.line(date(2026, month, 1), RentEntryKind.PLAN_PAYMENT, 6_000, date(2026, month, 8))
    above = Pen(file, who, household, lease, ABOVE)
    for month in (9, 10, 11):
        above.line(date(2026, month, 1), RentEntryKind.DUE, RENT + CHARGES)
    for month in (9, 10):
        above.line(date(2026, month, 1), RentEntryKind.PAID, RENT + CHARGES, date(2026, month, 10))
