"""Tables of the housing room and the only SQL on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Integer, Text, bindparam, select

from caseworker_app.features.housing.domain.dwelling import Dwelling
from caseworker_app.features.housing.domain.eviction import EvictionStep
from caseworker_app.features.housing.domain.joint_review import ReviewCriterion
from caseworker_app.features.housing.domain.landlord import Landlord, LandlordContact
from caseworker_app.features.housing.domain.lease import Account, HeadLease, Lease
from caseworker_app.features.housing.domain.occupant_duty import OccupantDuty
from caseworker_app.features.housing.domain.rent_account import RentEntry
from caseworker_app.features.housing.domain.repayment_plan import RepaymentPlan
from caseworker_app.features.housing.domain.sliding_lease import ExaminationPeriod, JointReview, SlidingLease
from caseworker_app.features.housing.store import words as _words  # noqa: F401  (declares the summary it keeps)
from caseworker_app.storage.declarations import Merge, SearchKind, declare, field
from caseworker_app.storage.rows import Mapper

landlord = declare(
    "landlord",
    field("name", Text, required=True),
    field("sort_name", Text, required=True),
    field("siret", Text),
    field("kind", Text, required=True),
    field("street", Text),
    field("complement", Text),
    field("postal_code", Text),
    field("city", Text),
    field("phone", Text),
    field("email", Text),
    household=None,
    indexes=("sort_name",),
)

landlord_contact = declare(
    "landlord_contact",
    field("landlord_id", Text, required=True, references="landlord"),
    field("name", Text, required=True),
    field("job_title", Text),
    field("agency", Text),
    field("street", Text),
    field("complement", Text),
    field("postal_code", Text),
    field("city", Text),
    field("phone", Text),
    field("email", Text),
    field("active", Boolean, required=True),
    household=None,
    indexes=("landlord_id",),
)

dwelling = declare(
    "dwelling",
    field("landlord_id", Text, references="landlord"),
    field("reference", Text),
    field("street", Text),
    field("complement", Text),
    field("postal_code", Text),
    field("city", Text),
    field("typology", Text),
    field("floor_area", Integer),
    field("floor", Text),
    field("building", Text),
    household=None,
    # The home of somebody who is erased goes with them, unless others live or lived there too.
    goes_with_last=True,
    indexes=("landlord_id",),
)

head_lease = declare(
    "head_lease",
    field("dwelling_id", Text, required=True, references="dwelling"),
    field("reference", Text),
    field("signed_on", Date),
    field("starts_on", Date),
    field("ends_on", Date),
    field("rent_cents", Integer),
    field("service_charges_cents", Integer),
    household=None,
    indexes=("dwelling_id",),
)

lease = declare(
    "lease",
    field("dwelling_id", Text, required=True, references="dwelling"),
    field("head_lease_id", Text, references="head_lease"),
    field("kind", Text, required=True),
    field("creditor", Text, required=True),
    field("reference", Text, search=SearchKind.REFERENCE, identifying=True),
    field("signed_on", Date),
    field("starts_on", Date),
    field("ends_on", Date),
    field("due_day", Integer),
    field("rent_cents", Integer),
    field("service_charges_cents", Integer),
    field("solidarity_reduction_cents", Integer),
    field("housing_benefit_cents", Integer),
    field("benefit_paid_to", Text, required=True),
    field("deposit_cents", Integer),
    household="household_id",
    indexes=("dwelling_id",),
)

rent_entry = declare(
    "rent_entry",
    field("lease_id", Text, required=True, merge=Merge.APPEND_ONLY, references="lease"),
    field("account", Text, required=True, merge=Merge.APPEND_ONLY),
    field("month", Date, required=True, merge=Merge.APPEND_ONLY),
    field("kind", Text, required=True, merge=Merge.APPEND_ONLY),
    field("amount_cents", Integer, required=True, merge=Merge.APPEND_ONLY),
    field("received_on", Date, merge=Merge.APPEND_ONLY),
    field("corrects_id", Text, merge=Merge.APPEND_ONLY, references="rent_entry"),
    household="household_id",
)

repayment_plan = declare(
    "repayment_plan",
    field("lease_id", Text, required=True, references="lease"),
    field("account", Text, required=True),
    field("signed_on", Date),
    field("first_month", Date, required=True),
    field("monthly_cents", Integer, required=True),
    field("instalments", Integer, required=True),
    field("total_cents", Integer, required=True),
    field("ended_on", Date),
    household="household_id",
)

occupant_duty = declare(
    "occupant_duty",
    field("lease_id", Text, required=True, references="lease"),
    field("kind", Text, required=True),
    field("proof_received_on", Date, required=True),
    field("valid_until", Date),
    field("note", Text, merge=Merge.KEEP_BOTH, identifying=True),
    household="household_id",
)

sliding_lease = declare(
    "sliding_lease",
    field("lease_id", Text, required=True, references="lease"),
    field("agreement_signed_on", Date, required=True),
    field("review_months", Integer, required=True),
    field("landlord_notified_on", Date),
    field("application_number", Text, identifying=True),
    field("application_renewed_on", Date),
    field("caleol_on", Date),
    field("caleol_outcome", Text),
    field("new_lease_id", Text, references="lease"),
    household="household_id",
)

examination_period = declare(
    "examination_period",
    field("sliding_lease_id", Text, required=True, references="sliding_lease"),
    field("starts_on", Date, required=True),
    field("months", Integer, required=True),
    field("decided_on", Date),
    field("landlord_answer", Text),
    field("landlord_reasons", Text, merge=Merge.KEEP_BOTH, identifying=True),
    household="household_id",
)

joint_review = declare(
    "joint_review",
    field("sliding_lease_id", Text, required=True, references="sliding_lease"),
    field("planned_on", Date),
    field("held_on", Date),
    field("conclusion", Text, merge=Merge.KEEP_BOTH, identifying=True),
    household="household_id",
)

review_criterion = declare(
    "review_criterion",
    field("joint_review_id", Text, required=True, references="joint_review"),
    field("criterion", Text, required=True),
    field("by_landlord", Text),
    field("by_household", Text),
    field("by_association", Text),
    field("remark", Text, merge=Merge.KEEP_BOTH, identifying=True),
    household="household_id",
)

eviction_step = declare(
    "eviction_step",
    field("lease_id", Text, required=True, references="lease"),
    field("kind", Text, required=True),
    field("happened_on", Date, required=True),
    field("until", Date),
    field("note", Text, merge=Merge.KEEP_BOTH, identifying=True),
    household="household_id",
)

landlords = Mapper(landlord, Landlord)
landlord_contacts = Mapper(landlord_contact, LandlordContact)
dwellings = Mapper(dwelling, Dwelling)
head_leases = Mapper(head_lease, HeadLease)
leases = Mapper(lease, Lease)
rent_entries = Mapper(rent_entry, RentEntry)
repayment_plans = Mapper(repayment_plan, RepaymentPlan)
occupant_duties = Mapper(occupant_duty, OccupantDuty)
sliding_leases = Mapper(sliding_lease, SlidingLease)
examination_periods = Mapper(examination_period, ExaminationPeriod)
joint_reviews = Mapper(joint_review, JointReview)
review_criteria = Mapper(review_criterion, ReviewCriterion)
eviction_steps = Mapper(eviction_step, EvictionStep)

_own_leases = lease.c.household_id == bindparam("household_id")
_own_dwellings = dwelling.c.id.in_(select(lease.c.dwelling_id).where(_own_leases))
_own_landlords = select(dwelling.c.landlord_id).where(_own_dwellings)
_own_head_leases = head_lease.c.id.in_(select(lease.c.head_lease_id).where(_own_leases))

_ALL_DWELLINGS = """
    SELECT d.id, l.name, d.landlord_id, d.reference, d.street, d.complement, d.postal_code, d.city,
           d.typology, d.floor_area, d.floor, d.building
    FROM dwelling d LEFT JOIN landlord l ON l.id = d.landlord_id
"""
_LEASES = leases.lookup("household_id")
_DWELLINGS = dwellings.lookup("household_id", where=(_own_dwellings,))
_LANDLORDS = landlords.lookup("household_id", where=(landlord.c.id.in_(_own_landlords),))
_CONTACTS = landlord_contacts.lookup(
    "household_id", where=(landlord_contact.c.landlord_id.in_(_own_landlords), landlord_contact.c.active)
)
_HEAD_LEASES = head_leases.lookup("household_id", where=(_own_head_leases,))
_RENT_ENTRIES = rent_entries.lookup("household_id", "lease_id", "account")
_PLANS = repayment_plans.lookup("household_id", order_by=(repayment_plan.c.first_month, repayment_plan.c.id))
_DUTIES = occupant_duties.lookup(
    "household_id", order_by=(occupant_duty.c.proof_received_on.desc(), occupant_duty.c.id.desc())
)
_SLIDING_LEASES = sliding_leases.lookup("household_id")
_PERIODS = examination_periods.lookup(
    "household_id", order_by=(examination_period.c.starts_on, examination_period.c.id)
)
_REVIEWS = joint_reviews.lookup("household_id")
_CRITERIA = review_criteria.lookup("household_id")
_EVICTION_STEPS = eviction_steps.lookup(
    "household_id", order_by=(eviction_step.c.happened_on, eviction_step.c.id)
)


def row_of(new: Any) -> dict[str, Any]:
    """Return a value about to be written as a row: its fields are columns."""
    kind: type = type(new)
    return {name: getattr(new, name) for name in _field_names(kind)}


def landlord_named(connection: Connection, sort_name: str) -> str | None:
    """Return the id of the landlord with this folded name, the oldest where there are two."""
    query = select(landlord.c.id).where(landlord.c.sort_name == sort_name).order_by(landlord.c.id).limit(1)
    return connection.execute(query).scalar()


def all_landlords(connection: Connection) -> list[Landlord]:
    """Return every landlord, by name."""
    return landlords.all(connection, order_by=(landlord.c.sort_name, landlord.c.id))


def contacts_of_landlord(connection: Connection, landlord_id: str) -> list[LandlordContact]:
    """Return the landlord's people who are still there."""
    c = landlord_contact.c
    return landlord_contacts.all(connection, c.landlord_id == landlord_id, c.active)


def dwelling_references(connection: Connection, landlord_id: str) -> dict[str, str]:
    """Return the ids of a landlord's dwellings by the landlord's own reference."""
    c = dwelling.c
    query = select(c.reference, c.id).where(c.landlord_id == landlord_id, c.reference.is_not(None))
    rows = connection.execute(query.order_by(c.id.desc()))
    return {str(row[0]): str(row[1]) for row in rows}


def all_dwellings(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """Yield id, landlord's name and then the fields of `NewDwelling`, as stored, of every dwelling."""
    # The driver's own tuples: tens of thousands of rows go by, and nothing of a result object is used.
    raw: Any = connection.connection.driver_connection
    return iter(raw.execute(_ALL_DWELLINGS))


def leases_of(connection: Connection, household_id: str) -> list[Lease]:
    """Return the leases of a household."""
    return _LEASES(connection, household_id)


def leases_in(connection: Connection, dwelling_id: str) -> list[Lease]:
    """Return every lease of a dwelling, whoever held it, the last begun last."""
    return leases.all(
        connection, lease.c.dwelling_id == dwelling_id, order_by=(lease.c.starts_on, lease.c.id)
    )


def dwellings_of(connection: Connection, household_id: str) -> dict[str, Dwelling]:
    """Return the dwellings a household holds or held a lease of, by id."""
    return {value.id: value for value in _DWELLINGS(connection, household_id)}


def landlords_of(connection: Connection, household_id: str) -> dict[str, Landlord]:
    """Return the landlords of those dwellings, by id."""
    return {value.id: value for value in _LANDLORDS(connection, household_id)}


def contacts_of(connection: Connection, household_id: str) -> list[LandlordContact]:
    """Return the people of those landlords who are still there."""
    return _CONTACTS(connection, household_id)


def head_leases_of(connection: Connection, household_id: str) -> dict[str, HeadLease]:
    """Return the association's leases under which the household sublets, by id."""
    return {value.id: value for value in _HEAD_LEASES(connection, household_id)}


def entries_of(connection: Connection, of: Lease, account: Account) -> list[RentEntry]:
    """Return the lines of one account of a lease, in the order they were written."""
    # By household, which is indexed: a second index on these many rows would slow every import.
    return _RENT_ENTRIES(connection, of.household_id, of.id, account)


def plans_of(connection: Connection, household_id: str) -> list[RepaymentPlan]:
    """Return the repayment plans of a household, oldest first."""
    return _PLANS(connection, household_id)


def duties_of(connection: Connection, household_id: str) -> list[OccupantDuty]:
    """Return the proofs received from a household, latest first."""
    return _DUTIES(connection, household_id)


def sliding_leases_of(connection: Connection, household_id: str) -> list[SlidingLease]:
    """Return the sliding-lease agreements of a household."""
    return _SLIDING_LEASES(connection, household_id)


def periods_of(connection: Connection, household_id: str) -> list[ExaminationPeriod]:
    """Return the examination periods of a household, oldest first."""
    return _PERIODS(connection, household_id)


def reviews_of(connection: Connection, household_id: str) -> list[JointReview]:
    """Return the joint reviews of a household, in the order they were written."""
    return _REVIEWS(connection, household_id)


def criteria_of(connection: Connection, household_id: str) -> list[ReviewCriterion]:
    """Return what was said of every criterion at every joint review of a household."""
    return _CRITERIA(connection, household_id)


def eviction_steps_of(connection: Connection, household_id: str) -> list[EvictionStep]:
    """Return the steps of eviction procedures against a household, oldest first."""
    return _EVICTION_STEPS(connection, household_id)


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def lease_references(connection: Connection) -> list[tuple[str, str]]:
    """Return household and reference of every lease that has one, in order of creation."""
    query = (
        select(lease.c.household_id, lease.c.reference)
        .where(lease.c.reference.is_not(None))
        .order_by(lease.c.id)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]
