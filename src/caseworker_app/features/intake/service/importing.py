"""Importing a list: analysed whole, written in batches, tagged, so that a killed import goes on or is undone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseworker_app.features.households import service as households
from caseworker_app.features.housing.service import landlords
from caseworker_app.features.intake import store
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.plan import (
    Action,
    Counts,
    Decision,
    ImportPlan,
    OnDuplicate,
    analyse,
    count,
    decide,
    to_report,
)
from caseworker_app.features.intake.domain.run import (
    ImportInterrupted,
    ImportRun,
    NoImport,
    NothingToGoOn,
    OtherFile,
    RunState,
)
from caseworker_app.features.intake.service.known_people import known_people
from caseworker_app.features.intake.service.writing import Written, write_dwellings, write_households
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import stamp, today
from caseworker_app.kernel.collector import paused_collector
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.history import rows_made_by
from caseworker_app.storage.undo import undo_import as take_back

# Proposals a transaction: long enough to be quick, short enough that the writer is free again within a second.
BATCH = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do when `dry_run`."""

    plan: ImportPlan
    counts: Counts
    references: dict[int, str]
    dry_run: bool
    run_id: str | None
    changes: Changes

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data, as `docs/command-line.md` describes it."""
        return {
            **to_report(self.plan, self.counts, self.references),
            "dry_run": self.dry_run,
            "import": self.run_id,
        }


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """An import taken back; the references of the households kept because somebody worked on them since."""

    run_id: str
    file_name: str
    kept_references: tuple[str, ...]
    changes: Changes


def import_list(
    file: EncryptedFile,
    who: Who,
    path: Path,
    *,
    duplicates: OnDuplicate = OnDuplicate.SKIP,
    landlord: str | None = None,
    dry_run: bool = False,
    go_on: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import a landlord's or people's list; `go_on` finishes the import that was interrupted.

    Raises UnreadableFile, NotThisKind, ImportInterrupted, NothingToGoOn, OtherFile, NotAllowed. Nothing is written when
    `dry_run`, nor before the whole file has been read.
    """
    who.require(Right.IMPORT_LISTS)
    run = _interrupted(file, path, go_on=go_on)
    plan, made = _analysed(file, who, path, run)
    decisions = decide(plan, run.duplicates if run else duplicates)
    counts = count(plan, decisions)
    if dry_run:
        return ImportReport(plan, counts, {}, True, None, Changes())
    run = run or _start(file, who, path, plan, duplicates, counts)
    written = _written_before(plan, decisions, made, run)
    with paused_collector():
        changes = _write(file, who, run, plan, decisions, written, landlord, progress)
    references = _references(file, who, written)
    return ImportReport(plan, counts, references, False, run.id, changes)


def undo_import(file: EncryptedFile, who: Who, run_id: str | None = None) -> ImportUndone:
    """Undo a whole import (the last one unless told), but for households somebody worked on since.

    Raises NoImport, NotAllowed. Killed half-way, it can be called again.
    """
    who.require(Right.IMPORT_LISTS)
    with file.reading() as connection:
        run = store.runs.one(connection, run_id) if run_id else store.last(connection)
    if run is None or run.state is RunState.UNDONE:
        raise NoImport
    undone = take_back(file, who.worker_id, run.id)
    with file.unit_of_work(who.worker_id, "undo_import") as uow:
        uow.update(store.import_run, run.id, {"state": RunState.UNDONE})
        changes = uow.changes
    with file.reading() as connection:
        kept = households.summaries(connection, who, sorted(undone.kept_households))
    return ImportUndone(run.id, run.file_name, tuple(s.reference for s in kept.values()), changes)


def interrupted_import(connection: Connection, who: Who) -> ImportRun | None:
    """Return the import that was killed half-way, for the window to offer going on or undoing."""
    who.require(Right.IMPORT_LISTS)
    return store.running(connection)


def _interrupted(file: EncryptedFile, path: Path, *, go_on: bool) -> ImportRun | None:
    with file.reading() as connection:
        run = store.running(connection)
    if run is None:
        if go_on:
            raise NothingToGoOn
        return None
    if not go_on:
        raise ImportInterrupted(run)
    if _hash_of(path) != run.file_hash:
        raise OtherFile(run)
    return run


def _analysed(
    file: EncryptedFile, who: Who, path: Path, run: ImportRun | None
) -> tuple[ImportPlan, list[str]]:
    """Return the plan, and the households (or dwellings) this import had already made before it was killed."""
    with file.reading() as connection:
        table = "dwelling" if run and run.kind == ListKind.DWELLINGS else "household"
        made = rows_made_by(connection, run.id, table) if run else []
        known = known_people(connection, who, frozenset(made))
        return analyse(path, known, today(file.clock)), made


def _start(
    file: EncryptedFile, who: Who, path: Path, plan: ImportPlan, duplicates: OnDuplicate, counts: Counts
) -> ImportRun:
    run_id = new_id()
    values = {
        "id": run_id,
        "kind": plan.kind,
        "file_name": path.name,
        "file_hash": _hash_of(path),
        "duplicates": duplicates,
        "state": RunState.RUNNING,
        "started_at": stamp(file.clock),
        "rows": counts.rows,
        "done_row": 0,
        "created": 0,
        "merged": 0,
        "skipped": 0,
        "in_error": counts.in_error,
    }
    with file.unit_of_work(who.worker_id, "start_import") as uow:
        uow.insert(store.import_run, values)
    with file.reading() as connection:
        return store.runs.one(connection, run_id)


def _written_before(
    plan: ImportPlan, decisions: tuple[Decision, ...], made: list[str], run: ImportRun
) -> Written:
    """Find again which row made which household: both stand in the order of the list."""
    written = Written()
    rows = [d.row for d in decisions if d.action is Action.CREATE and d.row <= run.done_row]
    if plan.kind is not ListKind.DWELLINGS:
        written.households.update(zip(rows, made, strict=True))
    return written


def _write(
    file: EncryptedFile,
    who: Who,
    run: ImportRun,
    plan: ImportPlan,
    decisions: tuple[Decision, ...],
    written: Written,
    landlord: str | None,
    progress: Progress | None,
) -> Changes:
    changes, done = Changes(), 0
    last = max((d.row for d in decisions), default=0)
    for batch in _batches(plan, decisions, run.done_row):
        with file.unit_of_work(who.worker_id, "import_batch", tag=run.id) as uow:
            if landlord and written.landlord_id is None:
                written.landlord_id = landlords.find_or_add_landlord(uow, landlord)
            _write_batch(uow, plan, batch, written)
            done = max(d.row for d in batch)
            uow.update(store.import_run, run.id, _progress_of(uow, run, batch, done))
            changes |= uow.changes
        if progress is not None:
            progress(done, last)
    with file.unit_of_work(who.worker_id, "finish_import") as uow:
        uow.update(store.import_run, run.id, {"state": RunState.DONE})
    return changes


def _write_batch(uow: Any, plan: ImportPlan, batch: list[Decision], written: Written) -> None:
    chosen = {decision.row: decision for decision in batch}
    if plan.kind is ListKind.DWELLINGS:
        fresh = [d for d in plan.dwellings if d.row in chosen and chosen[d.row].action is Action.CREATE]
        write_dwellings(uow, fresh, written)
    else:
        steps = [(p, chosen[p.row]) for p in plan.households if p.row in chosen]
        write_households(uow, steps, written)


def _progress_of(uow: Any, run: ImportRun, batch: list[Decision], done: int) -> dict[str, int]:
    before = uow.get(store.import_run, run.id)
    actions = [decision.action for decision in batch]
    counted = {"created": Action.CREATE, "merged": Action.MERGE, "skipped": Action.SKIP}
    return {"done_row": done} | {
        name: before[name] + actions.count(action) for name, action in counted.items()
    }


def _batches(plan: ImportPlan, decisions: tuple[Decision, ...], done_row: int) -> Iterator[list[Decision]]:
    left = [decision for decision in decisions if decision.row > done_row]
    for start in range(0, len(left), BATCH):
        yield left[start : start + BATCH]


def _references(file: EncryptedFile, who: Who, written: Written) -> dict[int, str]:
    with file.reading() as connection:
        found = dict(households.references(connection, who))
    return {row: found[household] for row, household in written.households.items() if household in found}


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with suppress(OSError), path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
