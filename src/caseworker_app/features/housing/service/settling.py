"""A household's home written in one go: the landlord, the dwelling, the lease."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.features.housing import store
from caseworker_app.features.housing.domain.dwelling import NewDwelling
from caseworker_app.features.housing.domain.landlord import LandlordKind
from caseworker_app.features.housing.domain.lease import NewHeadLease, NewLease, check_span, check_terms
from caseworker_app.features.housing.service import landlords, leases
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def settle_home(
    file: EncryptedFile,
    who: Who,
    dwelling: NewDwelling,
    landlord: str | None,
    lease: NewLease,
    kind: LandlordKind = LandlordKind.SOCIAL,
) -> tuple[str, Changes]:
    """Write a new dwelling, its landlord by name (found, else added) and the household's lease; return its id.

    `lease.dwelling_id` is that of the dwelling made here. Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "settle_home") as uow:
        uow.get(declaration_of("household").table, lease.household_id)
        home = replace(dwelling, landlord_id=_landlord_id(uow, landlord, kind))
        dwelling_id = landlords.add_dwellings(uow, [home])[0]
        return leases.add_leases(uow, [replace(lease, dwelling_id=dwelling_id)])[0], uow.changes


def change_home(
    file: EncryptedFile,
    who: Who,
    dwelling_id: str,
    changed: NewDwelling,
    landlord: str | None,
    expected_version: str | None = None,
    kind: LandlordKind = LandlordKind.SOCIAL,
) -> Changes:
    """Rewrite a dwelling with its landlord by name (found, else added).

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_dwelling") as uow:
        row = landlords.dwelling_row(replace(changed, landlord_id=_landlord_id(uow, landlord, kind)))
        uow.update(store.dwelling, dwelling_id, row, expected_version=expected_version)
        return uow.changes


def write_head_lease(
    file: EncryptedFile, who: Who, lease_id: str, new: NewHeadLease, expected_version: str | None = None
) -> Changes:
    """Write the association's own lease (« bail principal ») under a sublease, in place of the one known.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "write_head_lease") as uow:
        check_span(new.starts_on, new.ends_on)
        check_terms(new)
        lease = store.leases.one(uow.connection, lease_id)
        row = {**store.row_of(new), "dwelling_id": lease.dwelling_id}
        if lease.head_lease_id is not None:
            uow.update(store.head_lease, lease.head_lease_id, row, expected_version=expected_version)
        else:
            uow.update(store.lease, lease_id, {"head_lease_id": uow.insert(store.head_lease, row)})
        return uow.changes


def _landlord_id(uow: UnitOfWork, name: str | None, kind: LandlordKind) -> str | None:
    return landlords.find_or_add_landlord(uow, name, kind) if name and name.strip() else None
