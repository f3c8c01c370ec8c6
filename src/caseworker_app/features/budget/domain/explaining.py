"""Figures of a budget in words: as tiles show them, how they were made, how they moved over the months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from caseworker_app.features.budget.domain.categories import Categories
from caseworker_app.features.budget.domain.indicators import (
    NOT_COMPUTABLE,
    Explained,
    Term,
    balance,
    gross_housing_cost_ratio,
    net_housing_cost_ratio,
    residual_per_day,
)
from caseworker_app.features.budget.domain.outlook import DebtOutlook, housing_debt
from caseworker_app.features.budget.domain.sheet import BudgetLine, BudgetSheet
from caseworker_app.kernel.dates import add_months, format_date, format_month
from caseworker_app.kernel.explanation import Explanation, Line
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.money import format_euros, format_percent

NB = "\u00a0"
Write = Callable[..., str]
# An explanation of more lines than that would no longer fit under its figure in large text.
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as a tile shows it.

    `moved`: how it went since the month before, in words; `better`: whether for the household that is good,
    None where it did not move. `supposed`: the figure of the what-if, empty where it is the same.
    """

    key: str
    label: str
    value: str
    unit: str = ""
    moved: str = ""
    better: bool | None = None
    supposed: str = ""
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """A figure of one month in a course: cents or thousandths, None where it could not be computed."""

    month: date
    value: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Course:
    """A figure over the months, oldest first. `unit`: cents a step of 100, or thousandths a step of 10."""

    key: str
    label: str
    points: tuple[CoursePoint, ...]
    ratio: bool = False


def readings(
    sheet: BudgetSheet, before: BudgetSheet | None = None, what_if: BudgetSheet | None = None
) -> tuple[Reading, ...]:
    """Return the four figures of a month: housing cost ratio, debt of rent, residual income, balance.

    `before`: the month it is compared with; `what_if`: the same month with other amounts.
    """
    return (
        _ratio(sheet, before, what_if),
        _debt(sheet, what_if),
        _residual(sheet, before, what_if),
        _balance(sheet, before, what_if),
    )


def courses(sheets: Sequence[BudgetSheet]) -> tuple[Course, ...]:
    """Return the figures that a chart shows over the months, oldest first."""
    return (
        Course("residual", "Reste à vivre", tuple(_money_point(each, residual_per_day) for each in sheets)),
        Course("ratio", "Taux d’effort", tuple(_ratio_point(each) for each in sheets), ratio=True),
        Course("balance", "Solde", tuple(_money_point(each, balance) for each in sheets)),
    )


def explanation_of(
    told: Explained[int] | Explained[Decimal], sheet: BudgetSheet, write: Write
) -> Explanation:
    """Return how a figure was made: terms, their lines, formula, dated source."""
    lines = [line for term in told.terms for line in _term_lines(term, sheet.categories)]
    value = NOT_COMPUTABLE if told.value is None else write(told.value)
    source = f"{told.source}, en vigueur depuis le {format_date(told.source_date)}"
    if not told.verified:
        source += " (source non vérifiée)"
    title = f"{told.label}, {format_month(sheet.month.month)}"
    return Explanation(title, value, tuple(lines), told.formula, source, told.reason or told.definition)


def _ratio(sheet: BudgetSheet, before: BudgetSheet | None, what_if: BudgetSheet | None) -> Reading:
    told, gross = net_housing_cost_ratio(sheet), gross_housing_cost_ratio(sheet)
    last = None if before is None else net_housing_cost_ratio(before).value
    moved, better = "", None
    if told.value is not None and last is not None:
        points = (told.value - last) * 100
        better = None if not round(points, 1) else points < 0
        moved = _signed_points(points)
    supposed = "" if what_if is None else _percent(net_housing_cost_ratio(what_if).value)
    value = _percent(told.value)
    return Reading(
        "ratio",
        "Taux d’effort net",
        value,
        f"brut {_percent(gross.value)}" if gross.value is not None else "",
        moved,
        better,
        supposed if supposed != value else "",
        explanation_of(told, sheet, format_percent),
    )


def _residual(sheet: BudgetSheet, before: BudgetSheet | None, what_if: BudgetSheet | None) -> Reading:
    return _money("residual", "Reste à vivre", "/ jour / pers.", residual_per_day, sheet, before, what_if)


def _balance(sheet: BudgetSheet, before: BudgetSheet | None, what_if: BudgetSheet | None) -> Reading:
    return _money("balance", "Solde du mois", "", balance, sheet, before, what_if)


def _money(
    key: str, label: str, unit: str, compute: Callable[[BudgetSheet], Explained[int]],
    sheet: BudgetSheet, before: BudgetSheet | None, what_if: BudgetSheet | None,
) -> Reading:  # fmt: skip
    told = compute(sheet)
    value = NOT_COMPUTABLE if told.value is None else format_euros(told.value)
    moved, better = "", None
    last = None if before is None else compute(before).value
    if told.value is not None and last is not None:
        change = told.value - last
        better = None if not change else change > 0
        moved = f"{format_euros(change, sign=True)} en un mois" if change else "comme le mois d’avant"
    supposed = None if what_if is None else compute(what_if).value
    words = "" if supposed is None or supposed == told.value else format_euros(supposed)
    explanation = explanation_of(told, sheet, format_euros)
    return Reading(key, label, value, unit, moved, better, words, explanation)


def _debt(sheet: BudgetSheet, what_if: BudgetSheet | None) -> Reading:
    outlook = housing_debt(sheet)
    if outlook is None:
        return Reading("debt", "Dette de loyer", "Aucune", moved="rien à rembourser", better=True)
    left = format_euros(outlook.debt.remaining_cents)
    supposed = None if what_if is None else housing_debt(what_if)
    words = "" if supposed is None or supposed.payoff == outlook.payoff else _pace(supposed)
    if outlook.payoff is None:
        return Reading(
            "debt", "Dette de loyer", left, "", "aucun remboursement ce mois", False, words,
            _debt_explanation(outlook, sheet),
        )  # fmt: skip
    return Reading(
        "debt",
        "Dette de loyer soldée en",
        format_month(outlook.payoff.last_month),
        left,
        _pace(outlook),
        None,
        words,
        _debt_explanation(outlook, sheet),
    )


def _pace(outlook: DebtOutlook) -> str:
    return "jamais" if outlook.payoff is None else f"{outlook.payoff.payments}{NB}mois"


def _debt_explanation(outlook: DebtOutlook, sheet: BudgetSheet) -> Explanation:
    debt, monthly = outlook.debt, outlook.monthly_cents
    lines = [Line(f"Restant dû au {format_date(debt.remaining_on)}", format_euros(debt.remaining_cents))]
    lines.append(Line(f"÷ remboursé en {format_month(sheet.month.month)}", format_euros(monthly)))
    title, formula, value = "Dette de loyer", "", "aucun remboursement"
    if outlook.payoff is not None:
        paid, last = outlook.payoff.payments, outlook.payoff.last_month
        lines.append(Line("= mensualités", str(paid)))
        rest = debt.remaining_cents - monthly * (paid - 1)
        if rest != monthly:
            lines.append(Line("dernière mensualité", format_euros(rest), part=True))
        value = format_month(last)
        first = format_month(outlook.first_month)
        formula = f"{plural(paid, 'mensualité')} de {first} à {value}"
        title = "Dette de loyer soldée en"
    return Explanation(
        title,
        value,
        tuple(lines),
        formula,
        "saisi dans le budget et la liste des dettes",
        "À ce rythme, sans nouvel impayé\u00a0: ce n’est pas un engagement du bailleur.",
    )


def _money_point(sheet: BudgetSheet, compute: Callable[[BudgetSheet], Explained[int]]) -> CoursePoint:
    value = compute(sheet).value
    return CoursePoint(sheet.month.month, value, NOT_COMPUTABLE if value is None else format_euros(value))


def _ratio_point(sheet: BudgetSheet) -> CoursePoint:
    value = net_housing_cost_ratio(sheet).value
    thousandths = None if value is None else round(value * 1000)
    return CoursePoint(sheet.month.month, thousandths, _percent(value))


def month_before(sheets: Sequence[BudgetSheet], month: date) -> BudgetSheet | None:
    """Return the budget of the month just before, None when there is none."""
    wanted = add_months(month, -1)
    return next((each for each in sheets if each.month.month == wanted), None)


def _percent(value: Decimal | None) -> str:
    return NOT_COMPUTABLE if value is None else format_percent(value)


def _signed_points(points: Decimal) -> str:
    rounded = round(points, 1)
    if not rounded:
        return "comme le mois d’avant"
    mark = "+" if rounded > 0 else "\u2212"
    unit = "point" if abs(rounded) < 2 else "points"
    return f"{mark}{abs(rounded):.1f}".replace(".", ",") + f"{NB}{unit} en un mois"


def _term_lines(term: Term, categories: Categories) -> list[Line]:
    unit = f"{NB}€" if isinstance(term.amount, int) else ""
    head = Line(f"{term.operator} {term.label}".strip(), f"{term.text}{unit}")
    if len(term.lines) > _LISTED:
        return [head, *_groups(term.lines, categories)]
    parts = [Line(_line_label(v, categories), _line_amount(v, categories), part=True) for v in term.lines]
    return [head, *parts]


def _groups(lines: Sequence[BudgetLine], categories: Categories) -> list[Line]:
    """Say many lines by their groups, as the sheet folds them; a group of one line is that line."""
    told = []
    for code, label in categories.groups:
        own = [line for line in lines if categories.get(line.category).group == code]
        if len(own) == 1:
            told.append(Line(_line_label(own[0], categories), _line_amount(own[0], categories), part=True))
        elif own:
            total = format_euros(sum(_signed(line, categories) for line in own))
            told.append(Line(f"{label}, {plural(len(own), 'ligne')}", total, part=True))
    return told


def _line_label(line: BudgetLine, categories: Categories) -> str:
    label = categories.get(line.category).label
    return f"{label}, {line.label}" if line.label and line.label != label else label


def _line_amount(line: BudgetLine, categories: Categories) -> str:
    return format_euros(_signed(line, categories))


def _signed(line: BudgetLine, categories: Categories) -> int:
    return -line.amount_cents if categories.get(line.category).deducted else line.amount_cents
