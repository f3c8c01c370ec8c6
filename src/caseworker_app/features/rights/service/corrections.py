"""What a request for rectification led to: changes of the file, or the person's own statement kept beside."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.features.dossier.domain.file import HistoryLine
from caseworker_app.features.dossier.domain.wording import ACTIONS
from caseworker_app.features.dossier.service import history_of
from caseworker_app.features.rights import store
from caseworker_app.features.rights.domain.correction import RightsCorrection, checked_statement
from caseworker_app.features.rights.domain.requests import RequestKind, RightsRequest
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry, NotFound
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

# Changes of the household looked at for those a request led to.
_LOOKED_AT = 200
# What this room writes itself corrects nothing.
_OWN = frozenset(
    ACTIONS[intention]
    for intention in (
        "record_rights_request", "extend_rights_request", "answer_rights_request", "link_correction",
        "keep_statement", "set_restriction", "lift_restriction", "hand_over_data",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """A correction with the change of the file it is linked to, before and after in words; None for a statement."""

    correction: RightsCorrection
    change: HistoryLine | None


def link_correction(file: EncryptedFile, who: Who, request_id: str, changeset_id: str) -> tuple[str, Changes]:
    """Note that a change of the file was made at a request for rectification; return the id of the note.

    Raises InvalidEntry for another kind of request or a change noted already, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "link_correction") as uow:
        request = _rectification(uow, request_id)
        line = next(
            (
                each
                for each in possible_corrections(uow.connection, who, request)
                if each.changeset_id == changeset_id
            ),
            None,
        )
        if line is None:
            raise NotFound(
                "Cette modification n’est pas de ce dossier, ou elle est déjà notée\u00a0: choisissez-en une autre."
            )
        return _add(uow, who, request, line.action, changeset_id, None), uow.changes


def keep_statement(
    file: EncryptedFile, who: Who, request_id: str, about: str, statement: str
) -> tuple[str, Changes]:
    """Keep the person's own words beside what is not corrected (RGPD art. 16); return their id.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "keep_statement") as uow:
        request = _rectification(uow, request_id)
        subject, words = checked_statement(about, statement)
        return _add(uow, who, request, subject, None, words), uow.changes


def possible_corrections(connection: Connection, who: Who, request: RightsRequest) -> list[HistoryLine]:
    """Return the changes made in the file since a request was received that are not noted yet, newest first.

    Raises NotAllowed.
    """
    who.require(Right.READ_FILES)
    noted = {each.changeset_id for each in store.corrections_of(connection, request.household_id)}
    return [
        line
        for line in history_of(connection, who, request.household_id, _LOOKED_AT)
        if line.made_at.astimezone().date() >= request.received_on
        and line.changeset_id not in noted
        and not line.undone
        and line.changes
        and line.action not in _OWN
    ]


def corrections_of(connection: Connection, who: Who, household_id: str) -> list[ShownCorrection]:
    """Return what the requests of a household led to, each change with its before and after. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    found = store.corrections_of(connection, household_id)
    if not found:
        return []
    lines = {line.changeset_id: line for line in history_of(connection, who, household_id, _LOOKED_AT)}
    return [ShownCorrection(each, lines.get(each.changeset_id or "")) for each in found]


def _rectification(uow: UnitOfWork, request_id: str) -> RightsRequest:
    request = store.requests.one(uow.connection, request_id)
    if request.kind is not RequestKind.RECTIFICATION:
        raise InvalidEntry(
            "Seule une demande de rectification reçoit des corrections\u00a0: enregistrez-en une."
        )
    return request


def _add(
    uow: UnitOfWork,
    who: Who,
    request: RightsRequest,
    about: str,
    changeset_id: str | None,
    statement: str | None,
) -> str:
    row = {
        "household_id": request.household_id, "request_id": request.id, "about": about,
        "changeset_id": changeset_id, "statement": statement, "made_on": uow.today, "worker_id": who.worker_id,
    }  # fmt: skip
    return uow.insert(store.correction, row)
