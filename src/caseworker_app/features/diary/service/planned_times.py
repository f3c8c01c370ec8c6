"""The rows of the agenda: read as they stand, and steps of the agenda room's intentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from caseworker_app.features.diary import store
from caseworker_app.features.diary.domain.appointment import PlannedTime, Repeat, TimeForm
from caseworker_app.features.diary.domain.visit import AppointmentState
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.unit_of_work import ChangedMeanwhile, UnitOfWork


def planned_times(connection: Connection, who: Who, first: date, last: date) -> list[PlannedTime]:
    """Return everything that begins from `first` to `last`, everybody's, by hour. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.planned_times(connection, first, last)


def planned_time(connection: Connection, who: Who, row_id: str) -> PlannedTime:
    """Return one row of the agenda. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    return store.planned.one(connection, row_id)


def times_of_series(connection: Connection, who: Who, series_id: str) -> list[PlannedTime]:
    """Return every occurrence of a repetition, by hour. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.times_of_series(connection, series_id)


def known_outside(connection: Connection, who: Who, uids: Sequence[str]) -> set[str]:
    """Return which names of other calendars are in the agenda already. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.known_outside(connection, uids)


def known_times(connection: Connection, who: Who, ids: Sequence[str]) -> set[str]:
    """Return which of some ids are those of rows that are there. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.known_times(connection, ids)


def time_row(
    form: TimeForm, worker_id: str, series_id: str | None = None, repeats: Repeat | None = None
) -> dict[str, Any]:
    """Return the row of a planned time whose form was checked (`kept_form`); `worker_id`: whoever writes it."""
    return {
        **asdict(form),
        "worker_id": form.worker_id or worker_id,
        "state": AppointmentState.PLANNED,
        "series_id": series_id,
        "repeats": repeats,
    }


def put_in_agenda(uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Add rows inside another intention; return their ids."""
    return uow.insert_many(store.appointment, rows)


def change_in_agenda(
    uow: UnitOfWork, row_id: str, values: Mapping[str, Any], expected_version: str | None = None
) -> None:
    """Change a row inside another intention. Raises NotFound, ChangedMeanwhile.

    One that passes to a household, or leaves one, goes from the one's history and comes whole into the other's.
    """
    if "household_id" not in values:
        uow.update(store.appointment, row_id, values, expected_version=expected_version)
        return
    before = uow.get(store.appointment, row_id)
    if expected_version is not None and before["version"] != expected_version:
        raise ChangedMeanwhile
    uow.delete(store.appointment, row_id)
    uow.insert(store.appointment, {**before, **values, "id": row_id})


def take_out_of_agenda(uow: UnitOfWork, row_ids: Sequence[str]) -> None:
    """Remove rows inside another intention. Raises NotFound."""
    for row_id in row_ids:
        uow.delete(store.appointment, row_id)
