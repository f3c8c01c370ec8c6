"""Reading attachments and their contents."""

from __future__ import annotations

from caseworker_app.features.attachments import store
from caseworker_app.features.attachments.domain.attachment import Attachment
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile


def attachments_of(connection: Connection, who: Who, household_id: str) -> list[Attachment]:
    """Return the attachments of a household, newest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.attachments_of(connection, household_id)


def attachments_of_visit(connection: Connection, who: Who, entry_id: str) -> list[Attachment]:
    """Return the attachments taken in at a visit, in order. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.attachments_of_entry(connection, entry_id)


def attachment(connection: Connection, who: Who, attachment_id: str) -> Attachment:
    """Return one attachment. Raises NotAllowed, NotFound."""
    who.require(Right.READ_FILES)
    return store.attachments.one(connection, attachment_id)


def content_of(file: EncryptedFile, who: Who, attachment_id: str) -> tuple[Attachment, bytes]:
    """Return an attachment with its content. Raises NotAllowed, NotFound, ContentMissing, ContentDamaged."""
    who.require(Right.READ_FILES)
    with file.reading() as connection:
        found = attachment(connection, who, attachment_id)
    return found, file.contents.read(found.content_hash)


def kept_content(file: EncryptedFile, who: Who, content_hash: str) -> bytes:
    """Return a content that a draft holds. Raises NotAllowed, ContentMissing, ContentDamaged."""
    who.require(Right.WRITE_DIARY)
    return file.contents.read(content_hash)
