"""The run of an import: begun, and gone on with after a kill."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.features.intake import store
from caseworker_app.features.intake.domain.choices import write_choices
from caseworker_app.features.intake.domain.decision import OnDuplicate
from caseworker_app.features.intake.domain.kept_decisions import write_decisions
from caseworker_app.features.intake.domain.run import (
    ImportInterrupted,
    ImportRun,
    NothingToGoOn,
    OtherFile,
    RunState,
    UndoInterrupted,
)
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.clock import stamp
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.erasure import destroy_history, renew
from caseworker_app.storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from caseworker_app.features.intake.service.analysing import Analysis


def interrupted_import(connection: Connection, who: Who) -> ImportRun | None:
    """Return the import (or its undoing) killed half-way, to offer going on or undoing. Raises NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    return store.unfinished(connection)


def interrupted(file: EncryptedFile, path: Path, *, go_on: bool) -> ImportRun | None:
    """Return the run to go on with, None to begin a new one.

    Raises ImportInterrupted, UndoInterrupted, NothingToGoOn, OtherFile.
    """
    with file.reading() as connection:
        run = store.unfinished(connection)
    if run is None:
        if go_on:
            raise NothingToGoOn
        return None
    if run.state is RunState.UNDOING:
        raise UndoInterrupted(run)
    if not go_on:
        raise ImportInterrupted(run)
    if _hash_of(path) != run.file_hash:
        raise OtherFile(run)
    return run


def start(
    file: EncryptedFile,
    who: Who,
    path: Path,
    found: Analysis,
    duplicates: OnDuplicate,
    rows: int,
    in_error: int,
) -> ImportRun:
    """Write that an import begins, with all that going on will need. Raises NotAllowed."""
    who.require(Right.IMPORT_LISTS)
    values = {
        "id": new_id(),
        "kind": found.plan.kind,
        "file_name": path.name,
        "file_hash": _hash_of(path),
        "duplicates": duplicates,
        "state": RunState.RUNNING,
        "started_at": stamp(file.clock),
        "day": found.day,
        "landlord": found.written.landlord,
        "decisions": write_decisions(found.decisions),
        "choices": write_choices(found.choices),
        "rows": rows,
        "in_error": in_error,
        **dict.fromkeys(("done_row", "created", "merged", "skipped"), 0),
    }
    with file.unit_of_work(who.worker_id, "start_import") as uow:
        run_id = uow.insert(store.import_run, values)
    with file.reading() as connection:
        return store.runs.one(connection, run_id)


def is_import_under_way(uow: UnitOfWork) -> bool:
    """Say, inside another intention, whether an import or its undoing stopped half-way."""
    return store.unfinished(uow.connection) is not None


def forget_choices(uow: UnitOfWork) -> None:
    """Forget for good, inside another intention, what finished imports keep of their cells: it names people.

    Only going on with an import needs it. What was imported, and undoing it, stay.
    """
    told = [run for run in store.runs.all(uow.connection) if run.choices]
    destroy_history(uow, {("import_run", run.id) for run in told})
    for run in told:
        renew(uow, store.import_run, run.id, {"choices": ""})


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    # A file that cannot be read is told so by whoever reads it; here it is no file of ours.
    with suppress(OSError), path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
