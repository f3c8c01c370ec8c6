"""Steps of an eviction procedure, with the delay that the law gives each."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.housing import store
from caseworker_app.features.housing.domain.eviction import (
    EvictionKind,
    LegalDelay,
    NewEvictionStep,
    check_eviction_step,
    truce_end,
)
from caseworker_app.features.housing.domain.lease import Lease
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.entries import paragraphs
from caseworker_app.kernel.errors import NotFound
from caseworker_app.kernel.parameters import DatedValue, all_dated, dated, table
from caseworker_app.storage.encrypted_file import EncryptedFile

_TABLE = "eviction"


def record_eviction_step(file: EncryptedFile, who: Who, new: NewEvictionStep) -> tuple[str, Changes]:
    """Write a step of an eviction procedure and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "record_eviction_step") as uow:
        check_eviction_step(new, uow.today)
        household_id = store.leases.one(uow.connection, new.lease_id).household_id
        row = {**store.row_of(new), "note": paragraphs(new.note, "note"), "household_id": household_id}
        return uow.insert(store.eviction_step, row), uow.changes


def change_eviction_step(
    file: EncryptedFile, who: Who, step_id: str, changed: NewEvictionStep, expected_version: str | None = None
) -> Changes:
    """Rewrite a step typed wrong. Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_eviction_step") as uow:
        check_eviction_step(changed, uow.today)
        row = {**store.row_of(changed), "note": paragraphs(changed.note, "note")}
        uow.update(store.eviction_step, step_id, row, expected_version=expected_version)
        return uow.changes


def remove_eviction_step(file: EncryptedFile, who: Who, step_id: str) -> Changes:
    """Remove a step that did not happen. Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "remove_eviction_step") as uow:
        uow.delete(store.eviction_step, step_id)
        return uow.changes


def legal_delay(kind: EvictionKind, happened_on: date, lease: Lease) -> LegalDelay | None:
    """Return the delay that a step opens, None where the law sets none.

    That to pay depends on when the lease was signed; where that is not known, the shorter one is given, so
    that nobody counts on time they may not have.
    """
    if kind not in table(_TABLE):
        return None
    if kind is not EvictionKind.COMMAND_TO_PAY:
        rows = all_dated(_TABLE, kind, happened_on)
        return _delay(rows[0]) if rows else None
    signed = lease.signed_on or lease.starts_on
    if signed is not None:
        try:
            return _delay(dated(_TABLE, kind, signed))
        except NotFound:  # a lease older than the oldest text of the table keeps its oldest delay
            return _delay(dated(_TABLE, kind, date(1989, 7, 8)))
    return min((_delay(row) for row in _all(kind)), key=lambda delay: delay.end(happened_on))


def winter_truce_end(day: date) -> date | None:
    """Return the last day of the winter truce that holds on a day, None outside it."""
    bounds = dated(_TABLE, "winter_truce", day).value
    first, last = bounds["first"], bounds["last"]
    return truce_end(day, (first[0], first[1]), (last[0], last[1]))


def _all(kind: EvictionKind) -> list[DatedValue]:
    return [row for start in table(_TABLE)[kind] for row in all_dated(_TABLE, kind, start["start"])]


def _delay(row: DatedValue) -> LegalDelay:
    return LegalDelay(row.value.get("weeks", 0), row.value.get("months", 0), row.source, row.verified)
