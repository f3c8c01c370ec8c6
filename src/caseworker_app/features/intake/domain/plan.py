"""The analysis of a file, pure and picklable: what it is and proposes, what is wrong, who is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from caseworker_app.features.intake.domain import values
from caseworker_app.features.intake.domain.columns import Matching, match_columns
from caseworker_app.features.intake.domain.content import Profile
from caseworker_app.features.intake.domain.duplicates import Duplicate, DuplicateFinder, Found, KnownPerson
from caseworker_app.features.intake.domain.dwelling_rows import repeated_dwellings
from caseworker_app.features.intake.domain.fitting import fit
from caseworker_app.features.intake.domain.headings import knows
from caseworker_app.features.intake.domain.joining import join_rows
from caseworker_app.features.intake.domain.list_kind import IMPORTED, ListKind, recognise_kind, refuse
from caseworker_app.features.intake.domain.proposal import (
    ERROR,
    WARNING,
    Problem,
    ProposedDwelling,
    ProposedHousehold,
)
from caseworker_app.features.intake.domain.row_reader import RowReader
from caseworker_app.kernel.collector import paused_collector
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.sheets.reading import read_sheet
from caseworker_app.sheets.sheet import Sheet

NO_SUCH_DAY_UNUSED = "Ce jour n’existe pas\u00a0: corrigez la ligne."


class OnDuplicate(StrEnum):
    """What becomes of a row that is probably somebody already known."""

    SKIP = "skip"
    MERGE = "merge"
    CREATE = "create"


class Action(StrEnum):
    """What is done with a proposal."""

    CREATE = "create"
    MERGE = "merge"
    SKIP = "skip"


@dataclass(frozen=True)
class Decision:
    """What is done with one proposal, named by its first row.

    For `merge` and `skip` the target is a followed household (`household_id`), in a list of dwellings a known
    dwelling (`dwelling_id`), or what `other_row` made.
    """

    row: int
    action: Action
    household_id: str | None = None
    other_row: int | None = None
    dwelling_id: str | None = None


@dataclass(frozen=True)
class Counts:
    """Rows by what became of them: `rows = created + merged + skipped + in_error`, always."""

    rows: int
    created: int
    merged: int
    skipped: int
    in_error: int


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. `row_count` counts rows of data: neither blank ones, titles, totals nor notes.

    Exactly one of `households` and `dwellings` is filled, by kind. `problems` come in the order of the rows.
    """

    kind: ListKind
    file_kind: str
    encoding: str | None
    separator: str | None
    sheet_name: str | None
    header_row: int
    matching: Matching
    row_count: int
    households: tuple[ProposedHousehold, ...] = ()
    dwellings: tuple[ProposedDwelling, ...] = ()
    problems: tuple[Problem, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    related: tuple[Duplicate, ...] = ()
    titles: tuple[str, ...] = ()
    rows_aside: tuple[int, ...] = ()
    other_sheets: tuple[str, ...] = ()


def analyse(path: Path | str, known: Iterable[KnownPerson] = (), today: date | None = None) -> ImportPlan:
    """Read a file and return the plan of its import; writes nothing anywhere.

    `known` are the people already followed. Raises UnreadableFile (no list can be read) or NotThisKind (the
    list is about something else), each with one French sentence.
    """
    today = today or date.today()  # noqa: DTZ011 - the day on the wall of the office
    path = Path(path)
    with paused_collector():
        sheet = read_sheet(path, knows)
        matching = match_columns(sheet.header, [row.cells for row in sheet.rows], today)
        kind = recognise_kind(matching, sheet.header, sheet.sheet_name)
        if kind not in IMPORTED:
            raise refuse(kind, path.name, sheet.header)
        return _plan(sheet, matching, kind, known, today)


def analyse_apart(_progress: object, path: Path, known: list[KnownPerson], today: date) -> ImportPlan:
    """Do the same in another process, where nothing is told on the way."""
    return analyse(path, known, today)


def _plan(
    sheet: Sheet, matching: Matching, kind: ListKind, known: Iterable[KnownPerson], today: date
) -> ImportPlan:
    reader = RowReader(sheet, matching, today)
    households: tuple[ProposedHousehold, ...] = ()
    dwellings: tuple[ProposedDwelling, ...] = ()
    refused: list[Problem] = []
    no_such_days = _impossible_days_elsewhere(sheet, matching, today)
    aside = {problem.row for problem in no_such_days}
    if kind is ListKind.DWELLINGS:
        read = map(reader.dwelling, sheet.rows)
        dwellings = tuple(d for d in read if d is not None and d.row not in aside)
        found = Found(repeated_dwellings(dwellings), ())
    else:
        joined = join_rows(
            [p for p in map(reader.household, sheet.rows) if p is not None and p.row not in aside]
        )
        households, refused = fit(joined, today)
        found = DuplicateFinder(households, today).find(known)
    problems = [*reader.problems, *refused, *no_such_days]
    return ImportPlan(
        kind=kind,
        file_kind=sheet.file_kind,
        encoding=sheet.encoding,
        separator=sheet.separator,
        sheet_name=sheet.sheet_name,
        header_row=sheet.header_row,
        matching=matching,
        row_count=len(sheet.rows),
        households=households,
        dwellings=dwellings,
        problems=tuple(sorted(problems, key=lambda problem: problem.row)),
        duplicates=found.duplicates,
        related=found.related,
        titles=sheet.titles,
        rows_aside=tuple(row.number for row in sheet.aside),
        other_sheets=tuple(other.name for other in sheet.other_sheets if other.rows > 1),
    )


def _impossible_days_elsewhere(sheet: Sheet, matching: Matching, today: date) -> list[Problem]:
    """Find days that do not exist in date columns that are not imported: whoever typed them mistyped the row."""
    used = {match.index for match in matching.matches}
    withheld = {entry.theirs for entry in matching.left_out if entry.withheld}
    problems: list[Problem] = []
    for index, name in enumerate(sheet.header):
        if index in used or name in withheld:
            continue
        if Profile(row.cells[index] for row in sheet.rows).share("date") >= 60:
            problems += [
                Problem(row.number, name, values.shorten(row.cells[index]), NO_SUCH_DAY_UNUSED, ERROR)
                for row in sheet.rows
                if row.cells[index] and _is_impossible(row.cells[index], today)
            ]
    return problems


def _is_impossible(text: str, today: date) -> bool:
    try:
        values.parse_date(text, today)
    except InvalidEntry as error:
        return error.sentence == values.NO_SUCH_DAY
    return False


def decide(plan: ImportPlan, on_duplicate: OnDuplicate) -> tuple[Decision, ...]:
    """Return what is done with each proposal, in order; a row like one that was skipped follows it."""
    # The likeliest comes first for each row.
    best = {duplicate.row: duplicate for duplicate in reversed(plan.duplicates)}
    decisions: dict[int, Decision] = {}
    for row in [p.row for p in plan.households] or [d.row for d in plan.dwellings]:
        duplicate = best.get(row)
        if duplicate is None or on_duplicate is OnDuplicate.CREATE:
            decisions[row] = Decision(row, Action.CREATE)
            continue
        action = Action.MERGE if on_duplicate is OnDuplicate.MERGE else Action.SKIP
        earlier = decisions.get(duplicate.other_row) if duplicate.other_row is not None else None
        if earlier is not None and earlier.action is not Action.CREATE:
            decisions[row] = replace(earlier, row=row)
        else:
            decisions[row] = Decision(
                row, action, duplicate.household_id, duplicate.other_row, duplicate.dwelling_id
            )
    return tuple(decisions.values())


def count(plan: ImportPlan, decisions: Iterable[Decision]) -> Counts:
    """Count the rows by what became of them; rows joined into a created household are merged."""
    sizes = {proposal.row: len(proposal.rows) for proposal in plan.households}
    created = merged = skipped = 0
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
