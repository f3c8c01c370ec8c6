"""Indicators of a budget: figures that carry their formula, source, date and the lines behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Generic, TypeVar

from caseworker_app.features.budget.domain.categories import Category, HousingPart, Section
from caseworker_app.features.budget.domain.residual import ResidualDefinition, definition
from caseworker_app.features.budget.domain.sheet import BudgetLine, BudgetSheet
from caseworker_app.kernel import parameters
from caseworker_app.kernel.dates import end_of_month
from caseworker_app.kernel.money import format_amount, format_euros, format_percent

T = TypeVar("T")
NOT_COMPUTABLE = "non calculable"


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a formula: operator (empty for the first), label, amount, and the lines that make it.

    `amount`: an int is cents, a Decimal a plain number (persons, days).
    """

    operator: str
    label: str
    amount: int | Decimal
    lines: tuple[BudgetLine, ...] = ()

    @property
    def text(self) -> str:
        """The amount as written in a formula."""
        return format_amount(self.amount) if isinstance(self.amount, int) else _plain(self.amount)


@dataclass(frozen=True, slots=True)
class Explained(Generic[T]):
    """A figure that explains itself: how it was made, from which lines, on whose authority, of which date.

    `value` None: « non calculable », and `reason` says why. `verified`: whether the source was read.
    """

    label: str
    value: T | None
    terms: tuple[Term, ...]
    formula: str
    definition: str
    source: str
    source_date: date
    verified: bool
    reason: str = ""

    @property
    def lines(self) -> tuple[BudgetLine, ...]:
        """Every line behind the figure."""
        return tuple(line for term in self.terms for line in term.lines)


@dataclass(frozen=True, slots=True)
class Indicators:
    """The figures of a month. Amounts in cents a month, but `residual_per_day` in cents a day and person."""

    income: Explained[int]
    expenses: Explained[int]
    constrained: Explained[int]
    balance: Explained[int]
    residual: Explained[int]
    residual_per_day: Explained[int]
    net_ratio: Explained[Decimal]
    gross_ratio: Explained[Decimal]


def indicators(sheet: BudgetSheet) -> Indicators:
    """Return every figure of a month."""
    return Indicators(
        income(sheet),
        expenses(sheet),
        constrained_expenses(sheet),
        balance(sheet),
        residual_income(sheet),
        residual_per_day(sheet),
        net_housing_cost_ratio(sheet),
        gross_housing_cost_ratio(sheet),
    )


def income(sheet: BudgetSheet) -> Explained[int]:
    """Return all income of the month (« total des ressources »), aid paid to a third party included."""
    return _sum(
        sheet, "Total des ressources", _term(sheet, "", "Ressources", lambda c: c.section is Section.INCOME)
    )


def expenses(sheet: BudgetSheet) -> Explained[int]:
    """Return all expenses of the month (« total des charges »)."""
    return _sum(
        sheet, "Total des charges", _term(sheet, "", "Charges", lambda c: c.section is Section.EXPENSE)
    )


def constrained_expenses(sheet: BudgetSheet) -> Explained[int]:
    """Return the fixed expenses of the month (« charges contraintes ») by the sheet's own definition."""
    return _sum(sheet, "Charges contraintes", _constrained(sheet, ""))


def balance(sheet: BudgetSheet) -> Explained[int]:
    """Return what is left once everything is paid (« solde du mois »)."""
    return _sum(
        sheet,
        "Solde du mois",
        _term(sheet, "", "Ressources", lambda c: c.section is Section.INCOME),
        _term(sheet, "−", "Charges", lambda c: c.section is Section.EXPENSE),
    )


def residual_income(sheet: BudgetSheet) -> Explained[int]:
    """Return income less fixed expenses (« reste à vivre »), by the definition stored with the month."""
    chosen = definition(sheet.month.residual_definition)
    terms = _residual_terms(sheet)
    value = _total(terms)
    formula = f"{_formula(terms)} = {format_amount(value)}"
    return _by_definition("Reste à vivre", value, terms, formula, chosen)


def residual_per_day(sheet: BudgetSheet) -> Explained[int]:
    """Return residual income a day and person (« moyenne économique journalière »), to the nearest cent."""
    chosen = definition(sheet.month.residual_definition)
    terms = _residual_terms(sheet)
    counts = (Term("÷", "personnes", sheet.month.persons), Term("÷", "jours", chosen.days))
    total = _total(terms)
    value = int((total / sheet.month.persons / chosen.days).quantize(Decimal(1), ROUND_HALF_UP))
    divisors = f"{format_amount(total)} ÷ {_plain(sheet.month.persons)} ÷ {_plain(chosen.days)}"
    formula = f"{divisors} = {format_euros(value)}"
    return _by_definition("Reste à vivre par jour et par personne", value, (*terms, *counts), formula, chosen)


def net_housing_cost_ratio(sheet: BudgetSheet) -> Explained[Decimal]:
    """Return (rent + charges − housing aid) ÷ income without that aid (« taux d’effort net »).

    Arrêté du 10 mars 2011, CCH art. R*441-3-1. The landlord's flat amount for individual water and heating is
    not counted. None when there is no such income, no rent typed, or an aid above the rent typed.
    """
    return _ratio(sheet, "Taux d’effort net", "net", (_housing_cost(sheet), _housing_aid(sheet, "−")))


def gross_housing_cost_ratio(sheet: BudgetSheet) -> Explained[Decimal]:
    """Return (rent + charges) ÷ income without housing aid (« taux d’effort brut »)

    None without such income, or when no rent is typed.
    """
    return _ratio(sheet, "Taux d’effort brut", "gross", (_housing_cost(sheet),))


def _ratio(sheet: BudgetSheet, label: str, key: str, cost: tuple[Term, ...]) -> Explained[Decimal]:
    rule = parameters.dated("housing_cost_ratio", key, end_of_month(sheet.month.month))
    base = _term(sheet, "÷", "Ressources hors aide au logement", _is_resource)
    numerator, denominator = _total(cost), _total((base,))
    missing = _missing_of_ratio(cost, numerator, denominator)
    value = None if missing else Decimal(numerator) / denominator
    written = _formula(cost) if len(cost) == 1 else f"({_formula(cost)})"
    result = NOT_COMPUTABLE if value is None else format_percent(value)
    return Explained(
        label,
        value,
        (*cost, base),
        f"{written} ÷ {format_amount(denominator)} = {result}",
        rule.value,
        rule.source,
        rule.start,
        rule.verified,
        missing,
    )


def _missing_of_ratio(cost: tuple[Term, ...], numerator: int, denominator: int) -> str:
    """Return why a ratio would mean nothing, empty when it means something: a rent forgotten is not no rent."""
    if denominator <= 0:
        return "Aucune ressource hors aide au logement n’est saisie pour ce mois."
    if not cost[0].lines:
        return "Aucun loyer n’est saisi pour ce mois\u00a0: saisissez 0 si le ménage n’en paie pas."
    if numerator < 0:
        return "L’aide au logement dépasse le loyer et les charges saisis\u00a0: complétez-les, aide non déduite."
    return ""


def _is_resource(category: Category) -> bool:
    return category.section is Section.INCOME and category.housing is not HousingPart.AID


def _housing_cost(sheet: BudgetSheet) -> Term:
    return _term(sheet, "", "Loyer et charges locatives", lambda c: c.housing is HousingPart.COST)


def _housing_aid(sheet: BudgetSheet, operator: str) -> Term:
    return _term(sheet, operator, "Aide au logement", lambda c: c.housing is HousingPart.AID)


def _residual_terms(sheet: BudgetSheet) -> tuple[Term, ...]:
    return (
        _term(sheet, "", "Ressources", lambda c: c.section is Section.INCOME),
        _constrained(sheet, "−"),
    )


def _constrained(sheet: BudgetSheet, operator: str) -> Term:
    with_repayments = definition(sheet.month.residual_definition).repayments_included
    return _term(
        sheet,
        operator,
        "Charges contraintes",
        lambda c: c.constrained and (with_repayments or not c.repayment),
    )


def _term(sheet: BudgetSheet, operator: str, label: str, counts: Callable[[Category], bool]) -> Term:
    categories = sheet.categories
    lines = tuple(line for line in sheet.lines if counts(categories.get(line.category)))
    amount = sum(
        -line.amount_cents if categories.get(line.category).deducted else line.amount_cents for line in lines
    )
    return Term(operator, label, amount, lines)


def _sum(sheet: BudgetSheet, label: str, *terms: Term) -> Explained[int]:
    value = _total(terms)
    categories = sheet.categories
    formula = f"{_formula(terms)} = {format_amount(value)}" if len(terms) > 1 else format_amount(value)
    return Explained(label, value, terms, formula, label, categories.source, categories.start, verified=True)


def _by_definition(
    label: str, value: int, terms: tuple[Term, ...], formula: str, chosen: ResidualDefinition
) -> Explained[int]:
    return Explained(label, value, terms, formula, chosen.label, chosen.source, chosen.start, chosen.verified)


def _total(terms: Iterable[Term]) -> int:
    return sum(
        -term.amount if term.operator == "−" else term.amount
        for term in terms
        if isinstance(term.amount, int)
    )


def _formula(terms: tuple[Term, ...]) -> str:
    return " ".join(part for term in terms for part in (term.operator, term.text) if part)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")
