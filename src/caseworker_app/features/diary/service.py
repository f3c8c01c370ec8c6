"""Intentions of the diary room. Functions that take a unit of work are steps of other rooms' intentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from caseworker_app.features.diary import store
from caseworker_app.features.diary.domain.entry import (
    VISIT_KINDS,
    Attendance,
    DiaryEntry,
    EntryKind,
    EntryState,
    EntryTexts,
    EntryZone,
    NewEntry,
    NewFact,
    attendance_of,
    check_entry,
    check_fact,
    check_texts,
)
from caseworker_app.features.diary.domain.gathering import gather_visits
from caseworker_app.features.diary.domain.visit import (
    OPEN_PROMISES,
    Appointment,
    AppointmentState,
    NewAppointment,
    NewReview,
    NewVisit,
    Promise,
    PromiseState,
    Visit,
    check_appointment,
    check_kept_state,
    check_visit,
    outcome_of,
)
from caseworker_app.features.goals import service as goals
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


class EntrySigned(CaseworkerError):
    """A signed entry is never rewritten."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__(
            "Cette visite est signée\u00a0: ajoutez un complément daté plutôt que de la modifier."
        )


def confirm_visit(file: EncryptedFile, who: Who, new: NewVisit) -> tuple[str, Changes]:
    """Write a visit whole, in one transaction, and return the id of its entry.

    The entry, facts, goals touched with the steps completed, rooms, promises, what became of earlier ones,
    the appointment it answers and the next one. Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "confirm_visit") as uow:
        uow.get(declaration_of("household").table, new.entry.household_id)
        return add_visits(uow, [new])[0], uow.changes


def add_visits(uow: UnitOfWork, batch: list[NewVisit]) -> list[str]:
    """Write many visits, a statement a table, and return the ids of their entries.

    Raises InvalidEntry, NotFound.
    """
    for new in batch:
        check_visit(new, uow.today)
    ids = add_entries(uow, [new.entry for new in batch])
    written = list(zip(ids, batch, strict=True))
    uow.insert_many(store.fact, [row for i, new in written for row in _part_rows(i, new, new.facts)])
    uow.insert_many(store.room, [row for i, new in written for row in _part_rows(i, new, new.rooms)])
    uow.insert_many(store.promise, [row for i, new in written for row in _promise_rows(i, new)])
    for entry_id, new in written:
        _touch_goals(uow, entry_id, new)
        _review_promises(uow, entry_id, new)
        _answer_appointment(uow, entry_id, new)
    uow.insert_many(
        store.appointment, [row for i, new in written for row in _next_appointment_rows(uow, i, new)]
    )
    return ids


def add_note(file: EncryptedFile, who: Who, new: NewEntry) -> tuple[str, Changes]:
    """Write a call, a message, a note, and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    ids, changes = add_group_note(file, who, new, [new.household_id])
    return ids[0], changes


def add_group_note(
    file: EncryptedFile, who: Who, new: NewEntry, household_ids: Sequence[str]
) -> tuple[list[str], Changes]:
    """Write one note in the diary of several households, in one transaction; return the ids.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "add_note") as uow:
        for household_id in household_ids:
            uow.get(declaration_of("household").table, household_id)
        batch = [replace(new, household_id=each) for each in dict.fromkeys(household_ids)]
        return add_entries(uow, batch), uow.changes


def add_entries(uow: UnitOfWork, batch: list[NewEntry]) -> list[str]:
    """Write many entries in one statement and return their ids. Raises InvalidEntry."""
    for new in batch:
        check_entry(new, uow.today)
    return uow.insert_many(store.entry, [_entry_row(uow, new) for new in batch])


def correct_entry(
    file: EncryptedFile, who: Who, entry_id: str, texts: EntryTexts, expected_version: str | None = None
) -> Changes:
    """Rewrite an entry that is not signed.

    Raises EntrySigned, InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "correct_entry") as uow:
        entry = store.entries.one(uow.connection, entry_id)
        if entry.state is EntryState.SIGNED:
            raise EntrySigned
        check_texts(texts, entry.kind, uow.today)
        uow.update(store.entry, entry_id, _texts(texts), expected_version=expected_version)
        return uow.changes


def sign_entry(file: EncryptedFile, who: Who, entry_id: str) -> Changes:
    """Sign an entry: from then on only additions complete it. Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "sign_entry") as uow:
        if store.entries.one(uow.connection, entry_id).state is not EntryState.SIGNED:
            uow.update(store.entry, entry_id, {"state": EntryState.SIGNED, "signed_on": uow.today})
        return uow.changes


def add_addition(
    file: EncryptedFile, who: Who, entry_id: str, text: str, zone: EntryZone = EntryZone.OBSERVED
) -> tuple[str, Changes]:
    """Complete an entry, signed or not, by a dated addition, and return its id.

    An addition to an addition goes to the first entry.
    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "add_addition") as uow:
        entry = store.entries.one(uow.connection, entry_id)
        new = _in_zone(NewEntry(entry.household_id, EntryKind.ADDITION, _now(uow)), zone, text)
        check_entry(new, uow.today)
        row = {**_entry_row(uow, new), "refers_to": entry.refers_to or entry.id}
        return uow.insert(store.entry, row), uow.changes


def mark_fact(file: EncryptedFile, who: Who, entry_id: str, new: NewFact) -> tuple[str, Changes]:
    """Mark a fact of an entry as one that may be proposed outside; return its id.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "mark_fact") as uow:
        check_fact(new)
        entry = store.entries.one(uow.connection, entry_id)
        position = store.next_fact_position(uow.connection, entry_id)
        values = {
            "household_id": entry.household_id,
            "entry_id": entry_id,
            "position": position,
            **asdict(new),
        }
        return uow.insert(store.fact, values), uow.changes


def withdraw_fact(file: EncryptedFile, who: Who, fact_id: str) -> Changes:
    """Stop proposing a fact; documents already made keep it. Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "withdraw_fact") as uow:
        uow.delete(store.fact, fact_id)
        return uow.changes


def settle_promise(
    file: EncryptedFile, who: Who, promise_id: str, state: PromiseState, on: date | None = None
) -> Changes:
    """Say what became of a promise, outside any visit. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "settle_promise") as uow:
        _set_promise(uow, promise_id, state, on or uow.today)
        return uow.changes


def plan_appointment(
    file: EncryptedFile, who: Who, household_id: str, new: NewAppointment
) -> tuple[str, Changes]:
    """Note an appointment to come and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "plan_appointment") as uow:
        uow.get(declaration_of("household").table, household_id)
        check_appointment(new, _now(uow))
        return add_appointments(uow, [(household_id, new)])[0], uow.changes


def add_appointments(uow: UnitOfWork, batch: list[tuple[str, NewAppointment]]) -> list[str]:
    """Note many appointments, each with its household, in one statement; return their ids."""
    return uow.insert_many(store.appointment, [_appointment_row(uow, *each) for each in batch])


def change_appointment_state(
    file: EncryptedFile, who: Who, appointment_id: str, state: AppointmentState
) -> Changes:
    """Say what became of an appointment, outside any visit. Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "change_appointment_state") as uow:
        uow.update(store.appointment, appointment_id, {"state": state})
        return uow.changes


def entries_of(
    connection: Connection,
    who: Who,
    household_id: str,
    period: Period | None = None,
    limit: int | None = None,
) -> list[DiaryEntry]:
    """Return the entries of a household without their parts, newest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.entries_of(connection, household_id, period, limit)


def visits_of(
    connection: Connection, who: Who, household_id: str, period: Period | None = None
) -> list[Visit]:
    """Return the visits of a household whole, missed ones included, newest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    visits = store.visits_of(connection, household_id, period)
    return gather_visits(visits, store.parts_of(connection, household_id))


def visit(connection: Connection, who: Who, entry_id: str) -> Visit:
    """Return one entry whole. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    entry = store.entries.one(connection, entry_id)
    return gather_visits([entry], store.parts_in(connection, entry))[0]


def last_visit(connection: Connection, who: Who, household_id: str) -> Visit | None:
    """Return the last meeting that took place, whole; None before any. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    entry = store.last_held(connection, household_id)
    return None if entry is None else gather_visits([entry], store.parts_in(connection, entry))[0]


def open_promises(connection: Connection, who: Who, household_id: str) -> list[Promise]:
    """Return the promises still waited for, those due first at the head. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.open_promises(connection, household_id)


def appointments_of(connection: Connection, who: Who, household_id: str) -> list[Appointment]:
    """Return every appointment of a household, in order of date. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.appointments_of(connection, household_id)


def agenda(
    connection: Connection, who: Who, period: Period, worker_id: str | None = None
) -> list[Appointment]:
    """Return the planned appointments of a period, of one worker or of all, in order of date.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    planned = store.agenda(connection, period)
    return [each for each in planned if worker_id in (None, each.worker_id)]


def _touch_goals(uow: UnitOfWork, entry_id: str, new: NewVisit) -> None:
    if not new.goals:
        return
    household_id = new.entry.household_id
    goals.require_goals(uow, household_id, [each.goal_id for each in new.goals])
    steps = [each.step_id for each in new.goals if each.step_id]
    goals.finish_steps(uow, household_id, steps, new.entry.started_at.date())
    head = {"household_id": household_id, "entry_id": entry_id}
    uow.insert_many(store.goal_touched, [{**head, **asdict(each)} for each in new.goals])


def _review_promises(uow: UnitOfWork, entry_id: str, new: NewVisit) -> None:
    household_id = new.entry.household_id
    for review in new.reviews:
        _check_own_promise(uow, household_id, review)
        _set_promise(uow, review.promise_id, review.state, new.entry.started_at.date())
    head = {"household_id": household_id, "entry_id": entry_id}
    uow.insert_many(store.review, [{**head, **asdict(review)} for review in new.reviews])


def _check_own_promise(uow: UnitOfWork, household_id: str, review: NewReview) -> None:
    if store.promises.one(uow.connection, review.promise_id).household_id != household_id:
        raise InvalidEntry(
            "Ce qui était convenu ne l’était pas avec ce ménage\u00a0: rouvrez la visite.", "reviews"
        )


def _set_promise(uow: UnitOfWork, promise_id: str, state: PromiseState, on: date) -> None:
    check_kept_state(state)
    uow.update(store.promise, promise_id, {"state": state, "settled_on": _settled(state, on)})


def _answer_appointment(uow: UnitOfWork, entry_id: str, new: NewVisit) -> None:
    if new.appointment_id is None:
        return
    appointment = store.appointments.one(uow.connection, new.appointment_id)
    if appointment.household_id != new.entry.household_id or appointment.entry_id is not None:
        raise InvalidEntry(
            "Ce rendez-vous a déjà sa visite, ou n’est pas de ce ménage\u00a0: choisissez-en un autre.",
            "appointment",
        )
    cancelled = attendance_of(new.entry) in (Attendance.POSTPONED, Attendance.CANCELLED)
    state = outcome_of(new.entry.kind, cancelled=cancelled)
    uow.update(store.appointment, appointment.id, {"state": state, "entry_id": entry_id})


def _entry_row(uow: UnitOfWork, new: NewEntry) -> dict[str, Any]:
    return {
        "id": new_id(),
        "household_id": new.household_id,
        "number": uow.next_number("VIS") if new.kind in VISIT_KINDS else None,
        "kind": new.kind,
        "attendance": attendance_of(new),
        **_texts(new),
        "worker_id": new.worker_id or uow.worker_id,
        "state": EntryState.CONFIRMED,
        "made_on": uow.today,
    }


def _in_zone(new: NewEntry, zone: EntryZone, text: str) -> NewEntry:
    if zone is EntryZone.OBSERVED:
        return replace(new, observed=text)
    return replace(new, said=text) if zone is EntryZone.SAID else replace(new, analysis=text)


def _texts(texts: NewEntry | EntryTexts) -> dict[str, Any]:
    return {
        "started_at": texts.started_at,
        "duration_minutes": texts.duration_minutes,
        "place": _kept(texts.place),
        "present": _kept(texts.present),
        "purpose": _kept(texts.purpose),
        "observed": _kept(texts.observed),
        "said": _kept(texts.said),
        "analysis": _kept(texts.analysis),
    }


def _kept(text: str | None) -> str | None:
    return text if text and text.strip() else None


def _part_rows(entry_id: str, new: NewVisit, parts: Sequence[Any]) -> list[dict[str, Any]]:
    head = {"household_id": new.entry.household_id, "entry_id": entry_id}
    return [{**head, "position": position, **asdict(part)} for position, part in enumerate(parts)]


def _promise_rows(entry_id: str, new: NewVisit) -> list[dict[str, Any]]:
    on = new.entry.started_at.date()
    rows = _part_rows(entry_id, new, new.promises)
    return [{**row, "settled_on": _settled(row["state"], on)} for row in rows]


def _settled(state: PromiseState, on: date) -> date | None:
    return None if state in OPEN_PROMISES else on


def _next_appointment_rows(uow: UnitOfWork, entry_id: str, new: NewVisit) -> list[dict[str, Any]]:
    if new.next_appointment is None:
        return []
    return [{**_appointment_row(uow, new.entry.household_id, new.next_appointment), "made_in": entry_id}]


def _appointment_row(uow: UnitOfWork, household_id: str, new: NewAppointment) -> dict[str, Any]:
    return {
        "household_id": household_id,
        "starts_at": new.starts_at,
        "place": _kept(new.place),
        "purpose": _kept(new.purpose),
        "worker_id": new.worker_id or uow.worker_id,
        "state": AppointmentState.PLANNED,
    }


def _now(uow: UnitOfWork) -> datetime:
    return uow.clock.now().astimezone().replace(tzinfo=None, second=0, microsecond=0)
