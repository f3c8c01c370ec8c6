"""Deciding of households whose time has come: keep longer, archive, plan an erasure, call it off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from caseworker_app.features.households import service as households
from caseworker_app.features.retention import store
from caseworker_app.features.retention.domain.delays import checked_reason
from caseworker_app.features.retention.domain.going import StillFollowed
from caseworker_app.features.retention.domain.standing import ENDINGS, ChoiceKind, Clock
from caseworker_app.features.retention.service.delays import delays_within
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def keep_longer(
    file: EncryptedFile, who: Who, household_ids: Sequence[str], until: date, reason: str
) -> Changes:
    """Keep files active until a day, with the written reason. Raises NotAllowed, InvalidEntry."""
    who.require(Right.MANAGE_RETENTION)
    reason = checked_reason(reason)
    with file.unit_of_work(who.worker_id, "keep_longer") as uow:
        if until <= uow.today:
            raise InvalidEntry("Indiquez un jour à venir\u00a0: le dossier est gardé jusque-là.", "until")
        for clock in store.clocks(uow.connection, uow.today, uow.today, household_ids):
            _decide(uow, clock.household_id, ChoiceKind.KEEP, until, reason)
        return uow.changes


def archive(file: EncryptedFile, who: Who, household_ids: Sequence[str], reason: str) -> Changes:
    """Keep files apart: out of lists, search and counts, read by this role only. It can be taken back.

    Raises NotAllowed, InvalidEntry, StillFollowed.
    """
    who.require(Right.MANAGE_RETENTION)
    reason = checked_reason(reason)
    with file.unit_of_work(who.worker_id, "archive_household") as uow:
        for clock in _not_followed(uow, household_ids):
            _decide(uow, clock.household_id, ChoiceKind.ARCHIVE, None, reason)
            households.set_archived(uow, clock.household_id, uow.today)
            file.accesses.note(who.worker_id, AccessKind.ARCHIVED, clock.household_id, "in")
        return uow.changes


def take_out_of_archive(file: EncryptedFile, who: Who, household_ids: Sequence[str]) -> Changes:
    """Put files back among the others; a planned erasure is called off. Raises NotAllowed, NotFound."""
    who.require(Right.MANAGE_RETENTION)
    with file.unit_of_work(who.worker_id, "take_out_of_archive") as uow:
        for household_id in household_ids:
            households.set_archived(uow, household_id, None)
            _withdraw(uow, household_id, {ChoiceKind.ARCHIVE, *ENDINGS})
            file.accesses.note(who.worker_id, AccessKind.ARCHIVED, household_id, "out")
        return uow.changes


def plan_ending(
    file: EncryptedFile, who: Who, household_ids: Sequence[str], kind: ChoiceKind, reason: str
) -> tuple[date, Changes]:
    """Plan an erasure or an anonymisation; return the day from which it may be carried out. Nothing goes yet.

    Raises NotAllowed, InvalidEntry, StillFollowed.
    """
    who.require(Right.MANAGE_RETENTION)
    reason = checked_reason(reason)
    if kind not in ENDINGS:
        raise InvalidEntry("Choisissez d’effacer ou d’anonymiser.", "kind")
    with file.unit_of_work(who.worker_id, "plan_erasure") as uow:
        until = delays_within(uow).planned_for(uow.today)
        for clock in _not_followed(uow, household_ids):
            _withdraw(uow, clock.household_id, ENDINGS)
            _decide(uow, clock.household_id, kind, until, reason)
        return until, uow.changes


def call_off(file: EncryptedFile, who: Who, household_ids: Sequence[str]) -> Changes:
    """Call off what was planned or decided to keep longer: the clock alone decides again. Raises NotAllowed."""
    who.require(Right.MANAGE_RETENTION)
    with file.unit_of_work(who.worker_id, "call_off_erasure") as uow:
        for household_id in household_ids:
            _withdraw(uow, household_id, {*ENDINGS, ChoiceKind.KEEP})
        return uow.changes


def _not_followed(uow: UnitOfWork, household_ids: Sequence[str]) -> Iterator[Clock]:
    """Yield the clocks of households. Raises StillFollowed before any is yielded."""
    found = list(store.clocks(uow.connection, uow.today, uow.today, household_ids))
    for clock in found:
        if clock.followed:
            raise StillFollowed(clock.name)
    yield from found


def _decide(uow: UnitOfWork, household_id: str, kind: ChoiceKind, until: date | None, reason: str) -> None:
    _withdraw(uow, household_id, {kind})
    row = {
        "household_id": household_id, "decided_for": household_id, "kind": kind, "until": until,
        "reason": reason, "decided_on": uow.today, "worker_id": uow.worker_id,
    }  # fmt: skip
    uow.insert(store.choice, row)


def _withdraw(uow: UnitOfWork, household_id: str, kinds: set[ChoiceKind] | frozenset[ChoiceKind]) -> None:
    for each in store.choices_of(uow.connection, household_id):
        if each.kind in kinds:
            uow.delete(store.choice, each.id)
