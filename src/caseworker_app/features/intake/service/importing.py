"""Importing a list: analysed whole, then written in tagged batches; also the door to this service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from caseworker_app.features.households import service as households
from caseworker_app.features.housing.domain.landlord import checked_name
from caseworker_app.features.intake import store
from caseworker_app.features.intake.domain.body_rows import ProposedBody
from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices
from caseworker_app.features.intake.domain.deciding import Counts, count
from caseworker_app.features.intake.domain.decision import Action, Decision, OnDuplicate
from caseworker_app.features.intake.domain.list_kind import OF_BODIES, OF_HOUSEHOLDS, ListKind
from caseworker_app.features.intake.domain.plan import ImportPlan
from caseworker_app.features.intake.domain.plan_report import to_report
from caseworker_app.features.intake.domain.proposal import ProposedDwelling, ProposedHousehold
from caseworker_app.features.intake.domain.run import ImportRun, RunState
from caseworker_app.features.intake.domain.tracker_workers import WorkerMatch
from caseworker_app.features.intake.service import runs
from caseworker_app.features.intake.service.analysing import Analysis, analyse_list
from caseworker_app.features.intake.service.bodies import write_bodies
from caseworker_app.features.intake.service.referring import write_referrals
from caseworker_app.features.intake.service.runs import interrupted_import
from caseworker_app.features.intake.service.tracking import require_rights, write_tracked
from caseworker_app.features.intake.service.undoing import (
    ImportUndone,
    imports_made,
    undo_import,
    undo_interrupted,
)
from caseworker_app.features.intake.service.writing import write_dwellings, write_households
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes, all_of
from caseworker_app.kernel.collector import paused_collector
from caseworker_app.kernel.progress import Tell
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import UnitOfWork

__all__ = [
    "ImportReport",
    "ImportUndone",
    "import_list",
    "imports_made",
    "interrupted_import",
    "undo_import",
    "undo_interrupted",
]

# Proposals a transaction: long enough to be quick, short enough that the writer is soon free again.
BATCH = 500


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do when `dry_run`.

    `references`: of the household each row made or, where a duplicate names the row, was found to be. `workers`: whom
    the names of a follow-up table mean. `decisions`: those carried out, in the order of the rows.
    """

    plan: ImportPlan
    counts: Counts
    references: dict[int, str]
    dry_run: bool
    run_id: str | None
    changes: Changes
    workers: tuple[WorkerMatch, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data, as `docs/command-line.md` describes it."""
        return {
            **to_report(self.plan, self.counts, self.references),
            "dry_run": self.dry_run,
            "import": self.run_id,
        }


class _ByRow(NamedTuple):
    """The proposals of a plan by their first row: looked for in the plan batch after batch, they took a second."""

    households: dict[int, ProposedHousehold]
    dwellings: dict[int, ProposedDwelling]
    bodies: dict[int, ProposedBody]


def import_list(  # noqa: PLR0913  (what a person may choose of an import)
    file: EncryptedFile,
    who: Who,
    path: Path,
    *,
    choices: Choices = NO_CHOICES,
    duplicates: OnDuplicate = OnDuplicate.SKIP,
    landlord: str | None = None,
    dry_run: bool = False,
    go_on: bool = False,
    looking: Tell | None = None,
    progress: Tell | None = None,
) -> ImportReport:
    """Import a list; `go_on` finishes the import that was interrupted, as it began.

    `choices`: what a person decided of the list (kind, columns, cells, duplicates); `duplicates`: what becomes of those
    nobody decided; `landlord`: whose the dwellings are, where the list does not say it row by row. `looking` is told
    how far reading and comparing are, `progress` how many rows are written; what either raises stops the import there.
    Raises UnreadableFile, NotThisKind, ImportInterrupted, UndoInterrupted, NothingToGoOn,
    OtherFile, InvalidEntry (the landlord's name), NotAllowed. Nothing is written when `dry_run`, nor before
    the whole file has been read.
    """
    who.require(Right.IMPORT_LISTS)
    named = checked_name(landlord, "le nom du bailleur") if landlord is not None else None
    run = runs.interrupted(file, path, go_on=go_on)
    found = analyse_list(file, who, path, run, duplicates, named, choices, looking)
    require_rights(who, found.plan.kind)
    counts = count(found.plan, found.decisions)
    if dry_run:
        references = _references(file, who, found)
        return ImportReport(
            found.plan, counts, references, True, None, Changes(), found.workers, found.decisions
        )
    run = run or runs.start(file, who, path, found, duplicates, counts.rows, counts.in_error)
    with paused_collector():
        changes = _write(file, who, run, found, progress)
    references = _references(file, who, found)
    return ImportReport(
        found.plan, counts, references, False, run.id, changes, found.workers, found.decisions
    )


def _write(file: EncryptedFile, who: Who, run: ImportRun, found: Analysis, progress: Tell | None) -> Changes:
    written: list[Changes] = []
    last = found.decisions[-1].row if found.decisions else 0
    proposals = _proposals_by_row(found.plan)
    batches = list(_batches(found.decisions, run.done_row))
    with file.following(who.worker_id, tag=run.id) as several:
        for batch, after in zip_longest(batches, batches[1:], fillvalue=()):
            done = batch[-1].row if batch else last
            told = None if progress is None else partial(progress, done, last)
            with several.unit_of_work("import_batch", then=told) as uow:
                _write_batch(uow, who, found, batch, proposals)
                uow.update(store.import_run, run.id, _progress_of(uow, run, batch, last))
                uow.reserve_numbers("", _created(after) if found.plan.kind in OF_HOUSEHOLDS else 0)
                written.append(uow.changes)
    return all_of(written)


def _created(batch: Sequence[Decision]) -> int:
    return sum(decision.action is Action.CREATE for decision in batch)


def _batches(decisions: tuple[Decision, ...], done_row: int) -> Iterator[list[Decision]]:
    """Yield the decisions not carried out yet, which stand in the order of the rows, in parts."""
    left = [decision for decision in decisions if decision.row > done_row]
    # A list of errors alone has a batch too, which says that the import is done.
    for start in range(0, len(left) or 1, BATCH):
        yield left[start : start + BATCH]


def _write_batch(
    uow: UnitOfWork, who: Who, found: Analysis, batch: Sequence[Decision], proposals: _ByRow
) -> None:
    plan, written = found.plan, found.written
    if plan.kind is ListKind.DWELLINGS:
        write_dwellings(uow, [(proposals.dwellings[d.row], d) for d in batch], written)
    elif plan.kind in OF_BODIES:
        write_bodies(uow, who, plan.kind, [(proposals.bodies[d.row], d) for d in batch])
    else:
        write_households(uow, [(proposals.households[d.row], d) for d in batch], written)
    if plan.tracked:
        chosen = {decision.row: decision for decision in batch}
        write_tracked(uow, who, plan, chosen, written.made, found.workers)
    if plan.asked:
        write_referrals(uow, plan, {decision.row: decision for decision in batch}, written)


def _proposals_by_row(plan: ImportPlan) -> _ByRow:
    return _ByRow(
        {household.row: household for household in plan.households},
        {dwelling.row: dwelling for dwelling in plan.dwellings},
        {body.row: body for body in plan.bodies},
    )


def _progress_of(uow: UnitOfWork, run: ImportRun, batch: Sequence[Decision], last: int) -> dict[str, Any]:
    before = uow.get(store.import_run, run.id)
    actions = [decision.action for decision in batch]
    counted = {"created": Action.CREATE, "merged": Action.MERGE, "skipped": Action.SKIP}
    done = {name: before[name] + actions.count(action) for name, action in counted.items()}
    done_row = batch[-1].row if batch else last
    return {**done, "done_row": done_row, "state": RunState.DONE if done_row == last else RunState.RUNNING}


def _references(file: EncryptedFile, who: Who, found: Analysis) -> dict[int, str]:
    """Return the references of the households that rows made or were found to be."""
    if found.plan.kind not in OF_HOUSEHOLDS:
        return {}
    households_of = dict(found.written.made)
    named = {d.other_row for d in (*found.plan.duplicates, *found.plan.related) if d.other_row is not None}
    for decision in found.decisions:
        if decision.row in named and decision.household_id:
            households_of[decision.row] = decision.household_id
        elif decision.row in named and decision.other_row in households_of:
            households_of[decision.row] = households_of[decision.other_row]
    wanted = set(households_of.values())
    with file.reading() as connection:
        known = {i: ref for i, ref in households.references(connection, who) if i in wanted}
    return {row: known[i] for row, i in households_of.items() if i in known}
