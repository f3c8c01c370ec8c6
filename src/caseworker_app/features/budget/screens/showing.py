"""Words and shapes of the budget on screen: months, rows of the sheet, figures, courses, debts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseworker_app.features.budget.domain.cells import write_cell
from caseworker_app.features.budget.domain.debts import DEBT_STAGE_LABELS, Debt, DebtStage, debt_kind
from caseworker_app.features.budget.domain.explaining import Course, Reading
from caseworker_app.features.budget.domain.layout import RowKind
from caseworker_app.features.budget.domain.layout import SheetRow as BudgetRow
from caseworker_app.features.budget.domain.outlook import DebtOutlook
from caseworker_app.features.budget.domain.sheet import BudgetMonth
from caseworker_app.kernel.dates import MONTHS, format_date, format_month
from caseworker_app.kernel.french import capital
from caseworker_app.kernel.money import format_amount, format_euros
from caseworker_app.ui_kit.figures import Figure
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.sheet_model import SheetCell, SheetColumn, SheetRow
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.trend_chart import Trend, TrendPoint

NAME, DETAIL, WHAT_IF = "name", "detail", "what_if"
_AMOUNT_WIDTH, _DETAIL_WIDTH = 82, 170
_SHORT_MONTHS = (
    "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
_STAGE_STATES = {
    DebtStage.LATE: ("warn", "clock"),
    DebtStage.REMINDER: ("warn", "mail"),
    DebtStage.FORMAL_NOTICE: ("warn", "alert-triangle"),
    DebtStage.COLLECTION: ("warn", "phone"),
    DebtStage.REPAYMENT_PLAN: ("accent", "calendar-event"),
    DebtStage.PROCEEDINGS: ("danger", "alert-triangle"),
    DebtStage.JUDGMENT: ("danger", "alert-circle"),
    DebtStage.SEIZURE: ("danger", "alert-circle"),
    DebtStage.OVER_INDEBTEDNESS: ("muted", "file-text"),
    DebtStage.SETTLED: ("ok", "circle-check"),
}


def month_words(month: date) -> str:
    """Return « Novembre 2026 »."""
    return capital(format_month(month))


def month_key(month: date) -> str:
    """Return the key of a month's column."""
    return month.isoformat()


def month_columns(months: Sequence[date], *, supposing: bool) -> tuple[SheetColumn, ...]:
    """Return the columns of the sheet: names, whose, months, and what is supposed."""
    shown = months[-1]
    columns = [
        SheetColumn(NAME, "Poste", 190, amounts=False),
        SheetColumn(DETAIL, "Qui, à qui", _DETAIL_WIDTH, amounts=False, optional=True),
    ]
    for month in months:
        title = capital(MONTHS[month.month - 1])
        if month.year != shown.year:
            title = f"{capital(_SHORT_MONTHS[month.month - 1])} {month.year}"
        columns.append(
            SheetColumn(
                month_key(month), title, _AMOUNT_WIDTH, strong=month == shown, spoken=format_month(month)
            )
        )
    if supposing:
        columns.append(
            SheetColumn(WHAT_IF, "Et si…", _AMOUNT_WIDTH, tinted=True, icon="bulb", spoken="et si")
        )
    return tuple(columns)


def sheet_row(row: BudgetRow, *, supposing: bool) -> SheetRow:
    """Return a row of the sheet as it is shown."""
    is_line = row.kind is RowKind.LINE
    base = row.amounts[-2] if supposing else None
    cells = [SheetCell(row.label, spoken=row.label), SheetCell(row.detail)]
    for number, amount in enumerate(row.amounts):
        supposed = supposing and number == len(row.amounts) - 1
        typed = write_cell(abs(amount) if amount is not None and row.deducted else amount)
        cells.append(
            SheetCell(
                "" if amount is None else format_amount(amount),
                typed,
                editable=is_line,
                changed=supposed and amount != base,
                spoken="" if amount is None else format_euros(amount),
            )
        )
    return SheetRow(row.code, row.kind.value, tuple(cells), row.indent, row.folded, opens=is_line)


def figure_of(reading: Reading) -> Figure:
    """Return a figure as its tile shows it; what is supposed stands under it, in accent."""
    if reading.supposed:
        trend: State | None = State(f"et si\u00a0: {reading.supposed}", "accent", "bulb")
    elif not reading.moved:
        trend = None
    else:
        tone = "muted" if reading.better is None else "ok" if reading.better else "warn"
        icon = {None: "clock", True: "trending-up", False: "trending-down"}[reading.better]
        if reading.key == "ratio" and reading.better is not None:
            icon = "trending-down" if reading.better else "trending-up"
        if reading.key == "debt":
            icon = (
                "circle-check" if reading.better else "clock" if reading.better is None else "alert-triangle"
            )
        trend = State(reading.moved, tone, icon)
    return Figure(reading.label, reading.value, reading.unit, trend)


def trend_of(course: Course, supposed: Course | None, title: str) -> Trend:
    """Return a course as the chart draws it; the last month of `supposed` stands beside the real one."""
    points = tuple(
        TrendPoint(
            _SHORT_MONTHS[point.month.month - 1],
            None if point.value is None else float(point.value),
            point.words,
            format_month(point.month),
        )
        for point in course.points
    )
    what_if = None
    if supposed is not None and supposed.points and supposed.points[-1].value != course.points[-1].value:
        last = supposed.points[-1]
        value = None if last.value is None else float(last.value)
        what_if = TrendPoint("et si", value, last.words, "et si")
    return Trend(title, points, _percents if course.ratio else _euros, what_if)


def debt_row(outlook: DebtOutlook, day: date) -> Row:
    """Return a debt as its row: to whom, what it is, at what pace, how far it went, what is left."""
    debt = outlook.debt
    kind = debt_kind(debt.nature, day).label
    # « CAF » keeps its capitals.
    small = kind if kind[1:2].isupper() else kind[:1].lower() + kind[1:]
    title = f"{debt.creditor}, {small}" if debt.creditor else kind
    pace = ""
    if debt.stage is not DebtStage.SETTLED:
        pace = f"{format_euros(outlook.monthly_cents)} par mois" if outlook.monthly_cents else "rien de prévu"
    if outlook.payoff is not None:
        pace += f", jusqu’en {format_month(outlook.payoff.last_month)}"
    tone, icon = _STAGE_STATES[debt.stage]
    state = State(capital(DEBT_STAGE_LABELS[debt.stage]), tone, icon)
    return Row(
        debt.id,
        title,
        pace,
        state,
        trailing=format_euros(debt.remaining_cents),
        done=debt.stage is DebtStage.SETTLED,
    )


def persons_words(month: BudgetMonth) -> str:
    """Return how many people live on a month's budget: « 2,5 personnes »."""
    number = f"{month.persons.normalize():f}".replace(".", ",")
    return f"{number}\u00a0personne{'s' if month.persons >= 2 else ''}"


def debts_words(debts: Sequence[Debt], total_cents: int) -> str:
    """Return what stands at the right of the title of the debts."""
    if not debts:
        return ""
    newest = max(debt.remaining_on for debt in debts)
    return f"{format_euros(total_cents)} restent dus, au {format_date(newest)}"


def _euros(value: float) -> str:
    cents = round(value)
    written = format_euros(cents)
    return written.replace(",00", "") if cents % 100 == 0 else written


def _percents(value: float) -> str:
    return f"{value / 10:g}".replace(".", ",").replace("-", "\u2212") + "\u00a0%"
