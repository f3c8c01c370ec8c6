"""Taking a whole import back, but for what somebody worked on since."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.features.households import service as households
from caseworker_app.features.intake import store
from caseworker_app.features.intake.domain.run import (
    ImportInterrupted,
    ImportRun,
    NoImport,
    RunState,
    UndoInterrupted,
    UnknownImport,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.undo import undo_import as take_back


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """An import taken back; the references of the households kept because somebody worked on them since."""

    run_id: str
    file_name: str
    kept_references: tuple[str, ...]
    changes: Changes


def undo_import(file: EncryptedFile, who: Who, run_id: str | None = None) -> ImportUndone:
    """Undo a whole import (the last one unless told), but for households somebody worked on since.

    Raises NoImport, UnknownImport, ImportInterrupted or UndoInterrupted (another one must be finished first),
    NotAllowed. Killed half-way, it can be called again.
    """
    who.require(Right.IMPORT_LISTS)
    return _undo(file, who, _run_to_undo(file, run_id))


def undo_interrupted(file: EncryptedFile, who: Who) -> ImportUndone | None:
    """Undo the import that was killed half-way, None when there is none. Raises NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    with file.reading() as connection:
        run = store.unfinished(connection)
    return None if run is None else _undo(file, who, run)


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


def _undo(file: EncryptedFile, who: Who, run: ImportRun) -> ImportUndone:
    # Said first: an import half taken back must be taken back to the end, never gone on with.
    _mark(file, who, run, RunState.UNDOING)
    undone = take_back(file, who.worker_id, run.id)
    changes = _mark(file, who, run, RunState.UNDONE)
    with file.reading() as connection:
        kept = households.summaries(connection, who, sorted(undone.kept_households))
    return ImportUndone(run.id, run.file_name, tuple(s.reference for s in kept.values()), changes)


def _mark(file: EncryptedFile, who: Who, run: ImportRun, state: RunState) -> Changes:
    with file.unit_of_work(who.worker_id, "undo_import", undoes=run.id) as uow:
        uow.update(store.import_run, run.id, {"state": state})
        return uow.changes
