"""Where the table is in a sheet: titles, header on one line or several, instructions, totals.

Printed lists of rental programs come with all of these. Rules work on shapes; the caller may add its own
knowledge of column names (`knows`), which decides between lines that look alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from caseworker_app.kernel.folding import fold
from caseworker_app.sheets.delimited import MAX_CELL_CHARACTERS, Grid
from caseworker_app.sheets.sheet import Oddity, SheetRow

Knows = Callable[[str], bool]

_LOOKED_AT = 60
_FIRST_ROWS = 2_000

_DATA = re.compile(
    r"[-+(]?[\d\s.,'\u00a0\u202f]+\)?\s*[€%]?"  # numbers, amounts, phones, postal codes
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]\d.*)?"  # dates
    r"|\+?[\d\s./\-()]{8,}"
    r"|[^@\s]+@[^@\s]+\.[^@\s]+"
)
_TOTAL = re.compile(
    r"(?:sous |s )?tota(?:l|ux)\b|cumul\b|moyenne\b|nombre (?:de|d|total)\b|nb (?:de )?(?:lignes"
    r"|locataires|logements)\b"
    r"|somme\b|report\b|a reporter\b|ensemble$|general$"
)
_NOTE = re.compile(
    r"(?:fin d(?:e|u) (?:la )?(?:liste|fichier|document|etat)|edite(?:e)? le|edition du|imprime(?:e)? le"
    r"|extrait le"
    r"|page \d|attention\b|nb \w|source\b|legende\b|exemple\b|ex\b|consigne|champ(?:s)? obligatoire"
    r"|obligatoire|facultatif"
    r"|col(?:onne)? \d|jj mm aaaa|format\b|ne pas (?:remplir|modifier|mettre)|a remplir|liste deroulante)"
)
_SECTION = re.compile(
    r"(?:residence|immeuble|groupe|agence|secteur|programme|batiment|tranche|ensemble|site|antenne|cite"
    r"|commune)\b"
)
_NUMBERS_ONLY = re.compile(r"[-+()\d\s.,'€%\u00a0\u202f]*")

LONG_MESSAGE = "Cellule de plus de 32\u202f767 caractères\u00a0: seul son début a été lu."
OVERFLOW_MESSAGE = (
    "La ligne a {cells} cellules pour {columns} colonnes\u00a0: "
    "une cellule contient sans doute le séparateur."
)


@dataclass(frozen=True)
class Layout:
    """What a grid is made of; row numbers are 1-based. See Sheet for the meaning of each part."""

    header_row: int
    header: tuple[str, ...]
    rows: list[SheetRow]
    titles: tuple[str, ...]
    aside: tuple[SheetRow, ...]
    oddities: tuple[Oddity, ...]


def find_layout(grid: Grid, knows: Knows, *, delimited: bool) -> Layout | None:
    """Return the parts of a grid, None where no line can be a header; `delimited`: overflow is a shift."""
    top = find_header(grid, knows)
    if top is None:
        return None
    header, bottom = _header_names(grid, top, knows)
    width = _width(grid, bottom, len(header))
    header += [""] * (width - len(header))
    names = tuple(name or f"(colonne {column_letters(i)})" for i, name in enumerate(header))
    rows, aside, oddities = _body(grid, bottom + 1, header, delimited=delimited)
    titles = tuple(" ".join(filter(None, cells)) for cells in grid[:top] if any(cells))
    return Layout(bottom + 1, names, rows, titles, tuple(aside), tuple(oddities))


def find_header(grid: Grid, knows: Knows) -> int | None:
    """Return the 0-based index of the line that names the columns, None when no line looks like one."""
    filled = [i for i, cells in enumerate(grid[:_FIRST_ROWS]) if any(cells)][:_LOOKED_AT]
    best, best_score = None, 0.0
    for rank, index in enumerate(filled):
        following = [sum(map(bool, grid[i])) for i in filled[rank + 1 : rank + 21]]
        score = _header_score(grid[index], following, knows) - 0.2 * rank
        if score > best_score:
            best, best_score = index, score
    return best


def _header_score(cells: list[str], following: list[int], knows: Knows) -> float:
    names = [cell for cell in cells if cell]
    labels = [name for name in names if _is_label(name)]
    known = sum(map(knows, labels))
    usual = median(following) if following else len(names)
    if len(labels) < 0.6 * len(names) or len(names) < 0.4 * usual:
        return 0.0
    if len(names) == 1 and not (known and usual <= 1):
        return 0.0
    data = len(names) - len(labels)
    repeated = len(labels) - len(set(labels))
    return min(len(labels), 3 * usual + 3) + 3 * known - 4 * data - 0.5 * repeated


def _is_label(cell: str) -> bool:
    """Say whether a cell can name a column: some letter, no date, amount, phone, e-mail or paragraph."""
    return len(cell) <= 200 and not _DATA.fullmatch(cell) and any(c.isalpha() for c in cell)


def _header_names(grid: Grid, top: int, knows: Knows) -> tuple[list[str], int]:
    """Return the column names and their last line; groups above are joined where a name is unclear."""
    header = [_one_line(cell) for cell in grid[top]]
    while header and not header[-1]:
        header.pop()
    header = _join_above(grid, top, header, knows)
    bottom = top
    below = grid[top + 1] if top + 1 < len(grid) else []
    if below and _continues_header(header, below, knows):
        header, bottom = _join_below(header, below), top + 1
    return header, bottom


def _join_above(grid: Grid, top: int, header: list[str], knows: Knows) -> list[str]:
    above = [_one_line(cell) for cell in grid[top - 1]] if top > 0 else []
    groups = [cell for cell in above if cell]
    if len(groups) < 2 or not all(map(_is_label, groups)):
        return header
    width = max(len(header), len(above))
    header = header + [""] * (width - len(header))
    above = above + [""] * (width - len(above))
    counts = {name: header.count(name) for name in header}
    joined, group = [], ""
    for name, over in zip(header, above, strict=True):
        group = over or group
        if not name:
            joined.append(over)
        elif counts[name] > 1 or not knows(name):
            joined.append(f"{name} {group}".strip())
        else:
            joined.append(name)
    return joined


def _continues_header(header: list[str], below: list[str], knows: Knows) -> bool:
    """Say whether the next line goes on with the names: only when joining makes known names appear."""
    cells = [cell for cell in below if cell]
    if len(cells) < 2 or not all(map(_is_label, cells)) or len(below) > len(header) + 1:
        return False
    joined = _join_below(header, below)
    gained = sum(1 for a, b in zip(header, joined, strict=False) if a != b and knows(b) and not knows(a))
    lost = sum(1 for a, b in zip(header, joined, strict=False) if a != b and knows(a) and not knows(b))
    return gained >= 2 and gained > lost


def _join_below(header: list[str], below: list[str]) -> list[str]:
    width = max(len(header), len(below))
    upper, lower = header + [""] * (width - len(header)), below + [""] * (width - len(below))
    return [_one_line(f"{a} {b}") for a, b in zip(upper, lower, strict=True)]


def _one_line(cell: str) -> str:
    return " ".join(cell.split())[:200]


def _width(grid: Grid, bottom: int, named: int) -> int:
    """Return the number of columns: those named, more where a good part of the rows fills others."""
    widths = [_filled_width(cells) for cells in grid[bottom + 1 : bottom + 301] if any(cells)]
    wider = sorted(width for width in widths if width > named)
    return wider[len(wider) // 2] if len(wider) >= 0.3 * len(widths) and len(wider) > 2 else named


def _filled_width(cells: list[str]) -> int:
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return width


def _body(
    grid: Grid, start: int, header: list[str], *, delimited: bool
) -> tuple[list[SheetRow], list[SheetRow], list[Oddity]]:
    rows: list[SheetRow] = []
    aside: list[SheetRow] = []
    oddities: list[Oddity] = []
    width = len(header)
    for number, cells in enumerate(grid[start:], start + 1):
        label = next(filter(None, cells), None)
        if label is None:
            continue
        # A line of data most often begins with its number: nothing put apart does.
        if (not rows or not label[0].isdigit() or not cells[0]) and _is_aside(cells, header, first=not rows):
            aside.append(SheetRow(number, cells))
            continue
        if len(cells) != width:
            cells = _fitted(cells, width, number, oddities, delimited=delimited)  # noqa: PLW2901 - same row, fitted
        if max(map(len, cells)) > MAX_CELL_CHARACTERS:
            cells = _shortened(cells, number, oddities)  # noqa: PLW2901 - same row, shortened
        rows.append(SheetRow(number, cells))
    return rows, aside, oddities


def _is_aside(cells: list[str], header: list[str], *, first: bool) -> bool:
    """Say whether a line is no data: total, note, section title, header printed again, instructions."""
    filled = [cell for cell in cells if cell]
    label = filled[0]
    if len(filled) > 1 and filled == [name for name in header if name]:
        return True
    folded = fold(label[:200]) if label[0].isalpha() or first or len(filled) == 1 else ""
    if folded and _TOTAL.match(folded) and all(map(_NUMBERS_ONLY.fullmatch, filled[1:])):
        return True
    if not any(cells[: len(header)]):
        return True  # a note written beside the table
    if first and all(map(_is_instruction, filled)):
        return True
    return len(filled) == 1 < len(header) - 1 and bool(
        _NOTE.match(folded) or (cells[0] and _SECTION.match(folded))
    )


def _is_instruction(cell: str) -> bool:
    folded = fold(cell[:200])
    bracketed = len(cell) > 12 and (cell.startswith("(") or (cell.endswith(")") and "(" not in cell))
    return bracketed or bool(_NOTE.match(folded))


def _fitted(
    cells: list[str], width: int, number: int, oddities: list[Oddity], *, delimited: bool
) -> list[str]:
    if len(cells) < width:
        return cells + [""] * (width - len(cells))
    if delimited and any(cells[width:]):
        message = OVERFLOW_MESSAGE.format(cells=_filled_width(cells), columns=width)
        oddities.append(Oddity(number, None, "overflow", message))
    return cells[:width]


def _shortened(cells: list[str], number: int, oddities: list[Oddity]) -> list[str]:
    for column, cell in enumerate(cells):
        if len(cell) > MAX_CELL_CHARACTERS:
            oddities.append(Oddity(number, column, "too_long", LONG_MESSAGE))
    return [cell if len(cell) <= MAX_CELL_CHARACTERS else cell[:200] for cell in cells]


def column_letters(index: int) -> str:
    """Return the name a spreadsheet gives a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
