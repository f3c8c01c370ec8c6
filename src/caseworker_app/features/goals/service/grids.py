"""Intentions on the grid itself: its versions read, a new one recorded."""

from __future__ import annotations

from caseworker_app.features.goals import store
from caseworker_app.features.goals.domain.edition import GridDraft, checked_draft, content_of, edition_code
from caseworker_app.features.goals.domain.grid import Grid, Grids
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import ChangedMeanwhile


def edit_grid(file: EncryptedFile, who: Who, draft: GridDraft, begun_on: str) -> tuple[Grid, Changes]:
    """Record what was written as the grid in force from today, and return it; older versions stay as they are.

    `begun_on`: the version it was begun from. Raises InvalidEntry, ChangedMeanwhile when somebody edited the
    grid since, NotAllowed.
    """
    who.require(Right.MANAGE_OFFICE)
    with file.unit_of_work(who.worker_id, "edit_grid") as uow:
        known = store.grids(uow.connection)
        before = known.on(uow.today)
        if before.version != begun_on:
            raise ChangedMeanwhile
        checked = checked_draft(draft, before)
        row_id = new_id()
        code = edition_code(uow.today, [each.version for each in known.editions], row_id[-4:])
        row = {"id": row_id, "code": code, "starts_on": uow.today, "content": content_of(checked)}
        uow.insert(store.grid_edition, row)
        return store.grids(uow.connection).of_version(code), uow.changes


def grids(connection: Connection, who: Who) -> Grids:
    """Return every version of the grid. For whoever reads files or manages the office. Raises NotAllowed."""
    _require(who)
    return store.grids(connection)


def evaluations_by_version(connection: Connection, who: Who) -> dict[str, int]:
    """Return how many evaluations were made on each version of the grid, by its code. Raises NotAllowed."""
    _require(who)
    return store.evaluations_by_version(connection)


def _require(who: Who) -> None:
    if not who.may(Right.MANAGE_OFFICE):
        who.require(Right.READ_FILES)
