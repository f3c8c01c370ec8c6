"""Writing lists for spreadsheets: workbooks and CSV that no cell can turn into a formula."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

# Amounts are Decimal, counts whole numbers, a mean a float written with one decimal.
Cell = str | date | Decimal | int | float | None

# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST, _NARROWEST = 48, 10


def neutral(text: str) -> str:
    """Return a text that no spreadsheet reads as a formula: an apostrophe stands before one that could be."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else text


def workbook(title: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return an XLSX workbook of one sheet: dates are dates, amounts numbers, everything else text.

    The first line stays in sight, is bold, and carries the sheet's own filters.
    """
    # A tenth of a second to import: only when something is exported.
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(title)
    looks = {
        date: book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        Decimal: book.add_format({"num_format": "# ##0.00 €"}),
        int: book.add_format({"num_format": "# ##0"}),
        float: book.add_format({"num_format": "# ##0.0"}),
    }
    bold = book.add_format({"bold": True, "bottom": 1})
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, _width(heading, rows, column))
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, looks)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    book.close()
    return out.getvalue()


def delimited(title: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return CSV as French spreadsheets open it: UTF-8 with its mark, `;`, decimal commas, `24/11/2026`.

    `title` is not written: a CSV has no place for it.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutral(heading) for heading in headings])
    writer.writerows([_plain(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _write(sheet: Any, row: int, column: int, value: Cell, looks: dict[type, Any]) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, looks[date])
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, value, looks[Decimal])
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, looks[type(value)])


def _plain(value: Cell) -> str:
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    return f"{value:{'.1f' if isinstance(value, float) else '.2f'}}".replace(".", ",")


def _width(heading: str, rows: Sequence[Sequence[Cell]], column: int) -> int:
    """Return a width that shows most of a column, judged by its first lines."""
    longest = max((len(_plain(row[column])) for row in rows[:200]), default=0)
    return min(_WIDEST, max(_NARROWEST, longest + 2, len(heading) + 4))
