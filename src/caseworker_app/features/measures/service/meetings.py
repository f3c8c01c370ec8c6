"""Intentions on the meetings of those who follow a household, and on what was decided there."""

from __future__ import annotations

from dataclasses import asdict

from caseworker_app.features.measures import store
from caseworker_app.features.measures.domain.meeting import (
    NewMeeting,
    NewTask,
    checked_meeting,
    checked_task,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def add_meeting(file: EncryptedFile, who: Who, household_id: str, new: NewMeeting) -> tuple[str, Changes]:
    """Write a meeting of those who follow a household; return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_follow_meeting") as uow:
        uow.get(declaration_of("household").table, household_id)
        values = {**asdict(checked_meeting(new, uow.today)), "household_id": household_id}
        return uow.insert(store.follow_meeting, values), uow.changes


def change_meeting(
    file: EncryptedFile, who: Who, meeting_id: str, changed: NewMeeting, expected_version: str | None = None
) -> Changes:
    """Correct what was written of a meeting. Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_follow_meeting") as uow:
        values = asdict(checked_meeting(changed, uow.today))
        uow.update(store.follow_meeting, meeting_id, values, expected_version=expected_version)
        return uow.changes


def add_task(file: EncryptedFile, who: Who, meeting_id: str, new: NewTask) -> tuple[str, Changes]:
    """Write what somebody is to do after a meeting; return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_meeting_task") as uow:
        meeting = store.follow_meetings.one(uow.connection, meeting_id)
        checked = checked_task(new, meeting, uow.today)
        _check_part(uow, meeting.household_id, checked.part_id)
        values = {**asdict(checked), "meeting_id": meeting_id, "household_id": meeting.household_id}
        return uow.insert(store.meeting_task, values), uow.changes


def change_task(
    file: EncryptedFile, who: Who, task_id: str, changed: NewTask, expected_version: str | None = None
) -> Changes:
    """Reword a task, move its day, or say it is done. Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_meeting_task") as uow:
        before = store.meeting_tasks.one(uow.connection, task_id)
        meeting = store.follow_meetings.one(uow.connection, before.meeting_id)
        checked = checked_task(changed, meeting, uow.today)
        _check_part(uow, before.household_id, checked.part_id)
        uow.update(store.meeting_task, task_id, asdict(checked), expected_version=expected_version)
        return uow.changes


def _check_part(uow: UnitOfWork, household_id: str, part_id: str | None) -> None:
    """Refuse a task of a body that follows another household."""
    if part_id is not None and part_id not in {
        each.id for each in store.parts_of(uow.connection, household_id)
    }:
        raise InvalidEntry("Choisissez l’intervenant dans la liste.", "part_id")
