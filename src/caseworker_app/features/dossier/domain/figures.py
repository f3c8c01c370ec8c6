"""The key figures of a dossier, each with how it was made: lines, formula, source and its date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from caseworker_app.features.budget.domain.categories import Categories
from caseworker_app.features.budget.domain.indicators import (
    NOT_COMPUTABLE,
    Explained,
    Term,
    net_housing_cost_ratio,
    residual_per_day,
)
from caseworker_app.features.budget.domain.sheet import BudgetLine, BudgetSheet
from caseworker_app.features.dossier.domain.overview import Overview, Sign, Tone
from caseworker_app.features.dossier.domain.when import NB, of_month, short_day
from caseworker_app.features.goals.domain.autonomy import EvaluationWithLevels, Level, View
from caseworker_app.features.goals.domain.edition import version_words
from caseworker_app.features.goals.domain.goal import GOAL_STATE_LABELS, GoalState
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.kernel.dates import format_date, format_month
from caseworker_app.kernel.explanation import Explanation, Line
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.money import format_euros, format_percent


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure to show; `series` draws its last months (any consistent numbers), oldest first."""

    key: str
    label: str
    value: str
    unit: str = ""
    sign: Sign | None = None
    series: tuple[int, ...] = ()
    bars: bool = False
    tone: Tone = Tone.NEWS
    explanation: Explanation | None = None


def key_figures(overview: Overview) -> tuple[KeyFigure, ...]:
    """Return the four figures of the overview."""
    return (residual_figure(overview), ratio_figure(overview), rent_figure(overview), goals_figure(overview))


def residual_figure(overview: Overview) -> KeyFigure:
    """Return residual income a day and person (« reste à vivre ») of the latest month."""
    label, budgets = "Reste à vivre par jour et personne", overview.dossier.budgets
    if not budgets:
        return KeyFigure("residual", label, "—", sign=Sign("Aucun budget saisi", Tone.PLAIN, "wallet"))
    told = [residual_per_day(sheet) for sheet in budgets]
    values = [each.value for each in told]
    now = values[-1]
    return KeyFigure(
        "residual",
        label,
        NOT_COMPUTABLE if now is None else format_euros(now),
        sign=_money_trend(values, budgets),
        series=_series(values),
        tone=Tone.DONE if _went_up(values) else Tone.NEWS,
        explanation=_explanation(told[-1], budgets[-1], format_euros),
    )


def ratio_figure(overview: Overview) -> KeyFigure:
    """Return the net housing cost ratio (« taux d’effort net ») of the latest month."""
    label, budgets = "Taux d’effort net", overview.dossier.budgets
    if not budgets:
        return KeyFigure("ratio", label, "—", sign=Sign("Aucun budget saisi", Tone.PLAIN, "wallet"))
    told = [net_housing_cost_ratio(sheet) for sheet in budgets]
    values = [each.value for each in told]
    now = values[-1]
    thousandths = [None if value is None else int(value * 1000) for value in values]
    return KeyFigure(
        "ratio",
        label,
        NOT_COMPUTABLE if now is None else format_percent(now),
        sign=_ratio_trend(values, budgets),
        series=_series(thousandths),
        tone=Tone.NEWS,
        explanation=_explanation(told[-1], budgets[-1], format_percent),
    )


def rent_figure(overview: Overview) -> KeyFigure:
    """Return what the household owes on its rent account (« impayé de loyer »)."""
    rent, label = overview.rent, "Impayé de loyer"
    if rent is None:
        return KeyFigure("rent", label, "—", sign=Sign("Aucun bail en cours", Tone.PLAIN, "key"))
    if not any(month.due_cents or month.paid_cents for month in rent.months) and not rent.balance_cents:
        return KeyFigure("rent", label, "—", sign=Sign("Aucune ligne de loyer", Tone.PLAIN, "key"))
    ahead = rent.balance_cents < 0
    return KeyFigure(
        "rent",
        "Loyer, solde créditeur" if ahead else label,
        format_euros(abs(rent.balance_cents)),
        sign=_rent_sign(rent),
        series=_missing_over_time(rent),
        bars=True,
        tone=Tone.LATE if rent.in_arrears else Tone.NEWS,
        explanation=_rent_explanation(rent),
    )


def goals_figure(overview: Overview) -> KeyFigure:
    """Return the goals under way and their steps; levels of autonomy are words, never added up."""
    files = overview.dossier.goals
    working = [goal for goal in files if goal.goal.open]
    counted, done = sum(goal.counted for goal in working), sum(goal.done for goal in working)
    value = str(len(working))
    unit = "objectif en cours" if len(working) < 2 else "objectifs en cours"
    latest = latest_evaluation(overview.dossier.evaluations)
    lines = [Line(g.goal.title, _goal_words(g.done, g.counted, g.goal.state)) for g in files]
    if latest is not None:
        lines += [Line(latest.grid.domain(code).label, words) for code, words in _fragile(latest)]
    note = "Une étape abandonnée ne compte pas. Les niveaux d’autonomie se lisent domaine par domaine."
    if latest is not None:
        made = latest.evaluation
        note += f" Évaluation du {format_date(made.evaluated_on)}, {version_words(latest.grid)}."
    explanation = (
        Explanation("Objectifs en cours", f"{value} {unit}", tuple(lines), note=note) if lines else None
    )
    steps = f"{done} sur {plural(counted, 'étape')}" if counted else "Aucune étape"
    sign = domains_sign(latest) or Sign(steps, Tone.PLAIN, "list-check")
    return KeyFigure("goals", "Objectifs et étapes", value, unit, sign, explanation=explanation)


def latest_evaluation(evaluations: Iterable[EvaluationWithLevels]) -> EvaluationWithLevels | None:
    """Return the latest evaluation by the worker, else by the household; None before any."""
    told = list(evaluations)
    by_worker = [each for each in told if each.evaluation.view is View.WORKER]
    return (by_worker or told)[-1] if told else None


def domains_sign(evaluation: EvaluationWithLevels | None) -> Sign | None:
    """Say in words where to look first: « 2 domaines à sécuriser »; None without evaluation."""
    if evaluation is None:
        return None
    counts = Counter(each.level for each in evaluation.levels)
    if counts[Level.TO_SECURE]:
        return Sign(f"{plural(counts[Level.TO_SECURE], 'domaine')} à sécuriser", Tone.LATE, "alert-triangle")
    if counts[Level.FRAGILE]:
        words = plural(counts[Level.FRAGILE], "domaine fragile", "domaines fragiles")
        return Sign(words, Tone.DUE, "alert-triangle")
    return Sign("Aucun domaine fragile", Tone.DONE)


def _fragile(evaluation: EvaluationWithLevels) -> list[tuple[str, str]]:
    words = {Level.TO_SECURE: "à sécuriser", Level.FRAGILE: "fragile"}
    return [(each.domain, words[each.level]) for each in evaluation.levels if each.level in words]


def _goal_words(done: int, counted: int, state: GoalState) -> str:
    if state is not GoalState.IN_PROGRESS or not counted:
        return GOAL_STATE_LABELS[state]
    return f"{done} sur {plural(counted, 'étape')}"


def _series(values: Iterable[int | None]) -> tuple[int, ...]:
    # What never moved is told by words; a flat line would say nothing more.
    known = tuple(value for value in values if value is not None)
    return known if len(set(known)) > 1 else ()


def _went_up(values: list[int | None]) -> bool:
    known = [value for value in values if value is not None]
    return len(known) > 1 and known[-1] >= known[0]


def _money_trend(values: list[int | None], budgets: tuple[BudgetSheet, ...]) -> Sign:
    now, first = values[-1], values[0]
    month = of_month(budgets[-1].month.month)
    if len(values) < 2 or now is None or first is None:
        return Sign(f"Budget {month}", Tone.PLAIN, "wallet")
    since = format_month(budgets[0].month.month)
    if now == first:
        return Sign(f"Stable depuis {since}", Tone.PLAIN, "arrow-right")
    tone, icon = (Tone.DONE, "trending-up") if now > first else (Tone.DUE, "trending-down")
    return Sign(f"{format_euros(now - first, sign=True)} depuis {since}", tone, icon)


def _ratio_trend(values: list[Decimal | None], budgets: tuple[BudgetSheet, ...]) -> Sign:
    now, first = values[-1], values[0]
    month = of_month(budgets[-1].month.month)
    if len(values) < 2 or now is None or first is None:
        return Sign(f"Budget {month}", Tone.PLAIN, "wallet")
    points = format_percent(abs(now - first)).removesuffix(f"{NB}%")
    since = format_month(budgets[0].month.month)
    if points == "0,0":
        return Sign(f"Stable depuis {since}", Tone.PLAIN, "arrow-right")
    lower = now < first
    unit = "point" if _below_two(points) else "points"
    words = f"{'−' if lower else '+'}{NB}{points}{NB}{unit} depuis {since}"
    return Sign(words, Tone.DONE if lower else Tone.DUE, "trending-down" if lower else "trending-up")


def _below_two(points: str) -> bool:
    return Decimal(points.replace("\u202f", "").replace(",", ".")) < 2


def _explanation(
    told: Explained[int] | Explained[Decimal], sheet: BudgetSheet, write: Callable[..., str]
) -> Explanation:
    lines = [line for term in told.terms for line in _term_lines(term, sheet.categories)]
    value = NOT_COMPUTABLE if told.value is None else write(told.value)
    source = f"{told.source}, en vigueur depuis le {format_date(told.source_date)}"
    if not told.verified:
        source += " (source non vérifiée)"
    title = f"{told.label}, {format_month(sheet.month.month)}"
    return Explanation(title, value, tuple(lines), told.formula, source, told.reason or told.definition)


def _term_lines(term: Term, categories: Categories) -> list[Line]:
    unit = f"{NB}€" if isinstance(term.amount, int) else ""
    head = Line(f"{term.operator} {term.label}".strip(), f"{term.text}{unit}")
    parts = [Line(_line_label(v, categories), _line_amount(v, categories), part=True) for v in term.lines]
    return [head, *parts]


def _line_label(line: BudgetLine, categories: Categories) -> str:
    label = categories.get(line.category).label
    return f"{label}, {line.label}" if line.label and line.label != label else label


def _line_amount(line: BudgetLine, categories: Categories) -> str:
    return format_euros(-line.amount_cents if categories.get(line.category).deducted else line.amount_cents)


def _rent_sign(rent: RentStatement) -> Sign:
    if rent.plan is not None and rent.progress is not None:
        kept = f"{rent.progress.kept} mois sur {rent.progress.instalments}"
        if rent.progress.missed:
            missed = plural(rent.progress.missed, "mensualité manquée", "mensualités manquées")
            return Sign(f"Plan{NB}: {missed}", Tone.LATE)
        return Sign(f"Plan tenu, {kept}", Tone.DONE)
    if rent.in_arrears:
        return Sign("Seuil d’impayé atteint", Tone.LATE)
    if rent.balance_cents <= 0:
        return Sign("À jour", Tone.DONE)
    if rent.terms_owed is None:
        return Sign("Loyer non renseigné", Tone.DUE)
    return Sign(f"{str(rent.terms_owed).replace('.', ',')} mois de loyer", Tone.DUE)


def _missing_over_time(rent: RentStatement) -> tuple[int, ...]:
    """Return what was owed at the end of each of the last months, walked back from the balance."""
    owed, balance = [], rent.balance_cents
    for month in reversed(rent.months[-6:]):
        owed.append(max(0, balance))
        balance -= month.due_cents - month.paid_cents
    return tuple(reversed(owed)) if any(owed) else ()


def _rent_explanation(rent: RentStatement) -> Explanation:
    lines = [Line(f"Dû sur {len(rent.months)} mois", format_euros(rent.due_cents))]
    lines.append(Line("Payé, aide au logement comprise", format_euros(rent.rent_paid_cents)))
    if rent.plan_paid_cents:
        lines.append(Line("Payé au titre du plan", format_euros(rent.plan_paid_cents)))
    for month in rent.unpaid:
        name = format_month(month.month) if month.month else "solde de départ"
        lines.append(Line(f"Reste à payer, {name}", format_euros(month.remaining_cents), part=True))
    if rent.threshold_cents is None:
        note = "Le seuil d’impayé n’est pas calculable\u00a0: le loyer n’est pas renseigné."
    else:
        note = f"Il y a impayé à partir de {format_euros(rent.threshold_cents)}."
    if rent.plan is not None and rent.progress is not None:
        end, left = short_day(rent.plan.last_month(), rent.day), format_euros(rent.progress.remaining_cents)
        note += f" Plan d’apurement jusqu’au {end}, reste {left}."
    return Explanation(
        f"Compte de loyer au {format_date(rent.day)}",
        format_euros(rent.balance_cents),
        tuple(lines),
        source="CCH art. R824-1",
        note=note,
    )
