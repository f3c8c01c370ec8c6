"""What is read from a list: its header, its rows as a person sees them, and what was put apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class SheetRow(NamedTuple):
    """One row: `number` is the one shown by a spreadsheet (1-based), `cells` as many as there are columns."""

    number: int
    cells: list[str]


class Oddity(NamedTuple):
    """Something wrong in the shape of one row; `column` is 0-based, None when the whole row is concerned.

    `kind` is `too_long` (a cell beyond 32,767 characters, cut), `overflow` (more cells than columns: a
    separator inside a cell shifted what follows) or `quotes` (an opening quote never closed).
    """

    row: int
    column: int | None
    kind: str
    message: str


class OtherSheet(NamedTuple):
    """A sheet of the workbook that was not read, with the number of its filled rows."""

    name: str
    rows: int


@dataclass(frozen=True)
class Sheet:
    """A list as read. `encoding` and `separator` are None for workbooks, `sheet_name` for text files.

    `header_row` is the row of the column names, 1-based as shown by a spreadsheet (the last one if they take
    several). Title lines are in `titles`; total lines, notes and instructions and repeated headers are in
    `aside`: none is in `rows`. `has_controls` says that some cell holds a NUL, another control character or a
    replacement character.
    """

    file_kind: str
    encoding: str | None
    separator: str | None
    sheet_name: str | None
    header_row: int
    header: tuple[str, ...]
    rows: list[SheetRow]
    titles: tuple[str, ...] = ()
    aside: tuple[SheetRow, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    other_sheets: tuple[OtherSheet, ...] = ()
    has_controls: bool = False
