"""What is done with each proposal of a plan, by what was chosen and who is known; and what became of its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from caseworker_app.features.intake.domain.choices import NO_CHOICES, Choices
from caseworker_app.features.intake.domain.decision import Action, Decision, OnDuplicate
from caseworker_app.features.intake.domain.duplicates import Duplicate
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.plan import ImportPlan


@dataclass(frozen=True)
class Counts:
    """Rows by what became of them: `rows = created + merged + skipped + in_error`, always."""

    rows: int
    created: int
    merged: int
    skipped: int
    in_error: int


def decide(
    plan: ImportPlan, on_duplicate: OnDuplicate, choices: Choices = NO_CHOICES
) -> tuple[Decision, ...]:
    """Return what is done with each proposal, in order; a row like one that was skipped follows it.

    What a person chose for a row goes before `on_duplicate`. In a follow-up table, a household that an earlier row
    made is completed: tables repeat it each year.
    """
    # The likeliest comes first for each row.
    best = {duplicate.row: duplicate for duplicate in reversed(plan.duplicates)}
    chosen = {choice.row: choice for choice in choices.decisions}
    decisions: dict[int, Decision] = {}
    for row, _size in plan.proposed():
        decision = _decision(plan, row, best.get(row), chosen.get(row), on_duplicate)
        earlier = decisions.get(decision.other_row) if decision.other_row is not None else None
        if earlier is not None and earlier.action is not Action.CREATE and not decision.household_id:
            decision = replace(earlier, row=row)
        decisions[row] = decision
    return tuple(decisions.values())


def _decision(
    plan: ImportPlan,
    row: int,
    duplicate: Duplicate | None,
    chosen: Decision | None,
    on_duplicate: OnDuplicate,
) -> Decision:
    if chosen is not None and (chosen.action is not Action.MERGE or chosen.has_target):
        return Decision(row, Action.CREATE) if chosen.action is Action.CREATE else chosen
    if chosen is not None:
        duplicate = duplicate or next((d for d in plan.related if d.row == row), None)
    if duplicate is None or (chosen is None and on_duplicate is OnDuplicate.CREATE):
        return Decision(row, Action.CREATE)
    merged = chosen is not None or on_duplicate is OnDuplicate.MERGE
    again = plan.kind is ListKind.TRACKER and duplicate.other_row is not None
    # A household already followed is referred all the same: its referral joins its file.
    again = again or plan.kind is ListKind.REFERRALS
    return Decision(
        row,
        Action.MERGE if merged or again else Action.SKIP,
        duplicate.household_id,
        duplicate.other_row,
        duplicate.dwelling_id,
        duplicate.partner_id,
    )


def count(plan: ImportPlan, decisions: Iterable[Decision]) -> Counts:
    """Count the rows by what became of them; rows joined into a created household are merged."""
    sizes = dict(plan.proposed())
    created = merged = 0
    skipped = len(plan.skipped_rows)
    for decision in decisions:
        size = sizes.get(decision.row, 1)
        if decision.action is Action.CREATE:
            created += 1
            merged += size - 1
        elif decision.action is Action.MERGE:
            merged += size
        else:
            skipped += size
    return Counts(plan.row_count, created, merged, skipped, plan.row_count - created - merged - skipped)
