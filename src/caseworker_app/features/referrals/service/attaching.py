"""Pieces received with a referral: kept among those of its household, under the number of the referral."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import NewAttachment, usual_form
from caseworker_app.features.referrals import store
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile


def attach_files(
    file: EncryptedFile, who: Who, referral_id: str, paths: Sequence[Path]
) -> tuple[list[str], Changes]:
    """Add files received with a referral to its household's pieces; return their ids.

    Raises what `attachments.service.keep_path` and `add_attachments` raise.
    """
    who.require(Right.WRITE_FILES)
    who.require(Right.WRITE_DIARY)
    with file.reading() as connection:
        of = store.referrals.one(connection, referral_id)
    batch = []
    for path in paths:
        content, _place_removed = attachments.keep_path(file, who, path)
        batch.append(NewAttachment(content, replace(usual_form(content), caption=f"Demande {of.number}")))
    return attachments.add_attachments(file, who, of.household_id, batch)


def attached_to(connection: Connection, who: Who, referral_id: str) -> list[str]:
    """Return the names of the pieces received with a referral, newest first. Raises NotFound, NotAllowed."""
    who.require(Right.READ_FILES)
    of = store.referrals.one(connection, referral_id)
    found = attachments.attachments_of(connection, who, of.household_id)
    return [each.name for each in found if of.number in (each.caption or "")]
