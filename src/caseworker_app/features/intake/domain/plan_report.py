"""The report of an import as plain data: what the file was, what became of its rows, what is wrong in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caseworker_app.features.intake.domain.deciding import Counts
from caseworker_app.features.intake.domain.duplicates import Duplicate
from caseworker_app.features.intake.domain.plan import ImportPlan
from caseworker_app.features.intake.domain.proposal import ERROR, WARNING, Problem


def to_report(
    plan: ImportPlan, counts: Counts, references: Mapping[int, str] | None = None
) -> dict[str, Any]:
    """Return the report of an import as plain data; `references` names the household made by each row.

    `errors` holds what put a row aside (these rows are counted in `rows_in_error`), `warnings` what was not
    taken as it stands in a row that was imported.
    """
    references = references or {}
    return {
        "kind": str(plan.kind),
        "file_kind": plan.file_kind,
        "encoding": plan.encoding,
        "separator": plan.separator,
        "sheet": plan.sheet_name,
        "header_row": plan.header_row,
        "columns": plan.matching.columns(),
        "confidence": {match.ours: match.confidence for match in plan.matching.matches},
        "left_out": [
            {"column": entry.theirs, "why": entry.why, "withheld": entry.withheld}
            for entry in plan.matching.left_out
        ],
        "rows": counts.rows,
        "created": counts.created,
        "merged": counts.merged,
        "skipped": counts.skipped,
        "rows_in_error": counts.in_error,
        "errors": [_problem_entry(p) for p in plan.problems if p.severity == ERROR],
        "warnings": [_problem_entry(p) for p in plan.problems if p.severity == WARNING],
        "duplicates": [_duplicate_entry(duplicate, references) for duplicate in plan.duplicates],
        "related": [_duplicate_entry(duplicate, references) for duplicate in plan.related],
        "titles": list(plan.titles),
        "rows_aside": list(plan.rows_aside),
        "other_sheets": list(plan.other_sheets),
    }


def _problem_entry(problem: Problem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message,
        "severity": problem.severity,
    }


def _duplicate_entry(duplicate: Duplicate, references: Mapping[int, str]) -> dict[str, Any]:
    reference = duplicate.reference
    if duplicate.other_row is not None:
        reference = references.get(duplicate.other_row)
    return {
        "row": duplicate.row,
        "reference": reference,
        "other_row": duplicate.other_row,
        "why": list(duplicate.why),
        "likelihood": duplicate.likelihood,
    }
