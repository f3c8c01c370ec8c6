"""The register of requests (« demandes des personnes »): received, extended, answered."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.households import service as households
from caseworker_app.features.rights import store
from caseworker_app.features.rights.domain.requests import (
    Answer,
    NewRequest,
    RightsRequest,
    checked_answer,
    checked_extension,
    checked_request,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def record_request(file: EncryptedFile, who: Who, new: NewRequest) -> tuple[str, Changes]:
    """Enter a request in the register and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "record_rights_request") as uow:
        clean = checked_request(new, uow.today)
        _check_member(uow, who, clean)
        row = {
            "household_id": clean.household_id, "kind": clean.kind, "member_id": clean.member_id,
            "asked_by": clean.asked_by, "received_on": clean.received_on, "identity_check": clean.identity,
            "details": clean.details, "worker_id": who.worker_id,
        }  # fmt: skip
        return uow.insert(store.request, row), uow.changes


def extend_request(file: EncryptedFile, who: Who, request_id: str, reason: str) -> Changes:
    """Give a request two months more, told to the person today with its reason (RGPD art. 12.3).

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "extend_rights_request") as uow:
        request = store.requests.one(uow.connection, request_id)
        clean = checked_extension(request, reason, uow.today)
        uow.update(store.request, request_id, {"extended_on": uow.today, "extension_reason": clean})
        return uow.changes


def answer_request(file: EncryptedFile, who: Who, request_id: str, answer: Answer) -> Changes:
    """Write what was answered, and when. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "answer_rights_request") as uow:
        clean = checked_answer(store.requests.one(uow.connection, request_id), answer, uow.today)
        values = {
            "outcome": clean.outcome, "answered_on": clean.answered_on, "answer": clean.text,
            "refusal_reason": clean.reason, "identity_check": clean.identity,
        }  # fmt: skip
        uow.update(store.request, request_id, values)
        return uow.changes


def requests_of(connection: Connection, who: Who, household_id: str) -> list[RightsRequest]:
    """Return the requests of a household, newest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.requests_of(connection, household_id)


def pending_requests(connection: Connection, who: Who, until: date | None = None) -> list[RightsRequest]:
    """Return every request that waits for its answer (due by `until` when told), the soonest due first.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    found = store.open_requests(connection)
    wanted = [each for each in found if until is None or each.due_on <= until]
    return sorted(wanted, key=lambda each: each.due_on)


def _check_member(uow: UnitOfWork, who: Who, new: NewRequest) -> None:
    people = households.open_household(uow.connection, who, new.household_id)
    known = {member.id for member in (*people.members, *people.former_members)}
    if new.member_id is not None and new.member_id not in known:
        raise InvalidEntry(
            "Cette personne n’est pas de ce ménage\u00a0: choisissez-en une autre.", "asked_by"
        )
