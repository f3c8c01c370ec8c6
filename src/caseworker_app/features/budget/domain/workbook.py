"""The budgets of a household as the sheet holds them: months side by side, what is typed, what is supposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from caseworker_app.features.budget.domain.categories import Categories, categories_on
from caseworker_app.features.budget.domain.cells import AmountChange, LineKey, changed_lines, keyed, lines_of
from caseworker_app.features.budget.domain.debts import Debt
from caseworker_app.features.budget.domain.layout import Naming, SheetRow, sheet_rows
from caseworker_app.features.budget.domain.outlook import supposed
from caseworker_app.features.budget.domain.sheet import BudgetSheet, NewLine
from caseworker_app.kernel.dates import add_months, end_of_month, month_of

MONTHS_SHOWN = 3
# As far ahead as a budget may be prepared (`sheet.check_month`).
_AHEAD = 12


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Amounts supposed for one month (« et si »), by line; None: the line would no longer be there."""

    month: date
    amounts: Mapping[LineKey, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the tab works on. `lines`: the lines of each month that has a budget, as they are or will be as
    soon as what was just typed is written; `sheets`: the months as read, oldest first.
    """

    household_id: str
    sheets: tuple[BudgetSheet, ...] = ()
    debts: tuple[Debt, ...] = ()
    members: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[date, tuple[NewLine, ...]] = field(default_factory=dict)

    @property
    def latest(self) -> date | None:
        """The newest month that has a budget."""
        return max(self.lines, default=None)

    @property
    def empty(self) -> bool:
        """Whether nothing of this household's money was noted yet."""
        return not self.lines and not self.debts

    @property
    def naming(self) -> Naming:
        """The words that stand beside lines."""
        return Naming(self.members, {debt.id: debt for debt in self.debts})

    def sheet(self, month: date) -> BudgetSheet | None:
        """Return a month with its present lines, None when it has no budget in the file yet."""
        found = next((each for each in self.sheets if each.month.month == month), None)
        return None if found is None else supposed(found, self.lines.get(month, ()))

    def course(self, last: date, months: int) -> tuple[BudgetSheet, ...]:
        """Return up to so many months that have a budget, up to one, with their present lines, oldest first."""
        upto = [each.month.month for each in self.sheets if each.month.month <= last]
        found = (self.sheet(month) for month in upto[-months:])
        return tuple(each for each in found if each is not None)


def workbook(
    household_id: str,
    sheets: Sequence[BudgetSheet],
    debts: Sequence[Debt] = (),
    members: Mapping[str, str] | None = None,
) -> Workbook:
    """Return the workbook of what was read, nothing typed yet."""
    lines = {sheet.month.month: lines_of(sheet) for sheet in sheets}
    return Workbook(household_id, tuple(sheets), tuple(debts), dict(members or {}), lines)


def categories_of(month: date) -> Categories:
    """Return the categories of a month's lines."""
    return categories_on(end_of_month(month))


def shown_months(month: date) -> tuple[date, ...]:
    """Return the months side by side, the one worked in last."""
    return tuple(add_months(month, back) for back in range(1 - MONTHS_SHOWN, 1))


def first_month(book: Workbook, today: date) -> date:
    """Return the month a tab opens on: the newest budget, else this month."""
    return book.latest or month_of(today)


def next_month(book: Workbook, today: date) -> date:
    """Return the month one would begin after the newest budget, this month before any."""
    return month_of(today) if book.latest is None else add_months(book.latest, 1)


def reachable(book: Workbook, today: date) -> tuple[date, date]:
    """Return the oldest and newest month one may look at, for the arrows of the month."""
    oldest = min(book.lines, default=month_of(today))
    newest = max(next_month(book, today), month_of(today))
    return oldest, min(newest, add_months(month_of(today), _AHEAD))


def rows_of(
    book: Workbook,
    month: date,
    what_if: WhatIf | None,
    folded: frozenset[str],
    kept: Iterable[LineKey] = (),
) -> tuple[SheetRow, ...]:
    """Lay out the months shown, then what is supposed when something is."""
    columns: list[Sequence[NewLine] | None] = [book.lines.get(each) for each in shown_months(month)]
    if what_if is not None:
        columns.append(supposed_lines(book, what_if))
    return sheet_rows(columns, categories_of(month), folded=folded, kept=kept, naming=book.naming)


def supposed_lines(book: Workbook, what_if: WhatIf) -> tuple[NewLine, ...]:
    """Return the lines of a month as they would be."""
    lines = book.lines.get(what_if.month, ())
    return changed_lines(lines, what_if_changes(book, what_if), _order(what_if.month)) or ()


def what_if_changes(book: Workbook, what_if: WhatIf) -> tuple[AmountChange, ...]:
    """Return what would have to change for the supposed to become real."""
    present = keyed(book.lines.get(what_if.month, ()))
    changes = []
    for key, after in what_if.amounts.items():
        line = present.get(key)
        before = None if line is None else line.amount_cents
        if before != after:
            changes.append(AmountChange(what_if.month, key, before, after))
    return tuple(changes)


def suppose(what_if: WhatIf, amounts: Mapping[LineKey, int | None]) -> WhatIf:
    """Suppose more amounts."""
    return replace(what_if, amounts={**what_if.amounts, **amounts})


def supposed_sheet(book: Workbook, what_if: WhatIf | None) -> BudgetSheet | None:
    """Return a month as it would be, None when nothing is supposed of it or it has no budget."""
    if what_if is None or not what_if_changes(book, what_if):
        return None
    real = book.sheet(what_if.month)
    return None if real is None else supposed(real, supposed_lines(book, what_if))


def changes_of(
    book: Workbook, amounts: Mapping[tuple[date, LineKey], int | None]
) -> tuple[AmountChange, ...]:
    """Return what typed amounts change; a cell given what it holds changes nothing."""
    changes = []
    for (month, key), after in amounts.items():
        line = keyed(book.lines.get(month, ())).get(key)
        before = None if line is None else line.amount_cents
        if before != after:
            changes.append(AmountChange(month, key, before, after))
    return tuple(changes)


def with_changes(book: Workbook, changes: Sequence[AmountChange]) -> Workbook:
    """Return the workbook as it will be once changes are written."""
    lines = dict(book.lines)
    for month in {change.month for change in changes}:
        own = [change for change in changes if change.month == month]
        made = changed_lines(lines.get(month, ()), own, _order(month))
        if made:
            lines[month] = made
    return replace(book, lines=lines)


def months_with(book: Workbook, key: LineKey) -> tuple[date, ...]:
    """Return the months that hold a line, oldest first."""
    return tuple(month for month in sorted(book.lines) if key in keyed(book.lines[month]))


def removal(book: Workbook, key: LineKey, months: Iterable[date]) -> tuple[AmountChange, ...]:
    """Return what takes a line out of months."""
    return changes_of(book, {(month, key): None for month in months})


def free_key(book: Workbook, key: LineKey, month: date) -> LineKey:
    """Return a key as it stands for a new line of a month: ranked after those that say the same."""
    taken = keyed(book.lines.get(month, ()))
    rank = 0
    while replace(key, rank=rank) in taken:
        rank += 1
    return replace(key, rank=rank)


def _order(month: date) -> list[str]:
    return [category.code for category in categories_of(month).all]
