"""Intentions of the team room: founding an office, knowing who acts, keeping the association and its people."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.features.team import store
from caseworker_app.features.team.domain import (
    MAX_NAME,
    AlreadyFounded,
    Association,
    AssociationForm,
    NewOffice,
    Right,
    Role,
    Who,
    Worker,
    WorkerForm,
    check_own_role,
    checked_name,
    kept_logo,
)
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.entries import optional_line
from caseworker_app.kernel.errors import InvalidEntry, NotFound
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def found_office(file: EncryptedFile, new: NewOffice) -> tuple[Who, Changes]:
    """Write the association, its first worker and its space into a new file; return the worker as `who`.

    The only intention without a `who`: nobody is there before it. Raises InvalidEntry for an empty name,
    AlreadyFounded.
    """
    association = checked_name(new.association, "le nom de l’association", "association")
    worker = checked_name(new.worker, "le nom de l’intervenant·e", "worker")
    who = _heard(file, Who(new_id(), worker, Role.SUPERVISOR))
    with file.unit_of_work(who.worker_id, "found_office") as uow:
        if file.state.owner_id is not None:
            raise AlreadyFounded
        uow.insert(store.space, {"id": uow.default_space, "name": association, "kind": "team"})
        logo = kept_logo(new.logo_png)
        uow.insert(store.association, {**_letterhead(new), "name": association, "logo": logo})
        uow.insert(store.worker, _first_worker(who, new))
        uow.own_file(who.worker_id)
        return who, uow.changes


def owner(file: EncryptedFile) -> Who:
    """Return the worker this file belongs to. Raises NotFound for a file that was never founded."""
    if file.state.owner_id is None:
        raise NotFound("Ce fichier n’a pas encore d’intervenant·e\u00a0: créez-le de nouveau.")
    with file.reading() as connection:
        return _heard(file, store.workers.one(connection, file.state.owner_id).as_who())


def the_association(connection: Connection, who: Who) -> Association:
    """Return the association that heads the letters, which every role may read.

    Raises NotFound before it is founded.
    """
    association = store.the_association(connection)
    if association is None:
        raise NotFound("Le nom de l’association manque\u00a0: indiquez-le dans Réglages.")
    return association


def list_workers(connection: Connection, who: Who) -> list[Worker]:
    """Return every worker in order of creation; every role may know its colleagues."""
    return store.workers.all(connection)


def add_worker(
    file: EncryptedFile, who: Who, name: str, role: Role, job_title: str | None = None
) -> tuple[str, Changes]:
    """Add a colleague and return their id. Raises NotAllowed, InvalidEntry."""
    return add_from_form(file, who, WorkerForm(name, role, job_title))


def add_from_form(file: EncryptedFile, who: Who, form: WorkerForm) -> tuple[str, Changes]:
    """Add a colleague with how they are reached, and return their id. Raises NotAllowed, InvalidEntry."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "add_worker") as uow:
        return uow.insert(store.worker, {**_worker_row(form), "active": True}), uow.changes


def change_association(
    file: EncryptedFile, who: Who, form: AssociationForm, expected_version: str | None = None
) -> Changes:
    """Change what heads the letters. Raises NotAllowed, InvalidEntry, NotFound, ChangedMeanwhile."""
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "change_association") as uow:
        association = the_association(uow.connection, who)
        name = checked_name(form.name, "le nom de l’association")
        values = {**_letterhead(form), "name": name}
        uow.update(store.association, association.id, values, expected_version=expected_version)
        return uow.changes


def change_logo(
    file: EncryptedFile, who: Who, png: bytes | None, expected_version: str | None = None
) -> Changes:
    """Change the picture that heads the letters, None to remove it; `png` as `pdf.logo_picture` makes it.

    Raises NotAllowed, InvalidEntry, NotFound, ChangedMeanwhile.
    """
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "change_association") as uow:
        association = the_association(uow.connection, who)
        values = {"logo": kept_logo(png)}
        uow.update(store.association, association.id, values, expected_version=expected_version)
        return uow.changes


def change_worker(
    file: EncryptedFile, who: Who, worker_id: str, form: WorkerForm, expected_version: str | None = None
) -> Changes:
    """Change a colleague's name, role or how they are reached; one's own role keeps the right to come back.

    Raises NotAllowed, InvalidEntry, NotFound, ChangedMeanwhile.
    """
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "change_worker") as uow:
        if worker_id == who.worker_id:
            check_own_role(form.role)
        uow.update(store.worker, worker_id, _worker_row(form), expected_version=expected_version)
        return uow.changes


def set_worker_active(file: EncryptedFile, who: Who, worker_id: str, *, active: bool) -> Changes:
    """Say that a colleague left, or is back: what they wrote keeps their name.

    Raises NotAllowed, NotFound, InvalidEntry for oneself.
    """
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "set_worker_active") as uow:
        if worker_id == who.worker_id and not active:
            raise InvalidEntry(
                "Ce fichier est le vôtre\u00a0: vous ne pouvez pas vous retirer de sa liste.", "name"
            )
        uow.update(store.worker, worker_id, {"active": active})
        return uow.changes


def add_workers(uow: UnitOfWork, names: list[str], role: Role) -> list[str]:
    """Add colleagues inside another intention, which has checked the right to; return their ids.

    Raises InvalidEntry.
    """
    rows = [{"name": checked_name(name, "le nom"), "role": role, "active": True} for name in names]
    return uow.insert_many(store.worker, rows)


def _heard(file: EncryptedFile, who: Who) -> Who:
    """Return `who`, each refusal of whom leaves a line in the log of accesses."""

    def note(right: Right) -> None:
        file.accesses.note(who.worker_id, AccessKind.REFUSED, None, right.value)

    return replace(who, refused=note)


def _worker_row(form: WorkerForm) -> dict[str, object]:
    lines = {
        name: optional_line(getattr(form, name), MAX_NAME, name) for name in ("job_title", "phone", "email")
    }
    return {**lines, "name": checked_name(form.name, "le nom"), "role": form.role}


def _letterhead(new: NewOffice | AssociationForm) -> dict[str, str | None]:
    names = ("activity", "street", "postal_code", "city", "phone", "email")
    return {name: optional_line(getattr(new, name), MAX_NAME, name) for name in names}


def _first_worker(who: Who, new: NewOffice) -> dict[str, object]:
    return {
        "id": who.worker_id,
        "name": who.name,
        "role": who.role,
        "job_title": optional_line(new.job_title, MAX_NAME, "job_title"),
        "active": True,
    }
