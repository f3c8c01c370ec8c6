"""Intentions on the grant of an agreement: actions planned, what was spent on each."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.measures import store
from caseworker_app.features.measures.domain.grant import (
    GrantFollowed,
    accounts_of,
    checked_action,
    checked_spending,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile


def add_grant_action(
    file: EncryptedFile, who: Who, agreement_id: str, label: str, planned_cents: int
) -> tuple[str, Changes]:
    """Plan an action under an agreement; return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "add_grant_action") as uow:
        uow.get(store.agreement, agreement_id)
        words = checked_action(label, planned_cents, store.actions_of(uow.connection, agreement_id))
        values = {"agreement_id": agreement_id, "label": words, "planned_cents": planned_cents}
        return uow.insert(store.grant_action, values), uow.changes


def change_grant_action(
    file: EncryptedFile, who: Who, action_id: str, label: str, planned_cents: int
) -> Changes:
    """Word an action anew, or plan another amount. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "change_grant_action") as uow:
        held = store.actions.one(uow.connection, action_id)
        others = [a for a in store.actions_of(uow.connection, held.agreement_id) if a.id != action_id]
        words = checked_action(label, planned_cents, others)
        uow.update(store.grant_action, action_id, {"label": words, "planned_cents": planned_cents})
        return uow.changes


def remove_grant_action(file: EncryptedFile, who: Who, action_id: str) -> Changes:
    """Take out an action on which nothing was spent. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "remove_grant_action") as uow:
        if store.spendings_of(uow.connection, [action_id]):
            raise InvalidEntry(
                "Des dépenses sont notées sur cette action\u00a0: retirez-les d’abord.", "label"
            )
        uow.delete(store.grant_action, action_id)
        return uow.changes


def record_grant_spending(
    file: EncryptedFile, who: Who, action_id: str, spent_on: date, cents: int, what: str
) -> tuple[str, Changes]:
    """Write what was spent on an action; return the id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "record_grant_spending") as uow:
        action = store.actions.one(uow.connection, action_id)
        agreement = store.agreements.one(uow.connection, action.agreement_id)
        words = checked_spending(agreement, spent_on, cents, what, uow.today)
        values = {"action_id": action_id, "spent_on": spent_on, "spent_cents": cents, "what": words}
        return uow.insert(store.grant_spending, values), uow.changes


def remove_grant_spending(file: EncryptedFile, who: Who, spending_id: str) -> Changes:
    """Take out what was written by mistake. Raises NotFound, NotAllowed."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "remove_grant_spending") as uow:
        uow.delete(store.grant_spending, spending_id)
        return uow.changes


def grant_of(connection: Connection, who: Who, agreement_id: str) -> GrantFollowed:
    """Return the grant of an agreement, its actions in the order they were planned.

    For whoever reads files or manages the office. Raises NotFound, NotAllowed.
    """
    if not who.may(Right.MANAGE_OFFICE):
        who.require(Right.READ_FILES)
    agreement = store.agreements.one(connection, agreement_id)
    actions = store.actions_of(connection, agreement_id)
    spendings = store.spendings_of(connection, [each.id for each in actions])
    return GrantFollowed(agreement.grant_cents, accounts_of(actions, spendings))
