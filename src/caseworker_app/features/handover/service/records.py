"""Reading a household for its internal records: the diagnosis of a referral, the end of a measure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from caseworker_app.features.budget import service as budget
from caseworker_app.features.diary import service as diary
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.papers import PaperHead
from caseworker_app.features.handover.domain.diagnosis_record import DiagnosisMaterial, diagnosis_record
from caseworker_app.features.handover.domain.end_record import (
    AccountChange,
    EndMaterial,
    end_record,
    told_period,
)
from caseworker_app.features.handover.domain.record import InternalRecord
from caseworker_app.features.housing.domain.lease import Account, Lease
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.housing.service import homes, rent
from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import MeasureFile
from caseworker_app.features.orientations import service as orientations
from caseworker_app.features.referrals import service as referrals
from caseworker_app.features.referrals.domain.file import ReferralFile
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.dates import Period, months_between
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.connection import Connection

# Budgets looked through for the one of the day a diagnosis speaks of.
_BUDGETS = 60
_NO_DIAGNOSIS = (
    "Aucun diagnostic n’est écrit\u00a0: commencez-le depuis la demande, à la page Demandes, puis imprimez."
)
_NO_MEASURE = "Ce ménage n’a aucune mesure\u00a0: ouvrez-la dans l’onglet Mesure, puis imprimez."


def diagnosis_of(
    connection: Connection, who: Who, household_id: str, referral_id: str, head: PaperHead
) -> InternalRecord:
    """Return the diagnosis of a referral (empty id: the newest that has one) as it stood when it was concluded.

    Raises InvalidEntry without a diagnosis, NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    file = _diagnosed(connection, who, household_id, referral_id, head.day)
    found = file.diagnosis if file else None
    if file is None or found is None:
        raise InvalidEntry(_NO_DIAGNOSIS, "diagnosis")
    day = found.concluded_on or head.day
    home = homes.housing_of(connection, who, household_id, day).current
    sheets = [
        each for each in budget.sheets_of(connection, who, household_id, _BUDGETS) if each.month.month <= day
    ]
    return diagnosis_record(
        DiagnosisMaterial(
            _written_by(connection, who, found.worker_id, replace(head, measure="")),
            day,
            file,
            found,
            home,
            _statement(connection, who, home.lease, day) if home else None,
            sheets[-1] if sheets else None,
            tuple(goals.evaluations_of(connection, who, household_id)),
            tuple(goals.goals_of(connection, who, household_id)),
            goals.grids(connection, who),
        )
    )


def end_of_measure(
    connection: Connection, who: Who, household_id: str, measure_id: str, head: PaperHead
) -> InternalRecord:
    """Return the end record of a measure (empty id: the one that ended last, else the one that runs).

    Raises InvalidEntry without a measure, NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    file = _measure(connection, who, household_id, measure_id, head.day)
    period = told_period(file, head.day)
    own = replace(head, measure=file.measure.kind_label)
    return end_record(
        EndMaterial(
            _written_by(connection, who, file.measure.lead_worker_id, own),
            head.day,
            file,
            tuple(diary.entries_of(connection, who, household_id, period)),
            tuple(goals.goals_of(connection, who, household_id)),
            goals.grids(connection, who),
            tuple(goals.evaluations_of(connection, who, household_id)),
            _accounts(connection, who, household_id, period),
            orientations.orientations_page(connection, who, household_id, head.day).shown,
            tuple(diary.open_promises(connection, who, household_id)),
            tuple(diary.appointments_of(connection, who, household_id)),
        )
    )


def _diagnosed(
    connection: Connection, who: Who, household_id: str, referral_id: str, day: date
) -> ReferralFile | None:
    """Return the referral asked for, else the newest of the household with a diagnosis."""
    known = [
        of.id
        for of, progress in referrals.referrals_of(connection, who, household_id)
        if progress.diagnosis_on
    ]
    asked = referral_id or next(iter(known), "")
    return referrals.open_referral(connection, who, asked, day) if asked in known else None


def _measure(connection: Connection, who: Who, household_id: str, measure_id: str, day: date) -> MeasureFile:
    known = measures.measures_of(connection, who, household_id, day)
    over = sorted(
        (each for each in known if each.measure.ended_on),
        key=lambda each: str(each.measure.ended_on),
        reverse=True,
    )
    asked = [each for each in known if each.measure.id == measure_id] if measure_id else [*over, *known]
    if not asked:
        raise InvalidEntry(_NO_MEASURE, "measure")
    return asked[0]


def _accounts(
    connection: Connection, who: Who, household_id: str, period: Period
) -> tuple[AccountChange, ...]:
    """Return each account of each home of the period, at both its ends; one without any line is left out."""
    end, told = period.end or period.start, []
    for file in homes.housing_of(connection, who, household_id, end).leases:
        lease = file.lease
        if not period.overlaps(Period(lease.starts_on or date.min, lease.ends_on)):
            continue
        months = len(months_between(max(period.start, lease.starts_on or period.start), end))
        for account in lease.accounts():
            first = _statement(connection, who, lease, period.start - timedelta(days=1), account)
            last = _statement(connection, who, lease, end, account, max(1, months))
            if last.months_due or last.balance_cents or first.balance_cents:
                told.append(AccountChange(first, last))
    return tuple(told)


def _statement(
    connection: Connection, who: Who, lease: Lease, day: date, account: Account | None = None, months: int = 1
) -> RentStatement:
    return rent.rent_account(connection, who, lease.id, day, account, months)


def _written_by(connection: Connection, who: Who, worker_id: str, head: PaperHead) -> PaperHead:
    """Return the head with who the record is by, as this file knows them."""
    worker = next((each for each in team.list_workers(connection, who) if each.id == worker_id), None)
    if worker is None:
        return replace(head, worker="Personne inconnue de ce fichier", worker_title="")
    return replace(head, worker=worker.name, worker_title=worker.job_title or "")
