"""Intentions on the procedures of a household: begun, corrected, handed in, and each paper received or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import KeptContent, NewAttachment, usual_form
from caseworker_app.features.households import service as households
from caseworker_app.features.procedures import store
from caseworker_app.features.procedures.domain.checklist import Checklist, Paper, Validity
from caseworker_app.features.procedures.domain.procedure import (
    NewProcedure,
    Noted,
    PaperKey,
    Procedure,
    check_paper_days,
    checked_procedure,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def begin_procedure(
    file: EncryptedFile, who: Who, household_id: str, new: NewProcedure
) -> tuple[str, Changes]:
    """Begin a procedure on the version of its list in force today; return its id.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "begin_procedure") as uow:
        uow.get(declaration_of("household").table, household_id)
        listed = _listed(uow, new.checklist)
        values = {**_row(new, uow.today), **listed, "household_id": household_id, "worker_id": who.worker_id}
        return uow.insert(store.procedure, values), uow.changes


def change_procedure(
    file: EncryptedFile,
    who: Who,
    procedure_id: str,
    changed: NewProcedure,
    expected_version: str | None = None,
) -> Changes:
    """Correct a procedure, note that it was handed in or ended; another list takes its version of today.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_procedure") as uow:
        before = store.procedures.one(uow.connection, procedure_id)
        listed = {} if changed.checklist == before.checklist else _listed(uow, changed.checklist)
        row = {**_row(changed, uow.today), **listed}
        uow.update(store.procedure, procedure_id, row, expected_version=expected_version)
        return uow.changes


def take_newer_list(file: EncryptedFile, who: Who, procedure_id: str) -> Changes:
    """Have a procedure ask by the version of its list in force today; what was received stays.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "take_newer_list") as uow:
        before = store.procedures.one(uow.connection, procedure_id)
        uow.update(store.procedure, procedure_id, _listed(uow, before.checklist))
        return uow.changes


def remove_procedure(file: EncryptedFile, who: Who, procedure_id: str) -> Changes:
    """Remove a procedure begun by mistake, with what was noted of its papers; the pieces stay in the file.

    Raises NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "remove_procedure") as uow:
        for each in store.notes_in(uow.connection, procedure_id):
            uow.delete(store.paper_note, each.id)
        uow.delete(store.procedure, procedure_id)
        return uow.changes


def receive_paper(
    file: EncryptedFile,
    who: Who,
    procedure_id: str,
    key: PaperKey,
    attachment_id: str | None = None,
    *,
    dated_on: date | None = None,
    until: date | None = None,
) -> tuple[str, Changes]:
    """Note a paper as received, with the piece kept of it or seen without a copy; return the id of the note.

    Raises InvalidEntry for days that cannot be or a piece of another household, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "receive_paper") as uow:
        check_paper_days(dated_on, until, uow.today)
        of, paper = _paper(uow, procedure_id, key)
        if attachment_id is not None:
            piece = uow.get(declaration_of("attachment").table, attachment_id)
            if piece["household_id"] != of.household_id:
                raise InvalidEntry("Cette pièce n’est pas de ce ménage.", "attachment_id")
        _drop_not_concerned(uow, of, key)
        note = _note(uow, of, key, Noted.RECEIVED, attachment_id)
        note |= {"dated_on": dated_on or _usual_date(paper, uow.today), "until": until}
        return uow.insert(store.paper_note, note), uow.changes


def receive_files(
    file: EncryptedFile, who: Who, procedure_id: str, key: PaperKey, contents: Sequence[KeptContent]
) -> tuple[list[str], Changes]:
    """Keep files as pieces of the household and note the paper as received with them; return the pieces' ids.

    The pieces are of the paper's kind and bear its name. Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "receive_paper") as uow:
        of, paper = _paper(uow, procedure_id, key)
        whose = _name_of(uow, who, of.household_id, key)
        caption = f"{paper.label}, {whose}" if whose else paper.label
        batch = [
            NewAttachment(each, replace(usual_form(each), kind=paper.kind, caption=caption))
            for each in contents
        ]
        ids = attachments.attach(uow, of.household_id, batch)
        _drop_not_concerned(uow, of, key)
        for attachment_id, each in zip(ids, contents, strict=True):
            note = _note(uow, of, key, Noted.RECEIVED, attachment_id)
            note["dated_on"] = each.taken_on or _usual_date(paper, uow.today)
            uow.insert(store.paper_note, note)
        return ids, uow.changes


def set_not_concerned(file: EncryptedFile, who: Who, procedure_id: str, key: PaperKey) -> Changes:
    """Note that a paper does not concern the household or the person; what was received of it stays a piece.

    Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "set_not_concerned") as uow:
        of, _paper_asked = _paper(uow, procedure_id, key)
        _clear(uow, of, key)
        uow.insert(store.paper_note, _note(uow, of, key, Noted.NOT_CONCERNED, None))
        return uow.changes


def clear_paper(file: EncryptedFile, who: Who, procedure_id: str, key: PaperKey) -> Changes:
    """Take back what was noted of a paper, which is missing again; its pieces stay in the file.

    Raises NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "clear_paper") as uow:
        of = store.procedures.one(uow.connection, procedure_id)
        _clear(uow, of, key)
        return uow.changes


def date_paper(
    file: EncryptedFile,
    who: Who,
    note_id: str,
    dated_on: date | None,
    until: date | None,
    expected_version: str | None = None,
) -> Changes:
    """Say of a paper received its date and the end written on it.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "date_paper") as uow:
        check_paper_days(dated_on, until, uow.today)
        row = {"dated_on": dated_on, "until": until}
        uow.update(store.paper_note, note_id, row, expected_version=expected_version)
        return uow.changes


def _listed(uow: UnitOfWork, code: str) -> dict[str, Any]:
    found: Checklist | None = store.checklists(uow.connection).current(code, uow.today)
    if found is None:
        raise InvalidEntry("Choisissez une démarche dans la liste.", "checklist")
    return {"label": found.label, "edition_id": found.edition_id, "listed_on": uow.today}


def _row(new: NewProcedure, day: date) -> dict[str, Any]:
    checked = checked_procedure(new, day)
    return {each.name: getattr(checked, each.name) for each in fields(NewProcedure)}


def _paper(uow: UnitOfWork, procedure_id: str, key: PaperKey) -> tuple[Procedure, Paper]:
    of = store.procedures.one(uow.connection, procedure_id)
    lists = store.checklists(uow.connection)
    paper = lists.version(of.checklist, of.edition_id, of.listed_on).paper(key.paper)
    if paper is None and not any(each.key == key for each in store.notes_in(uow.connection, procedure_id)):
        raise InvalidEntry("Cette démarche ne demande pas cette pièce\u00a0: relisez sa liste.", "paper")
    if key.member_id is not None:
        member = uow.get(declaration_of("household_member").table, key.member_id)
        if member["household_id"] != of.household_id:
            raise InvalidEntry("Cette personne n’est pas de ce ménage.", "member_id")
    return of, paper or lists.paper(key.paper, of.listed_on)


def _note(
    uow: UnitOfWork, of: Procedure, key: PaperKey, state: Noted, attachment_id: str | None
) -> dict[str, Any]:
    return {
        "household_id": of.household_id, "procedure_id": of.id, "paper": key.paper, "member_id": key.member_id,
        "state": state.value, "attachment_id": attachment_id, "noted_on": uow.today, "worker_id": uow.worker_id,
    }  # fmt: skip


def _clear(uow: UnitOfWork, of: Procedure, key: PaperKey) -> None:
    for each in store.notes_in(uow.connection, of.id):
        if each.key == key:
            uow.delete(store.paper_note, each.id)


def _drop_not_concerned(uow: UnitOfWork, of: Procedure, key: PaperKey) -> None:
    for each in store.notes_in(uow.connection, of.id):
        if each.key == key and each.state is Noted.NOT_CONCERNED:
            uow.delete(store.paper_note, each.id)


def _usual_date(paper: Paper, today: date) -> date | None:
    """Return the date a paper is counted from where nobody said one: the day it came."""
    return today if paper.validity in (Validity.MONTHS, Validity.TAX_YEAR) else None


def _name_of(uow: UnitOfWork, who: Who, household_id: str, key: PaperKey) -> str:
    if key.member_id is None:
        return ""
    everyone = households.open_household(uow.connection, who, household_id).everyone
    return next((each.full_name() for each in everyone if each.id == key.member_id), "")
