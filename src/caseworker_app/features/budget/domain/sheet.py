"""The budget of a month: its lines, how many people live on it, and how its results are defined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from caseworker_app.features.budget.domain.categories import Categories, Section, categories_on
from caseworker_app.features.budget.domain.debts import Debt
from caseworker_app.features.budget.domain.residual import definition
from caseworker_app.kernel.dates import add_months, end_of_month, month_of
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.money import MAX_CENTS

MAX_LINES = 200
MAX_LABEL = 120
# The rule of the housing cost ratio starts in 2011; an older budget is a typing mistake.
OLDEST_MONTH = date(2012, 1, 1)
# A child in alternating custody may count for half (« garde alternée »): persons are kept in hundredths.
PERSON = 100


@dataclass(frozen=True, slots=True)
class BudgetMonth:
    """What a month's budget says beside its lines.

    `persons_hundredths`: how many people live on it, in hundredths (300: three people);
    `residual_definition`: code of the definition of residual income its results are made with
    (`residual.definition`).
    """

    id: str
    version: str
    household_id: str
    month: date
    persons_hundredths: int
    residual_definition: str
    note: str | None

    @property
    def persons(self) -> Decimal:
        """How many people live on the budget."""
        return Decimal(self.persons_hundredths) / PERSON


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of a month: cents a month, never negative (the category says when it is deducted).

    `paid_by_third_party`: the money never passes through the household's hands (APL en tiers payant);
    `debt_id`: the debt that a repayment pays.
    """

    id: str
    version: str
    household_id: str
    month: date
    position: int
    section: Section
    category: str
    label: str | None
    member_id: str | None
    amount_cents: int
    paid_by_third_party: bool
    debt_id: str | None


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line as typed; its section follows from its category."""

    category: str
    amount_cents: int
    label: str | None = None
    member_id: str | None = None
    paid_by_third_party: bool = False
    debt_id: str | None = None


@dataclass(frozen=True, slots=True)
class NewMonth:
    """A month's budget as typed, whole. `residual_definition` None: the one used by default that month."""

    household_id: str
    month: date
    lines: tuple[NewLine, ...]
    persons_hundredths: int = PERSON
    residual_definition: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class MonthTerms:
    """What a month says beside its lines, as typed."""

    persons_hundredths: int
    residual_definition: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class BudgetSheet:
    """A month's budget with its lines in order, and every debt of the household."""

    month: BudgetMonth
    lines: tuple[BudgetLine, ...]
    debts: tuple[Debt, ...]

    @property
    def categories(self) -> Categories:
        """The list of categories in force that month."""
        return categories_on(end_of_month(self.month.month))

    def of(self, section: Section) -> tuple[BudgetLine, ...]:
        """Return the lines of one side."""
        return tuple(line for line in self.lines if line.section is section)


@dataclass(frozen=True, slots=True)
class LineChanges:
    """What turns the lines there are into the lines wanted.

    A changed amount is a line removed and a line added, for two amounts are two facts; an equal line keeps
    its id.
    """

    removed: tuple[str, ...]
    moved: tuple[tuple[str, int], ...]
    added: tuple[tuple[int, NewLine], ...]


def line_changes(existing: Iterable[BudgetLine], wanted: tuple[NewLine, ...]) -> LineChanges:
    """Find the least that turns existing lines into the wanted ones, in their order."""
    left: dict[NewLine, list[BudgetLine]] = {}
    for line in existing:
        left.setdefault(as_new(line), []).append(line)
    moved, added = [], []
    for position, new in enumerate(wanted):
        same = left.get(new)
        if not same:
            added.append((position, new))
            continue
        kept = same.pop(0)
        if kept.position != position:
            moved.append((kept.id, position))
    removed = tuple(line.id for lines in left.values() for line in lines)
    return LineChanges(removed, tuple(moved), tuple(added))


def as_new(line: BudgetLine) -> NewLine:
    """Return a line as it would be typed again."""
    return NewLine(
        line.category, line.amount_cents, line.label, line.member_id, line.paid_by_third_party, line.debt_id
    )


def check_month(new: NewMonth, today: date) -> None:
    """Refuse a budget without lines, with too many, for nobody, or far ahead.

    Raises InvalidEntry, NotFound.
    """
    if new.month != month_of(new.month):
        raise InvalidEntry("Un budget se tient par mois\u00a0: choisissez un mois.", "month")
    if not OLDEST_MONTH <= new.month <= add_months(month_of(today), 12):
        raise InvalidEntry("Ce mois est trop éloigné\u00a0: vérifiez l’année.", "month")
    if not new.lines:
        raise InvalidEntry("Ajoutez au moins une ligne de ressources ou de charges.", "lines")
    if len(new.lines) > MAX_LINES:
        raise InvalidEntry(
            f"Un budget a {MAX_LINES} lignes au plus\u00a0: regroupez les plus petites.", "lines"
        )
    if not 0 < new.persons_hundredths <= 40 * PERSON:
        raise InvalidEntry("Indiquez combien de personnes vivent sur ce budget.", "persons")
    if new.residual_definition is not None:
        definition(new.residual_definition)
    _check_lines(new, categories_on(end_of_month(new.month)))


def _check_lines(new: NewMonth, categories: Categories) -> None:
    for line in new.lines:
        categories.get(line.category)
        if not 0 <= line.amount_cents <= MAX_CENTS:
            raise InvalidEntry(
                "Un montant de budget est positif\u00a0: c’est le poste qui dit s’il se retranche.", "amount"
            )
        if len(line.label or "") > MAX_LABEL:
            raise InvalidEntry(f"Un libellé a {MAX_LABEL} caractères au plus.", "label")
    debts = Counter(line.debt_id for line in new.lines if line.debt_id)
    if any(count > 1 for count in debts.values()):
        raise InvalidEntry(
            "Une dette est remboursée sur une seule ligne du mois\u00a0: réunissez-les.", "debt"
        )
