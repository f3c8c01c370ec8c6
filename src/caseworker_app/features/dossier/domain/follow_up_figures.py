"""Autonomy and budget at two dates, for the follow-up file: levels in words, figures explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from caseworker_app.features.budget.domain.categories import Section
from caseworker_app.features.budget.domain.debts import DEBT_STAGE_LABELS, Debt, debt_kind, payoff
from caseworker_app.features.budget.domain.indicators import (
    NOT_COMPUTABLE,
    Explained,
    Indicators,
    indicators,
)
from caseworker_app.features.budget.domain.sheet import BudgetLine, BudgetSheet
from caseworker_app.features.dossier.domain.follow_up_content import (
    AmountLine,
    AutonomyPart,
    BudgetPart,
    DebtLine,
    DomainLine,
    GroupShare,
    IndicatorLine,
    Line,
)
from caseworker_app.features.goals.domain.autonomy import (
    LEVEL_LABELS,
    TREND_LABELS,
    VIEW_LABELS,
    DomainProgress,
    EvaluationWithLevels,
    Trend,
    View,
    compare,
    rung,
)
from caseworker_app.features.goals.domain.grid import GridDomain
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial
from caseworker_app.features.handover.domain.masking import Mask
from caseworker_app.kernel.dates import add_months, format_date, format_long_date, format_month, month_of
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.kernel.french import capital, join_words
from caseworker_app.kernel.money import format_euros, format_percent

T = TypeVar("T")
_FIRST_TIME, _NO_TREND = "première évaluation", "–"


def _since_entry(material: FollowUpMaterial, dated: Sequence[tuple[date, T]]) -> T | None:
    """Return the first of some dated things since the measure that runs began, else the first of all.

    None when there is only one, or none: nothing to compare with.
    """
    current = next((m.measure for m in material.measures if m.measure.runs_on(material.day)), None)
    since = current.starts_on if current else date.min
    inside = [thing for day, thing in dated if day >= since]
    chosen = inside if len(inside) > 1 else [thing for _, thing in dated]
    return chosen[0] if len(chosen) > 1 else None


# Autonomy


def autonomy_part(material: FollowUpMaterial, mask: Mask) -> AutonomyPart | None:
    """Return the latest evaluation beside an earlier one of the same view; None before the first."""
    seen = _one_view(material.evaluations)
    if not seen:
        return None
    now = seen[-1]
    before = _since_entry(material, [(each.evaluation.evaluated_on, each) for each in seen])
    return AutonomyPart(
        format_long_date(before.evaluation.evaluated_on) if before else "",
        format_long_date(now.evaluation.evaluated_on),
        VIEW_LABELS[now.evaluation.view],
        tuple(_domains(before, now, material.preset.writings)),
        tuple(_notes(now, mask)) if material.preset.writings else (),
    )


def _one_view(evaluations: Sequence[EvaluationWithLevels]) -> list[EvaluationWithLevels]:
    """Return the evaluations of the view that has most of them, the worker's when both have as many."""
    by_view = {
        view: [e for e in evaluations if e.evaluation.view is view] for view in (View.WORKER, View.HOUSEHOLD)
    }
    return max(by_view.values(), key=len)


def _domains(
    before: EvaluationWithLevels | None, now: EvaluationWithLevels, writings: bool
) -> Iterator[DomainLine]:
    moved = {each.domain: each for each in compare(before, now)} if before else {}
    held = {level.domain for each in (before, now) if each for level in each.levels}
    for domain in now.grid.known:
        if domain.code in held and (writings or not domain.internal):
            yield _domain(domain, before, now, moved.get(domain.code))


def _domain(
    domain: GridDomain,
    before: EvaluationWithLevels | None,
    now: EvaluationWithLevels,
    moved: DomainProgress | None,
) -> DomainLine:
    first, last = (before.level(domain.code) if before else None), now.level(domain.code)
    trend = moved.trend if moved else Trend.NOT_COMPARABLE
    words = TREND_LABELS[trend]
    if rung(last) is None or (first is not None and rung(first) is None):
        words = _FIRST_TIME if before and rung(last) is not None else _NO_TREND
    return DomainLine(
        domain.label,
        LEVEL_LABELS[first] if first is not None else "",
        LEVEL_LABELS[last],
        words,
        rung(first) if first is not None else None,
        rung(last),
        trend is Trend.PROGRESS,
        trend is Trend.DECLINE,
        domain.internal,
    )


def _notes(now: EvaluationWithLevels, mask: Mask) -> Iterator[Line]:
    for level in now.levels:
        if level.observation and now.grid.holds(level.domain):
            yield Line(now.grid.domain(level.domain).label, mask(level.observation))
    if now.evaluation.note:
        yield Line("Note", mask(now.evaluation.note))


# Budget


def budget_part(material: FollowUpMaterial, mask: Mask) -> BudgetPart | None:
    """Return the latest month's budget beside an earlier one; None before the first."""
    if not material.budgets:
        return None
    now, writings = material.budgets[-1], material.preset.writings
    before = _since_entry(material, [(each.month.month, each) for each in material.budgets])
    current = indicators(now)
    return BudgetPart(
        format_month(now.month.month),
        format_month(before.month.month) if before else "",
        _amounts(Section.INCOME, before, now, mask, writings),
        _amounts(Section.EXPENSE, before, now, mask, writings),
        current.income.value or 0,
        current.expenses.value or 0,
        _shares(now, Section.INCOME),
        _shares(now, Section.EXPENSE),
        tuple(_indicator_lines(current, indicators(before) if before else None)),
        tuple(_definitions(_told(current))),
        tuple(_debt(debt, material.day, mask, writings) for debt in now.debts),
        mask(now.month.note) if writings else "",
    )


def _amounts(
    section: Section, before: BudgetSheet | None, now: BudgetSheet, mask: Mask, writings: bool
) -> tuple[AmountLine, ...]:
    first = _by_label(before, section, mask, writings) if before else {}
    last = _by_label(now, section, mask, writings)
    return tuple(AmountLine(label, first.get(label), last.get(label)) for label in {**last, **first})


def _by_label(sheet: BudgetSheet, section: Section, mask: Mask, writings: bool) -> dict[str, int]:
    """Return the amounts of a side by what names them, in the order of the sheet."""
    amounts: dict[str, int] = {}
    for line in sheet.of(section):
        category = sheet.categories.get(line.category)
        label = category.label
        if line.label and writings:
            label = f"{label}, {mask(line.label)}"
        amounts[label] = amounts.get(label, 0) + _signed(sheet, line)
    return amounts


def _signed(sheet: BudgetSheet, line: BudgetLine) -> int:
    return -line.amount_cents if sheet.categories.get(line.category).deducted else line.amount_cents


def _shares(sheet: BudgetSheet, section: Section) -> tuple[GroupShare, ...]:
    categories = sheet.categories
    groups: dict[str, int] = {}
    for line in sheet.of(section):
        group = categories.group_label(categories.get(line.category).group)
        groups[group] = groups.get(group, 0) + _signed(sheet, line)
    return tuple(GroupShare(label, cents) for label, cents in groups.items())


def _told(figures: Indicators) -> tuple[Explained[Any], ...]:
    return (
        figures.residual,
        figures.residual_per_day,
        figures.net_ratio,
        figures.gross_ratio,
        figures.balance,
    )


def _indicator_lines(now: Indicators, before: Indicators | None) -> Iterator[IndicatorLine]:
    earlier = _told(before) if before else ()
    for index, figure in enumerate(_told(now)):
        words = " ".join(
            part for term in figure.terms for part in (term.operator, term.label.lower()) if part
        )
        why = f" {figure.reason}" if figure.reason else ""
        yield IndicatorLine(
            figure.label,
            _value_words(earlier[index].value) if earlier else "",
            _value_words(figure.value),
            f"{capital(words)} : {figure.formula}{why}",
        )


def _value_words(value: int | Decimal | None) -> str:
    if value is None:
        return NOT_COMPUTABLE
    return format_euros(value) if isinstance(value, int) else format_percent(value)


def _definitions(figures: Sequence[Explained[Any]]) -> Iterator[str]:
    """Yield what the figures mean and on whose authority, once for those that share a definition."""
    labels: dict[str, list[str]] = {}
    for figure in figures:
        if figure.definition == figure.label:  # a plain difference, told by its formula
            continue
        checked = "" if figure.verified else ", source à vérifier"
        since = format_date(figure.source_date)
        meaning = f"{figure.definition.rstrip('.')} ({figure.source}, depuis le {since}{checked})."
        labels.setdefault(meaning, []).append(figure.label)
    for meaning, named in labels.items():
        words = join_words([named[0], *(f"{name[:1].lower()}{name[1:]}" for name in named[1:])])
        yield f"{words} : {meaning[:1].lower()}{meaning[1:]}"


def _debt(debt: Debt, day: date, mask: Mask, writings: bool) -> DebtLine:
    try:
        nature = debt_kind(debt.nature, day).label
    except CaseworkerError:  # a nature of an older list
        nature = "dette"
    creditor = mask(debt.creditor) if debt.creditor and writings else ""
    plan = payoff(debt.remaining_cents, debt.monthly_cents, add_months(month_of(day), 1))
    monthly = f"{format_euros(debt.monthly_cents)} par mois" if debt.monthly_cents else ""
    if plan:
        monthly += f", soldée en {format_month(plan.last_month)} à ce rythme"
    stage = DEBT_STAGE_LABELS[debt.stage] + (", titre exécutoire" if debt.enforceable else "")
    note = f", {mask(debt.note)}" if debt.note and writings else ""
    what = ", ".join(part for part in (nature, creditor) if part)
    return DebtLine(
        capital(what),
        f"{format_euros(debt.remaining_cents)} au {format_date(debt.remaining_on)}",
        monthly,
        capital(stage) + note,
    )
