"""A rent account month by month: bars, their legend, and the table under them that says the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.kernel.dates import SHORT_MONTHS, format_date, format_month
from caseworker_app.kernel.money import format_amount
from caseworker_app.pdf import colours
from caseworker_app.pdf.charts import BarsLegend, MonthBar, MonthlyBars
from caseworker_app.pdf.fonts import BOLD, text_width
from caseworker_app.pdf.layout import Block, Together
from caseworker_app.pdf.styles import (
    CAPTION,
    CELL,
    CONTENT_WIDTH,
    SMALL_CELL,
    SMALL_HEAD,
    SMALL_ROW_HEAD,
    Align,
)
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook
from caseworker_app.pdf.text import Text, Words, coloured

_LABEL_WIDTH, _WIDEST_MONTH, _LEAST_GAP = 56.0, 48.0, 3.0
_LEGEND = {
    "paid": "loyer et charges payés",
    "plan": "mensualité du plan",
    "missing": "part non payée",
    "due": "montant dû",
}


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the account, in cents: `due` None when not known, `plan` what was paid above the rent.

    `received`: when the last payment came in, `late` where that was after the term.
    """

    month: date
    due: int | None
    paid: int
    plan: int = 0
    received: date | None = None
    late: bool = False

    @property
    def missing(self) -> int:
        """Return what was not paid of what was due, in cents, never negative."""
        return max(0, (self.due or 0) - self.paid)


def monthly_figure(months: Sequence[Month], caption: str, alt: str) -> list[Block]:
    """Return caption, legend, bars and their table, kept together where a page holds them.

    `alt` says in words what the bars show.
    """
    column = min(_WIDEST_MONTH, (CONTENT_WIDTH - _LABEL_WIDTH) / max(1, len(months)))
    bars = [MonthBar(month.due, month.paid, month.plan) for month in months]
    aligned = _fits_under_bars(months, column)
    labels = [] if aligned else [f"{month.month:%m/%y}" for month in months]
    chart = MonthlyBars(bars, alt, label_width=_LABEL_WIDTH, column=column, labels=labels)
    drawn: list[Block] = [Text(caption, CAPTION), BarsLegend(bars, _LABEL_WIDTH, _LEGEND), chart]
    if aligned:
        return [Together([*drawn, _aligned_table(months, column)])]
    return [Together(drawn), _listed_table(months)]


def _fits_under_bars(months: Sequence[Month], column: float) -> bool:
    amounts = [max(month.due or 0, month.paid + month.plan, 0) for month in months]
    amounts += [min(month.due or 0, month.paid + month.plan, 0) for month in months]
    widest = max(text_width(format_amount(amount), BOLD, SMALL_CELL.size) for amount in amounts)
    return widest <= column - _LEAST_GAP


def _aligned_table(months: Sequence[Month], column: float) -> DataTable:
    """Return the months in columns, each under its bar."""
    cell = replace(SMALL_CELL, align=Align.CENTRE)
    head = replace(SMALL_HEAD, align=Align.CENTRE)
    columns = [Column(_LABEL_WIDTH, "En €", SMALL_ROW_HEAD, replace(SMALL_CELL, colour=colours.MUTED))]
    previous = 0
    for month in months:
        year = "" if month.month.year == previous else f"\n{month.month.year}"
        columns.append(Column(column, SHORT_MONTHS[month.month.month - 1] + year, cell, head))
        previous = month.month.year
    rows: list[list[Cell]] = [[label, *(said(m) for m in months)] for label, said in _rows(months)]
    width = _LABEL_WIDTH + column * len(months)
    return DataTable(columns, rows, look=TableLook(padding=3, side=0), head_columns=(0,), width=width)


def _listed_table(months: Sequence[Month]) -> DataTable:
    """Return the months in rows: for amounts too wide to stand under the bars."""
    right, head = replace(CELL, align=Align.RIGHT), replace(SMALL_HEAD, align=Align.RIGHT)
    rows = _rows(months)
    columns = [Column(0.3, "En €"), *(Column(0.7 / len(rows), label, right, head) for label, _ in rows)]
    cells = [[format_month(month.month), *(said(month) for _, said in rows)] for month in months]
    return DataTable(columns, cells, look=TableLook(padding=2.4), head_columns=(0,))


def _rows(months: Sequence[Month]) -> list[tuple[str, Callable[[Month], Words]]]:
    """Return the lines that hold something, each with what it says of a month."""
    rows: list[tuple[str, Callable[[Month], Words]]] = [("Dû", _due), ("Payé", _paid)]
    if any(month.plan for month in months):
        rows.append(("dont plan", _plan))
    if any(month.received for month in months):
        rows.append(("Reçu le", _received))
    return rows


def _due(month: Month) -> Words:
    return "–" if month.due is None else format_amount(month.due)


def _paid(month: Month) -> Words:
    amount = format_amount(month.paid + month.plan)
    return _warned(amount) if month.missing else amount


def _plan(month: Month) -> Words:
    return format_amount(month.plan) if month.plan else "–"


def _received(month: Month) -> Words:
    if month.received is None:
        return "–"
    day = format_date(month.received)[:5]
    return _warned(day) if month.late else day


def _warned(text: str) -> Words:
    return coloured(text, colours.INTERNAL_TEXT, BOLD)
