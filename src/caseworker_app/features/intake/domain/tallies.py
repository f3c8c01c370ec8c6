"""What becomes of every row of a list, as the foot of the import shows it: the figures add up to the file."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.features.intake.domain.choices import Choices
from caseworker_app.features.intake.domain.deciding import decide
from caseworker_app.features.intake.domain.decision import Action, OnDuplicate
from caseworker_app.features.intake.domain.plan import ImportPlan


@dataclass(frozen=True, slots=True)
class RowTally:
    """Rows by what becomes of them: `rows` is the sum of all but the two last figures.

    `ready`: a new household (dwelling, body) or a member of one; `completing`: adds to what is known;
    `undecided`: probable duplicates nobody decided of, left aside unless somebody does; `left`: left aside on
    purpose; `in_error`: to correct. `created`: how many are made; `completed`: how many proposals complete.
    """

    rows: int
    ready: int
    completing: int
    undecided: int
    left: int
    in_error: int
    created: int
    completed: int


def tally(
    plan: ImportPlan,
    choices: Choices,
    on_duplicate: OnDuplicate | None = None,
    *,
    sure_rows: int = 0,
    sure: int = 0,
) -> RowTally:
    """Tell what becomes of the rows of a list.

    `on_duplicate`: what was said for all duplicates, None when nothing was. `sure_rows` and `sure`: the rows of
    proposals like nobody, and how many these are, where the plan holds only the others.
    """
    decisions = decide(plan, on_duplicate or OnDuplicate.SKIP, choices)
    sizes = dict(plan.proposed())
    decided = {decision.row for decision in choices.decisions}
    rows_of = {action: [d.row for d in decisions if d.action is action] for action in Action}
    ready, completing, skipped = (
        sum(sizes[row] for row in rows_of[a]) for a in (Action.CREATE, Action.MERGE, Action.SKIP)
    )
    undecided = sum(sizes[row] for row in rows_of[Action.SKIP] if row not in decided)
    if on_duplicate is not None:
        undecided = 0
    left = skipped - undecided + len(plan.skipped_rows)
    return RowTally(
        rows=plan.row_count,
        ready=sure_rows + ready,
        completing=completing,
        undecided=undecided,
        left=left,
        in_error=plan.row_count - sure_rows - ready - completing - undecided - left,
        created=sure + len(rows_of[Action.CREATE]),
        completed=len(rows_of[Action.MERGE]),
    )
