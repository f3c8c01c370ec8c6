"""What is done with a whole line of the sheet: added, said otherwise, taken out of months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from caseworker_app.features.budget import service
from caseworker_app.features.budget.domain.cells import AmountChange, LineKey
from caseworker_app.features.budget.domain.workbook import (
    Workbook,
    categories_of,
    changes_of,
    free_key,
    months_with,
    removal,
    shown_months,
)
from caseworker_app.features.budget.screens.forms import BudgetForms, FormDesk
from caseworker_app.features.budget.screens.line_form import LineForm, LineSubject, TypedLine
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import format_month
from caseworker_app.ui_kit.menu import Menu


@dataclass(frozen=True, slots=True)
class LinePlace:
    """Where lines are worked on: the budgets as they stand, and the month."""

    book: Workbook
    month: date


class LineActions:
    """`where()` says what is shown, None when nothing is; `stand_on` a line once it is there."""

    def __init__(
        self,
        desk: FormDesk,
        forms: BudgetForms,
        tab: QWidget,
        where: Callable[[], LinePlace | None],
        stand_on: Callable[[LineKey, date], None],
    ) -> None:
        """Work for a tab."""
        self._desk, self._forms, self._tab, self._where, self._stand_on = desk, forms, tab, where, stand_on

    def ask(self, line: LineKey | None) -> None:
        """Ask for a new line, or how a known one should read."""
        place = self._where()
        if place is None:
            return
        book = place.book
        subject = LineSubject(place.month, book.members, book.debts, line)
        form = LineForm(subject, self._tab)
        form.asked.connect(lambda typed: self._write(form, typed, place))
        kind = "new" if line is None else line.code
        self._forms.show(form, f"budget-line:{book.household_id}:{kind}", book.household_id)

    def menu(self, line: LineKey) -> Menu | None:
        """Build the menu of a line."""
        place = self._where()
        if place is None:
            return None
        menu = Menu(parent=self._tab)
        menu.addAction("&Modifier la ligne…").triggered.connect(lambda: self.ask(line))
        shown = [month for month in shown_months(place.month) if month in months_with(place.book, line)]
        if place.month in shown:
            words = f"&Retirer de {format_month(place.month)}"
            menu.addAction(words).triggered.connect(lambda: self._remove(line, [place.month]))
        if len(shown) > 1:
            words = f"Retirer des {len(shown)} mois &affichés"
            menu.addAction(words).triggered.connect(lambda: self._remove(line, shown))
        return menu

    def pop_menu(self, line: LineKey, point: QPoint) -> None:
        """Open the menu of a line."""
        menu = self.menu(line)
        if menu is not None:
            menu.popup(point)

    def _remove(self, line: LineKey, months: list[date]) -> None:
        place = self._where()
        if place is None:
            return
        changes = removal(place.book, line, months)
        name = categories_of(place.month).get(line.category).label
        self._desk.writing.run(
            partial(self._change, place.book.household_id, changes),
            lambda: self._desk.done(f"Ligne retirée\u00a0: {name}"),
        )

    def _write(self, form: LineForm, typed: TypedLine, place: LinePlace) -> None:
        book, month, line = place.book, place.month, form.subject.line
        if line is not None:
            months = months_with(book, line) if typed.every_month else (month,)
            desk, household = self._desk, book.household_id
            work = partial(service.describe_line, desk.file, desk.who, household, line, typed.key, months)
            self._forms.write(form, work, "Ligne modifiée")
            return
        key = free_key(book, typed.key, month)
        changes = changes_of(book, {(month, key): typed.amount_cents})
        work = partial(self._change, book.household_id, changes)
        self._forms.write(form, work, "Ligne ajoutée", lambda: self._stand_on(key, month))

    def _change(self, household: str, changes: tuple[AmountChange, ...]) -> Changes:
        return service.change_amounts(self._desk.file, self._desk.who, household, changes)
