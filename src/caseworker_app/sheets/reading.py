"""Read a list, whatever the file: the one way in for every room that imports."""

from __future__ import annotations

import re
from pathlib import Path

from caseworker_app.sheets import refusals
from caseworker_app.sheets.archive import check_archive
from caseworker_app.sheets.delimited import Grid, cut
from caseworker_app.sheets.encoding import decode
from caseworker_app.sheets.file_kind import check_size, recognise
from caseworker_app.sheets.layout import Knows, Layout, find_layout
from caseworker_app.sheets.records import holds_records, read_records
from caseworker_app.sheets.refusals import UnreadableFile
from caseworker_app.sheets.sheet import Oddity, OtherSheet, Sheet
from caseworker_app.sheets.workbook import WorkbookSheet, read_workbook

_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\x0b\x0c\r\x1a") + b"\x7f"
_C1 = re.compile(rb"\xc2[\x80-\x9f]")


def knows_nothing(_name: str) -> bool:
    """Stand for a caller that has no list of column names."""
    return False


def read_sheet(path: Path | str, knows: Knows = knows_nothing) -> Sheet:
    """Return the table of a file, with what was put apart.

    `knows` says whether a text is the name of a column the caller understands; it helps to find the header
    and the right sheet. Raises UnreadableFile, with one French sentence, for anything that holds no table
    with at least one row.
    """
    path = Path(path)
    kind = recognise(path)
    if kind == "text":
        return _read_text(path, knows)
    if kind == "zip":
        kind = check_archive(path)
    return _read_workbook(path, kind, knows)


def read_table(path: Path | str, knows: Knows = knows_nothing) -> Sheet:
    """Return the table of a file as `read_sheet` does, or the records of an open-data file (JSON)."""
    path = Path(path)
    if holds_records(path):
        check_size(path)
        return read_records(path)
    return read_sheet(path, knows)


def read_sheets(path: Path | str, knows: Knows = knows_nothing) -> list[Sheet]:
    """Return the table of every visible worksheet that holds one with rows, in their order; one for a text.

    Raises UnreadableFile.
    """
    path = Path(path)
    kind = recognise(path)
    if kind == "text":
        return [_read_text(path, knows)]
    if kind == "zip":
        kind = check_archive(path)
    sheets = read_workbook(path)
    if not sheets:
        raise UnreadableFile(path.name, refusals.EMPTY)
    found = []
    for sheet in sheets:
        layout = find_layout(sheet.grid, knows, delimited=False) if sheet.visible else None
        if layout is not None and layout.rows:
            found.append(_sheet(kind, layout, sheet_name=sheet.name, has_controls=_has_control_rows(layout)))
    if not found:
        raise UnreadableFile(path.name, refusals.NO_TABLE)
    return found


def _has_control_rows(layout: Layout) -> bool:
    return any(_has_controls("".join(row.cells)) for row in layout.rows)


def _read_text(path: Path, knows: Knows) -> Sheet:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path.name, refusals.UNREACHABLE) from error
    text, encoding = decode(path.name, raw)
    del raw
    if not text.strip("\x00\x1a \t\r\n;,|\ufeff\u00a0"):
        # Separators alone: either an emptied list, or columns beyond counting, which `cut` tells apart.
        cut(path.name, text)
        raise UnreadableFile(path.name, refusals.EMPTY)
    has_controls = _has_controls(text)
    grid, separator, oddities = cut(path.name, text)
    layout = _layout_with_rows(path.name, grid, knows, delimited=True)
    kind = "tsv" if separator == "\t" else "csv"
    in_rows = {row.number for row in layout.rows}
    kept = tuple(oddity for oddity in oddities if oddity.row in in_rows)
    return _sheet(
        kind, layout, encoding=encoding, separator=separator, oddities=kept, has_controls=has_controls
    )


def _layout_with_rows(name: str, grid: Grid, knows: Knows, *, delimited: bool) -> Layout:
    layout = find_layout(grid, knows, delimited=delimited)
    if layout is None:
        raise UnreadableFile(name, refusals.NO_TABLE if grid else refusals.EMPTY)
    if not layout.rows:
        raise UnreadableFile(name, refusals.HEADER_ONLY)
    return layout


def _read_workbook(path: Path, kind: str, knows: Knows) -> Sheet:
    sheets = read_workbook(path)
    if not sheets:
        raise UnreadableFile(path.name, refusals.EMPTY)
    chosen, layout = _choose(path.name, sheets, knows)
    others = tuple(OtherSheet(s.name, sum(map(any, s.grid))) for s in sheets if s is not chosen and s.visible)
    has_controls = _has_control_rows(layout)
    return _sheet(kind, layout, sheet_name=chosen.name, other_sheets=others, has_controls=has_controls)


def _has_controls(text: str) -> bool:
    """Say whether a text holds NULs, other control characters or the mark of lost letters (U+FFFD)."""
    # On bytes, translate is ten times faster than a pattern over the text.
    data = text.encode(errors="replace")
    return "\ufffd" in text or len(data.translate(None, _CONTROL_BYTES)) < len(data) or bool(_C1.search(data))


def _choose(name: str, sheets: list[WorkbookSheet], knows: Knows) -> tuple[WorkbookSheet, Layout]:
    """Return the sheet that holds the list: visible, with most known column names, with rows, first."""
    ranked = []
    for position, sheet in enumerate(sheets):
        layout = find_layout(sheet.grid, knows, delimited=False)
        if layout is not None:
            known = sum(map(knows, layout.header))
            ranked.append((sheet.visible, known, bool(layout.rows), -position, sheet, layout))
    if not ranked:
        raise UnreadableFile(name, refusals.NO_TABLE)
    chosen, layout = max(ranked, key=lambda entry: entry[:4])[4:]
    if not layout.rows:
        raise UnreadableFile(name, refusals.HEADER_ONLY)
    return chosen, layout


def _sheet(
    kind: str,
    layout: Layout,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    sheet_name: str | None = None,
    oddities: tuple[Oddity, ...] = (),
    other_sheets: tuple[OtherSheet, ...] = (),
    has_controls: bool = False,
) -> Sheet:
    return Sheet(
        file_kind=kind,
        encoding=encoding,
        separator=separator,
        sheet_name=sheet_name,
        header_row=layout.header_row,
        header=layout.header,
        rows=layout.rows,
        titles=layout.titles,
        aside=layout.aside,
        oddities=(*layout.oddities, *oddities),
        other_sheets=other_sheets,
        has_controls=has_controls,
    )
