"""Taking files in: the content is kept first, then the row that refers to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from caseworker_app.features.attachments import store
from caseworker_app.features.attachments.domain.attachment import (
    KeptContent,
    NewAttachment,
    check_count,
    checked_form,
)
from caseworker_app.features.attachments.domain.file_types import FileRefused
from caseworker_app.features.attachments.domain.taking_in import make_ready
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.attachments import MAX_BYTES, ContentMissing, ContentTooLarge
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def keep_file(
    file: EncryptedFile, who: Who, content: bytes, name: str, *, keep_metadata: bool = False
) -> tuple[KeptContent, bool]:
    """Keep the content of a file for an attachment to come; say whether it told where it was taken.

    No household has it yet: a draft may hold it meanwhile. Raises NotAllowed, ContentTooLarge, FileRefused,
    DiskFull, FileReadOnly, AttachmentsNotWritten.
    """
    who.require(Right.WRITE_DIARY)
    if len(content) > MAX_BYTES:
        raise ContentTooLarge
    ready = make_ready(content, name, keep_metadata=keep_metadata)
    digest = file.contents.put(ready.content)
    kept = KeptContent(
        digest, len(ready.content), ready.media_type, ready.name, ready.taken_on, ready.metadata_kept
    )
    return kept, ready.place_removed


def keep_path(
    file: EncryptedFile, who: Who, path: Path, *, keep_metadata: bool = False
) -> tuple[KeptContent, bool]:
    """Keep the content of a file of the disk, which is left as it is. Raises what `keep_file` raises."""
    who.require(Right.WRITE_DIARY)
    try:
        if not path.is_file():
            raise FileRefused("Déposez des fichiers\u00a0: un dossier ne peut pas être ajouté.")
        if path.stat().st_size > MAX_BYTES:
            raise ContentTooLarge
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(
            "Ce fichier ne peut pas être lu\u00a0: vérifiez qu’il est toujours là, puis recommencez."
        ) from error
    return keep_file(file, who, content, path.name, keep_metadata=keep_metadata)


def add_attachments(
    file: EncryptedFile, who: Who, household_id: str, batch: Sequence[NewAttachment]
) -> tuple[list[str], Changes]:
    """Add attachments to a household in one transaction and return their ids.

    Raises NotAllowed, NotFound, InvalidEntry, ContentMissing.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_attachments") as uow:
        uow.get(declaration_of("household").table, household_id)
        _check_contents(file, batch)
        return attach(uow, household_id, batch), uow.changes


def attach(
    uow: UnitOfWork, household_id: str, batch: Sequence[NewAttachment], entry_id: str | None = None
) -> list[str]:
    """Write attachments within another room's intention, which has checked the right to; return their ids.

    `entry_id`: the visit they belong to. Raises InvalidEntry.
    """
    check_count(len(batch))
    fixed = {
        "household_id": household_id,
        "added_on": uow.today,
        "worker_id": uow.worker_id,
        "entry_id": entry_id,
    }
    rows = []
    for new in batch:
        content = {name: value for name, value in asdict(new.content).items() if name != "taken_on"}
        rows.append({**content, **asdict(checked_form(new.form, uow.today)), **fixed})
    return uow.insert_many(store.attachment, rows)


def _check_contents(file: EncryptedFile, batch: Sequence[NewAttachment]) -> None:
    """Look again that the contents are there, now that nobody else writes."""
    if not all(file.contents.holds(new.content.content_hash) for new in batch):
        raise ContentMissing
