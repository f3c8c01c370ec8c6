"""A household's homes, read whole."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.housing import store
from caseworker_app.features.housing.domain import sliding_lease as sliding
from caseworker_app.features.housing.domain.housing_file import HousingFile, LeaseFile
from caseworker_app.features.housing.domain.lease import Lease, LeaseKind, current_first
from caseworker_app.features.housing.domain.sliding_lease import SlidingLeaseFile
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.parameters import dated
from caseworker_app.storage.connection import Connection


def housing_of(connection: Connection, who: Who, household_id: str, day: date) -> HousingFile:
    """Return the homes of a household, the one it lives in on `day` first, one query a table.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    leases = current_first(store.leases_of(connection, household_id), day)
    if not leases:
        return HousingFile(day, ())
    dwellings = store.dwellings_of(connection, household_id)
    landlords = store.landlords_of(connection, household_id)
    contacts = store.contacts_of(connection, household_id)
    head_leases = (
        store.head_leases_of(connection, household_id) if any(v.head_lease_id for v in leases) else {}
    )
    plans = store.plans_of(connection, household_id)
    duties = store.duties_of(connection, household_id)
    agreements = _sliding_files(connection, household_id, leases, day)
    files = []
    for lease in leases:
        dwelling = dwellings[lease.dwelling_id]
        files.append(
            LeaseFile(
                lease,
                dwelling,
                landlords.get(dwelling.landlord_id or ""),
                tuple(c for c in contacts if c.landlord_id == dwelling.landlord_id),
                head_leases.get(lease.head_lease_id or ""),
                tuple(p for p in plans if p.lease_id == lease.id),
                tuple(d for d in duties if d.lease_id == lease.id),
                agreements.get(lease.id),
            )
        )
    return HousingFile(day, tuple(files))


def _sliding_files(
    connection: Connection, household_id: str, leases: list[Lease], day: date
) -> dict[str, SlidingLeaseFile]:
    """Return the sliding-lease agreements by lease; most households have none, and pay no query for it."""
    by_id = {lease.id: lease for lease in leases if lease.kind is LeaseKind.SLIDING_LEASE}
    if not by_id:
        return {}
    periods = store.periods_of(connection, household_id)
    reviews = store.reviews_of(connection, household_id)
    notice_months = dated("sliding_lease", "landlord_notice_months", day).value
    files = {}
    for agreement in store.sliding_leases_of(connection, household_id):
        own = tuple(p for p in periods if p.sliding_lease_id == agreement.id)
        held = tuple(r for r in reviews if r.sliding_lease_id == agreement.id)
        start = sliding.review_clock_start(by_id[agreement.lease_id], agreement)
        days = [r.held_on for r in held if r.held_on is not None]
        next_on = sliding.next_review(start, agreement.review_months, days)
        notice = None if agreement.landlord_notified_on else sliding.landlord_notice_due(own, notice_months)
        files[agreement.lease_id] = SlidingLeaseFile(agreement, own, held, next_on, notice)
    return files
