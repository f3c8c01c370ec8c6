"""What leaves: a copy somebody asks for, which is noted, and one opened for a while in another program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from caseworker_app.features.attachments import store
from caseworker_app.features.attachments.domain.file_types import ENDINGS
from caseworker_app.features.attachments.domain.taking_in import file_name
from caseworker_app.features.attachments.service.reading import content_of
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import Clock
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.access_log import AccessKind
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.open_copies import OpenCopies
from caseworker_app.storage.unit_of_work import UnitOfWork


class CopyNotWritten(CaseworkerError):
    """The copy could not be written where it was asked."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "La copie n’a pas pu être écrite à cet endroit\u00a0: choisissez un autre dossier, puis recommencez."
        )


def export_copy(file: EncryptedFile, who: Who, attachment_id: str, target: Path) -> Changes:
    """Write a copy in clear where the person chose, and note in the file who did it and when.

    The note comes first: nothing leaves without it. Raises NotAllowed, NotFound, ContentMissing, ContentDamaged,
    CopyNotWritten.
    """
    who.require(Right.TRANSMIT)
    found, content = content_of(file, who, attachment_id)
    with file.unit_of_work(who.worker_id, "export_attachment") as uow:
        note_copies(uow, [found.id], file.clock)
        file.accesses.note(who.worker_id, AccessKind.EXPORTED, found.household_id, "attachment")
        try:
            target.write_bytes(content)
        except OSError as error:
            raise CopyNotWritten from error
        return uow.changes


def note_copies(uow: UnitOfWork, attachment_ids: Sequence[str], clock: Clock) -> None:
    """Note within an intention, which has checked the right to, that copies of these pieces leave in clear.

    Raises NotFound.
    """
    now: datetime = clock.now().astimezone().replace(tzinfo=None)
    for attachment_id in dict.fromkeys(attachment_ids):
        found = store.attachments.one(uow.connection, attachment_id)
        row = {
            "household_id": found.household_id, "attachment_id": found.id, "name": found.name,
            "made_at": now, "worker_id": uow.worker_id,
        }  # fmt: skip
        uow.insert(store.copy, row)


def open_copy(file: EncryptedFile, who: Who, attachment_id: str, copies: OpenCopies) -> Path:
    """Put a copy, for reading only, into the private folder that is emptied; return where it lies.

    Raises NotAllowed, NotFound, ContentMissing, ContentDamaged, CopyNotOpened.
    """
    who.require(Right.READ_FILES)
    who.require(Right.PRINT)
    found, content = content_of(file, who, attachment_id)
    file.accesses.note(who.worker_id, AccessKind.EXPORTED, found.household_id, "attachment-copy")
    stem = Path(file_name(found.name)).stem
    return copies.put(content, stem + ENDINGS[found.media_type])


def usual_copy_name(name: str, ending: str) -> str:
    """Return the name a copy is proposed under: that of the file, with the ending of what it is."""
    return Path(file_name(name)).stem + ending
