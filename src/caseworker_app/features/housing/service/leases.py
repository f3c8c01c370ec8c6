"""Leases, sliding-lease agreements, and what the occupant shows proof of."""

from __future__ import annotations

from datetime import date
from typing import Any

from caseworker_app.features.housing import store
from caseworker_app.features.housing.domain import sliding_lease as sliding
from caseworker_app.features.housing.domain.lease import (
    CREDITOR_LABELS,
    Lease,
    LeaseKind,
    NewHeadLease,
    NewLease,
    RentTerms,
    check_lease,
    check_span,
    check_terms,
)
from caseworker_app.features.housing.domain.occupant_duty import DutyKind, NewDuty, check_duty, usual_end
from caseworker_app.features.housing.domain.sliding_lease import NewSlidingLease, check_sliding_lease
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.entries import paragraphs
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.ids import new_id
from caseworker_app.kernel.parameters import dated
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def add_lease(file: EncryptedFile, who: Who, new: NewLease) -> tuple[str, Changes]:
    """Add a household's lease and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_lease") as uow:
        uow.get(declaration_of("household").table, new.household_id)
        uow.get(store.dwelling, new.dwelling_id)
        if new.head_lease_id is not None:
            uow.get(store.head_lease, new.head_lease_id)
        return add_leases(uow, [new])[0], uow.changes


def add_leases(uow: UnitOfWork, batch: list[NewLease]) -> list[str]:
    """Add many leases at once and return their ids. Raises InvalidEntry."""
    for new in batch:
        check_lease(new)
    rows = [{**store.row_of(new), "creditor": new.actual_creditor()} for new in batch]
    return uow.insert_many(store.lease, rows)


def change_lease(
    file: EncryptedFile, who: Who, lease_id: str, changed: NewLease, expected_version: str | None = None
) -> Changes:
    """Rewrite a lease; its household stays, lines already in the account too.

    Raises InvalidEntry, also where an agreement or lines of rent hang on what would change; NotFound,
    ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    check_lease(changed)
    with file.unit_of_work(who.worker_id, "change_lease") as uow:
        before = store.leases.one(uow.connection, lease_id)
        _check_nothing_hangs(uow, before, changed)
        row = {**store.row_of(changed), "creditor": changed.actual_creditor()}
        row["household_id"] = before.household_id
        uow.update(store.lease, lease_id, row, expected_version=expected_version)
        return uow.changes


def add_head_lease(file: EncryptedFile, who: Who, new: NewHeadLease) -> tuple[str, Changes]:
    """Add a lease between landlord and association (« bail principal »).

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_head_lease") as uow:
        uow.get(store.dwelling, new.dwelling_id)
        return add_head_leases(uow, [new])[0], uow.changes


def add_head_leases(uow: UnitOfWork, batch: list[NewHeadLease]) -> list[str]:
    """Add many leases between landlords and the association at once and return their ids.

    Raises InvalidEntry.
    """
    for new in batch:
        check_span(new.starts_on, new.ends_on)
        check_terms(new)
    return uow.insert_many(store.head_lease, [store.row_of(new) for new in batch])


def change_rent_terms(
    file: EncryptedFile, who: Who, lease_id: str, terms: RentTerms, expected_version: str | None = None
) -> Changes:
    """Write what a month of rent is made of from now on; lines already in the account stay.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    check_terms(terms)
    with file.unit_of_work(who.worker_id, "change_rent_terms") as uow:
        uow.update(store.lease, lease_id, store.row_of(terms), expected_version=expected_version)
        return uow.changes


def end_lease(file: EncryptedFile, who: Who, lease_id: str, ends_on: date) -> Changes:
    """Write the last day of a lease. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "end_lease") as uow:
        check_span(store.leases.one(uow.connection, lease_id).starts_on, ends_on)
        uow.update(store.lease, lease_id, {"ends_on": ends_on})
        return uow.changes


def sign_sliding_lease(file: EncryptedFile, who: Who, new: NewSlidingLease) -> tuple[str, Changes]:
    """Write the agreement of a sliding lease with its first period; return its id.

    Raises InvalidEntry (also when the lease is no sliding lease, or has its agreement), NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "sign_sliding_lease") as uow:
        return add_sliding_leases(uow, [new])[0], uow.changes


def add_sliding_leases(uow: UnitOfWork, batch: list[NewSlidingLease]) -> list[str]:
    """Add many sliding-lease agreements with their first period and return their ids.

    Raises InvalidEntry, NotFound.
    """
    pairs = [_sliding_rows(uow, new) for new in batch]
    uow.insert_many(store.sliding_lease, [agreement for agreement, _ in pairs])
    uow.insert_many(store.examination_period, [period for _, period in pairs])
    return [agreement["id"] for agreement, _ in pairs]


def renew_examination_period(
    file: EncryptedFile, who: Who, sliding_lease_id: str, months: int, decided_on: date
) -> Changes:
    """Add an examination period after the last one. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    sliding.check_months(months)
    with file.unit_of_work(who.worker_id, "renew_examination_period") as uow:
        agreement = store.sliding_leases.one(uow.connection, sliding_lease_id)
        periods = [
            period
            for period in store.periods_of(uow.connection, agreement.household_id)
            if period.sliding_lease_id == sliding_lease_id
        ]
        uow.insert(
            store.examination_period,
            _period_row(
                agreement.household_id,
                sliding_lease_id,
                sliding.next_period_start(periods),
                months,
                decided_on,
            ),
        )
        # The landlord answers for each period: what it told the préfet was about the one that ends.
        uow.update(store.sliding_lease, sliding_lease_id, {"landlord_notified_on": None})
        return uow.changes


def plan_joint_review(
    file: EncryptedFile, who: Who, sliding_lease_id: str, planned_on: date
) -> tuple[str, Changes]:
    """Write when the next joint review is to be held and return its id. Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "plan_joint_review") as uow:
        agreement = store.sliding_leases.one(uow.connection, sliding_lease_id)
        values = {
            "household_id": agreement.household_id,
            "sliding_lease_id": sliding_lease_id,
            "planned_on": planned_on,
        }
        return uow.insert(store.joint_review, values), uow.changes


def hold_joint_review(
    file: EncryptedFile,
    who: Who,
    sliding_lease_id: str,
    held_on: date,
    review_id: str | None = None,
    conclusion: str | None = None,
) -> Changes:
    """Write that a joint review was held, planned (`review_id`) or not, and what was agreed there.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "hold_joint_review") as uow:
        if held_on > uow.today:
            raise InvalidEntry("Un examen à venir ne peut pas déjà être fait\u00a0: prévoyez-le.", "held_on")
        agreement = store.sliding_leases.one(uow.connection, sliding_lease_id)
        told = {"held_on": held_on, "conclusion": paragraphs(conclusion, "conclusion")}
        if review_id is not None:
            if store.joint_reviews.one(uow.connection, review_id).sliding_lease_id != sliding_lease_id:
                raise InvalidEntry("Cet examen est celui d’un autre bail glissant\u00a0: rouvrez le dossier.")
            uow.update(store.joint_review, review_id, told)
        else:
            keys = {"household_id": agreement.household_id, "sliding_lease_id": sliding_lease_id}
            uow.insert(store.joint_review, {**keys, **told})
        return uow.changes


def record_duty_proof(file: EncryptedFile, who: Who, new: NewDuty) -> tuple[str, Changes]:
    """Write a proof received from the occupant and return its id.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "record_duty_proof") as uow:
        household_id = store.leases.one(uow.connection, new.lease_id).household_id
        return add_duty_proofs(uow, [(household_id, new)])[0], uow.changes


def add_duty_proofs(uow: UnitOfWork, batch: list[tuple[str, NewDuty]]) -> list[str]:
    """Add many proofs, each with the household of its lease, and return their ids. Raises InvalidEntry."""
    for _, new in batch:
        check_duty(new, uow.today)
    rows = [{**store.row_of(new), "household_id": household_id} for household_id, new in batch]
    return uow.insert_many(store.occupant_duty, rows)


def usual_duty_end(kind: DutyKind, received_on: date) -> date | None:
    """Return until when a proof of this kind usually holds, None when without end: what a form proposes."""
    return usual_end(received_on, dated("occupant_duties", kind, received_on).value)


def period_choices(day: date) -> list[int]:
    """Return the usual lengths of an examination period, in months: what a form proposes."""
    return list(dated("sliding_lease", "period_months", day).value)


def _check_nothing_hangs(uow: UnitOfWork, before: Lease, changed: NewLease) -> None:
    agreements = store.sliding_leases_of(uow.connection, before.household_id)
    if changed.kind is not before.kind and any(a.lease_id == before.id for a in agreements):
        raise InvalidEntry("Ce bail a sa convention de glissement\u00a0: sa nature ne change plus.", "kind")
    account = before.household_account()
    if changed.actual_creditor() is not before.creditor and store.entries_of(uow.connection, before, account):
        raise InvalidEntry(
            f"Le compte de loyer a déjà des lignes envers {CREDITOR_LABELS[before.creditor]}\u00a0: "
            "terminez ce bail et ajoutez-en un autre.",
            "kind",
        )


def _sliding_rows(uow: UnitOfWork, new: NewSlidingLease) -> tuple[dict[str, Any], dict[str, Any]]:
    check_sliding_lease(new)
    lease = store.leases.one(uow.connection, new.lease_id)
    if lease.kind is not LeaseKind.SLIDING_LEASE:
        raise InvalidEntry(
            "Cette convention ne va qu’avec un bail glissant\u00a0: changez d’abord la nature du bail.",
            "kind",
        )
    if any(s.lease_id == lease.id for s in store.sliding_leases_of(uow.connection, lease.household_id)):
        raise InvalidEntry(
            "Ce bail glissant a déjà sa convention\u00a0: renouvelez plutôt sa période.", "lease_id"
        )
    signed_on = new.agreement_signed_on
    sliding_lease_id = new_id()
    agreement = {
        "id": sliding_lease_id,
        "household_id": lease.household_id,
        "lease_id": lease.id,
        "agreement_signed_on": signed_on,
        "review_months": new.review_months or dated("sliding_lease", "joint_review_months", signed_on).value,
    }
    starts_on = new.starts_on or lease.starts_on or signed_on
    return agreement, _period_row(
        lease.household_id, sliding_lease_id, starts_on, new.period_months, signed_on
    )


def _period_row(
    household_id: str, sliding_lease_id: str, starts_on: date, months: int, decided_on: date
) -> dict[str, Any]:
    return {
        "household_id": household_id,
        "sliding_lease_id": sliding_lease_id,
        "starts_on": starts_on,
        "months": months,
        "decided_on": decided_on,
    }


def lease_references(connection: Connection, who: Who) -> list[tuple[str, str]]:
    """Return household and reference of every lease that has one, the latest last, for whoever imports lists.

    Raises NotAllowed.
    """
    who.require(Right.IMPORT_LISTS)
    return store.lease_references(connection)


def has_lease(uow: UnitOfWork, household_id: str) -> bool:
    """Say, inside another intention, whether a household has any lease."""
    return bool(store.leases_of(uow.connection, household_id))
