"""What was agreed: promises and what became of them, appointments and how they went."""

from __future__ import annotations

from datetime import date
from typing import Any

from caseworker_app.features.diary import store
from caseworker_app.features.diary.domain.appointment import AppointmentKind
from caseworker_app.features.diary.domain.visit import (
    OPEN_PROMISES,
    AppointmentState,
    NewAppointment,
    PromiseState,
    check_appointment,
    check_kept_state,
)
from caseworker_app.features.diary.service.entries import kept_text, wall_clock
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def settle_promise(
    file: EncryptedFile, who: Who, promise_id: str, state: PromiseState, on: date | None = None
) -> Changes:
    """Say what became of a promise, outside any visit. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "settle_promise") as uow:
        set_promise(uow, promise_id, state, on or uow.today)
        return uow.changes


def set_promise(uow: UnitOfWork, promise_id: str, state: PromiseState, on: date) -> None:
    """Put a promise into a state inside another intention. Raises InvalidEntry, NotFound."""
    check_kept_state(state)
    uow.update(store.promise, promise_id, {"state": state, "settled_on": settled_on(state, on)})


def settled_on(state: PromiseState, on: date) -> date | None:
    """Return the day a promise in this state was settled, None while it is waited for."""
    return None if state in OPEN_PROMISES else on


def plan_appointment(
    file: EncryptedFile, who: Who, household_id: str, new: NewAppointment
) -> tuple[str, Changes]:
    """Note an appointment to come and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "plan_appointment") as uow:
        uow.get(declaration_of("household").table, household_id)
        check_appointment(new, wall_clock(uow.clock))
        return add_appointments(uow, [(household_id, new)])[0], uow.changes


def add_appointments(uow: UnitOfWork, batch: list[tuple[str, NewAppointment]]) -> list[str]:
    """Note many appointments, each with its household, in one statement; return their ids."""
    return uow.insert_many(store.appointment, [appointment_row(uow, *each) for each in batch])


def change_appointment_state(
    file: EncryptedFile, who: Who, appointment_id: str, state: AppointmentState
) -> Changes:
    """Say what became of an appointment, outside any visit. Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "change_appointment_state") as uow:
        uow.update(store.appointment, appointment_id, {"state": state})
        return uow.changes


def appointment_row(uow: UnitOfWork, household_id: str, new: NewAppointment) -> dict[str, Any]:
    """Return the row of an appointment agreed inside another intention."""
    return {
        "household_id": household_id,
        "starts_at": new.starts_at,
        "place": kept_text(new.place),
        "purpose": kept_text(new.purpose),
        "worker_id": new.worker_id or uow.worker_id,
        "state": AppointmentState.PLANNED,
        "kind": AppointmentKind.HOUSEHOLD,
        "all_day": False,
    }
