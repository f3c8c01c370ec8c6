"""Rows of a list made ready to be read: sheets put one after the other, cells corrected, rows left aside.

Where several sheets are read, the rows of the sheet at place k (from 0) bear their number plus k × 1,048,576, which
is more than a sheet can hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from caseworker_app.features.intake.domain.choices import Choices
from caseworker_app.kernel.folding import fold
from caseworker_app.sheets.sheet import Oddity, Sheet, SheetRow

ROWS_OF_A_SHEET = 1 << 20


class ReadFrom(Protocol):
    """What was read from sheets (an `ImportPlan`): `sheets` are their names, none where there was one."""

    @property
    def sheets(self) -> tuple[str, ...]:
        """Return the names of the sheets, in the order they were read."""


def place_of(row: int) -> tuple[int, int]:
    """Return the place of the sheet (from 0) and the row in it, as a spreadsheet shows it."""
    sheet, before = divmod(row - 1, ROWS_OF_A_SHEET)
    return sheet, before + 1


def row_words(plan: ReadFrom, row: int) -> str:
    """Return « ligne 12 », with the name of its sheet where several were read."""
    sheet, number = place_of(row)
    words = f"ligne\u00a0{number}"
    if len(plan.sheets) < 2 or sheet >= len(plan.sheets):
        return words
    return f"{words}, feuille «\u00a0{plan.sheets[sheet]}\u00a0»"


def joined_sheets(sheets: Sequence[Sheet]) -> Sheet:
    """Return several sheets as one: columns of one name are one column, those of later sheets are added."""
    first = sheets[0]
    if len(sheets) == 1:
        return first
    header = list(first.header)
    rows: list[SheetRow] = []
    aside: list[SheetRow] = []
    oddities: list[Oddity] = []
    for place, sheet in enumerate(sheets):
        offset = place * ROWS_OF_A_SHEET
        targets = _targets(header, sheet.header)
        rows += [
            SheetRow(row.number + offset, _placed(row.cells, targets, len(header))) for row in sheet.rows
        ]
        aside += [SheetRow(row.number + offset, row.cells) for row in sheet.aside]
        oddities += [
            Oddity(o.row + offset, None if o.column is None else targets[o.column], o.kind, o.message)
            for o in sheet.oddities
        ]
    width = len(header)
    rows = [
        row if len(row.cells) == width else SheetRow(row.number, _widened(row.cells, width)) for row in rows
    ]
    return replace(
        first,
        header=tuple(header),
        rows=rows,
        aside=tuple(aside),
        oddities=tuple(oddities),
        titles=tuple(dict.fromkeys(title for sheet in sheets for title in sheet.titles)),
        has_controls=any(sheet.has_controls for sheet in sheets),
    )


def corrected(sheet: Sheet, choices: Choices) -> Sheet:
    """Return the sheet with the cells corrected, without the rows left aside.

    A row that somebody corrected was looked at: that its columns are shifted is not told again.
    """
    if not (choices.corrections or choices.skipped_rows):
        return sheet
    cells: dict[int, dict[int, str]] = {}
    for row, column, value in choices.corrections:
        cells.setdefault(row, {})[column] = " ".join(value.split()) if "\n" not in value else value.strip()
    skipped = frozenset(choices.skipped_rows)
    rows = [_with_cells(row, cells.get(row.number)) for row in sheet.rows if row.number not in skipped]
    oddities = tuple(
        oddity
        for oddity in sheet.oddities
        if oddity.row not in skipped
        and not (oddity.row in cells and (oddity.column is None or oddity.column in cells[oddity.row]))
    )
    return replace(sheet, rows=rows, oddities=oddities)


def _with_cells(row: SheetRow, changed: dict[int, str] | None) -> SheetRow:
    if not changed:
        return row
    return SheetRow(row.number, [changed.get(index, cell) for index, cell in enumerate(row.cells)])


def _targets(header: list[str], theirs: Sequence[str]) -> list[int]:
    """Return where each column of a sheet goes; names that are new are added to the header."""
    free: dict[str, list[int]] = {}
    for index, name in enumerate(header):
        free.setdefault(fold(name), []).append(index)
    targets = []
    for name in theirs:
        same = free.get(fold(name))
        if same:
            targets.append(same.pop(0))
        else:
            header.append(name)
            targets.append(len(header) - 1)
    return targets


def _placed(cells: Sequence[str], targets: Sequence[int], width: int) -> list[str]:
    placed = [""] * width
    for target, cell in zip(targets, cells, strict=False):
        placed[target] = cell
    return placed


def _widened(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))
