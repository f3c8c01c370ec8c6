"""A list read whole, as a window holds it: what it shows is packed, what it counts is small."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from caseworker_app.features.households.domain import NewHousehold
from caseworker_app.features.intake.domain.choices import Choices
from caseworker_app.features.intake.domain.decision import Action, OnDuplicate
from caseworker_app.features.intake.domain.fixes import CellToCheck, RowToCheck, recheck_row, rows_to_check
from caseworker_app.features.intake.domain.packing import Packed, pack
from caseworker_app.features.intake.domain.plan import ImportPlan
from caseworker_app.features.intake.domain.proposal import ERROR, WARNING, Problem, ProposedHousehold
from caseworker_app.features.intake.domain.sides import SideBySide
from caseworker_app.features.intake.domain.tallies import RowTally, tally
from caseworker_app.features.intake.domain.tracker_workers import WorkerMatch
from caseworker_app.features.intake.domain.tracking import ProposedTracking
from caseworker_app.sheets.sheet import SheetRow

# How a row stands, a byte each: right by now, to look at, to correct, set aside.
RIGHT, TO_LOOK_AT, TO_CORRECT, ASIDE = range(4)
# How a row like somebody stands: only worth a look, to be decided by a person, decided by the program.
ALIKE, TO_DECIDE, BY_ITSELF = range(3)
FixKey = tuple[int, str]


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row to check, and what reading it again alone takes."""

    shown: RowToCheck
    cells: SheetRow
    problems: tuple[Problem, ...]
    tracked: tuple[ProposedTracking, ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """A proposal: the cell, what it becomes, why, and how its row stands."""

    row: int
    column: int
    proposed: str
    why: str
    state: int


@dataclass(frozen=True, slots=True)
class RowsToCheck:
    """The rows to check. `numbers`, `states` and `wrong` (how many troubles) tell of each row without opening it."""

    rows: Packed[CheckedRow] = field(default_factory=Packed)
    numbers: Sequence[int] = ()
    states: bytes = b""
    wrong: Sequence[int] = ()
    fixes: Packed[Fix] = field(default_factory=Packed)
    alike: Counter[tuple[int, FixKey]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Sides:
    """The rows that are like somebody. `numbers` and `states` (a byte each) tell of each without opening it."""

    sides: Packed[SideBySide] = field(default_factory=Packed)
    numbers: Sequence[int] = ()
    states: bytes = b""


@dataclass(frozen=True, slots=True)
class Checked:
    """A list compared with the file. `plan` holds, in outline, only the proposals that are like somebody: all others
    are created.

    `sure_rows` and `sure` count those others, by their rows and as households (dwellings, bodies).
    """

    plan: ImportPlan
    sure_rows: int
    sure: int
    rows: RowsToCheck
    sides: Sides
    workers: tuple[WorkerMatch, ...]

    def tally(self, choices: Choices, on_duplicate: OnDuplicate | None) -> RowTally:
        """Tell what becomes of the rows with these choices; `on_duplicate` None: nobody said it for all."""
        return tally(self.plan, choices, on_duplicate, sure_rows=self.sure_rows, sure=self.sure)

    def recheck(self, place: int, choices: Choices, day: date) -> RowToCheck:
        """Return the row at a place as it stands with these choices."""
        row = self.rows.rows[place]
        plan = replace(self.plan, rows_to_check=(row.cells,), problems=row.problems, tracked=row.tracked)
        return recheck_row(plan, choices, row.cells.number, day)


def checked(
    plan: ImportPlan,
    sides: Sequence[SideBySide],
    workers: tuple[WorkerMatch, ...],
    choices: Choices,
    day: date,
) -> Checked:
    """Return what a window needs of a list that was read and compared."""
    alike = {duplicate.row for duplicate in plan.duplicates} | {side.row for side in sides}
    others = [(row, size) for row, size in plan.proposed() if row not in alike]
    small = replace(
        plan,
        households=tuple(_outline(p) for p in plan.households if p.row in alike),
        dwellings=tuple(d for d in plan.dwellings if d.row in alike),
        bodies=tuple(b for b in plan.bodies if b.row in alike),
        related=tuple(d for d in plan.related if d.row in alike),
        problems=(),
        rows_to_check=(),
        tracked=(),
        asked=(),
    )
    return Checked(
        small,
        sum(size for _, size in others),
        len(others),
        _rows(plan, choices, day),
        _sides(sides, choices),
        workers,
    )


# What an outline holds in place of people: deciding looks at rows alone.
_NOBODY = NewHousehold(())


def _outline(proposal: ProposedHousehold) -> ProposedHousehold:
    return ProposedHousehold(proposal.row, _NOBODY, joined_rows=proposal.joined_rows)


def state_of(row: RowToCheck) -> int:
    """Return how a row stands."""
    if row.skipped:
        return ASIDE
    return {ERROR: TO_CORRECT, WARNING: TO_LOOK_AT}.get(row.severity, RIGHT)


def wrong_cells(row: RowToCheck) -> list[CellToCheck | None]:
    """Return the cells of a row that have troubles; None stands for the row itself where no cell is to blame."""
    return [cell for cell in row.cells if cell.severity] or [None]


def fix_key(cell: CellToCheck) -> FixKey | None:
    """Return what makes two proposals alike: the column and the reason."""
    return (cell.column, cell.fix.why) if cell.fix is not None else None


def fixes_in(row: RowToCheck) -> Iterable[Fix]:
    """Yield the proposals of a row."""
    for cell in row.cells:
        if cell.fix is not None and not row.skipped:
            yield Fix(row.row, cell.column, cell.fix.proposed, cell.fix.why, state_of(row))


def _rows(plan: ImportPlan, choices: Choices, day: date) -> RowsToCheck:
    shown = rows_to_check(plan, choices, day)
    told: dict[int, list[Problem]] = {}
    for problem in plan.problems:
        told.setdefault(problem.row, []).append(problem)
    tracked: dict[int, list[ProposedTracking]] = {}
    for each in plan.tracked:
        tracked.setdefault(each.row, []).append(each)
    cells = {row.number: row for row in plan.rows_to_check}
    fixes = [fix for row in shown for fix in fixes_in(row)]
    return RowsToCheck(
        pack(
            CheckedRow(row, cells[row.row], tuple(told.get(row.row, ())), tuple(tracked.get(row.row, ())))
            for row in shown
        ),
        array("q", [row.row for row in shown]),
        bytes(state_of(row) for row in shown),
        array("H", [len(wrong_cells(row)) for row in shown]),
        pack(fixes),
        Counter((fix.state, (fix.column, fix.why)) for fix in fixes),
    )


def _sides(sides: Sequence[SideBySide], choices: Choices) -> Sides:
    decided = {decision.row for decision in choices.decisions}
    states = bytes(_side_state(side, decided) for side in sides)
    return Sides(pack(sides), array("q", [side.row for side in sides]), states)


def _side_state(side: SideBySide, decided: set[int]) -> int:
    if not side.likely:
        return ALIKE
    # A follow-up table repeats its households each year: the program completes them by itself.
    by_itself = side.row not in decided and side.choice.action is not Action.SKIP
    return BY_ITSELF if by_itself else TO_DECIDE
