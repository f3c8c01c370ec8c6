"""The dated list of what a budget line may be about, and how each kind of line counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache

from caseworker_app.kernel import parameters
from caseworker_app.kernel.errors import InvalidEntry

TABLE = "budget_categories"


class Section(StrEnum):
    """The two sides of a budget."""

    INCOME = "income"
    EXPENSE = "expense"


SECTION_LABELS = {Section.INCOME: "ressources", Section.EXPENSE: "charges"}


class HousingPart(StrEnum):
    """What a category is to the housing cost ratio (« taux d’effort »)."""

    COST = "cost"  # rent, annexes, recoverable charges, share of energy-saving works
    AID = "aid"  # APL, ALF, ALS


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of budget line (« poste »).

    `constrained`: a fixed expense (« charge contrainte »), taken off to find the residual income; `deducted`:
    the amount lowers its side (réduction de loyer de solidarité); `repayment`: a debt being repaid.
    """

    code: str
    label: str
    section: Section
    group: str
    constrained: bool
    deducted: bool
    repayment: bool
    housing: HousingPart | None


@dataclass(frozen=True, slots=True)
class Categories:
    """The list in force on a day, in the order of the sheet; `usual`: codes a first budget offers to fill."""

    start: date
    source: str
    groups: tuple[tuple[str, str], ...]
    all: tuple[Category, ...]
    usual: tuple[str, ...]
    _by_code: dict[str, Category] = field(repr=False, compare=False)

    def get(self, code: str) -> Category:
        """Return a category by its code. Raises InvalidEntry for an unknown one."""
        found = self._by_code.get(code)
        if found is None:
            raise InvalidEntry(
                "Ce poste de budget n’est pas dans la liste\u00a0: choisissez-en un proche.", "category"
            )
        return found

    def of(self, section: Section) -> tuple[Category, ...]:
        """Return the categories of one side."""
        return tuple(category for category in self.all if category.section is section)

    def group_label(self, code: str) -> str:
        """Return the French label of a group of lines."""
        return dict(self.groups)[code]


def categories_on(day: date) -> Categories:
    """Return the list in force on a day. Raises NotFound when none was."""
    return _read(parameters.dated(TABLE, "categories", day).start)


@cache
def _read(start: date) -> Categories:
    row = parameters.dated(TABLE, "categories", start)
    groups = tuple((each["code"], each["label"]) for each in row.value["groups"])
    entries = tuple(_category(each) for each in row.value["list"])
    usual = tuple(row.value["usual"])
    return Categories(row.start, row.source, groups, entries, usual, {each.code: each for each in entries})


def _category(each: dict[str, object]) -> Category:
    part = each.get("housing")
    return Category(
        str(each["code"]),
        str(each["label"]),
        Section(str(each["section"])),
        str(each["group"]),
        bool(each.get("constrained", False)),
        bool(each.get("deducted", False)),
        bool(each.get("repayment", False)),
        None if part is None else HousingPart(str(part)),
    )
