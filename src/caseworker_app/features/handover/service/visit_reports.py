"""The report of a visit, put together from the diary, the goals, the household and its measure."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.report_content import VisitReport
from caseworker_app.features.diary.domain.visit import NewVisit, Visit
from caseworker_app.features.diary.domain.visit_sheet import visit_as_typed
from caseworker_app.features.goals import service as goals
from caseworker_app.features.handover.domain.review_material import hidden_places
from caseworker_app.features.handover.domain.visit_content import ReportFrame, report_of_visit
from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import homes
from caseworker_app.features.measures import service as measures
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.access_log import AccessKind, note_access
from caseworker_app.storage.connection import Connection


def visit_report(connection: Connection, who: Who, entry_id: str, *, day: date) -> VisitReport:
    """Return the report of a diary entry as it will print on `day`. Raises NotFound, NotAllowed."""
    return _report(connection, who, diary.visit(connection, who, entry_id), day)


def draft_report(connection: Connection, who: Who, typed: NewVisit, *, day: date) -> VisitReport:
    """Return the report of a visit not confirmed yet, as it would print. Raises NotFound, NotAllowed."""
    waited = diary.open_promises(connection, who, typed.entry.household_id)
    return _report(connection, who, visit_as_typed(typed, waited, who.worker_id, day), day)


def _report(connection: Connection, who: Who, visit: Visit, day: date) -> VisitReport:
    who.require(Right.READ_FILES)
    household_id, seen_on = visit.entry.household_id, visit.entry.started_at.date()
    people = households.open_household(connection, who, household_id)
    note_access(connection, who.worker_id, AccessKind.OPENED, household_id)
    running = [
        each.measure
        for each in measures.measures_of(connection, who, household_id, seen_on)
        if each.measure.runs_on(seen_on)
    ]
    workers = {worker.id: worker for worker in team.list_workers(connection, who)}
    writer = workers.get(visit.entry.worker_id)
    home = homes.housing_of(connection, who, household_id, seen_on)
    streets = [lease.dwelling.street for lease in home.leases]
    frame = ReportFrame(
        reference=people.household.reference,
        household=people.household.name,
        household_short="le ménage",
        measure=running[0].kind_label if running else "",
        worker=writer.name if writer else "",
        worker_title=(writer.job_title or "") if writer else "",
        printed_on=day,
        printed_by=who.name,
        writers=tuple((each.id, each.name) for each in workers.values()),
        hidden=hidden_places(people.household, people.addresses, people.every_contact, streets),
    )
    return report_of_visit(visit, goals.goals_of(connection, who, household_id), frame)
