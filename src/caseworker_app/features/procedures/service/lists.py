"""Intentions on the lists of papers: the association writes its own, each save a new version."""

from __future__ import annotations

from caseworker_app.features.procedures import store
from caseworker_app.features.procedures.domain.checklist import Checklist
from caseworker_app.features.procedures.domain.edition import ChecklistDraft, checked_draft, content_of
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import ChangedMeanwhile


def edit_checklist(
    file: EncryptedFile, who: Who, draft: ChecklistDraft, begun_on: str | None = None
) -> tuple[str, Changes]:
    """Record a list as the version in force from today, and return its code; older versions stay as they are.

    `begun_on`: the edition it was begun from, None for the program's own or a new list. Raises InvalidEntry,
    ChangedMeanwhile when somebody edited the list since, NotAllowed.
    """
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "edit_checklist") as uow:
        known = store.checklists(uow.connection)
        before = known.current(draft.code, uow.today) if draft.code else None
        if before is not None and before.edition_id != begun_on:
            raise ChangedMeanwhile
        checked = checked_draft(draft, _everything(known.on(uow.today), before), before)
        row = {"checklist": checked.code, "starts_on": uow.today, "content": content_of(checked)}
        uow.insert(store.checklist_edition, row)
        return checked.code, uow.changes


def _everything(proposed: list[Checklist], before: Checklist | None) -> list[Checklist]:
    return [*proposed, *([before] if before is not None and before.retired else [])]
