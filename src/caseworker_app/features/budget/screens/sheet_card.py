"""The sheet of a budget: its rows, what is typed into them, and at its foot the keys that help."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.budget.domain.cells import AmountChange, LineKey, read_cell, write_cell
from caseworker_app.features.budget.domain.layout import SheetRow as BudgetRow
from caseworker_app.features.budget.domain.layout import first_folds
from caseworker_app.features.budget.domain.workbook import (
    WhatIf,
    Workbook,
    categories_of,
    changes_of,
    rows_of,
    shown_months,
)
from caseworker_app.features.budget.screens.showing import (
    WHAT_IF,
    month_columns,
    month_key,
    persons_words,
    sheet_row,
)
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Rule, Surface
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.sheet_fill import SheetEntry
from caseworker_app.ui_kit.sheet_total import SheetTotal
from caseworker_app.ui_kit.sheet_view import SheetView
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.theme import px

_KEYS = (
    ("Tab", "suivante"),
    ("Entrée", "modifier"),
    ("Ctrl+D", "recopier"),
    ("Ctrl+Z", "annuler"),
)


class SheetCard(Surface):
    """The sheet. `changed(tuple of AmountChange)`: confirmed cells of the months; `supposed(amounts)`: cells
    of the what-if; `line_opened(LineKey)`, `line_menu(LineKey, point)`, `terms_asked()`: who lives on
    the month; `undo_asked()`, `noticed(str)`.
    """

    changed = Signal(object)
    supposed = Signal(object)
    line_opened = Signal(object)
    line_menu = Signal(object, QPoint)
    terms_asked = Signal()
    undo_asked = Signal()
    noticed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent=parent)
        self._book = Workbook("")
        self._month: date | None = None
        self._what_if: WhatIf | None = None
        self._folded: frozenset[str] | None = None
        self._kept: tuple[LineKey, ...] = ()
        self._rows: dict[str, BudgetRow] = {}
        self.view = SheetView("Budget mois par mois", self._check)
        self.view.entered.connect(self._entered)
        self.view.toggled.connect(self._toggle)
        self.view.row_opened.connect(self._open_line)
        self.view.menu_asked.connect(self._menu)
        self.view.undo_asked.connect(self.undo_asked)
        self.view.noticed.connect(self.noticed)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self.total = SheetTotal(self.view)
        column.addWidget(self.view, 1)
        column.addWidget(self.total)
        column.addWidget(Rule())
        self.hints = _key_hints()
        self.persons = Button("", "ghost", "users", compact=True)
        self.persons.setAccessibleDescription(
            "Préciser les personnes, la définition du reste à vivre, la note"
        )
        self.persons.clicked.connect(self.terms_asked)
        self.note = Banner("", "note", "lock")
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, px(8), 0)
        foot.addWidget(self.hints, 1)
        foot.addStretch()
        foot.addWidget(self.persons)
        column.addLayout(foot)
        column.addWidget(self.note)

    def begin_household(self) -> None:
        """Forget folds, rows kept empty and refused cells: another household is coming."""
        self._folded, self._kept = None, ()
        self.view.forget_refusals()

    def show_book(self, book: Workbook, month: date, what_if: WhatIf | None) -> None:
        """Show months up to one, and what is supposed of it."""
        self._book, self._month, self._what_if = book, month, what_if
        if self._folded is None:
            lines = [book.lines.get(each) for each in shown_months(month)]
            self._folded = first_folds(lines, categories_of(month))
        rows = rows_of(book, month, what_if, self._folded, self._kept)
        self._rows = {row.code: row for row in rows}
        supposing = what_if is not None
        columns = month_columns(shown_months(month), supposing=supposing)
        shown = [sheet_row(row, supposing=supposing) for row in rows]
        self.view.show_sheet(columns, shown[:-1])
        self.total.show_row(shown[-1])
        self._show_terms(book, month)

    def keep_rows(self, keys: tuple[LineKey, ...]) -> None:
        """Keep rows on the sheet though no month has an amount for them yet."""
        self._kept = tuple(dict.fromkeys((*self._kept, *keys)))

    def fold_all(self, *, folded: bool) -> None:
        """Fold or unfold every group and band."""
        if self._month is not None:
            codes = frozenset(code for code, row in self._rows.items() if row.folded is not None)
            self._folded = codes if folded else frozenset()
            self.show_book(self._book, self._month, self._what_if)

    def stand_on(self, key: LineKey, month: date) -> None:
        """Stand on the cell of a line, unfolding what hides it."""
        if not self.view.stand_on(f"line:{key.code}", month_key(month)):
            self._folded = frozenset()
            self.show_book(self._book, month, self._what_if)
            self.view.stand_on(f"line:{key.code}", month_key(month))
        self.view.scrollTo(self.view.currentIndex())

    def refuse(self, changes: tuple[AmountChange, ...], sentence: str) -> None:
        """Show at its cell why a change was refused; the amount typed waits there."""
        first = changes[0]
        entry = SheetEntry(f"line:{first.line.code}", month_key(first.month), write_cell(first.after))
        self.view.refuse(entry, sentence)

    def _show_terms(self, book: Workbook, month: date) -> None:
        """Show who lives on the month, which its figures are divided by, and its note."""
        terms = next((sheet.month for sheet in book.sheets if sheet.month.month == month), None)
        self.persons.setVisible(terms is not None)
        if terms is not None:
            self.persons.setText(persons_words(terms))
            self.persons.updateGeometry()
        note = terms.note if terms is not None else None
        self.note.setVisible(bool(note))
        self.note.show_sentence(f"Note interne\u00a0: {note}" if note else "", "note", "lock")

    def _check(self, row_key: str, text: str) -> None:
        read_cell(text, deducted=self._rows[row_key].deducted)

    def _entered(self, entries: tuple[SheetEntry, ...]) -> None:
        supposed: dict[LineKey, int | None] = {}
        amounts: dict[tuple[date, LineKey], int | None] = {}
        for entry in entries:
            row = self._rows[entry.row]
            if row.line is None:
                continue
            cents = read_cell(entry.text, deducted=row.deducted)
            if entry.column == WHAT_IF:
                supposed[row.line] = cents
            else:
                amounts[date.fromisoformat(entry.column), row.line] = cents
        self.keep_rows(tuple(key for _month, key in amounts))
        if supposed:
            self.supposed.emit(supposed)
        changes = changes_of(self._book, amounts)
        if changes:
            self.changed.emit(changes)

    def _toggle(self, code: str) -> None:
        if self._month is not None:
            self._folded = (self._folded or frozenset()) ^ {code}
            self.show_book(self._book, self._month, self._what_if)

    def _open_line(self, code: str) -> None:
        row = self._rows.get(code)
        if row is not None and row.line is not None:
            self.line_opened.emit(row.line)

    def _menu(self, code: str, point: QPoint) -> None:
        row = self._rows.get(code)
        if row is not None and row.line is not None:
            self.line_menu.emit(row.line, point)


def _key_hints() -> QWidget:
    hints = QWidget()
    line = Flow(hints, gap=16)
    line.setContentsMargins(px(12), px(7), px(12), px(7))
    for key, words in _KEYS:
        line.addWidget(StateLabel(State(f"{key}\u2002{words}", "muted", "keyboard")))
    return hints
