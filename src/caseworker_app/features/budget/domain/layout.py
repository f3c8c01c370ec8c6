"""The rows of the monthly sheet: bands, folded groups, lines and totals, for months side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from caseworker_app.features.budget.domain.categories import Categories, Category, Section
from caseworker_app.features.budget.domain.cells import LineKey, keyed
from caseworker_app.features.budget.domain.debts import Debt
from caseworker_app.features.budget.domain.sheet import NewLine
from caseworker_app.kernel.french import capital, plural
from caseworker_app.kernel.money import format_euros

# From so many lines on, a sheet opens with its groups folded, as it would no longer fit on the screen.
FOLDED_FROM = 18


class Part(StrEnum):
    """The grey bands of the sheet, from top to bottom; their totals make the balance of the month."""

    INCOME = "income"
    CONSTRAINED = "constrained"
    REPAYMENTS = "repayments"
    LIVING = "living"


PART_LABELS = {
    Part.INCOME: "Ressources",
    Part.CONSTRAINED: "Charges contraintes",
    Part.REPAYMENTS: "Dettes et remboursements",
    Part.LIVING: "Vie courante",
}


class RowKind(StrEnum):
    """What a row of the sheet is; amounts are typed into lines alone, the others are computed."""

    BAND = "band"
    GROUP = "group"
    LINE = "line"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its amounts a column (signed cents, None: nothing), and for a foldable one whether it is."""

    code: str
    kind: RowKind
    label: str
    detail: str
    amounts: tuple[int | None, ...]
    line: LineKey | None = None
    indent: int = 0
    folded: bool | None = None
    deducted: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """The words beside a line: who it belongs to, what is left of the debt it repays."""

    members: Mapping[str, str] = field(default_factory=dict)
    debts: Mapping[str, Debt] = field(default_factory=dict)


def part_of(category: Category) -> Part:
    """Return the band a category stands in."""
    if category.section is Section.INCOME:
        return Part.INCOME
    if category.repayment:
        return Part.REPAYMENTS
    return Part.CONSTRAINED if category.constrained else Part.LIVING


def sheet_rows(
    columns: Sequence[Sequence[NewLine] | None],
    categories: Categories,
    *,
    folded: frozenset[str] = frozenset(),
    kept: Iterable[LineKey] = (),
    naming: Naming | None = None,
) -> tuple[SheetRow, ...]:
    """Lay out the rows of months side by side, each month by its lines (None: the month has no budget).

    `folded`: codes of folded bands and groups; `kept`: rows that stay though no month has an amount for them.
    """
    return _Layout(columns, categories, folded, naming or Naming()).rows(kept)


def first_folds(columns: Sequence[Sequence[NewLine] | None], categories: Categories) -> frozenset[str]:
    """Return the groups folded when a sheet opens: none of a short one."""
    keys = {key for lines in columns for key in keyed(lines or ())}
    if len(keys) < FOLDED_FROM:
        return frozenset()
    return frozenset(_group_code(code) for code, _label in categories.groups)


def usual_rows(categories: Categories) -> tuple[LineKey, ...]:
    """Return the rows a first budget offers to fill in, before any amount is typed."""
    return tuple(LineKey(code) for code in categories.usual)


def line_words(key: LineKey, categories: Categories, naming: Naming) -> tuple[str, str]:
    """Return the words of a line: what it is, then whose, to whom, what is left of its debt."""
    debt = naming.debts.get(key.debt_id)
    parts = [
        key.label,
        naming.members.get(key.member_id, ""),
        # « CAF, versée à l’association » already says it.
        "versé à un tiers" if key.paid_by_third_party and "vers" not in key.label else "",
        f"reste {format_euros(debt.remaining_cents)}" if debt is not None else "",
    ]
    category = categories.get(key.category)
    name = category.label
    if category.repayment and key.label:
        # « Crédit » says less than the word the person gave it.
        name, parts[0] = capital(key.label), ""
    return name, " · ".join(part for part in parts if part)


@dataclass(slots=True)
class _Layout:
    columns: Sequence[Sequence[NewLine] | None]
    categories: Categories
    folded: frozenset[str]
    naming: Naming

    def rows(self, kept: Iterable[LineKey]) -> tuple[SheetRow, ...]:
        found = [keyed(lines or ()) for lines in self.columns]
        order = {category.code: number for number, category in enumerate(self.categories.all)}
        # The newest month says in which order lines of one category stand.
        keys = dict.fromkeys(key for lines in reversed(found) for key in lines)
        keys.update(dict.fromkeys(kept))
        ordered = sorted(keys, key=lambda key: order[key.category])
        rows: list[SheetRow] = []
        for part in Part:
            own = [key for key in ordered if part_of(self.categories.get(key.category)) is part]
            rows += self._band(part, own, found)
        rows.append(SheetRow("total", RowKind.TOTAL, "Solde du mois", "", self._balance(ordered, found)))
        return tuple(rows)

    def _band(self, part: Part, keys: list[LineKey], found: list[dict[LineKey, NewLine]]) -> list[SheetRow]:
        code = f"band:{part}"
        folded = code in self.folded if keys else None
        detail = plural(len(keys), "ligne") if folded else ""
        totals = self._totals(keys, found, empty=0)
        band = SheetRow(code, RowKind.BAND, PART_LABELS[part], detail, totals, folded=folded)
        if folded:
            return [band]
        if part is not Part.CONSTRAINED:
            return [band, *(self._line(key, found, 1) for key in keys)]
        return [band, *self._groups(keys, found)]

    def _groups(self, keys: list[LineKey], found: list[dict[LineKey, NewLine]]) -> list[SheetRow]:
        rows: list[SheetRow] = []
        for group, label in self.categories.groups:
            own = [key for key in keys if self.categories.get(key.category).group == group]
            if len(own) < 2:
                rows += [self._line(key, found, 1) for key in own]
                continue
            code = _group_code(group)
            folded = code in self.folded
            totals = self._totals(own, found, empty=None)
            detail = plural(len(own), "ligne")
            rows.append(SheetRow(code, RowKind.GROUP, label, detail, totals, indent=1, folded=folded))
            if not folded:
                rows += [self._line(key, found, 2) for key in own]
        return rows

    def _line(self, key: LineKey, found: list[dict[LineKey, NewLine]], indent: int) -> SheetRow:
        label, detail = line_words(key, self.categories, self.naming)
        amounts = tuple(self._signed(lines.get(key)) for lines in found)
        deducted = self.categories.get(key.category).deducted
        return SheetRow(
            f"line:{key.code}", RowKind.LINE, label, detail, amounts, key, indent, deducted=deducted
        )

    def _totals(
        self, keys: list[LineKey], found: list[dict[LineKey, NewLine]], empty: int | None
    ) -> tuple[int | None, ...]:
        totals: list[int | None] = []
        for lines, column in zip(found, self.columns, strict=True):
            known = [amount for key in keys if (amount := self._signed(lines.get(key))) is not None]
            totals.append(sum(known) if known else None if column is None else empty)
        return tuple(totals)

    def _balance(self, keys: list[LineKey], found: list[dict[LineKey, NewLine]]) -> tuple[int | None, ...]:
        income = [key for key in keys if self.categories.get(key.category).section is Section.INCOME]
        spent = [key for key in keys if key not in set(income)]
        pairs = zip(self._totals(income, found, empty=0), self._totals(spent, found, empty=0), strict=True)
        return tuple(
            None if plus is None and minus is None else (plus or 0) - (minus or 0) for plus, minus in pairs
        )

    def _signed(self, line: NewLine | None) -> int | None:
        if line is None:
            return None
        deducted = self.categories.get(line.category).deducted
        return -line.amount_cents if deducted else line.amount_cents


def _group_code(group: str) -> str:
    return f"group:{group}"
