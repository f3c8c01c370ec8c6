"""The first rows of a file as they would be imported with the choices made so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

from caseworker_app.features.intake.domain.plan import ImportPlan, plan_of
from caseworker_app.features.intake.domain.proposal import Problem
from caseworker_app.features.intake.domain.recognition import Understanding, chosen
from caseworker_app.features.intake.domain.referral_rows import asking_fields
from caseworker_app.features.intake.domain.summary import (
    Fields,
    dwelling_fields,
    household_fields,
    proposed_body_fields,
    tracking_fields,
)
from caseworker_app.features.intake.domain.tracking import by_row


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as it would be imported: labelled lines, and what is wrong in it."""

    row: int
    cells: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def preview(understanding: Understanding, limit: int = 20) -> tuple[PreviewRow, ...]:
    """Return the first rows as they would be imported with the choices made so far; names of columns may lack."""
    listed = chosen(understanding.sample.listed, understanding.choices)
    if not listed.has_names:
        return ()
    sheet = replace(listed.sheet, rows=listed.sheet.rows[:limit])
    plan = plan_of(replace(listed, sheet=sheet), (), understanding.day, understanding.choices)
    fields = _fields_by_row(plan)
    return tuple(
        PreviewRow(
            row.number,
            tuple((label, text) for label, text in fields.get(row.number, {}).items() if text),
            tuple(problem for problem in plan.problems if problem.row == row.number),
        )
        for row in sheet.rows
        if row.number not in plan.skipped_rows
    )


def _fields_by_row(plan: ImportPlan) -> dict[int, Fields]:
    fields: dict[int, Fields] = {
        **{p.row: household_fields(p) for p in plan.households},
        **{d.row: dwelling_fields(d) for d in plan.dwellings},
        **{b.row: proposed_body_fields(b) for b in plan.bodies},
    }
    for each in plan.asked:
        fields[each.row] = fields.get(each.row, {}) | asking_fields([each])
    told = by_row(plan.tracked)
    for proposal in plan.households if told else ():
        fields[proposal.row] |= tracking_fields([each for row in proposal.rows for each in told.get(row, ())])
    return fields
