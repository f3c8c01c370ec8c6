"""Referrals received: written with the household they make or concern, and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold
from caseworker_app.features.measures import service as measures
from caseworker_app.features.referrals import store
from caseworker_app.features.referrals.domain.referral import (
    Given,
    NewReferral,
    Product,
    checked_referral,
    due_days,
)
from caseworker_app.features.referrals.domain.tables import delays_of, protects, reasons
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

SERIES = "DEM"
_POINTED = (
    ("landlord_id", "landlord"), ("partner_id", "partner"), ("agreement_id", "agreement"), ("worker_id", "worker"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Received:
    """A referral written: its id and that of its household."""

    referral_id: str
    household_id: str


def receive_referral(
    file: EncryptedFile, who: Who, new: NewReferral, household: str | NewHousehold
) -> tuple[Received, Changes]:
    """Write a referral of a household already followed (its id) or of one it makes, in one transaction.

    A household referred for violence is protected from then on. Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "receive_referral") as uow:
        if isinstance(household, NewHousehold):
            household_id = households.add_household(uow, household)
        else:
            household_id = household
            uow.get(declaration_of("household").table, household_id)
        made = add_referrals(uow, [(household_id, new)])[0]
        return Received(made, household_id), uow.changes


def add_referrals(uow: UnitOfWork, batch: Sequence[tuple[str, NewReferral]]) -> list[str]:
    """Add referrals of households inside another room's intention and return their ids.

    Households referred for violence are protected. Raises InvalidEntry, NotFound.
    """
    rows = [{**_checked_row(uow, new), "household_id": household} for household, new in batch]
    for row, number in zip(rows, uow.next_numbers(SERIES, len(rows)), strict=True):
        row["number"] = number
    for household, new in batch:
        if protects(new.reasons, new.received_on):
            households.protect(uow, household)
    return uow.insert_many(store.referral, rows)


def change_referral(
    file: EncryptedFile,
    who: Who,
    referral_id: str,
    changed: NewReferral,
    expected_version: str | None = None,
) -> Changes:
    """Correct what was written of a referral, or hand it to another worker.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_referral") as uow:
        before = uow.get(store.referral, referral_id)
        uow.update(store.referral, referral_id, _checked_row(uow, changed), expected_version=expected_version)
        if protects(changed.reasons, changed.received_on):
            households.protect(uow, before["household_id"])
        return uow.changes


def delays_follow(uow: UnitOfWork, agreement_id: str) -> None:
    """Count anew, inside another room's intention, the delays of the referrals of an agreement that changed.

    Those that are decided keep the delays they were decided by.
    """
    agreement = measures.agreement_in(uow, agreement_id)
    for each in store.undecided_under(uow.connection, agreement_id):
        contact, decision = due_days(each.received_on, delays_of(agreement, each.urgency, each.received_on))
        if (contact, decision) != (each.contact_due_on, each.decision_due_on):
            uow.update(store.referral, each.id, {"contact_due_on": contact, "decision_due_on": decision})


def _checked_row(uow: UnitOfWork, new: NewReferral) -> dict[str, Any]:
    known = frozenset(each.code for each in reasons(new.received_on))
    checked = checked_referral(new, known, uow.today)
    for name, table in _POINTED:
        if (key := getattr(checked, name)) is not None:
            uow.get(declaration_of(table).table, key)
    _check_kind(checked)
    agreement = measures.agreement_in(uow, checked.agreement_id) if checked.agreement_id else None
    contact, decision = due_days(
        checked.received_on, delays_of(agreement, checked.urgency, checked.received_on)
    )
    row = {each.name: getattr(checked, each.name) for each in fields(NewReferral) if each.name != "given"}
    told: Given = checked.given
    return {
        **row,
        **asdict(told),
        "reasons": " ".join(checked.reasons),
        "worker_id": checked.worker_id or uow.worker_id,
        "contact_due_on": contact,
        "decision_due_on": decision,
    }


def _check_kind(new: NewReferral) -> None:
    if new.product is Product.MEASURE and new.kind_code is not None:
        kinds = {kind.code for kind in measures.list_kinds(new.received_on)}
        if new.kind_code not in kinds:
            raise InvalidEntry("Choisissez la mesure demandée dans la liste.", "kind_code")
