"""Saying more of an attachment, and removing it; its content stays as long as either can be undone."""

from __future__ import annotations

from dataclasses import asdict

from caseworker_app.features.attachments import store
from caseworker_app.features.attachments.domain.attachment import AttachmentForm, checked_form
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile


def describe_attachment(
    file: EncryptedFile,
    who: Who,
    attachment_id: str,
    form: AttachmentForm,
    expected_version: str | None = None,
) -> Changes:
    """Change what is said of an attachment; its content never changes.

    Raises NotAllowed, InvalidEntry, NotFound, ChangedMeanwhile.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "describe_attachment") as uow:
        values = asdict(checked_form(form, uow.today))
        uow.update(store.attachment, attachment_id, values, expected_version=expected_version)
        return uow.changes


def remove_attachment(file: EncryptedFile, who: Who, attachment_id: str) -> Changes:
    """Take an attachment out of its household; undoing brings it back with its content.

    What rests on it (a paper received for a procedure) goes with it, and comes back with it. Raises NotAllowed,
    NotFound.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "remove_attachment") as uow:
        for table_name, row_id in store.resting_on(uow.connection, attachment_id):
            uow.delete(declaration_of(table_name).table, row_id)
        uow.delete(store.attachment, attachment_id)
        return uow.changes
