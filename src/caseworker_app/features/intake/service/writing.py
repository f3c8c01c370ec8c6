"""Writes the proposals of an import, a batch a transaction, through the other rooms' own steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from caseworker_app.features.households import service as households
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.lease import Account, BenefitPayee, NewLease
from caseworker_app.features.housing.domain.rent_account import NewRentEntry, RentEntryKind
from caseworker_app.features.housing.service import landlords, leases, rent
from caseworker_app.features.intake.domain.decision import Action, Decision
from caseworker_app.features.intake.domain.known_dwellings import DwellingFinder, Home, Spot
from caseworker_app.features.intake.domain.proposal import (
    ProposedDwelling,
    ProposedHousehold,
    ProposedTenancy,
)
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.unit_of_work import UnitOfWork

HouseholdStep = tuple[ProposedHousehold, Decision]
DwellingStep = tuple[ProposedDwelling, Decision]
Lodged = tuple[ProposedHousehold, str]
Fresh = list[tuple[Home, NewDwelling]]


@dataclass(slots=True)
class Written:
    """What an import rests on and has written so far.

    `dwellings`: those of the file and of earlier rows; `spots`: what tells the dwelling of each row from
    another; `landlord`: of rows that name none; `made`: the household (the dwelling, for a register) each
    row made.
    """

    dwellings: DwellingFinder
    spots: dict[int, Spot]
    landlord: str | None = None
    made: dict[int, str] = field(default_factory=dict)
    landlord_ids: dict[str, str] = field(default_factory=dict)


def write_households(uow: UnitOfWork, steps: Sequence[HouseholdStep], written: Written) -> None:
    """Create, complete or leave the households of a batch, as decided.

    Raises NotFound for a household to complete that was removed since.
    """
    fresh = [proposal for proposal, decision in steps if decision.action is Action.CREATE]
    ids = households.add_checked_households(uow, [proposal.household for proposal in fresh])
    written.made.update((proposal.row, made) for proposal, made in zip(fresh, ids, strict=True))
    _lodge(uow, list(zip(fresh, ids, strict=True)), written)
    for proposal, decision in steps:
        if decision.action is Action.MERGE:
            _complete(uow, proposal, decision, written)


def write_dwellings(uow: UnitOfWork, steps: Sequence[DwellingStep], written: Written) -> None:
    """Create, complete or leave the dwellings of a batch of a list that holds no people."""
    fresh = [proposal for proposal, decision in steps if decision.action is Action.CREATE]
    news = [new_dwelling(p, _landlord_id(uow, p, written)) for p in fresh]
    made = landlords.add_dwellings(uow, news)
    written.made.update((proposal.row, one) for proposal, one in zip(fresh, made, strict=True))
    for proposal, decision in steps:
        target = decision.dwelling_id or written.made.get(decision.other_row or 0)
        if decision.action is Action.MERGE and target is not None:
            told = new_dwelling(proposal, _landlord_id(uow, proposal, written))
            landlords.complete_dwelling(uow, target, told)


def new_dwelling(proposed: ProposedDwelling, landlord_id: str | None = None) -> NewDwelling:
    """Return a dwelling of a list as the housing room takes it."""
    return NewDwelling(
        landlord_id=landlord_id,
        reference=proposed.reference,
        street=proposed.street or proposed.residence,
        complement=proposed.complement,
        postal_code=proposed.postal_code,
        city=proposed.city,
        typology=proposed.typology,
        floor_area=proposed.living_area_tenths,
        floor=proposed.floor,
        building=proposed.building,
    )


def _complete(uow: UnitOfWork, proposal: ProposedHousehold, decision: Decision, written: Written) -> None:
    household_id = decision.household_id or written.made.get(decision.other_row or 0, "")
    households.complete_household(uow, household_id, proposal.household)
    if not leases.has_lease(uow, household_id):
        _lodge(uow, [(proposal, household_id)], written)


def _lodge(uow: UnitOfWork, lodged: Sequence[Lodged], written: Written) -> None:
    """Create dwellings, leases and opening balances; a dwelling already known is used again."""
    fresh: Fresh = []
    let: list[tuple[ProposedTenancy, str, Home]] = []
    for proposal, household_id in lodged:
        if proposal.dwelling is not None:
            home = _home(uow, proposal.dwelling, written, fresh)
            if proposal.tenancy is not None:
                let.append((proposal.tenancy, household_id, home))
    made = landlords.add_dwellings(uow, [dwelling for _, dwelling in fresh])
    for (home, _), dwelling_id in zip(fresh, made, strict=True):
        home.id = dwelling_id
    lease_ids = leases.add_leases(uow, [_new_lease(t, household, home.id) for t, household, home in let])
    _write_balances(uow, [(t, h, lease) for (t, h, _), lease in zip(let, lease_ids, strict=True)])


def _home(uow: UnitOfWork, proposed: ProposedDwelling, written: Written, fresh: Fresh) -> Home:
    """Return the dwelling where it is known, else one that joins `fresh`, to be written."""
    spot = written.spots[proposed.row]
    home = written.dwellings.find(spot)
    if home is None:
        home = Home()
        written.dwellings.add(spot, home)
        fresh.append((home, new_dwelling(proposed, _landlord_id(uow, proposed, written))))
    return home


def _landlord_id(uow: UnitOfWork, proposed: ProposedDwelling, written: Written) -> str | None:
    name = proposed.landlord or written.landlord
    if name is None:
        return None
    key = fold(name)
    if key not in written.landlord_ids:
        written.landlord_ids[key] = landlords.find_or_add_landlord(uow, name)
    return written.landlord_ids[key]


def _write_balances(uow: UnitOfWork, let: list[tuple[ProposedTenancy, str, str]]) -> None:
    # A landlord's own list: what it shows is owed to the landlord.
    account, kind = Account.HOUSEHOLD_TO_LANDLORD, RentEntryKind.OPENING_BALANCE
    entries = [
        NewRentEntry(household_id, lease_id, account, uow.today, kind, tenancy.balance_cents)
        for tenancy, household_id, lease_id in let
        if tenancy.balance_cents
    ]
    rent.add_rent_entries(uow, entries)


def _new_lease(tenancy: ProposedTenancy, household_id: str, dwelling_id: str) -> NewLease:
    return NewLease(
        household_id,
        dwelling_id,
        reference=tenancy.reference,
        starts_on=tenancy.entry_date,
        ends_on=tenancy.exit_date,
        rent_cents=tenancy.rent_cents if tenancy.rent_cents is not None else tenancy.rent_with_charges_cents,
        service_charges_cents=tenancy.service_charges_cents,
        housing_benefit_cents=tenancy.housing_benefit_cents,
        # A landlord's list shows the benefit it receives itself.
        benefit_paid_to=BenefitPayee.LANDLORD if tenancy.housing_benefit_cents else BenefitPayee.HOUSEHOLD,
    )
