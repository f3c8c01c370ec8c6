"""Intentions of the agenda: planning once or repeatedly, changing, moving, removing, saying how it went."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime, timedelta

from caseworker_app.features.agenda.domain.repeats import Repetition, Scope, occurrences
from caseworker_app.features.agenda.service.reading import require_seen
from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.appointment import PlannedTime, TimeForm, form_of, kept_form
from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

WRITTEN = "La visite de ce rendez-vous est écrite\u00a0: il reste où il était. Corrigez la visite."


def plan(
    file: EncryptedFile, who: Who, form: TimeForm, repetition: Repetition | None = None
) -> tuple[list[str], Changes]:
    """Put a time in the agenda, once or at each occurrence; return the ids, by date.

    Raises InvalidEntry, NotFound for a household that is gone, NotAllowed, Restricted.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "agenda_plan") as uow:
        kept = _checked(uow, form)
        moments = [kept.starts_at] if repetition is None else occurrences(kept.starts_at, repetition)
        series = new_id() if repetition is not None else None
        repeats = repetition.repeat if repetition is not None else None
        rows = [
            diary.time_row(replace(kept, starts_at=moment), who.worker_id, series, repeats)
            for moment in moments
        ]
        return diary.put_in_agenda(uow, rows), uow.changes


def change(
    file: EncryptedFile,
    who: Who,
    row_id: str,
    form: TimeForm,
    scope: Scope = Scope.ONE,
    expected_version: str | None = None,
) -> Changes:
    """Change a time; FOLLOWING: every later occurrence still planned too, each moved by as much as this one.

    Raises InvalidEntry, NotFound, NotAllowed, ChangedMeanwhile, Restricted.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "agenda_change") as uow:
        row = _own_row(uow, who, row_id)
        _rewrite(uow, who, row, form, scope, expected_version)
        return uow.changes


def move(
    file: EncryptedFile,
    who: Who,
    row_id: str,
    starts_at: datetime,
    duration_minutes: int | None = None,
    scope: Scope = Scope.ONE,
    expected_version: str | None = None,
) -> Changes:
    """Move a time, and change how long it lasts when `duration_minutes` is told; `scope` as for `change`.

    Raises InvalidEntry, NotFound, NotAllowed, ChangedMeanwhile, Restricted.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "agenda_move") as uow:
        row = _own_row(uow, who, row_id)
        minutes = duration_minutes or row.duration_minutes
        form = replace(form_of(row), starts_at=starts_at, duration_minutes=minutes)
        _rewrite(uow, who, row, form, scope, expected_version)
        return uow.changes


def remove(file: EncryptedFile, who: Who, row_id: str, scope: Scope = Scope.ONE) -> Changes:
    """Take a time out of the agenda; FOLLOWING: every later occurrence still planned too.

    Raises InvalidEntry, NotFound, NotAllowed, Restricted.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "agenda_remove") as uow:
        row = _own_row(uow, who, row_id)
        later = _following(uow, who, row) if scope is Scope.FOLLOWING else []
        diary.take_out_of_agenda(uow, [row.id, *(each.id for each in later)])
        return uow.changes


def settle(file: EncryptedFile, who: Who, row_id: str, state: AppointmentState) -> Changes:
    """Say what became of a time: held, missed, cancelled, or to come again.

    Raises InvalidEntry where its visit tells it, NotFound, NotAllowed, Restricted.
    """
    who.require(Right.WRITE_DIARY)
    with file.unit_of_work(who.worker_id, "change_appointment_state") as uow:
        row = _own_row(uow, who, row_id)
        diary.change_in_agenda(uow, row.id, {"state": state})
        return uow.changes


def _own_row(uow: UnitOfWork, who: Who, row_id: str) -> PlannedTime:
    """Return a row that may be changed. Raises InvalidEntry, NotFound, NotAllowed."""
    row = diary.planned_time(uow.connection, who, row_id)
    require_seen(uow.connection, who, row, uow.today)
    if row.entry_id is not None:
        raise InvalidEntry(WRITTEN)
    return row


def _checked(uow: UnitOfWork, form: TimeForm) -> TimeForm:
    if form.household_id is not None:
        uow.get(declaration_of("household").table, form.household_id)
    if form.worker_id is not None:
        uow.get(declaration_of("worker").table, form.worker_id)
    return kept_form(form, uow.today)


def _rewrite(
    uow: UnitOfWork, who: Who, row: PlannedTime, form: TimeForm, scope: Scope, expected_version: str | None
) -> None:
    kept = _checked(uow, form)
    later = _following(uow, who, row) if scope is Scope.FOLLOWING else []
    days = (kept.starts_at.date() - row.starts_at.date()).days
    _write(uow, row, kept, expected_version)
    for each in later:
        day = each.starts_at.date() + timedelta(days=days)
        moment = datetime.combine(day, kept.starts_at.time())
        _write(uow, each, kept_form(replace(kept, starts_at=moment), uow.today), None)


def _write(uow: UnitOfWork, row: PlannedTime, kept: TimeForm, expected_version: str | None) -> None:
    values = {**asdict(kept), "worker_id": kept.worker_id or row.worker_id}
    if values["household_id"] == row.household_id:
        del values["household_id"]
    diary.change_in_agenda(uow, row.id, values, expected_version)


def _following(uow: UnitOfWork, who: Who, row: PlannedTime) -> list[PlannedTime]:
    if row.series_id is None:
        return []
    series = diary.times_of_series(uow.connection, who, row.series_id)
    return [
        each
        for each in series
        if each.starts_at > row.starts_at and each.state is AppointmentState.PLANNED and each.entry_id is None
    ]
