"""Intentions of the consents room: an agreement given, an agreement withdrawn."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.consents import store
from caseworker_app.features.consents.domain import Consent, NewConsent, check_withdrawal, checked_consent
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def give_consent(file: EncryptedFile, who: Who, new: NewConsent) -> tuple[str, Changes]:
    """Write what a household agreed to share and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "give_consent") as uow:
        uow.get(declaration_of("household").table, new.household_id)
        return add_consents(uow, [new])[0], uow.changes


def add_consents(uow: UnitOfWork, batch: list[NewConsent]) -> list[str]:
    """Add many agreements at once and return their ids. Raises InvalidEntry."""
    return uow.insert_many(store.consent, [store.row_of(checked_consent(new, uow.today)) for new in batch])


def withdraw_consent(
    file: EncryptedFile, who: Who, consent_id: str, withdrawn_on: date | None = None
) -> Changes:
    """Write that the household takes its agreement back, today unless told; what was sent stays sent.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "withdraw_consent") as uow:
        day = withdrawn_on or uow.today
        check_withdrawal(store.consent_with_id(uow.connection, consent_id), day, uow.today)
        uow.update(store.consent, consent_id, {"withdrawn_on": day})
        return uow.changes


def consents_of(connection: Connection, who: Who, household_id: str) -> list[Consent]:
    """Return every agreement of a household, withdrawn ones too, the latest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.consents_of(connection, household_id)
