"""Rent accounts and repayment plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from caseworker_app.features.housing import store
from caseworker_app.features.housing.domain.lease import Account
from caseworker_app.features.housing.domain.rent_account import (
    NewRentEntry,
    RentEntry,
    RentEntryKind,
    check_account,
    check_entry,
    check_taking_back,
)
from caseworker_app.features.housing.domain.rent_ledger import standing_lines
from caseworker_app.features.housing.domain.rent_statement import RentStatement, rent_statement
from caseworker_app.features.housing.domain.repayment_plan import NewRepaymentPlan, check_plan
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import month_of, months_between
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.parameters import dated
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

# Ten years of rent at once: more is a wrong year.
MAX_MONTHS_AT_ONCE = 120


def record_rent_entry(file: EncryptedFile, who: Who, new: NewRentEntry) -> tuple[str, Changes]:
    """Add a line to a rent account and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "record_rent_entry") as uow:
        lease = store.leases.one(uow.connection, new.lease_id)
        check_account(lease, new.account)
        if lease.household_id != new.household_id:
            raise InvalidEntry("Ce bail n’est pas celui de ce ménage\u00a0: rouvrez le dossier.", "lease_id")
        return add_rent_entries(uow, [new])[0], uow.changes


def add_rent_entries(uow: UnitOfWork, batch: list[NewRentEntry]) -> list[str]:
    """Add many lines at once and return their ids; accounts are those of the leases, as given.

    Raises InvalidEntry.
    """
    for new in batch:
        check_entry(new)
    return uow.insert_many(
        store.rent_entry, [{**store.row_of(new), "month": month_of(new.month)} for new in batch]
    )


def take_back_rent_entry(file: EncryptedFile, who: Who, entry_id: str) -> tuple[str, Changes]:
    """Take back a line typed wrong by an opposite one, and return the id of that.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "take_back_rent_entry") as uow:
        wrong = store.rent_entries.one(uow.connection, entry_id)
        lease = store.leases.one(uow.connection, wrong.lease_id)
        check_taking_back(wrong, store.entries_of(uow.connection, lease, wrong.account))
        return uow.insert(store.rent_entry, _opposite(wrong)), uow.changes


def write_month_amounts(file: EncryptedFile, who: Who, cells: Sequence[NewRentEntry]) -> Changes:
    """Make each kind of line come to what was typed (0: nothing) in its month of the table of months.

    The lines that stand there are taken back and one is written in their place, with the day the last of them
    came in unless the cell tells another. Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "write_month_amounts") as uow:
        for cell in cells:
            _write_month_amount(uow, cell)
        return uow.changes


def charge_rent(
    file: EncryptedFile, who: Who, lease_id: str, first: date, last: date
) -> tuple[list[str], Changes]:
    """Add the rent due, by the lease's terms, of each month from `first` to `last` that has none yet.

    Raises InvalidEntry when the rent is not known, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    months = months_between(first, last)
    if not 0 < len(months) <= MAX_MONTHS_AT_ONCE:
        raise InvalidEntry("Cette période n’est pas possible\u00a0: vérifiez les deux mois.", "last")
    with file.unit_of_work(who.worker_id, "charge_rent") as uow:
        lease = store.leases.one(uow.connection, lease_id)
        due = lease.monthly_due_cents()
        if not due:
            raise InvalidEntry(
                "Le loyer de ce bail n’est pas connu\u00a0: indiquez-le d’abord.", "rent_cents"
            )
        account = lease.household_account()
        charged = _months_charged(store.entries_of(uow.connection, lease, account))
        keys = (lease.household_id, lease.id, account)
        batch = [NewRentEntry(*keys, m, RentEntryKind.DUE, due) for m in months if m not in charged]
        return add_rent_entries(uow, batch), uow.changes


def agree_repayment_plan(file: EncryptedFile, who: Who, new: NewRepaymentPlan) -> tuple[str, Changes]:
    """Write a repayment plan and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "agree_repayment_plan") as uow:
        lease = store.leases.one(uow.connection, new.lease_id)
        check_account(lease, new.account)
        return add_repayment_plans(uow, [(lease.household_id, new)])[0], uow.changes


def add_repayment_plans(uow: UnitOfWork, batch: list[tuple[str, NewRepaymentPlan]]) -> list[str]:
    """Add many plans, each with the household of its lease, and return their ids. Raises InvalidEntry."""
    for _, new in batch:
        check_plan(new)
    rows = [
        {
            **store.row_of(new),
            "household_id": household_id,
            "first_month": month_of(new.first_month),
            "total_cents": new.actual_total(),
        }
        for household_id, new in batch
    ]
    return uow.insert_many(store.repayment_plan, rows)


def end_repayment_plan(file: EncryptedFile, who: Who, plan_id: str, ended_on: date) -> Changes:
    """Write that a plan was given up or replaced. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "end_repayment_plan") as uow:
        plan = store.repayment_plans.one(uow.connection, plan_id)
        if ended_on < (plan.signed_on or plan.first_month):
            raise InvalidEntry("Le plan ne peut pas finir avant d’avoir été signé.", "ended_on")
        uow.update(store.repayment_plan, plan_id, {"ended_on": ended_on})
        return uow.changes


def rent_account(
    connection: Connection,
    who: Who,
    lease_id: str,
    day: date,
    account: Account | None = None,
    months: int = 12,
) -> RentStatement:
    """Return an account of a lease on `day` (the household's own unless told), over the months that end then.

    Raises NotFound, InvalidEntry for an account the lease does not have, NotAllowed.
    """
    who.require(Right.READ_FILES)
    lease = store.leases.one(connection, lease_id)
    account = account or lease.household_account()
    check_account(lease, account)
    entries = store.entries_of(connection, lease, account)
    plans = [
        p
        for p in store.plans_of(connection, lease.household_id)
        if p.lease_id == lease.id and p.account is account
    ]
    threshold_terms = dated("rent_arrears", "threshold_terms", day).value
    return rent_statement(lease, account, entries, plans, day, months, threshold_terms)


def rent_entries(
    connection: Connection, who: Who, lease_id: str, account: Account | None = None
) -> list[RentEntry]:
    """Return the lines of an account as they were written. Raises NotFound, InvalidEntry, NotAllowed."""
    who.require(Right.READ_FILES)
    lease = store.leases.one(connection, lease_id)
    account = account or lease.household_account()
    check_account(lease, account)
    return store.entries_of(connection, lease, account)


def _write_month_amount(uow: UnitOfWork, cell: NewRentEntry) -> None:
    lease = store.leases.one(uow.connection, cell.lease_id)
    check_account(lease, cell.account)
    entries = store.entries_of(uow.connection, lease, cell.account)
    standing, total = standing_lines(entries, month_of(cell.month), cell.kind)
    if total == cell.amount_cents:
        return
    for wrong in standing:
        uow.insert(store.rent_entry, _opposite(wrong))
    if cell.amount_cents:
        days = [wrong.received_on for wrong in standing if wrong.received_on is not None]
        received_on = cell.received_on or max(days, default=None)
        add_rent_entries(uow, [replace(cell, household_id=lease.household_id, received_on=received_on)])


def _opposite(wrong: RentEntry) -> dict[str, Any]:
    row = store.rent_entries.values(wrong)
    return row | {"id": None, "amount_cents": -wrong.amount_cents, "corrects_id": wrong.id}


def _months_charged(entries: list[RentEntry]) -> set[date]:
    total: dict[date, int] = {}
    for entry in entries:
        if entry.kind is RentEntryKind.DUE:
            total[entry.month] = total.get(entry.month, 0) + entry.amount_cents
    return {month for month, amount in total.items() if amount}
