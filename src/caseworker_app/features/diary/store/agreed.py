"""Reading what was agreed: promises and appointments, of a household or of everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, bindparam, or_, select

from caseworker_app.features.diary.domain.appointment import PlannedTime
from caseworker_app.features.diary.domain.visit import OPEN_PROMISES, Appointment, AppointmentState, Promise
from caseworker_app.features.diary.store.bounds import bounds
from caseworker_app.features.diary.store.tables import appointment, appointments, planned, promise, promises
from caseworker_app.kernel.dates import Period
from caseworker_app.storage.kept_apart import of_listed_households

_PROMISES_OF = promises.lookup(
    "household_id", order_by=(promise.c.entry_id, promise.c.position, promise.c.id)
)
_OPEN_PROMISES = promises.lookup(
    "household_id",
    where=(or_(*(promise.c.state == state.value for state in OPEN_PROMISES)),),
    order_by=(promise.c.due_on.is_(None), promise.c.due_on, promise.c.id),
)
_APPOINTMENTS_OF = appointments.lookup("household_id", order_by=(appointment.c.starts_at, appointment.c.id))
_IN_HOUSEHOLDS_LISTED = or_(
    appointment.c.household_id.is_(None), of_listed_households(appointment.c.household_id)
)
_SPAN = planned.lookup(
    "start",
    "end",
    where=(
        appointment.c.starts_at >= bindparam("start"),
        appointment.c.starts_at < bindparam("end"),
        _IN_HOUSEHOLDS_LISTED,
    ),
    order_by=(appointment.c.starts_at, appointment.c.id),
)
_SERIES = planned.lookup("series_id", order_by=(appointment.c.starts_at, appointment.c.id))
_AGENDA = appointments.lookup(
    "state",
    "start",
    "end",
    where=(
        appointment.c.starts_at >= bindparam("start"),
        appointment.c.starts_at < bindparam("end"),
        appointment.c.household_id.is_not(None),
        of_listed_households(appointment.c.household_id),
    ),
    order_by=(appointment.c.starts_at, appointment.c.id),
)


def promises_of(connection: Connection, household_id: str) -> list[Promise]:
    """Return every promise of a household, in order."""
    return _PROMISES_OF(connection, household_id)


def open_promises(connection: Connection, household_id: str) -> list[Promise]:
    """Return the promises still waited for, those due first at the head."""
    return _OPEN_PROMISES(connection, household_id)


def appointments_of(connection: Connection, household_id: str) -> list[Appointment]:
    """Return every appointment of a household, in order of date."""
    return _APPOINTMENTS_OF(connection, household_id)


def agenda(connection: Connection, period: Period) -> list[Appointment]:
    """Return the planned appointments of a period, in order of date."""
    return _AGENDA(connection, AppointmentState.PLANNED.value, *bounds(period))


def planned_times(connection: Connection, first: date, last: date) -> list[PlannedTime]:
    """Return everything that begins from `first` to `last`, both included, by hour; of archived households nothing."""
    return _SPAN(connection, *bounds(Period(first, last)))


def times_of_series(connection: Connection, series_id: str) -> list[PlannedTime]:
    """Return every occurrence of a repetition, by hour."""
    return _SERIES(connection, series_id)


def known_outside(connection: Connection, uids: Sequence[str]) -> set[str]:
    """Return which names of other calendars are in the agenda already."""
    return _among(connection, appointment.c.outside_uid, uids)


def known_times(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Return which of some ids are those of appointments that are there."""
    return _among(connection, appointment.c.id, ids)


def _among(connection: Connection, c: Column[Any], uids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(uids), 500):
        some = uids[start : start + 500]
        found.update(row[0] for row in connection.execute(select(c).where(c.in_(some))))
    return found
