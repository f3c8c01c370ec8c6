"""A household's homes, read whole."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.households import service as households
from caseworker_app.features.housing import store
from caseworker_app.features.housing.domain import sliding_lease as sliding
from caseworker_app.features.housing.domain.housing_file import HousingFile, LeaseFile
from caseworker_app.features.housing.domain.joint_review import criteria_on
from caseworker_app.features.housing.domain.lease import Lease, LeaseKind, current_first
from caseworker_app.features.housing.domain.shown_housing import ShownAccount, ShownHome, ShownHousing
from caseworker_app.features.housing.domain.sliding_lease import SlidingLeaseFile
from caseworker_app.features.housing.service import rent
from caseworker_app.features.housing.service.evictions import winter_truce_end
from caseworker_app.features.housing.service.transfers import application_due
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
    evictions = store.eviction_steps_of(connection, household_id)
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
                tuple(step for step in evictions if step.lease_id == lease.id),
            )
        )
    return HousingFile(day, tuple(files))


def streets_of(connection: Connection, who: Who, household_id: str) -> list[str]:
    """Return the streets of the homes a household holds or held: what a protected one hides. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return [each.street for each in store.dwellings_of(connection, household_id).values() if each.street]


def open_housing(
    connection: Connection, who: Who, household_id: str, day: date, lease_id: str = ""
) -> ShownHousing:
    """Return what the tab of a household shows: its homes, and one of them whole.

    That is the lease asked for, else the one that runs, else the latest. Raises NotAllowed.
    """
    housing = housing_of(connection, who, household_id, day)
    looked_at = next((each for each in housing.leases if each.lease.id == lease_id), None)
    home = looked_at or (housing.leases[0] if housing.leases else None)
    shown = None if home is None else _shown_home(connection, who, home, day)
    address = None
    if home is None:
        address = households.open_household(connection, who, household_id).address_on(day)
    return ShownHousing(household_id, housing, shown, tuple(store.all_landlords(connection)), address)


def current_home(connection: Connection, who: Who, household_id: str, day: date) -> ShownHome | None:
    """Return the home a household lives in on a day, whole; None without one. Raises NotAllowed."""
    home = housing_of(connection, who, household_id, day).current
    return None if home is None else _shown_home(connection, who, home, day)


def _shown_home(connection: Connection, who: Who, home: LeaseFile, day: date) -> ShownHome:
    lease = home.lease
    accounts = {
        account: ShownAccount(
            rent.rent_account(connection, who, lease.id, day, account),
            tuple(store.entries_of(connection, lease, account)),
        )
        for account in lease.accounts()
    }
    renewed_on = home.sliding.agreement.application_renewed_on if home.sliding else None
    return ShownHome(
        home,
        accounts,
        criteria_on(day),
        dated("rent_arrears", "threshold_terms", day),
        application_due(renewed_on) if renewed_on else None,
        winter_truce_end(day),
    )


def _sliding_files(
    connection: Connection, household_id: str, leases: list[Lease], day: date
) -> dict[str, SlidingLeaseFile]:
    """Return the sliding-lease agreements by lease; most households have none, and pay no query for it."""
    by_id = {lease.id: lease for lease in leases if lease.kind is LeaseKind.SLIDING_LEASE}
    if not by_id:
        return {}
    periods = store.periods_of(connection, household_id)
    reviews = store.reviews_of(connection, household_id)
    criteria = store.criteria_of(connection, household_id)
    notice_months = dated("sliding_lease", "landlord_notice_months", day).value
    files = {}
    for agreement in store.sliding_leases_of(connection, household_id):
        own = tuple(p for p in periods if p.sliding_lease_id == agreement.id)
        held = tuple(r for r in reviews if r.sliding_lease_id == agreement.id)
        start = sliding.review_clock_start(by_id[agreement.lease_id], agreement)
        days = [r.held_on for r in held if r.held_on is not None]
        next_on = sliding.next_review(start, agreement.review_months, days)
        notice = None if agreement.landlord_notified_on else sliding.landlord_notice_due(own, notice_months)
        ids = {review.id for review in held}
        said = tuple(c for c in criteria if c.joint_review_id in ids)
        files[agreement.lease_id] = SlidingLeaseFile(agreement, own, held, next_on, notice, said)
    return files
