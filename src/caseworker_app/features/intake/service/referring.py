"""What a landlord's referrals write: a referral a row, for the household the row made or is like."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from caseworker_app.features.housing.service import landlords
from caseworker_app.features.intake.domain.decision import Action, Decision
from caseworker_app.features.intake.domain.plan import ImportPlan
from caseworker_app.features.intake.service.writing import Written
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.referrals.domain.referral import NewReferral
from caseworker_app.kernel.folding import fold
from caseworker_app.storage.unit_of_work import UnitOfWork


def write_referrals(uow: UnitOfWork, plan: ImportPlan, chosen: dict[int, Decision], written: Written) -> None:
    """Write the referrals of a batch; one a household has already (same day, sender and reasons) is not doubled."""
    owners = {row: p.row for p in plan.households if p.row in chosen for row in p.rows}
    batch: list[tuple[str, NewReferral]] = []
    for each in plan.asked:
        decision = chosen.get(owners.get(each.row, 0))
        if decision is None or decision.action is Action.SKIP:
            continue
        household = _household(decision, written)
        named = each.landlord or written.landlord
        new = each.referral
        if named is not None:
            new = replace(new, body=named, landlord_id=landlords.find_or_add_landlord(uow, named))
        if household is not None and not _is_known(uow, household, new, batch):
            batch.append((household, new))
    referrals.add_referrals(uow, batch)


def _household(decision: Decision, written: Written) -> str | None:
    if decision.action is Action.CREATE:
        return written.made.get(decision.row)
    return decision.household_id or written.made.get(decision.other_row or 0)


def _is_known(
    uow: UnitOfWork, household: str, new: NewReferral, batch: list[tuple[str, NewReferral]]
) -> bool:
    """Say whether the household has it already, or an earlier row of this batch tells it (its members, a row each)."""
    key = _key(new)
    if any(owner == household and _key(other) == key for owner, other in batch):
        return True
    return any(
        (of.received_on, fold(of.body), of.reasons) == key for of in referrals.referrals_in(uow, household)
    )


def _key(new: NewReferral) -> tuple[date, str, str]:
    return new.received_on, fold(new.body or ""), " ".join(new.reasons)
