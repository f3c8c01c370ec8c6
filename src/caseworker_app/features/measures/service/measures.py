"""Intentions on measures: opened, renewed, made closer or lighter, ended; an agreement's own rules hold for each.

Functions that take a unit of work are steps of other rooms' intentions.
"""

from __future__ import annotations

from datetime import date, timedelta

from caseworker_app.features.measures import store
from caseworker_app.features.measures.domain.measure import (
    Agreement,
    ExitReason,
    Intensity,
    MeasureKind,
    NewMeasure,
    SupportMeasure,
    check_dates,
    check_end,
    check_length,
    check_no_overlap,
    check_renewal,
    check_still_runs,
    check_under_agreement,
    check_within_agreement,
    checked_text,
)
from caseworker_app.features.measures.domain.terms import (
    AgreementRule,
    check_first_length,
    check_one_more,
    check_whole_length,
    first_end,
    reasons_offered,
    rule_on,
    visits_a_month,
)
from caseworker_app.features.measures.service.rules import reasons_for
from caseworker_app.features.measures.service.tables import exit_reasons, list_kinds, usual_visits
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


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
    agreements: dict[str, tuple[Agreement, list[AgreementRule]]] = {}
    rows = []
    for new in batch:
        agreement, ruled = None, None
        if new.agreement_id is not None:
            if new.agreement_id not in agreements:
                agreements[new.agreement_id] = _with_rules(uow, new.agreement_id)
            agreement, rules = agreements[new.agreement_id]
            check_under_agreement(agreement, new.starts_on)
            ruled = rule_on(rules, new.starts_on)
        others = known.setdefault(new.household_id, [])
        opened = _checked_measure(uow, new, others, agreement, ruled)
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
        check_length(_kind(measure.kind_code, measure.starts_on), measure.starts_on, to_date, "to_date")
        _check_renewal_under(uow, measure, start, to_date)
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


def change_intensity(
    file: EncryptedFile, who: Who, measure_id: str, intensity: Intensity, visits_per_month: int | None = None
) -> Changes:
    """Change how close the support is, with its usual visits a month unless told.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_intensity") as uow:
        check_still_runs(store.measures.one(uow.connection, measure_id), uow.today, "intensity")
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
    """End a measure, its last day being `ended_on`, for a reason of its agreement, else of the dated list.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "end_measure") as uow:
        measure = store.measures.one(uow.connection, measure_id)
        check_end(measure, ended_on, uow.today)
        reason = _exit_reason(reason_code, reasons_for(uow, measure.agreement_id, ended_on))
        values = {
            "ended_on": ended_on,
            "exit_reason_code": reason.code,
            "exit_reason_label": reason.label,
            "destination": checked_text(destination, "destination"),
        }
        uow.update(store.measure, measure_id, values)
        return uow.changes


def _with_rules(uow: UnitOfWork, agreement_id: str) -> tuple[Agreement, list[AgreementRule]]:
    return store.agreements.one(uow.connection, agreement_id), store.rules_of(uow.connection, agreement_id)


def _check_renewal_under(uow: UnitOfWork, measure: SupportMeasure, from_date: date, to_date: date) -> None:
    """Refuse what the agreement of a measure does not allow: its whole length is by the rules of its first day."""
    if measure.agreement_id is None:
        return
    agreement, rules = _with_rules(uow, measure.agreement_id)
    check_within_agreement(agreement, to_date, "to_date")
    check_whole_length(agreement, rule_on(rules, measure.starts_on), measure.starts_on, to_date, "to_date")
    renewals = store.renewals_of(uow.connection, measure.household_id)
    done = sum(each.measure_id == measure.id for each in renewals)
    check_one_more(agreement, rule_on(rules, from_date), done, from_date, to_date)


def _checked_measure(
    uow: UnitOfWork,
    new: NewMeasure,
    others: list[SupportMeasure],
    agreement: Agreement | None,
    rule: AgreementRule | None,
) -> SupportMeasure:
    kind = _kind(new.kind_code, new.starts_on)
    end = new.planned_end_on or first_end(kind, new.starts_on, agreement, rule)
    check_dates(new, end, uow.today)
    check_length(kind, new.starts_on, end, "planned_end_on")
    check_within_agreement(agreement, end, "planned_end_on")
    # One that is over already (an import) is told as it was.
    if agreement is not None and new.ended_on is None:
        check_whole_length(agreement, rule, new.starts_on, end, "planned_end_on")
        check_first_length(agreement, rule, new.starts_on, end)
    check_no_overlap(kind, new.starts_on, new.ended_on, others)
    reason = _reason_given(new, rule, uow.today)
    visits = visits_a_month(rule) if new.visits_per_month is None else new.visits_per_month
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
        visits_per_month=_visits(new.intensity, visits, new.starts_on),
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


def _reason_given(new: NewMeasure, rule: AgreementRule | None, today: date) -> ExitReason | None:
    """Return why a measure that is over ended: a reason of its agreement, or of the dated list (an import)."""
    if new.exit_reason_code is None:
        return None
    usual = exit_reasons(new.ended_on or today)
    return _exit_reason(new.exit_reason_code, [*reasons_offered(rule, usual), *usual])


def _exit_reason(code: str, offered: list[ExitReason]) -> ExitReason:
    found = next((reason for reason in offered if reason.code == code), None)
    if found is None:
        raise InvalidEntry(
            "Ce motif de fin n’est pas de ceux qui valent à cette date\u00a0: choisissez-le dans la liste.",
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
