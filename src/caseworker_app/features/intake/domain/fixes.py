"""Rows to correct: their cells as they may be typed over, each trouble with a fix proposed where there is a good one.

A fix is proposed only where the row, read again with it, no longer tells that trouble: accepting it settles it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.features.intake.domain import repairs, values
from caseworker_app.features.intake.domain.choices import Choices
from caseworker_app.features.intake.domain.columns import ColumnMatch
from caseworker_app.features.intake.domain.field_choices import field_label
from caseworker_app.features.intake.domain.follow_up_words import exit_label, kinds_on, measure_named
from caseworker_app.features.intake.domain.keys import KEY_REMOVED, without_keys
from caseworker_app.features.intake.domain.list_kind import ListKind
from caseworker_app.features.intake.domain.listing import Listed
from caseworker_app.features.intake.domain.loose_dates import parse_loose
from caseworker_app.features.intake.domain.plan import ImportPlan, plan_of
from caseworker_app.features.intake.domain.proposal import ERROR, WARNING, Problem
from caseworker_app.features.intake.domain.row_people import LOST
from caseworker_app.features.intake.domain.tracker_measure import NO_START
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.sheets.sheet import Sheet, SheetRow

_LOOKALIKE_FIELDS: dict[str, repairs.Repair] = {
    "postal_code": repairs.postal_codes,
    "body_postal_code": repairs.postal_codes,
    "postal_city": repairs.postal_codes,
    "typology": repairs.typologies,
    "occupants": repairs.counts,
    "children": repairs.counts,
    "adults": repairs.counts,
    "email": repairs.emails,
    "body_email": repairs.emails,
    "contact_email": repairs.emails,
}
_AMOUNTS = frozenset({"rent", "rent_with_charges", "service_charges", "housing_benefit", "balance", "debt"})
FIRST_NOTE = "Date de la plus ancienne note de la ligne"
KEY_LEFT_OUT = "La cellule sans la clé"
AS_UNDERSTOOD = "Tel que compris\u00a0: confirmez, ou corrigez"
LIKE_ABOVE = "Comme la ligne du dessus"
LIKE_ANOTHER = "Comme un autre nom de la liste"
KNOWN_NAME = "Prénom connu"


@dataclass(frozen=True, slots=True)
class ProposedFix:
    """A cell as it may be meant; `column` is 0-based, an empty `proposed` empties the cell."""

    row: int
    column: int
    value: str
    proposed: str
    why: str


@dataclass(frozen=True, slots=True)
class CellToCheck:
    """A cell of a row to check; `message` and `severity` are empty where nothing is wrong with it."""

    column: int
    theirs: str
    label: str
    value: str
    message: str = ""
    severity: str = ""
    fix: ProposedFix | None = None


@dataclass(frozen=True, slots=True)
class RowToCheck:
    """A row that has troubles, or that is left aside; `message`: what concerns the whole row."""

    row: int
    title: str
    cells: tuple[CellToCheck, ...]
    severity: str
    skipped: bool = False
    message: str = ""


def rows_to_check(plan: ImportPlan, choices: Choices, day: date) -> tuple[RowToCheck, ...]:
    """Return the rows that have troubles, were corrected or are left aside, in their order, cells as corrected."""
    desk = _Desk(plan, choices, day)
    told: dict[int, list[Problem]] = {}
    for problem in plan.problems:
        told.setdefault(problem.row, []).append(problem)
    above: SheetRow | None = None
    rows = []
    for row in plan.rows_to_check:
        above, before = _typed_over(row, choices), above
        rows.append(desk.row(above, told.get(row.number, ()), before))
    return tuple(rows)


def recheck_row(plan: ImportPlan, choices: Choices, row: int, day: date) -> RowToCheck:
    """Return one row as it stands with the choices made: read again alone, without the file.

    Raises KeyError for a row that has no troubles in the plan.
    """
    found = {each.number: each for each in plan.rows_to_check}[row]
    desk = _Desk(plan, choices, day)
    corrected = _typed_over(found, choices)
    seen = any(correction.row == row for correction in choices.corrections)
    return desk.row(corrected, desk.problems_of(corrected, seen=seen), None)


def accept_all(plan: ImportPlan, choices: Choices, day: date) -> Choices:
    """Return the choices with every proposed fix taken."""
    for row in rows_to_check(plan, choices, day):
        for cell in row.cells:
            if cell.fix is not None:
                choices = choices.with_correction(row.row, cell.column, cell.fix.proposed)
    return choices


def _typed_over(row: SheetRow, choices: Choices) -> SheetRow:
    own = {c.column: c.value for c in choices.corrections if c.row == row.number}
    return SheetRow(row.number, [own.get(i, cell) for i, cell in enumerate(row.cells)]) if own else row


class _Desk:
    """What reading one row again needs: the columns, and the shape of the sheet it stood in."""

    def __init__(self, plan: ImportPlan, choices: Choices, day: date) -> None:
        self._plan, self._choices, self._day = plan, choices, day
        self._columns = {match.index: match for match in plan.matching.matches}
        self._by_name: dict[str, list[int]] = {}
        for index, name in enumerate(plan.header):
            self._by_name.setdefault(name, []).append(index)
        self._first_notes = {each.row: min(n.day for n in each.notes) for each in plan.tracked if each.notes}

    def row(self, row: SheetRow, problems: Sequence[Problem], above: SheetRow | None) -> RowToCheck:
        """Return a row with what is wrong in it."""
        by_column: dict[int, Problem] = {}
        whole: list[Problem] = []
        for problem in sorted(problems, key=lambda p: p.severity != ERROR):
            index = self._index_of(problem, row)
            if index is None:
                whole.append(problem)
            else:
                by_column.setdefault(index, problem)
        shown = sorted({*self._columns, *by_column})
        cells = tuple(self._cell(row, index, by_column.get(index), above) for index in shown)
        severities = {problem.severity for problem in problems}
        return RowToCheck(
            row.number,
            self._title(row),
            cells,
            ERROR if ERROR in severities else WARNING if severities else "",
            row.number in self._choices.skipped_rows,
            " ".join(dict.fromkeys(problem.message for problem in whole)),
        )

    def problems_of(self, row: SheetRow, *, seen: bool = True) -> tuple[Problem, ...]:
        """Return what is wrong in a row read by itself; `seen`: somebody corrected it."""
        plan = self._plan
        sheet = Sheet(
            plan.file_kind, plan.encoding, plan.separator, plan.sheet_name, plan.header_row, plan.header, [row],
            titles=plan.titles, has_controls=True,
        )  # fmt: skip
        listed = Listed(sheet, plan.matching, plan.kind, plan.sheets or (plan.sheet_name or "",))
        choices = replace(self._choices, corrections=(), skipped_rows=(), decisions=())
        problems = plan_of(listed, (), self._day, choices).problems
        # A shape that was wrong stays so until somebody looks at the row: the reading alone cannot see it.
        kept = [p for p in plan.problems if p.row == row.number and not p.column] if not seen else []
        return (*problems, *(p for p in kept if p not in problems))

    def _index_of(self, problem: Problem, row: SheetRow) -> int | None:
        indexes = self._by_name.get(problem.column, [])
        shown = [i for i in indexes if values.shorten(row.cells[i]) == problem.value]
        return shown[0] if shown else indexes[0] if indexes else None

    def _cell(
        self, row: SheetRow, index: int, problem: Problem | None, above: SheetRow | None
    ) -> CellToCheck:
        match = self._columns.get(index)
        label = field_label(match.ours) if match else ""
        theirs, value = self._plan.header[index], without_keys(row.cells[index])[:2_000]
        if problem is None:
            return CellToCheck(index, theirs, label, value)
        fix = self._fix(row, index, match, problem, above)
        return CellToCheck(index, theirs, label, value, problem.message, problem.severity, fix)

    def _fix(
        self, row: SheetRow, index: int, match: ColumnMatch | None, problem: Problem, above: SheetRow | None
    ) -> ProposedFix | None:
        text = row.cells[index]
        for proposed, why in self._proposals(text, match, problem, row, above, index):
            if proposed != text and self._settles(row, index, proposed, problem):
                return ProposedFix(row.number, index, without_keys(text), proposed, why)
        return None

    def _settles(self, row: SheetRow, index: int, proposed: str, problem: Problem) -> bool:
        """Say whether the row read with a proposal no longer tells this trouble, and no new error in that cell."""
        cells = [*row.cells[:index], proposed, *row.cells[index + 1 :]]
        left = self.problems_of(SheetRow(row.number, cells))
        return not any(
            p.column == problem.column and (p.message == problem.message or p.severity == ERROR) for p in left
        )

    def _proposals(
        self,
        text: str,
        match: ColumnMatch | None,
        problem: Problem,
        row: SheetRow,
        above: SheetRow | None,
        index: int,
    ) -> Iterator[repairs.Proposal]:
        field = match.heading.field if match else ""
        if problem.message == NO_START and row.number in self._first_notes:
            yield f"{self._first_notes[row.number]:%d/%m/%Y}", FIRST_NOTE
        if problem.message == KEY_REMOVED:
            yield without_keys(text), KEY_LEFT_OUT
        yield from self._in_full(text, field)
        if problem.message == LOST:
            yield from self._whole_names(text)
        yield from repairs.plain_text(text, self._day)
        if field.endswith("_date") or field in ("body_updated", "note_date") or match is None:
            yield from repairs.dates(text, self._day)
        if field in _AMOUNTS:
            yield from repairs.amounts(text, self._day)
        if field.endswith("phone"):
            yield from repairs.phones(text, self._day)
        if field in _LOOKALIKE_FIELDS:
            yield from _LOOKALIKE_FIELDS[field](text, self._day)
        if field == "body_name" and not text and above is not None and above.number == row.number - 1:
            yield above.cells[index], LIKE_ABOVE

    def _in_full(self, text: str, field: str) -> Iterator[repairs.Proposal]:
        """Propose what a vague word of a follow-up table was understood as, written in full."""
        if field.startswith("measure_") and field.endswith("_date"):
            with suppress(InvalidEntry):
                yield f"{parse_loose(text, self._day).day:%d/%m/%Y}", AS_UNDERSTOOD
        elif field == "measure_kind" and (named := measure_named(text, self._day)):
            yield kinds_on(self._day)[named.code].label, AS_UNDERSTOOD
        elif field == "exit_reason":
            yield exit_label("term_reached", self._day), AS_UNDERSTOOD

    def _whole_names(self, text: str) -> Iterator[repairs.Proposal]:
        """Propose names whose letters were lost: another of the list, or a usual first name."""
        pattern = re.compile(
            re.sub(r"\\?[\ufffd?¿]", r"\\w", re.escape(text).replace("\\¿", "¿")), re.IGNORECASE
        )
        own = (member for p in self._plan.households for member in p.household.members)
        for name in dict.fromkeys(n for m in own for n in (m.last_name, m.first_name or "")):
            if pattern.fullmatch(name) and not any(c in name for c in "\ufffd?¿"):
                yield name, LIKE_ANOTHER
        for name in repairs.ACCENTED_NAMES:
            if pattern.fullmatch(name):
                yield _in_case_of(text, name), KNOWN_NAME

    def _title(self, row: SheetRow) -> str:
        """Return who the row is about, as the list writes it."""
        wanted = _TITLES.get(self._plan.kind, ("full_name", "last_name", "first_name"))
        parts = [
            row.cells[match.index]
            for field in wanted
            for match in self._columns.values()
            if match.heading.key == field
        ]
        return " ".join(" ".join(filter(None, parts)).split())[:80]


_TITLES: dict[ListKind, tuple[str, ...]] = {
    ListKind.DWELLINGS: ("dwelling_reference", "street", "street_name", "city"),
    ListKind.PARTNERS: ("body_name", "contact_last_name"),
    ListKind.LANDLORDS: ("body_name", "contact_last_name"),
}


def _in_case_of(text: str, name: str) -> str:
    return name.upper() if text.isupper() else name
