"""The side forms of a home, its landlord, its leases and its procedures, each on a whole record."""

from __future__ import annotations

from datetime import date
from typing import Any

from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.eviction import EvictionKind, NewEvictionStep
from caseworker_app.features.housing.domain.housing_file import LeaseFile
from caseworker_app.features.housing.domain.landlord import LandlordKind, NewLandlord
from caseworker_app.features.housing.domain.lease import (
    BenefitPayee,
    Creditor,
    LeaseKind,
    NewHeadLease,
    NewLease,
)
from caseworker_app.features.housing.domain.sliding_lease import CaleolOutcome, TransferSteps
from caseworker_app.features.housing.screens import duty_forms, home_forms, lease_forms, sliding_forms
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.service import evictions, homes, landlords, leases, settling, transfers
from tests.features.housing import housing_scene
from tests.whole_records.world import Case, Opened, World

DAY = date(2026, 11, 24)


def _home(world: World, kind: LeaseKind = LeaseKind.SUBLEASE) -> LeaseFile:
    landlord = NewLandlord(
        "Habitat Val-de-Scarpe", LandlordKind.PRIVATE, "55801130000032", "2 quai des Sablons", "Bât. C", "59100",
        "Roubaix",
        "02 61 91 40 12", "gestion@scarpe.example",
    )  # fmt: skip
    landlords.add_landlord(world.file, world.who, landlord)
    dwelling = NewDwelling(
        street="18, rue du Vieux-Rivage", complement="appt 32", postal_code="59100", city="Roubaix", typology="T3",
        floor_area=580, floor="3", building="bât. B", reference="04-118-032",
    )  # fmt: skip
    new = NewLease(
        world.household, "", kind, Creditor.ASSOCIATION, None, "SL-2026-0042", date(2026, 4, 1), date(2026, 4, 2),
        date(2029, 4, 1), 5, 49_280, 10_000, 2_000, 29_280, BenefitPayee.ASSOCIATION, 49_280,
    )  # fmt: skip
    lease, _ = settling.settle_home(world.file, world.who, dwelling, landlord.name, new)
    above = NewHeadLease("", "BP-77", date(2026, 3, 24), date(2026, 3, 25), date(2032, 3, 24), 49_280, 10_000)
    settling.write_head_lease(world.file, world.who, lease, above)
    evictions.record_eviction_step(
        world.file,
        world.who,
        NewEvictionStep(
            lease, EvictionKind.COMMAND_TO_PAY, date(2026, 9, 1), date(2026, 10, 13), "Étude X.\n\nSuite."
        ),
    )
    return _shown_home(world)


def _shown_home(world: World) -> LeaseFile:
    shown: Any = world.read(homes.open_housing, world.household, DAY, "")
    return shown.home.file  # type: ignore[no-any-return]


def home(world: World) -> Opened:
    of = _home(world)
    known = world.read(landlords.known_landlords)
    return Opened(home_forms.home_form(world.desk(HousingDesk), of, known), of.dwelling.id)


def landlord(world: World) -> Opened:
    of = _home(world).landlord
    assert of is not None
    return Opened(home_forms.landlord_form(world.desk(HousingDesk), of), of.id)


def lease(world: World) -> Opened:
    of = _home(world)
    return Opened(lease_forms.lease_form(world.desk(HousingDesk), of), of.lease.id)


def head_lease(world: World) -> Opened:
    of = _home(world)
    assert of.head_lease is not None
    return Opened(lease_forms.head_lease_form(world.desk(HousingDesk), of), of.head_lease.id)


def eviction(world: World) -> Opened:
    of = _home(world)
    return Opened(
        duty_forms.eviction_form(world.desk(HousingDesk), of.lease, of.eviction[0]), of.eviction[0].id
    )


def _sliding(world: World) -> LeaseFile:
    household = housing_scene.sliding_household(world.file, world.who)
    shown: Any = world.read(homes.open_housing, household, DAY, "")
    of: LeaseFile = shown.home.file
    assert of.sliding is not None
    return of


def steps(world: World) -> Opened:
    of = _sliding(world)
    assert of.sliding is not None
    key = of.sliding.agreement.id
    full = TransferSteps("059 118 2204 77 190", date(2026, 2, 10), date(2026, 11, 3), CaleolOutcome.AGREED)
    transfers.record_transfer_steps(world.file, world.who, key, full)
    world.fill("sliding_lease", key, landlord_notified_on="2026-11-02")
    shown: Any = world.read(homes.open_housing, of.lease.household_id, DAY, "")
    return Opened(sliding_forms.steps_form(world.desk(HousingDesk), shown.home.file.sliding), key)


def held_review(world: World) -> Opened:
    of = _sliding(world)
    assert of.sliding is not None
    review = of.sliding.held_reviews()[0]
    leases.hold_joint_review(
        world.file, world.who, of.sliding.agreement.id, review.held_on, review.id, "Tout va.\n\nSuite."
    )
    shown: Any = world.read(homes.open_housing, of.lease.household_id, DAY, "")
    sliding = shown.home.file.sliding
    return Opened(
        sliding_forms.hold_review_form(world.desk(HousingDesk), sliding, sliding.held_reviews()[0]), review.id
    )


CASES = {
    "housing.screens.home_forms.home_form": Case(home, "dwelling", {"floor": "4"}, frozenset({"floor"})),
    "housing.screens.home_forms.landlord_form": Case(landlord, "landlord", {"city": "Lens"}, frozenset({"city"})),
    "housing.screens.lease_forms.lease_form": Case(lease, "lease", {"due_day": "7"}, frozenset({"due_day"})),
    "housing.screens.lease_forms.head_lease_form": Case(
        head_lease, "head_lease", {"reference": "BP-78"}, frozenset({"reference"})
    ),
    "housing.screens.duty_forms.eviction_form": Case(
        eviction, "eviction_step", {"note": "Étude Y."}, frozenset({"note"})
    ),
    "housing.screens.sliding_forms.steps_form": Case(
        steps, "sliding_lease", {"caleol_on": "04/11/2026"}, frozenset({"caleol_on"}), frozenset({"new_lease_id"})
    ),
    "housing.screens.sliding_forms.hold_review_form": Case(
        held_review, "joint_review", {"conclusion": "Tout va bien."}, frozenset({"conclusion"}),
        frozenset({"planned_on"}),
    ),
}  # fmt: skip
