"""Quick notes: one or several households, in one transaction."""

from __future__ import annotations

from caseworker_app.features.diary.domain.note import NewNote, check_households
from caseworker_app.features.diary.service.visits import add_visits
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile


def write_note(file: EncryptedFile, who: Who, new: NewNote) -> tuple[list[str], Changes]:
    """Write a note in the diary of each of its households, with what was agreed; return the ids of the entries.

    One transaction: all of them or none, taken back together. Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_DIARY)
    check_households(new)
    with file.unit_of_work(who.worker_id, "add_note") as uow:
        for household_id in new.household_ids:
            uow.get(declaration_of("household").table, household_id)
        return add_visits(uow, new.visits()), uow.changes
