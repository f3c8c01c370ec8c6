"""Intentions of the budget room. Functions that take a unit of work are steps of other rooms' intentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from caseworker_app.features.budget import store
from caseworker_app.features.budget.domain.categories import categories_on
from caseworker_app.features.budget.domain.cells import AmountChange, LineKey, changed_lines, keyed
from caseworker_app.features.budget.domain.debts import Debt, NewDebt, check_debt
from caseworker_app.features.budget.domain.residual import default_definition
from caseworker_app.features.budget.domain.sheet import (
    PERSON,
    BudgetLine,
    BudgetMonth,
    BudgetSheet,
    MonthTerms,
    NewLine,
    NewMonth,
    as_new,
    check_month,
    line_changes,
)
from caseworker_app.features.households import service as households
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import end_of_month
from caseworker_app.kernel.errors import InvalidEntry, NotFound
from caseworker_app.kernel.ids import new_id
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import declaration_of
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.unit_of_work import ChangedMeanwhile, UnitOfWork


def write_month(
    file: EncryptedFile, who: Who, new: NewMonth, *, read_lines: frozenset[str] | None = None
) -> tuple[str, Changes]:
    """Write a month's budget whole and return the id of its month; lines that did not change keep theirs.

    `read_lines`: the ids of the lines the person saw. Raises ChangedMeanwhile when they are no longer these,
    InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "write_month") as uow:
        uow.get(declaration_of("household").table, new.household_id)
        check_month(new, uow.today)
        _require_own(uow, new)
        existing = store.lines_in(uow.connection, new.household_id, new.month)
        if read_lines is not None and read_lines != {line.id for line in existing}:
            raise ChangedMeanwhile
        month_id = _write_head(uow, new)
        _write_lines(uow, new, existing)
        return month_id, uow.changes


def change_amounts(
    file: EncryptedFile, who: Who, household_id: str, changes: Sequence[AmountChange]
) -> Changes:
    """Write cells of the sheet, of one or several months, as one change; a month without budget begins.

    Raises ChangedMeanwhile when a cell no longer holds what the person saw, InvalidEntry when a month would
    keep no line, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_amounts") as uow:
        uow.get(declaration_of("household").table, household_id)
        heads = store.months_of(uow.connection, household_id)
        for month in sorted({change.month for change in changes}):
            existing = store.lines_in(uow.connection, household_id, month)
            order = [category.code for category in categories_on(end_of_month(month)).all]
            own = [change for change in changes if change.month == month]
            wanted = changed_lines([as_new(line) for line in existing], own, order)
            if wanted is None:
                raise ChangedMeanwhile
            if not wanted and existing:
                raise InvalidEntry(
                    "Un mois garde au moins une ligne : pour tout effacer, supprimez le mois.", "amount"
                )
            if wanted:
                _write_whole(uow, _like(uow, who, heads, household_id, month, wanted), existing)
        return uow.changes


def describe_line(
    file: EncryptedFile, who: Who, household_id: str, line: LineKey, said: LineKey, months: Sequence[date]
) -> Changes:
    """Say otherwise whose a line is, what it is called, which debt it repays, in those months that hold it.

    `said`: the line as it should be; its rank is not looked at. Raises InvalidEntry, NotFound, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "describe_line") as uow:
        heads = store.months_of(uow.connection, household_id)
        for month in months:
            existing = store.lines_in(uow.connection, household_id, month)
            found = keyed(as_new(each) for each in existing)
            if line not in found:
                continue
            found[line] = said.line(found[line].amount_cents)
            new = _like(uow, who, heads, household_id, month, tuple(found.values()))
            _write_whole(uow, new, existing)
        return uow.changes


def describe_month(
    file: EncryptedFile, who: Who, household_id: str, month: date, terms: MonthTerms
) -> Changes:
    """Say how many people live on a month's budget, how its results are defined, and its note.

    Raises InvalidEntry, NotFound when the month has no budget, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "describe_month") as uow:
        heads = [each for each in store.months_of(uow.connection, household_id) if each.month == month]
        if not heads:
            raise NotFound("Ce mois n’a pas de budget : saisissez d’abord une ligne.")
        existing = store.lines_in(uow.connection, household_id, month)
        new = NewMonth(
            household_id,
            month,
            tuple(as_new(line) for line in existing),
            terms.persons_hundredths,
            terms.residual_definition,
            terms.note,
        )
        check_month(new, uow.today)
        _write_head(uow, new)
        return uow.changes


def copy_previous_month(file: EncryptedFile, who: Who, household_id: str, month: date) -> tuple[str, Changes]:
    """Start a month from the last one before it, and return its id.

    Raises InvalidEntry when there is none before it or the month already has its budget, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "copy_previous_month") as uow:
        months = store.months_of(uow.connection, household_id)
        if any(each.month == month for each in months):
            raise InvalidEntry("Ce mois a déjà son budget\u00a0: ouvrez-le pour le modifier.", "month")
        previous = next((each for each in months if each.month < month), None)
        if previous is None:
            raise InvalidEntry(
                "Aucun mois plus ancien à reprendre\u00a0: saisissez ce premier budget.", "month"
            )
        lines = store.lines_in(uow.connection, household_id, previous.month)
        return add_months(uow, [_copied(previous, lines, month)])[0], uow.changes


def remove_month(file: EncryptedFile, who: Who, household_id: str, month: date) -> Changes:
    """Remove a month's budget with its lines. Raises NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "remove_month") as uow:
        heads = [each for each in store.months_of(uow.connection, household_id) if each.month == month]
        if not heads:
            raise NotFound("Ce mois n’a pas de budget.")
        for line in store.lines_in(uow.connection, household_id, month):
            uow.delete(store.line, line.id)
        for head in heads:
            uow.delete(store.month, head.id)
        return uow.changes


def add_months(uow: UnitOfWork, batch: list[NewMonth]) -> list[str]:
    """Add many budgets of months that have none yet, a statement a table; return the ids of their months.

    Raises InvalidEntry, NotFound.
    """
    heads, lines = [], []
    for new in batch:
        check_month(new, uow.today)
        heads.append({"id": new_id(), **_head_fields(new)})
        lines += _line_rows(new, list(enumerate(new.lines)))
    uow.insert_many(store.month, heads)
    uow.insert_many(store.line, lines)
    return [row["id"] for row in heads]


def add_debt(file: EncryptedFile, who: Who, new: NewDebt) -> tuple[str, Changes]:
    """Add a debt and return its id. Raises InvalidEntry, NotFound, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "add_debt") as uow:
        uow.get(declaration_of("household").table, new.household_id)
        return add_debts(uow, [new])[0], uow.changes


def add_debts(uow: UnitOfWork, batch: list[NewDebt]) -> list[str]:
    """Add many debts in one statement and return their ids. Raises InvalidEntry."""
    return uow.insert_many(store.debt, [_debt_row(new, uow.today) for new in batch])


def change_debt(
    file: EncryptedFile, who: Who, debt_id: str, changed: NewDebt, expected_version: str | None = None
) -> Changes:
    """Rewrite what is known of a debt. Raises InvalidEntry, NotFound, ChangedMeanwhile, NotAllowed."""
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "change_debt") as uow:
        row = _debt_row(changed, uow.today)
        del row["household_id"]
        uow.update(store.debt, debt_id, row, expected_version=expected_version)
        return uow.changes


def remove_debt(file: EncryptedFile, who: Who, debt_id: str, expected_version: str | None = None) -> Changes:
    """Remove a debt noted by mistake. Raises InvalidEntry when a line of budget repays it, NotFound,
    ChangedMeanwhile, NotAllowed.
    """
    who.require(Right.WRITE_FILES)
    with file.unit_of_work(who.worker_id, "remove_debt") as uow:
        row = uow.get(store.debt, debt_id)
        lines = store.lines_of(uow.connection, row["household_id"])
        if any(line.debt_id == debt_id for line in lines):
            raise InvalidEntry(
                "Une ligne de budget rembourse cette dette : notez-la plutôt soldée, avec 0 au restant dû.",
                "stage",
            )
        if expected_version not in (None, row["version"]):
            raise ChangedMeanwhile
        uow.delete(store.debt, debt_id)
        return uow.changes


def budget_of(
    connection: Connection, who: Who, household_id: str, month: date | None = None
) -> BudgetSheet | None:
    """Return the budget of a month (None: the latest), or None where there is none. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    heads = store.months_of(connection, household_id)
    head = next((each for each in heads if month in (None, each.month)), None)
    if head is None:
        return None
    lines = store.lines_in(connection, household_id, head.month)
    return BudgetSheet(head, tuple(lines), tuple(store.debts_of(connection, household_id)))


def sheets_of(connection: Connection, who: Who, household_id: str, last: int = 24) -> list[BudgetSheet]:
    """Return the last budgets of a household, oldest first, to draw their course. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    heads = {each.month: each for each in reversed(store.months_of(connection, household_id))}
    months = sorted(heads)[-last:]
    lines: dict[date, list[BudgetLine]] = defaultdict(list)
    for line in store.lines_of(connection, household_id):
        lines[line.month].append(line)
    debts = tuple(store.debts_of(connection, household_id))
    return [BudgetSheet(heads[month], tuple(lines[month]), debts) for month in months]


def months_of(connection: Connection, who: Who, household_id: str) -> list[date]:
    """Return the months that have a budget, newest first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return list(dict.fromkeys(each.month for each in store.months_of(connection, household_id)))


def debts_of(connection: Connection, who: Who, household_id: str) -> list[Debt]:
    """Return the debts of a household, the largest remaining first. Raises NotAllowed."""
    who.require(Right.READ_FILES)
    return store.debts_of(connection, household_id)


def _like(
    uow: UnitOfWork, who: Who, heads: Sequence[BudgetMonth], household_id: str, month: date,
    lines: tuple[NewLine, ...],
) -> NewMonth:  # fmt: skip
    """Return a month with these lines; what else it says is its own, else of the nearest month before, else
    of the household as it lives now.
    """
    own = next((head for head in heads if head.month == month), None)
    like = own or next((head for head in heads if head.month < month), None)
    if like is None:
        living = len(households.open_household(uow.connection, who, household_id).members)
        return NewMonth(household_id, month, lines, max(1, living) * PERSON)
    note = own.note if own is not None else None
    return NewMonth(household_id, month, lines, like.persons_hundredths, like.residual_definition, note)


def _write_whole(uow: UnitOfWork, new: NewMonth, existing: list[BudgetLine]) -> None:
    check_month(new, uow.today)
    _require_own(uow, new)
    _write_head(uow, new)
    _write_lines(uow, new, existing)


def _write_head(uow: UnitOfWork, new: NewMonth) -> str:
    for head in store.months_of(uow.connection, new.household_id):
        if head.month == new.month:
            kept = replace(new, residual_definition=new.residual_definition or head.residual_definition)
            uow.update(store.month, head.id, _head_fields(kept))
            return head.id
    return uow.insert(store.month, _head_fields(new))


def _write_lines(uow: UnitOfWork, new: NewMonth, existing: list[BudgetLine]) -> None:
    changes = line_changes(existing, new.lines)
    for line_id in changes.removed:
        uow.delete(store.line, line_id)
    for line_id, position in changes.moved:
        uow.update(store.line, line_id, {"position": position})
    uow.insert_many(store.line, _line_rows(new, changes.added))


def _require_own(uow: UnitOfWork, new: NewMonth) -> None:
    debts = {line.debt_id for line in new.lines if line.debt_id}
    if not debts <= {debt.id for debt in store.debts_of(uow.connection, new.household_id)}:
        raise InvalidEntry(
            "Cette dette n’est pas une dette de ce ménage\u00a0: choisissez-en une de sa liste.", "debt"
        )
    members = declaration_of("household_member").table
    for member_id in {line.member_id for line in new.lines if line.member_id}:
        if uow.get(members, member_id)["household_id"] != new.household_id:
            raise InvalidEntry(
                "Cette personne n’est pas de ce ménage\u00a0: choisissez-en une de sa liste.", "member"
            )


def _copied(previous: BudgetMonth, lines: list[BudgetLine], month: date) -> NewMonth:
    return NewMonth(
        previous.household_id,
        month,
        tuple(as_new(line) for line in lines),
        previous.persons_hundredths,
        previous.residual_definition,
    )


def _head_fields(new: NewMonth) -> dict[str, Any]:
    chosen = new.residual_definition or default_definition(end_of_month(new.month)).code
    return {
        "household_id": new.household_id,
        "month": new.month,
        "persons_hundredths": new.persons_hundredths,
        "residual_definition": chosen,
        "note": new.note,
    }


def _line_rows(new: NewMonth, lines: Sequence[tuple[int, NewLine]]) -> list[dict[str, Any]]:
    categories = categories_on(end_of_month(new.month))
    return [
        {
            "household_id": new.household_id,
            "month": new.month,
            "position": position,
            "section": categories.get(line.category).section,
            "category": line.category,
            "label": line.label,
            "member_id": line.member_id,
            "amount_cents": line.amount_cents,
            "paid_by_third_party": line.paid_by_third_party,
            "debt_id": line.debt_id,
        }
        for position, line in lines
    ]


def _debt_row(new: NewDebt, today: date) -> dict[str, Any]:
    check_debt(new, today)
    return {
        "household_id": new.household_id,
        "nature": new.nature,
        "creditor": new.creditor,
        "initial_cents": new.initial_cents,
        "remaining_cents": new.remaining_cents,
        "remaining_on": new.remaining_on or today,
        "monthly_cents": new.monthly_cents,
        "first_unpaid_on": new.first_unpaid_on,
        "stage": new.stage,
        "enforceable": new.enforceable,
        "note": new.note,
    }
