"""Confirming a visit with everything noted during it, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import NewAttachment, usual_form
from caseworker_app.features.diary import store
from caseworker_app.features.diary.domain.entry import Attendance, attendance_of
from caseworker_app.features.diary.domain.visit import NewReview, NewVisit, check_visit, outcome_of
from caseworker_app.features.diary.service.agreements import appointment_row, set_promise, settled_on
from caseworker_app.features.diary.service.entries import add_entries
from caseworker_app.features.goals import service as goals
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def confirm_visit(file: EncryptedFile, who: Who, new: NewVisit) -> tuple[str, Changes]:
    """Write a visit whole, in one transaction, and return the id of its entry.

    The entry, facts, goals touched with the steps completed, rooms and their photos, promises, what became of
    earlier ones, the appointment it answers and the next one. Raises InvalidEntry, NotFound, NotAllowed.
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
        _attach_photos(uow, entry_id, new)
    uow.insert_many(
        store.appointment, [row for i, new in written for row in _next_appointment_rows(uow, i, new)]
    )
    return ids


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
        set_promise(uow, review.promise_id, review.state, new.entry.started_at.date())
    head = {"household_id": household_id, "entry_id": entry_id}
    uow.insert_many(store.review, [{**head, **asdict(review)} for review in new.reviews])


def _check_own_promise(uow: UnitOfWork, household_id: str, review: NewReview) -> None:
    if store.promises.one(uow.connection, review.promise_id).household_id != household_id:
        raise InvalidEntry(
            "Ce qui était convenu ne l’était pas avec ce ménage\u00a0: rouvrez la visite.", "reviews"
        )


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


def _attach_photos(uow: UnitOfWork, entry_id: str, new: NewVisit) -> None:
    """Join the photos; a content that got lost keeps no visit from being saved: its row tells."""
    day = min(new.entry.started_at.date(), uow.today)
    batch = [
        NewAttachment(each.content, replace(usual_form(each.content, each.room), dated_on=day))
        for each in new.photos
    ]
    if batch:
        attachments.attach(uow, new.entry.household_id, batch, entry_id)


def _part_rows(entry_id: str, new: NewVisit, parts: Sequence[Any]) -> list[dict[str, Any]]:
    head = {"household_id": new.entry.household_id, "entry_id": entry_id}
    return [{**head, "position": position, **asdict(part)} for position, part in enumerate(parts)]


def _promise_rows(entry_id: str, new: NewVisit) -> list[dict[str, Any]]:
    on = new.entry.started_at.date()
    rows = _part_rows(entry_id, new, new.promises)
    return [{**row, "settled_on": settled_on(row["state"], on)} for row in rows]


def _next_appointment_rows(uow: UnitOfWork, entry_id: str, new: NewVisit) -> list[dict[str, Any]]:
    if new.next_appointment is None:
        return []
    return [{**appointment_row(uow, new.entry.household_id, new.next_appointment), "made_in": entry_id}]
