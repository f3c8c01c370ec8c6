"""Entries given to a colleague to read: asked, answered, put away. The entry itself never changes by it."""

from __future__ import annotations

from caseworker_app.features.diary import store
from caseworker_app.features.diary.domain.report_review import (
    Readers,
    ReportReview,
    ReviewDecision,
    ReviewState,
    checked_answer,
    may_be_read,
    readers,
)
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.entries import paragraphs
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

_WAITS = "Une relecture de cet écrit est déjà demandée\u00a0: retirez-la d’abord pour demander à quelqu’un d’autre."
_ANSWERED = "Cette relecture a déjà reçu une réponse\u00a0: demandez-en une autre."


def ask_report_review(
    file: EncryptedFile, who: Who, entry_id: str, reader_id: str, word: str | None = None
) -> tuple[str, Changes]:
    """Ask a colleague to read an entry one wrote; return the id. What was sent back before is settled by it.

    Raises InvalidEntry (somebody who may not read it, one reading already waiting, a note that was imported),
    NotFound, NotAllowed (somebody else's entry, a volunteer).
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "ask_report_review") as uow:
        entry = store.entries.one(uow.connection, entry_id)
        if entry.worker_id != who.worker_id:
            raise NotAllowed("Seule la personne qui a écrit peut demander une relecture.")
        if not may_be_read(entry):
            raise InvalidEntry("Cet écrit ne se donne pas à relire.")
        if reader_id not in report_readers(uow.connection, who).names:
            raise InvalidEntry("Choisissez un·e collègue qui peut modifier les dossiers.", "reader_id")
        _settle_before(uow, entry_id)
        values = {
            "household_id": entry.household_id,
            "entry_id": entry_id,
            "asked_by": who.worker_id,
            "asked_on": uow.today,
            "reader_id": reader_id,
            "word": paragraphs(word, "word"),
        }
        return uow.insert(store.report_review, values), uow.changes


def answer_report_review(
    file: EncryptedFile, who: Who, report_id: str, decision: ReviewDecision, comment: str | None = None
) -> Changes:
    """Accept an entry one was asked to read, or send it back with what is to be corrected.

    Raises InvalidEntry (answered already, sent back without a word), NotFound, NotAllowed (asked of somebody else).
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "answer_report_review") as uow:
        before = store.report_reviews.one(uow.connection, report_id)
        if before.reader_id != who.worker_id:
            raise NotAllowed("Cette relecture est demandée à quelqu’un d’autre.")
        if before.state is not ReviewState.ASKED:
            raise InvalidEntry(_ANSWERED)
        kept = checked_answer(decision, comment)
        values = {"decision": decision, "decided_on": uow.today, "comment": kept}
        uow.update(store.report_review, report_id, values, expected_version=before.version)
        return uow.changes


def put_away_report_review(file: EncryptedFile, who: Who, report_id: str) -> Changes:
    """Settle what was sent back without asking again. Raises InvalidEntry, NotFound, NotAllowed (not its author)."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "put_away_report_review") as uow:
        before = _of_author(uow, who, report_id)
        if before.state is not ReviewState.TO_CORRECT:
            raise InvalidEntry("Rien n’est à reprendre dans cet écrit.")
        uow.update(store.report_review, report_id, {"closed_on": uow.today})
        return uow.changes


def withdraw_report_review(file: EncryptedFile, who: Who, report_id: str) -> Changes:
    """Take back a reading nobody answered yet. Raises InvalidEntry, NotFound, NotAllowed (not its author)."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "withdraw_report_review") as uow:
        if _of_author(uow, who, report_id).state is not ReviewState.ASKED:
            raise InvalidEntry(_ANSWERED)
        uow.delete(store.report_review, report_id)
        return uow.changes


def report_readers(connection: Connection, who: Who) -> Readers:
    """Return who may be asked to read what one wrote, the last one asked proposed. Raises NotAllowed."""
    who.require(Right.WRITE_FILES)
    last = store.last_reader(connection, who.worker_id)
    return readers(team.list_workers(connection, who), who.worker_id, last)


def report_reviews_of(connection: Connection, who: Who, household_id: str) -> list[ReportReview]:
    """Return every reading asked of a household's entries, the oldest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.report_reviews_of(connection, household_id)


def _settle_before(uow: UnitOfWork, entry_id: str) -> None:
    for each in store.report_reviews_in(uow.connection, entry_id):
        if each.state is ReviewState.ASKED:
            raise InvalidEntry(_WAITS)
        if each.state is ReviewState.TO_CORRECT:
            uow.update(store.report_review, each.id, {"closed_on": uow.today})


def _of_author(uow: UnitOfWork, who: Who, report_id: str) -> ReportReview:
    found = store.report_reviews.one(uow.connection, report_id)
    if found.asked_by != who.worker_id:
        raise NotAllowed("Cette relecture a été demandée par quelqu’un d’autre.")
    return found
