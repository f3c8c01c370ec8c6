"""What was decided for each row, kept with the import so that going on after a kill decides nothing anew.

Between the kill and the second start somebody may have typed a household that is also in the list; decisions
taken again would then differ from those already carried out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from caseworker_app.features.intake.domain.decision import Action, Decision


def write_decisions(decisions: Iterable[Decision]) -> str:
    """Return the decisions as a short text: rows not named are created, skipped ones lose their target."""
    decisions = tuple(decisions)
    skipped = [d.row for d in decisions if d.action is Action.SKIP]
    merged = [
        (d.row, d.household_id, d.other_row, d.dwelling_id, d.partner_id)
        for d in decisions
        if d.action is Action.MERGE
    ]
    return json.dumps({"skip": _ranges(skipped), "merge": merged}, separators=(",", ":"))


def read_decisions(text: str, rows: Iterable[int]) -> tuple[Decision, ...]:
    """Return the decisions of the rows of a list, in the order of `rows`."""
    kept = json.loads(text)
    skipped = {row for first, last in kept["skip"] for row in range(first, last + 1)}
    merged = {entry[0]: entry[1:] for entry in kept["merge"]}
    return tuple(_decision(row, skipped, merged) for row in rows)


def _decision(row: int, skipped: set[int], merged: dict[int, list[str | None]]) -> Decision:
    if row in merged:
        household_id, other_row, dwelling_id, partner_id = merged[row]
        other = None if other_row is None else int(other_row)
        return Decision(row, Action.MERGE, household_id, other, dwelling_id, partner_id)
    return Decision(row, Action.SKIP if row in skipped else Action.CREATE)


def _ranges(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return the rows as first and last of each run of neighbours."""
    ranges: list[tuple[int, int]] = []
    for row in rows:
        if ranges and ranges[-1][1] == row - 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    return ranges
