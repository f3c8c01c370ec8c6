"""The delays in force, and choosing the association's own."""

from __future__ import annotations

from caseworker_app.features.retention import store
from caseworker_app.features.retention.domain.delays import (
    Delay,
    DelayInForce,
    Delays,
    check_delay,
    delays_in_force,
    delays_of,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def delays_now(file: EncryptedFile, connection: Connection, who: Who) -> list[DelayInForce]:
    """Return each delay as it holds today, with its source. Raises NotAllowed."""
    who.require(Right.MANAGE_RETENTION)
    return delays_in_force(today(file.clock), store.own_delays(connection))


def change_delay(file: EncryptedFile, who: Who, code: Delay, value: int, reason: str) -> Changes:
    """Choose a delay from today on, with the association's reason. Raises NotAllowed, InvalidEntry."""
    who.require(Right.MANAGE_RETENTION)
    reason = check_delay(code, value, reason)
    with file.unit_of_work(who.worker_id, "change_retention_delay") as uow:
        row = {"code": code, "value": value, "starts_on": uow.today, "reason": reason}
        uow.insert(store.delay, row)
        return uow.changes


def delays_within(uow: UnitOfWork) -> Delays:
    """Return the delays of today inside an intention, which has checked the right to ask."""
    return delays_of(delays_in_force(uow.today, store.own_delays(uow.connection)))
