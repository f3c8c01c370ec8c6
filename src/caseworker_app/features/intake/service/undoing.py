"""Taking a whole import back, but for what somebody worked on since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.households import service as households
from caseworker_app.features.intake import store
from caseworker_app.features.intake.domain.run import (
    ImportInterrupted,
    ImportMade,
    ImportRun,
    NoImport,
    RunState,
    UndoInterrupted,
    UndoTooLate,
    UnknownImport,
    may_undo,
    undo_until,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.history import rows_made_by
from caseworker_app.storage.undo import undo_import as take_back

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """An import taken back; the references of the households kept because somebody worked on them since."""

    run_id: str
    file_name: str
    kept_references: tuple[str, ...]
    changes: Changes


def undo_import(
    file: EncryptedFile, who: Who, run_id: str | None = None, progress: Progress | None = None
) -> ImportUndone:
    """Undo a whole import (the last one unless told), but for households somebody worked on since.

    `progress` is told after each transaction how many of them are taken back; what it raises stops the undoing
    there, to be finished later. Raises NoImport, UnknownImport, UndoTooLate (after 30 days), ImportInterrupted or
    UndoInterrupted (another one must be finished first), NotAllowed. Killed half-way, it can be called again.
    """
    who.require(Right.IMPORT_LISTS)
    run = _run_to_undo(file, run_id)
    if not may_undo(run, today(file.clock)):
        raise UndoTooLate(run)
    return _undo(file, who, run, progress)


def undo_interrupted(file: EncryptedFile, who: Who, progress: Progress | None = None) -> ImportUndone | None:
    """Undo the import that was killed half-way, None when there is none. Raises NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    with file.reading() as connection:
        run = store.unfinished(connection)
    return None if run is None else _undo(file, who, run, progress)


def imports_made(connection: Connection, who: Who, day: date, limit: int = 50) -> list[ImportMade]:
    """Return the last imports, newest first, with until when each may be undone as seen on `day`. Raises NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    return [
        ImportMade(run, date.fromisoformat(run.started_at[:10]), undo_until(run), may_undo(run, day))
        for run in store.latest(connection, limit)
    ]


def households_made(connection: Connection, who: Who, run_id: str) -> list[str]:
    """Return the ids of the households an import made, in the order of its list. Raises NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    return rows_made_by(connection, run_id, "household")


def _run_to_undo(file: EncryptedFile, run_id: str | None) -> ImportRun:
    with file.reading() as connection:
        run = store.by_id(connection, run_id) if run_id is not None else store.last(connection)
        unfinished = store.unfinished(connection)
    if run is None or run.state is RunState.UNDONE:
        raise NoImport if run_id is None else UnknownImport(run_id)
    if unfinished is not None and unfinished.id != run.id:
        raise _refusal_of(unfinished)
    return run


def _refusal_of(unfinished: ImportRun) -> CaseworkerError:
    # What is left to write may rest on what the other import made.
    undoing = unfinished.state is RunState.UNDOING
    return UndoInterrupted(unfinished) if undoing else ImportInterrupted(unfinished)


def _undo(file: EncryptedFile, who: Who, run: ImportRun, progress: Progress | None) -> ImportUndone:
    # Said first: an import half taken back must be taken back to the end, never gone on with.
    _mark(file, who, run, RunState.UNDOING)
    undone = take_back(file, who.worker_id, run.id, progress)
    changes = _mark(file, who, run, RunState.UNDONE)
    with file.reading() as connection:
        kept = households.summaries(connection, who, sorted(undone.kept_households))
    return ImportUndone(run.id, run.file_name, tuple(s.reference for s in kept.values()), changes)


def _mark(file: EncryptedFile, who: Who, run: ImportRun, state: RunState) -> Changes:
    with file.unit_of_work(who.worker_id, "undo_import", undoes=run.id) as uow:
        uow.update(store.import_run, run.id, {"state": state})
        return uow.changes
