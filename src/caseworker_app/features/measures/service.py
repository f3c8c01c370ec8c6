"""Intentions of the measures room.

Functions that take a unit of work are steps of other rooms' intentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta

from caseworker_app.features.measures import store
from caseworker_app.features.measures.domain import (
    Agreement,
    ExitReason,
    Intensity,
    MeasureFile,
    MeasureKind,
    NewAgreement,
    NewMeasure,
    SupportMeasure,
    check_agreement,
    check_dates,
    check_end,
    check_length,
    check_no_overlap,
    check_renewal,
    check_under_agreement,
    checked_text,
    planned_end,
    running_first,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.ids import new_id
from caseworker_app.kernel.parameters import all_dated, dated
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def list_kinds(day: date) -> list[MeasureKind]:
    """Return the kinds of measures that may be opened on a day, in the order of the dated table."""
    return [
        MeasureKind(
            row.value["code"],
            row.value["label"],
            row.value["short_label"],
            row.value["basis"],
            row.value.get("default_months"),
            row.value.get("max_months"),
            row.source,
            row.verified,
        )
        for row in all_dated("measure_kinds", "kind", day)
    ]


def exit_reasons(day: date) -> list[ExitReason]:
    """Return the reasons for which a measure may end on a day."""
    rows = all_dated("exit_reasons", "reason", day)
    return [ExitReason(row.value["code"], row.value["label"]) for row in rows]


def usual_visits(intensity: Intensity, day: date) -> int:
    """Return the home visits a month expected by default for an intensity."""
    return int(dated("visit_intensity", intensity, day).value)


def add_agreement(file: EncryptedFile, who: Who, new: NewAgreement) -> tuple[str, Changes]:
    """Write an agreement (« convention ») and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "add_agreement") as uow:
        if new.landlord_id is not None:
            uow.get(declaration_of("landlord").table, new.landlord_id)
        return add_agreements(uow, [new])[0], uow.changes


def add_agreements(uow: UnitOfWork, batch: list[NewAgreement]) -> list[str]:
    """Add many agreements at once and return their ids. Raises InvalidEntry."""
    for new in batch:
        check_agreement(new)
    return uow.insert_many(store.agreement, [asdict(new) for new in batch])


def change_agreement(
    file: EncryptedFile,
    who: Who,
    agreement_id: str,
    changed: NewAgreement,
    expected_version: str | None = None,
) -> Changes:
    """Rewrite an agreement. Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    check_agreement(changed)
    with file.unit_of_work(who.worker_id, "change_agreement") as uow:
        uow.update(store.agreement, agreement_id, asdict(changed), expected_version=expected_version)
        return uow.changes


def list_agreements(connection: Connection, who: Who) -> list[Agreement]:
    """Return every agreement, the latest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.all_agreements(connection)


def open_measure(file: EncryptedFile, who: Who, new: NewMeasure) -> tuple[str, Changes]:
    """Open a support measure and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "open_measure") as uow:
        uow.get(declaration_of("household").table, new.household_id)
        if new.lead_worker_id is not None:
            uow.get(declaration_of("worker").table, new.lead_worker_id)
        return open_measures(uow, [new])[0], uow.changes


def open_measures(uow: UnitOfWork, batch: list[NewMeasure]) -> list[str]:
    """Open many measures at once and return their ids, each checked against those the household has.

    Raises InvalidEntry, NotFound for an unknown agreement.
    """
    known = store.measures_of_many(uow.connection, (new.household_id for new in batch))
    agreements: dict[str, Agreement] = {}
    rows = []
    for new in batch:
        if new.agreement_id is not None:
            if new.agreement_id not in agreements:
                agreements[new.agreement_id] = store.agreements.one(uow.connection, new.agreement_id)
            check_under_agreement(agreements[new.agreement_id], new.starts_on)
        others = known.setdefault(new.household_id, [])
        opened = _checked_measure(uow, new, others)
        others.append(opened)
        rows.append(store.measures.values(opened))
    return uow.insert_many(store.measure, rows)


def renew_measure(
    file: EncryptedFile,
    who: Who,
    measure_id: str,
    to_date: date,
    *,
    decided_on: date | None = None,
    from_date: date | None = None,
    reason: str | None = None,
) -> tuple[str, Changes]:
    """Renew a measure to `to_date`, following on from its planned end; return the renewal's id.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "renew_measure") as uow:
        measure = store.measures.one(uow.connection, measure_id)
        start = from_date or _day_after(measure.planned_end_on) or uow.today
        check_renewal(measure, start, to_date)
        check_length(_kind(measure.kind_code, measure.starts_on), measure.starts_on, to_date)
        uow.update(store.measure, measure_id, {"planned_end_on": to_date})
        values = {
            "household_id": measure.household_id,
            "measure_id": measure_id,
            "decided_on": decided_on or uow.today,
            "from_date": start,
            "to_date": to_date,
            "reason": checked_text(reason, "reason"),
        }
        return uow.insert(store.renewal, values), uow.changes


def change_lead_worker(file: EncryptedFile, who: Who, measure_id: str, worker_id: str) -> Changes:
    """Hand a measure to another lead worker (« référent »). Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_lead_worker") as uow:
        uow.get(declaration_of("worker").table, worker_id)
        uow.update(store.measure, measure_id, {"lead_worker_id": worker_id})
        return uow.changes


def change_lead_workers(
    file: EncryptedFile, who: Who, household_ids: Sequence[str], worker_id: str
) -> tuple[frozenset[str], Changes]:
    """Hand every measure of some households that runs today to a lead worker, in one transaction.

    Return the households that have one. Raises InvalidEntry when none has, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_lead_worker") as uow:
        worker = uow.get(declaration_of("worker").table, worker_id)
        if not worker["active"]:
            raise InvalidEntry("Cette personne n’est plus là : choisissez-en une autre.", "worker_id")
        known = store.measures_of_many(uow.connection, household_ids)
        running = [each for of_one in known.values() for each in of_one if each.runs_on(uow.today)]
        if not running:
            raise InvalidEntry(
                "Aucun de ces ménages n’a de mesure en cours : ouvrez-en une d’abord.", "worker_id"
            )
        for each in running:
            uow.update(store.measure, each.id, {"lead_worker_id": worker_id})
        return frozenset(each.household_id for each in running), uow.changes


def change_intensity(
    file: EncryptedFile, who: Who, measure_id: str, intensity: Intensity, visits_per_month: int | None = None
) -> Changes:
    """Change how close the support is, with its usual visits a month unless told.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_intensity") as uow:
        visits = _visits(intensity, visits_per_month, uow.today)
        uow.update(store.measure, measure_id, {"intensity": intensity, "visits_per_month": visits})
        return uow.changes


def end_measure(
    file: EncryptedFile,
    who: Who,
    measure_id: str,
    ended_on: date,
    reason_code: str,
    destination: str | None = None,
) -> Changes:
    """End a measure, its last day being `ended_on`, for a reason of the dated list.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "end_measure") as uow:
        check_end(store.measures.one(uow.connection, measure_id), ended_on, uow.today)
        reason = _exit_reason(reason_code, ended_on)
        values = {
            "ended_on": ended_on,
            "exit_reason_code": reason.code,
            "exit_reason_label": reason.label,
            "destination": checked_text(destination, "destination"),
        }
        uow.update(store.measure, measure_id, values)
        return uow.changes


def measures_of(connection: Connection, who: Who, household_id: str, day: date) -> list[MeasureFile]:
    """Return the measures of a household with renewals and agreement, those running on `day` first.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    measures = running_first(store.measures_of(connection, household_id), day)
    if not measures:
        return []
    renewals = store.renewals_of(connection, household_id)
    agreements = store.agreements_of(connection, household_id)
    return [
        MeasureFile(
            m, tuple(r for r in renewals if r.measure_id == m.id), agreements.get(m.agreement_id or "")
        )
        for m in measures
    ]


def measures_of_households(
    connection: Connection, who: Who, household_ids: list[str], day: date
) -> dict[str, list[SupportMeasure]]:
    """Return the measures of the households of a page of a list, those running on `day` first.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    found = store.measures_of_many(connection, household_ids)
    return {household_id: running_first(measures, day) for household_id, measures in found.items()}


def measures_ending(connection: Connection, who: Who, day: date, within: int = 60) -> list[SupportMeasure]:
    """Return the measures `who` leads that reach their planned end within so many days, or have passed it.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    return store.measures_ending(connection, who.worker_id, day, day + timedelta(days=within))


def _checked_measure(uow: UnitOfWork, new: NewMeasure, others: list[SupportMeasure]) -> SupportMeasure:
    kind = _kind(new.kind_code, new.starts_on)
    end = new.planned_end_on or planned_end(new.starts_on, kind.default_months)
    check_dates(new, end, uow.today)
    check_length(kind, new.starts_on, end)
    check_no_overlap(kind, new.starts_on, new.ended_on, others)
    reason = _exit_reason(new.exit_reason_code, new.ended_on or uow.today) if new.exit_reason_code else None
    return SupportMeasure(
        id=new_id(),
        version="",
        household_id=new.household_id,
        kind_code=kind.code,
        kind_label=kind.label,
        agreement_id=new.agreement_id,
        prescriber=checked_text(new.prescriber, "prescriber"),
        lead_worker_id=new.lead_worker_id or uow.worker_id,
        intensity=new.intensity,
        visits_per_month=_visits(new.intensity, new.visits_per_month, new.starts_on),
        starts_on=new.starts_on,
        planned_end_on=end,
        ended_on=new.ended_on,
        exit_reason_code=reason.code if reason else None,
        exit_reason_label=reason.label if reason else None,
        destination=checked_text(new.destination, "destination"),
    )


def _kind(code: str, day: date) -> MeasureKind:
    found = next((kind for kind in list_kinds(day) if kind.code == code), None)
    if found is None:
        raise InvalidEntry(
            "Cette sorte de mesure n’existe pas à cette date\u00a0: choisissez-la dans la liste.", "kind_code"
        )
    return found


def _exit_reason(code: str, day: date) -> ExitReason:
    found = next((reason for reason in exit_reasons(day) if reason.code == code), None)
    if found is None:
        raise InvalidEntry(
            "Ce motif de fin n’existe pas à cette date\u00a0: choisissez-le dans la liste.",
            "exit_reason_code",
        )
    return found


def _visits(intensity: Intensity, visits: int | None, day: date) -> int:
    if visits is None:
        return usual_visits(intensity, day)
    if not 0 <= visits <= 31:
        raise InvalidEntry("Le nombre de visites par mois va de 0 à 31.", "visits_per_month")
    return visits


def _day_after(day: date | None) -> date | None:
    return None if day is None else day + timedelta(days=1)
