"""What becomes of a referral: attempts, diagnosis, decision, and the measure opened from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from caseworker_app.features.measures import service as measures
from caseworker_app.features.measures.domain.measure import NewMeasure
from caseworker_app.features.referrals import store
from caseworker_app.features.referrals.domain.following import (
    NewAttempt,
    NewDiagnosis,
    checked_attempt,
    checked_diagnosis,
)
from caseworker_app.features.referrals.domain.referral import (
    Decision,
    NewDecision,
    Referral,
    checked_decision,
)
from caseworker_app.features.referrals.domain.tables import no_measures, refusals
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import ChangedMeanwhile, UnitOfWork


def note_attempt(file: EncryptedFile, who: Who, referral_id: str, new: NewAttempt) -> tuple[str, Changes]:
    """Write an attempt to reach the household, or an interview; return its id.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "note_attempt") as uow:
        of = store.referrals.one(uow.connection, referral_id)
        values = {
            **asdict(checked_attempt(new, of.received_on, uow.today)),
            "referral_id": referral_id,
            "household_id": of.household_id,
            "worker_id": who.worker_id,
        }
        return uow.insert(store.attempt, values), uow.changes


def write_diagnosis(
    file: EncryptedFile,
    who: Who,
    referral_id: str,
    new: NewDiagnosis,
    expected_version: str | None = None,
) -> tuple[str, Changes]:
    """Write the diagnosis of a referral, begun or concluded; return its id.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "write_diagnosis") as uow:
        of = store.referrals.one(uow.connection, referral_id)
        day = new.concluded_on or uow.today
        checked = _checked_diagnosis(new, day, uow.today)
        known = store.diagnosis_of(uow.connection, referral_id)
        if known is None and expected_version is not None:
            raise ChangedMeanwhile
        if known is not None:
            uow.update(store.diagnosis, known.id, asdict(checked), expected_version=expected_version)
            return known.id, uow.changes
        fixed = {"referral_id": referral_id, "household_id": of.household_id, "worker_id": who.worker_id}
        return uow.insert(store.diagnosis, {**asdict(checked), **fixed}), uow.changes


def decide_referral(file: EncryptedFile, who: Who, referral_id: str, new: NewDecision) -> Changes:
    """Write what was decided; another decision takes its place until a measure is opened.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "decide_referral") as uow:
        of = store.referrals.one(uow.connection, referral_id)
        uow.update(store.referral, referral_id, _decided(new, of, uow))
        return uow.changes


def follow(
    uow: UnitOfWork,
    referral_id: str,
    attempts: Sequence[NewAttempt] = (),
    diagnosis: NewDiagnosis | None = None,
    decision: NewDecision | None = None,
    measure_id: str | None = None,
) -> None:
    """Write what followed a referral inside another room's intention. Raises InvalidEntry, NotFound.

    `measure_id`: the measure opened from it, which accepts it the day the diagnosis was concluded, else received.
    """
    of = store.referrals.one(uow.connection, referral_id)
    fixed = {"referral_id": referral_id, "household_id": of.household_id, "worker_id": of.worker_id}
    rows = [{**asdict(checked_attempt(each, of.received_on, uow.today)), **fixed} for each in attempts]
    uow.insert_many(store.attempt, rows)
    if diagnosis is not None:
        codes = frozenset(each.code for each in no_measures(uow.today))
        uow.insert(store.diagnosis, {**asdict(checked_diagnosis(diagnosis, codes, uow.today)), **fixed})
    if decision is not None:
        uow.update(store.referral, referral_id, _decided(decision, of, uow))
    if measure_id is not None:
        concluded = diagnosis.concluded_on if diagnosis else None
        values = {
            "decision": Decision.ACCEPTED,
            "decided_on": concluded or of.received_on,
            "measure_id": measure_id,
        }
        uow.update(store.referral, referral_id, values)


def open_measure_from(
    file: EncryptedFile, who: Who, referral_id: str, new: NewMeasure
) -> tuple[str, Changes]:
    """Open the measure a referral asks for and keep the link; return the id of the measure.

    A referral not decided yet is accepted by it. Raises InvalidEntry (also for one that opened a measure already, or
    was refused or withdrawn), NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "open_measure_from") as uow:
        of = store.referrals.one(uow.connection, referral_id)
        _check_may_open(of, new.household_id)
        if new.lead_worker_id is not None:
            uow.get(declaration_of("worker").table, new.lead_worker_id)
        measure_id = measures.open_measures(uow, [new])[0]
        uow.update(store.referral, referral_id, {"measure_id": measure_id, **_accepted(of, uow)})
        return measure_id, uow.changes


def answer_with_watch(uow: UnitOfWork, referral_id: str, household_id: str, watch_id: str) -> None:
    """Keep that a veille answers a referral, accepted by it, inside another room's intention.

    Raises InvalidEntry as for a measure, NotFound.
    """
    of = store.referrals.one(uow.connection, referral_id)
    _check_may_open(of, household_id)
    uow.update(store.referral, referral_id, {"watch_id": watch_id, **_accepted(of, uow)})


def _check_may_open(of: Referral, household_id: str) -> None:
    if of.opened:
        what = "La mesure" if of.measure_id is not None else "La veille"
        raise InvalidEntry(f"{what} de cette demande est déjà ouverte.")
    if of.decision in (Decision.REFUSED, Decision.WITHDRAWN):
        raise InvalidEntry("Cette demande n’est pas acceptée\u00a0: changez d’abord sa décision.")
    if household_id != of.household_id:
        raise InvalidEntry("Cette demande concerne un autre ménage.")


def _accepted(of: Referral, uow: UnitOfWork) -> dict[str, object]:
    """Return what a referral not decided yet becomes once something is opened from it."""
    if of.decision is Decision.ACCEPTED:
        return {}
    return {"decision": Decision.ACCEPTED, "decided_on": uow.today, "review_on": None}


def _checked_diagnosis(new: NewDiagnosis, day: date, today: date) -> NewDiagnosis:
    """Check a diagnosis against what may be proposed on a day. Raises InvalidEntry."""
    checked = checked_diagnosis(new, frozenset(each.code for each in no_measures(day)), today)
    kinds = {kind.code for kind in measures.list_kinds(day)}
    if checked.kind_code is not None and checked.kind_code not in kinds:
        raise InvalidEntry("Choisissez la mesure proposée dans la liste.", "kind_code")
    return checked


def _decided(new: NewDecision, of: Referral, uow: UnitOfWork) -> dict[str, Any]:
    codes = frozenset(each.code for each in refusals(new.decided_on))
    checked = checked_decision(new, of, codes, uow.today)
    return {
        "decision": checked.decision,
        "decided_on": checked.decided_on,
        "refusal_code": checked.refusal_code,
        "decision_reason": checked.reason,
        "review_on": checked.review_on,
    }
