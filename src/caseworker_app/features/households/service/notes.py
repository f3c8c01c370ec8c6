"""Intentions on the household itself: instructions for visits, its note, its protection."""

from __future__ import annotations

from typing import Any

from caseworker_app.features.households import store
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.entries import paragraphs
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork


def set_visit_instructions(
    file: EncryptedFile, who: Who, household_id: str, text: str, expected_version: str | None = None
) -> Changes:
    """Write the factual instructions for whoever visits; empty: none.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    fields = {"visit_instructions": paragraphs(text, "visit_instructions")}
    return _change(file, who, "set_visit_instructions", household_id, fields, expected_version)


def change_note(
    file: EncryptedFile, who: Who, household_id: str, text: str, expected_version: str | None = None
) -> Changes:
    """Write the note of the household (*interne*); empty: none.

    Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed.
    """
    fields = {"note": paragraphs(text, "note")}
    return _change(file, who, "change_note", household_id, fields, expected_version)


def set_protected(file: EncryptedFile, who: Who, household_id: str, *, protected: bool) -> Changes:
    """Put a household under protection, or end it (violence: address and phones masked in every output).

    Raises NotFound, NotAllowed.
    """
    return _change(file, who, "set_protected", household_id, {"protected": protected}, None)


def protect(uow: UnitOfWork, household_id: str) -> None:
    """Put a household under protection inside another room's intention. Raises NotFound."""
    uow.update(store.household, household_id, {"protected": True})


def _change(
    file: EncryptedFile,
    who: Who,
    intention: str,
    household_id: str,
    fields: dict[str, Any],
    expected_version: str | None,
) -> Changes:
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, intention) as uow:
        uow.update(store.household, household_id, fields, expected_version=expected_version)
        return uow.changes
