"""Imports as a window asks for them, in another process: what is checked and what was done, in parcels it can open."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from caseworker_app.features.intake.domain.checked import Checked, checked
from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices
from caseworker_app.features.intake.domain.deciding import Counts
from caseworker_app.features.intake.domain.decision import OnDuplicate
from caseworker_app.features.intake.domain.packing import Packed, pack
from caseworker_app.features.intake.domain.plan import ImportPlan
from caseworker_app.features.intake.domain.report_lines import Outcome, ReportLine, report_lines
from caseworker_app.features.intake.service.comparing import sides_of
from caseworker_app.features.intake.service.importing import import_list
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.progress import WHOLE, Tell, part_of
from caseworker_app.storage.encrypted_file import EncryptedFile


@dataclass(frozen=True, slots=True)
class Imported:
    """An import that was written. `plan` tells of the list, without its rows; `data` is the whole report as JSON.

    `outcomes`: what became of each of the `lines`; `remarked`: whether it deserves a look.
    """

    run_id: str | None
    plan: ImportPlan
    counts: Counts
    changes: Changes
    lines: Packed[ReportLine]
    outcomes: tuple[Outcome, ...]
    remarked: bytes
    data: bytes


def check_list(
    file: EncryptedFile,
    who: Who,
    path: Path,
    choices: Choices,
    on_duplicate: OnDuplicate | None = None,
    *,
    progress: Tell | None = None,
) -> Checked:
    """Read a list as somebody chose to and compare it with the file; nothing is written.

    `progress(done, total)` is told as the work goes on, and may stop it by raising. Raises what
    `import_list` raises.
    """
    policy = on_duplicate or OnDuplicate.SKIP
    looking = part_of(progress, 0, 85)
    report = import_list(file, who, path, choices=choices, duplicates=policy, dry_run=True, looking=looking)
    _tell(progress, 85)
    with file.reading() as connection:
        sides = sides_of(connection, who, report.plan, choices)
    _tell(progress, 95)
    found = checked(report.plan, sides, report.workers, choices, today(file.clock))
    _tell(progress, 100)
    return found


def _tell(progress: Tell | None, hundredths: int) -> None:
    if progress is not None:
        progress(hundredths * WHOLE // 100, WHOLE)


def write_list(
    file: EncryptedFile,
    who: Who,
    path: Path,
    choices: Choices = NO_CHOICES,
    on_duplicate: OnDuplicate | None = None,
    *,
    go_on: bool = False,
    progress: Tell | None = None,
) -> Imported:
    """Import a list as it was checked, or finish (`go_on`) the import that was interrupted. Raises as `import_list`."""
    report = import_list(
        file, who, path, choices=choices, duplicates=on_duplicate or OnDuplicate.SKIP, go_on=go_on,
        looking=part_of(progress, 0, 35), progress=part_of(progress, 35, 100),
    )  # fmt: skip
    lines = report_lines(report.plan, report.decisions, report.references)
    return Imported(
        report.run_id,
        _without_rows(report.plan),
        report.counts,
        report.changes,
        pack(lines),
        tuple(line.outcome for line in lines),
        bytes(bool(line.remark) and line.imported for line in lines),
        json.dumps(report.as_json(), ensure_ascii=False, indent=2).encode(),
    )


def _without_rows(plan: ImportPlan) -> ImportPlan:
    return replace(
        plan, households=(), dwellings=(), bodies=(), tracked=(), problems=(), duplicates=(), related=(),
        rows_to_check=(),
    )  # fmt: skip
