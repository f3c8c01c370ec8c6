"""Reading a household through the rooms below, and proposing its review."""

from __future__ import annotations

from datetime import date, timedelta

from caseworker_app.features.budget import service as budget
from caseworker_app.features.consents import service as consents
from caseworker_app.features.diary import service as diary
from caseworker_app.features.goals import service as goals
from caseworker_app.features.handover import store
from caseworker_app.features.handover.domain.kinds import LANDLORD_REVIEW
from caseworker_app.features.handover.domain.proposal import ReviewProposal
from caseworker_app.features.handover.domain.proposing import propose
from caseworker_app.features.handover.domain.review_material import ReviewMaterial
from caseworker_app.features.handover.domain.transmission import NoLandlord, ReviewRequest
from caseworker_app.features.handover.service.own_words import own_words
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.domain.housing_file import HousingFile, LeaseFile
from caseworker_app.features.housing.domain.landlord import LandlordContact
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.housing.service import homes, landlords, rent
from caseworker_app.features.housing.service.landlords import LandlordFile
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import MeasureFile
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who, Worker
from caseworker_app.kernel.dates import Period, add_months, months_between
from caseworker_app.kernel.errors import NotFound
from caseworker_app.kernel.parameters import dated
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection

TABLE = "landlord_review"


def propose_review(
    connection: Connection,
    who: Who,
    household_id: str,
    period: Period,
    *,
    day: date,
    landlord_id: str | None = None,
    contact_id: str | None = None,
) -> ReviewProposal:
    """Return what a review of a period may say on `day`, to the landlord of the present home unless told.

    Raises NoLandlord, NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    request = ReviewRequest(household_id, period, landlord_id, contact_id)
    material = read_material(connection, who, request, day)
    note_access(connection, who.worker_id, AccessKind.OPENED, household_id)
    return propose(material)


def usual_period(connection: Connection, who: Who, household_id: str, day: date) -> Period:
    """Return the period a review made on `day` looks back on.

    From the day after the last review's, when that was not long ago; else the usual months, and no earlier than
    the first measure. Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    start = add_months(day, -dated(TABLE, "usual_months", day).value) + timedelta(days=1)
    began = [each.measure.starts_on for each in measures.measures_of(connection, who, household_id, day)]
    if began:
        start = min(max(start, min(began)), day)
    reviews = store.transmissions_of(connection, household_id)
    ends = [
        each.period_end
        for each in reviews
        if each.kind == LANDLORD_REVIEW.code and start <= each.period_end < day
    ]
    return Period(max(ends) + timedelta(days=1) if ends else start, day)


def read_material(connection: Connection, who: Who, request: ReviewRequest, day: date) -> ReviewMaterial:
    """Read all that a review is proposed from. Raises NoLandlord, NotFound, NotAllowed."""
    household_id, end = request.household_id, min(request.period.end or day, day)
    people = households.open_household(connection, who, household_id)
    home = homes.housing_of(connection, who, household_id, day)
    landlord = _landlord(connection, who, home, request.landlord_id)
    lease = _lease(home, landlord.landlord.id)
    measure = _measure(measures.measures_of(connection, who, household_id, day))
    span = Period(request.period.start, max(end, request.period.start))
    return ReviewMaterial(
        day=day,
        period=request.period,
        household=people.household,
        members=people.members,
        addresses=people.addresses,
        contacts=people.every_contact,
        former_members=people.former_members,
        lease=lease,
        landlord=landlord.landlord,
        landlord_contact=_contact(landlord, request.contact_id),
        rent=_rent(connection, who, lease, span),
        measure=measure,
        goals=tuple(goals.goals_of(connection, who, household_id)),
        evaluations=tuple(goals.evaluations_of(connection, who, household_id)),
        entries=tuple(diary.entries_of(connection, who, household_id, span)),
        visits=tuple(diary.visits_of(connection, who, household_id, span)),
        budget=budget.budget_of(connection, who, household_id),
        debts=tuple(budget.debts_of(connection, who, household_id)),
        consents=tuple(consents.consents_of(connection, who, household_id)),
        association=team.the_association(connection, who),
        worker=_worker(connection, who, measure),
        grids=goals.grids(connection, who),
        own_words=tuple(own_words(connection, who)),
    )


def _landlord(connection: Connection, who: Who, home: HousingFile, landlord_id: str | None) -> LandlordFile:
    known = home.leases[0].landlord.id if home.leases and home.leases[0].landlord else None
    chosen = landlord_id or known
    if chosen is None:
        raise NoLandlord
    return landlords.open_landlord(connection, who, chosen)


def _lease(home: HousingFile, landlord_id: str) -> LeaseFile | None:
    """Return the household's lease with this landlord, the one that runs first."""
    return next((each for each in home.leases if each.dwelling.landlord_id == landlord_id), None)


def _contact(landlord: LandlordFile, contact_id: str | None) -> LandlordContact | None:
    if contact_id is None:
        return next((contact for contact in landlord.contacts if contact.active), None)
    for contact in landlord.contacts:
        if contact.id == contact_id:
            return contact
    raise NotFound(
        "Cette personne ne fait pas partie de ce bailleur\u00a0: choisissez le destinataire dans la liste."
    )


def _rent(connection: Connection, who: Who, lease: LeaseFile | None, span: Period) -> RentStatement | None:
    if lease is None or span.end is None:
        return None
    least = dated(TABLE, "payment_months", span.end).value
    months = max(least, len(months_between(span.start, span.end)))
    return rent.rent_account(connection, who, lease.lease.id, span.end, months=months)


def _measure(found: list[MeasureFile]) -> MeasureFile | None:
    return found[0] if found else None


def _worker(connection: Connection, who: Who, measure: MeasureFile | None) -> Worker:
    """Return who follows the household: the lead worker of its measure, else whoever writes."""
    lead = measure.measure.lead_worker_id if measure else who.worker_id
    workers = {worker.id: worker for worker in team.list_workers(connection, who)}
    if lead in workers or who.worker_id in workers:
        return workers.get(lead) or workers[who.worker_id]
    raise NotFound("Cet·te intervenant·e n’est pas dans le fichier\u00a0: ajoutez-le·la dans Réglages.")
