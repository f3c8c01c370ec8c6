"""Text files cut into cells: separator found, quotes borne even when they are wrong, size bounded."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from caseworker_app.sheets import refusals
from caseworker_app.sheets.refusals import UnreadableFile
from caseworker_app.sheets.sheet import Oddity

MAX_COLUMNS = 16_384  # what a spreadsheet holds
MAX_CELLS = 12_000_000
MAX_CELL_CHARACTERS = 32_767  # what a spreadsheet cell holds

_SEPARATORS = (";", "\t", ",", "|")
_DIRECTIVE = re.compile(r"sep=(.)\n", re.IGNORECASE)
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
# Words of databases for « nothing », in their own capitals: a family may be called Null or Nan.
_NOTHING = frozenset(
    {
        "NULL",
        "(null)",
        "<NULL>",
        "\\N",
        "nan",
        "NaN",
        "<NA>",
        "#N/A",
        "#REF!",
        "#NULL!",
        "#VALEUR!",
        "#VALUE!",
    }
    | {"#DIV/0!", "#NOM?", "#NAME?", "#NOMBRE!", "#NUM!"}
)
_QUOTES_MESSAGE = "Un guillemet ouvert n’est jamais refermé sur cette ligne\u00a0: vérifiez-la."

Grid = list[list[str]]


def cut(name: str, text: str) -> tuple[Grid, str | None, list[Oddity]]:
    """Return the cells of every line (blank ones as empty lists), the separator, the wrong quotes.

    The separator is None when there is one column only. Raises UnreadableFile beyond 16,384 columns or 12
    million cells.
    """
    text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    text = text.removeprefix("\ufeff")
    directive = _DIRECTIVE.match(text)
    separator = directive[1] if directive else find_separator(text)
    if directive:
        text = "\n" + text[directive.end() :]  # an empty line keeps the numbers of the others
    rows, oddities = _records(text, separator or ";")
    return _bounded(name, rows), separator, oddities


def find_separator(text: str) -> str | None:
    """Return the separator that cuts most lines alike into most cells; None for a single column."""
    sample = text[:200_000]
    if len(text) > len(sample):
        sample = sample[: sample.rfind("\n") + 1] or sample
    scores = {separator: _regularity(sample, separator) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda separator: scores[separator])
    return best if scores[best] > 0 else None


def _regularity(sample: str, separator: str) -> float:
    if separator not in sample:
        return 0.0
    widths: Counter[int] = Counter()
    for row in _reader(io.StringIO(sample), separator):
        if any(row):
            widths[len(row)] += 1
        if widths.total() >= 300:
            break
    width, lines = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
    return (width - 1) * lines / widths.total() if widths else 0.0


def _reader(lines: Iterable[str], separator: str, *, strict: bool = False) -> Iterator[list[str]]:
    csv.field_size_limit(2**31 - 1)  # the size of the file is the bound; one huge cell must not stop the rest
    return csv.reader(lines, delimiter=separator, strict=strict)


def _records(text: str, separator: str) -> tuple[Iterator[list[str]], list[Oddity]]:
    if '"' not in text:
        return iter(csv.reader(io.StringIO(text), delimiter=separator, quoting=csv.QUOTE_NONE)), []
    if not _has_runaway_quote(text, separator):
        return _reader(io.StringIO(text), separator), []
    rows, oddities = _line_by_line(text.split("\n"), separator)
    return iter(rows), oddities


def _has_runaway_quote(text: str, separator: str) -> bool:
    """Say whether some quote swallows lines: the file ends inside it, or a cell holds whole rows."""
    widths: Counter[int] = Counter()
    try:
        for row in _reader(io.StringIO(text), separator, strict=True):
            widths[len(row)] += 1
            for cell in row:
                if "\n" in cell and _holds_rows(cell, separator, widths):
                    return True
    except csv.Error:
        # Strictness also dislikes `"a"b`; only an unfinished quote, or a swallowed row, makes the lenient
        # reading wrong.
        return (
            any(
                "\n" in cell and (cell.count("\n") > 30 or _holds_rows(cell, separator, widths))
                for row in _reader(io.StringIO(text), separator)
                for cell in row
            )
            or text.count('"') % 2 == 1
        )
    return False


def _holds_rows(cell: str, separator: str, widths: Counter[int]) -> bool:
    width = widths.most_common(1)[0][0] if widths else 1
    return width > 1 and any(line.count(separator) >= width - 1 for line in cell.split("\n")[1:-1] or [""])


def _line_by_line(lines: list[str], separator: str) -> tuple[Grid, list[Oddity]]:
    """Read each line by itself, joining the next ones only while that closes a quote."""
    rows: Grid = []
    oddities: list[Oddity] = []
    index = 0
    while index < len(lines):
        joined = _closed_record(lines, index, separator)
        if joined is None:
            cells = [cell.strip('"') for cell in lines[index].split(separator)]
            oddities.append(Oddity(len(rows) + 1, None, "quotes", _QUOTES_MESSAGE))
            rows.append(cells)
            index += 1
        else:
            cells, taken = joined
            rows.append(cells)
            index += taken
    return rows, oddities


def _closed_record(lines: list[str], start: int, separator: str) -> tuple[list[str], int] | None:
    """Return the cells of the record at `start` and its number of lines (8 at most), None if never closed."""
    if '"' not in lines[start]:
        return lines[start].split(separator) if lines[start] else [], 1
    for taken in range(1, 9):
        chunk = lines[start : start + taken]
        if len(chunk) < taken:
            return None
        if sum(line.count('"') for line in chunk) % 2:
            continue
        rows = list(_reader(io.StringIO("\n".join(chunk)), separator))
        # A quote closed on a later line by the opening of another one would glue records together.
        return (rows[0], taken) if len(rows) == 1 and (taken == 1 or not _glued(rows[0], separator)) else None
    return None


def _glued(cells: list[str], separator: str) -> bool:
    return any("\n" in cell and cell.count(separator) >= max(2, len(cells) // 2) for cell in cells)


def _bounded(name: str, rows: Iterator[list[str]]) -> Grid:
    """Strip cells, empty the database words for nothing, and stop before memory suffers."""
    grid: Grid = []
    count = 0
    for row in rows:
        if len(row) > MAX_COLUMNS:
            raise UnreadableFile(name, refusals.TOO_MANY_COLUMNS.format(limit="16 384"))
        count += len(row)
        if count > MAX_CELLS:
            raise UnreadableFile(name, refusals.TOO_MANY_CELLS)
        grid.append(clean_row(row))
    while grid and not any(grid[-1]):
        grid.pop()
    return grid


def clean_row(row: list[str]) -> list[str]:
    """Strip cells, open `="06…"` (the way to keep a leading zero), and empty the words databases write for
    nothing.
    """
    row = list(map(str.strip, row))
    if not _NOTHING.isdisjoint(row):
        row = ["" if cell in _NOTHING else cell for cell in row]
    if '="' in "".join(row):
        row = [match[1].strip() if (match := _AS_TEXT.fullmatch(cell)) else cell for cell in row]
    return row
