"""Writes the proposals of an import, a batch a transaction, through the other rooms' own steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from caseworker_app.features.households import service as households
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.lease import Account, BenefitPayee, NewLease
from caseworker_app.features.housing.domain.rent_account import NewRentEntry, RentEntryKind
from caseworker_app.features.housing.service import landlords, leases, rent
from caseworker_app.features.intake.domain.places import address_key
from caseworker_app.features.intake.domain.plan import Action, Decision
from caseworker_app.features.intake.domain.proposal import (
    ProposedDwelling,
    ProposedHousehold,
    ProposedTenancy,
)
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.unit_of_work import UnitOfWork

Step = tuple[ProposedHousehold, Decision]


@dataclass(slots=True)
class Written:
    """What an import has written so far: households by the row that made them, dwellings by where they are."""

    households: dict[int, str] = field(default_factory=dict)
    dwellings: dict[str, str] = field(default_factory=dict)
    landlord_id: str | None = None


def write_households(uow: UnitOfWork, steps: Sequence[Step], written: Written) -> None:
    """Create, complete or leave the households of a batch, as decided."""
    fresh = [proposal for proposal, decision in steps if decision.action is Action.CREATE]
    ids = households.add_households(uow, [proposal.household for proposal in fresh])
    written.households.update((proposal.row, made) for proposal, made in zip(fresh, ids, strict=True))
    _write_homes(uow, list(zip(fresh, ids, strict=True)), written)
    for proposal, decision in steps:
        if decision.action is Action.MERGE:
            _complete(uow, proposal, decision, written)


def write_dwellings(uow: UnitOfWork, proposals: Sequence[ProposedDwelling], written: Written) -> None:
    """Create the dwellings of a list that holds no people."""
    ids = landlords.add_dwellings(uow, [_new_dwelling(p, written.landlord_id) for p in proposals])
    written.dwellings.update((_place(p), made) for p, made in zip(proposals, ids, strict=True))


def _complete(uow: UnitOfWork, proposal: ProposedHousehold, decision: Decision, written: Written) -> None:
    household_id = decision.household_id or (
        written.households.get(decision.other_row) if decision.other_row is not None else None
    )
    if household_id is None:
        raise ValueError("a merge needs the household it goes into")
    households.complete_household(uow, household_id, proposal.household)
    if not leases.has_lease(uow, household_id):
        _write_homes(uow, [(proposal, household_id)], written)


def _write_homes(uow: UnitOfWork, homes: list[tuple[ProposedHousehold, str]], written: Written) -> None:
    """Create dwellings, leases and opening balances; a dwelling already known is used again."""
    housed = [(p, h) for p, h in homes if p.dwelling is not None]
    missing = {
        _place(p.dwelling): p.dwelling
        for p, _ in housed
        if p.dwelling and _place(p.dwelling) not in written.dwellings
    }
    made = landlords.add_dwellings(uow, [_new_dwelling(d, written.landlord_id) for d in missing.values()])
    written.dwellings.update(zip(missing, made, strict=True))
    let = [(p, h, written.dwellings[_place(p.dwelling)]) for p, h in housed if p.dwelling and p.tenancy]
    lease_ids = leases.add_leases(uow, [_new_lease(p.tenancy, h, d) for p, h, d in let if p.tenancy])
    _write_balances(
        uow, [(p.tenancy, h, lease) for (p, h, _), lease in zip(let, lease_ids, strict=True) if p.tenancy]
    )


def _write_balances(uow: UnitOfWork, let: list[tuple[ProposedTenancy, str, str]]) -> None:
    # A landlord's own list: what it shows is owed to the landlord.
    account = Account.HOUSEHOLD_TO_LANDLORD
    entries = [
        NewRentEntry(
            household, lease, account, uow.today, RentEntryKind.OPENING_BALANCE, tenancy.balance_cents
        )
        for tenancy, household, lease in let
        if tenancy.balance_cents
    ]
    rent.add_rent_entries(uow, entries)


def _new_dwelling(proposed: ProposedDwelling, landlord_id: str | None) -> NewDwelling:
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


def _place(dwelling: ProposedDwelling) -> str:
    """Return the key under which one dwelling meets again: the landlord's reference, else where it is to the door."""
    if dwelling.reference:
        return f"ref {fold(dwelling.reference)}"
    street = dwelling.street or dwelling.residence or ""
    inside = fold(" ".join(part for part in (dwelling.complement, dwelling.floor, dwelling.door) if part))
    return f"{address_key(street, dwelling.postal_code or '', dwelling.city or '')} {inside}"
