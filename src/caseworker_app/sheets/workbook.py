"""Workbooks (XLSX, XLSB, XLS, ODS) turned into text cells; formulas give what was last shown."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from caseworker_app.sheets import refusals
from caseworker_app.sheets.delimited import MAX_CELLS, Grid, clean_row
from caseworker_app.sheets.refusals import UnreadableFile


@dataclass(frozen=True)
class WorkbookSheet:
    """One worksheet: its name, whether people see it, its cells from A1 on."""

    name: str
    visible: bool
    grid: Grid


def read_workbook(path: Path) -> list[WorkbookSheet]:
    """Return every worksheet that holds something. Raises UnreadableFile when protected or damaged."""
    import python_calamine

    try:
        with _quiet_native_reader():
            return list(_worksheets(path))
    except UnreadableFile:
        raise
    except python_calamine.PasswordError as error:
        raise UnreadableFile(path.name, refusals.PROTECTED) from error
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError, MemoryError) as error:
        raise UnreadableFile(path.name, refusals.DAMAGED) from error
    except BaseException as error:
        # The reader is native: on some damaged workbooks it panics, and a panic is no Exception to Python.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile(path.name, refusals.DAMAGED) from error


@contextmanager
def _quiet_native_reader() -> Iterator[None]:
    """Silence what the native reader itself writes to the terminal when a damaged workbook breaks it."""
    try:
        kept = os.dup(2)
    except OSError:  # a windowed program may have no terminal at all
        yield
        return
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _worksheets(path: Path) -> Iterator[WorkbookSheet]:
    import python_calamine

    total = 0
    with python_calamine.CalamineWorkbook.from_path(path) as workbook:
        for about in workbook.sheets_metadata:
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(about.name)
            total += sheet.total_height * sheet.total_width
            if total > 2 * MAX_CELLS:
                raise UnreadableFile(path.name, refusals.TOO_MANY_CELLS)
            grid = _grid(sheet.to_python(skip_empty_area=False))
            if grid:
                visible = about.visible == python_calamine.SheetVisibleEnum.Visible
                yield WorkbookSheet(about.name, visible, grid)


def _grid(rows: list[list[Any]]) -> Grid:
    """Turn typed cells into text, drop the empty cells at the right and the empty rows at the bottom."""
    grid: Grid = []
    for row in rows:
        cells = clean_row([v if type(v) is str else _WRITE.get(type(v), str)(v) for v in row])
        while cells and not cells[-1]:
            cells.pop()
        grid.append(cells)
    while grid and not grid[-1]:
        grid.pop()
    return grid


def _write_number(value: float) -> str:
    """Write 82.0 as `82` and any other number with the 15 digits a spreadsheet holds."""
    if value == int(value) if abs(value) < 1e18 else False:
        return str(int(value))
    return format(value, ".15g")


def _write_instant(value: datetime) -> str:
    return (
        value.date().isoformat() if value.time() == time.min else value.isoformat(sep=" ", timespec="seconds")
    )


_WRITE: dict[type, Any] = {
    float: _write_number,
    int: str,
    bool: lambda value: "Oui" if value else "Non",
    datetime: _write_instant,
    date: date.isoformat,
    time: lambda value: value.isoformat(timespec="minutes"),
    timedelta: str,
}
