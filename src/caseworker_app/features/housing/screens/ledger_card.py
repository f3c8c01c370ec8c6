"""The rent account itself: a sheet of months to type into, and the lines one under the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from caseworker_app.features.housing.domain import ledger_sheet
from caseworker_app.features.housing.domain.lease import Account, Lease
from caseworker_app.features.housing.domain.rent_account import RENT_ENTRY_KIND_LABELS, RentEntryKind
from caseworker_app.features.housing.domain.rent_explained import account_name
from caseworker_app.features.housing.domain.rent_ledger import (
    LedgerLine,
    LedgerMonth,
    first_entry_month,
    ledger,
    ledger_months,
)
from caseworker_app.features.housing.domain.shown_housing import ShownAccount, ShownHome
from caseworker_app.features.housing.screens import rent_forms
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.screens.housing_card import HousingCard
from caseworker_app.features.housing.service import rent
from caseworker_app.kernel.dates import format_date, format_month, months_between
from caseworker_app.kernel.french import capital, plural
from caseworker_app.kernel.money import format_amount, format_euros
from caseworker_app.ui_kit.ahead import take_part
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import FoldRow
from caseworker_app.ui_kit.choices import Segment
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.row_model import Column, LazyRows
from caseworker_app.ui_kit.row_table import HEADER_HEIGHT, ROW_HEIGHT, Cell, RowTable
from caseworker_app.ui_kit.sheet_fill import SheetEntry
from caseworker_app.ui_kit.sheet_model import SheetCell, SheetColumn, SheetRow
from caseworker_app.ui_kit.sheet_paint import HEADER_HEIGHT as SHEET_HEADER
from caseworker_app.ui_kit.sheet_paint import ROW_HEIGHT as SHEET_ROW
from caseworker_app.ui_kit.sheet_view import SheetView
from caseworker_app.ui_kit.theme import px

MONTHS, LINES = "months", "lines"
YEAR = 12
# Rows of the table of lines seen at once; the rest scrolls.
MOST_LINES = 10
_COLUMNS = (
    SheetColumn("month", "Mois", 104, amounts=False),
    *(
        SheetColumn(c.key, c.title, 76, strong=c.typed, optional=c.key == "correction", spoken=c.spoken)
        for c in ledger_sheet.COLUMNS
    ),
)


class LedgerCard(HousingCard):
    """The account of the lease looked at."""

    def __init__(self, desk: HousingDesk) -> None:
        """Make it empty."""
        super().__init__(desk, "Compte, mois par mois")
        self._lease: Lease | None = None
        self._account: ShownAccount | None = None
        self._months = YEAR
        self.view = Segment("Présentation du compte")
        self.view.add(MONTHS, "Par mois")
        self.view.add(LINES, "Ligne à ligne")
        self.view.chosen.connect(lambda _key: self._fill())
        self.add_action(self.view)
        self.add(self._buttons())
        self.sheet = SheetView("Compte de loyer par mois", lambda _row, text: _check(text))
        self.sheet.entered.connect(self._entered)
        self.sheet.undo_asked.connect(self._undo)
        self.sheet.noticed.connect(self._notice)
        # As tall as its rows: the page scrolls, not the sheet.
        self.sheet.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines = take_part(LinesTable)
        self.lines.taken_back.connect(self._take_back)
        self.more = FoldRow("Voir une année de plus", "history")
        self.more.clicked.connect(self._show_more)
        self.add_rows(self.sheet)
        self.add_rows(self.lines, rule=False)
        self.add_foot(self.more)
        self.add_stretch()

    def show_account(self, home: ShownHome, account: Account) -> None:
        """Show one account of a lease."""
        if self._lease is None or self._lease.id != home.file.lease.id:
            self._months = YEAR
            self.sheet.forget_refusals()
        self._lease, self._account = home.file.lease, home.accounts[account]
        name = account_name(account) if len(home.accounts) > 1 else ""
        self.retitle("Compte, mois par mois", name)
        self.charge.setVisible(account is home.file.lease.household_account())
        self._fill()

    def leave(self) -> None:
        """Confirm the cell being typed into."""
        self.sheet.finish()

    def _buttons(self) -> QWidget:
        self.payment = Button("&Paiement", "secondary", "plus", compact=True)
        self.benefit = Button("&APL reçue", "secondary", "plus", compact=True)
        self.charge = Button("Appeler le &loyer", "secondary", "calendar-plus", compact=True)
        self.other = Button("Autre ligne", "quiet", compact=True)
        self.payment.clicked.connect(lambda: self._pay(RentEntryKind.PAID))
        self.benefit.clicked.connect(lambda: self._pay(RentEntryKind.BENEFIT_PAID))
        self.charge.clicked.connect(self._charge)
        self.other.clicked.connect(self._correct)
        line = QWidget()
        flow = Flow(line, gap=8)
        for button in (self.payment, self.benefit, self.charge, self.other):
            flow.addWidget(button)
        return line

    def _fill(self) -> None:
        shown, by_month = self._account, self.view.current_key() == MONTHS
        self.sheet.setVisible(by_month)
        self.lines.setVisible(not by_month)
        if shown is None:
            return
        if by_month:
            day = self.desk.today
            first = first_entry_month(shown.entries) or day
            rows = ledger_months(shown.entries, day, min(self._months, self._months_known(first)))
            self.sheet.show_sheet(_COLUMNS, [_sheet_row(row, first) for row in reversed(rows)])
            self.sheet.setFixedHeight(px(SHEET_HEADER) + px(SHEET_ROW) * len(rows) + 2)
            self.more.setVisible(self._earlier())
        else:
            self.lines.show_lines(list(reversed(ledger(shown.entries))))
            self.more.hide()

    def _undo(self) -> None:
        self.desk.undo()

    def _notice(self, words: str) -> None:
        self.desk.navigator.confirm(words)

    def _months_known(self, first: date) -> int:
        """Count the months since the lease began, or since its first line; a year where it is not told."""
        began = self._lease.starts_on if self._lease else None
        if began is None:
            return YEAR
        return max(3, len(months_between(min(began, first), self.desk.today)))

    def _earlier(self) -> bool:
        first = first_entry_month(self._account.entries) if self._account else None
        return first is not None and len(months_between(first, self.desk.today)) > self._months

    def _show_more(self) -> None:
        self._months += YEAR
        self._fill()

    def _entered(self, entries: Sequence[SheetEntry]) -> None:
        lease, account = self._lease, self._account
        if lease is None or account is None:
            return
        typed = [(entry.row, entry.column, entry.text) for entry in entries]
        cells = ledger_sheet.typed_lines(lease, account.statement.account, typed)
        desk = self.desk
        words = _entered_words(typed)
        self.change_asked.emit(lambda: rent.write_month_amounts(desk.file, desk.who, cells), words)

    def _take_back(self, line: LedgerLine) -> None:
        desk, words = (
            self.desk,
            f"Ligne annulée\u00a0: {_kind(line)}, {format_euros(line.entry.amount_cents)}",
        )
        self.change_asked.emit(lambda: rent.take_back_rent_entry(desk.file, desk.who, line.entry.id), words)

    def _pay(self, kind: RentEntryKind) -> None:
        if self._lease is not None and self._account is not None:
            account = self._account.statement.account
            self.form_asked.emit(rent_forms.payment_form(self.desk, self._lease, account, kind))

    def _charge(self) -> None:
        if self._lease is not None and self._account is not None:
            self.form_asked.emit(rent_forms.charge_form(self.desk, self._lease, self._account.statement))

    def _correct(self) -> None:
        if self._lease is not None and self._account is not None:
            account = self._account.statement.account
            self.form_asked.emit(rent_forms.correction_form(self.desk, self._lease, account))


class LinesTable(RowTable):
    """Every line with what is owed after it; Enter asks what to do, Delete takes a line back.

    `taken_back(LedgerLine)`.
    """

    taken_back = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        columns = [
            Column("Date", 96),
            Column("Ligne"),
            Column("Montant", 112, right=True),
            Column("Reste dû", 112, right=True),
        ]
        super().__init__(
            "Lignes du compte de loyer", LazyRows(_line_cells, lambda line: line.entry.id, columns)
        )
        self.setAccessibleDescription("Suppr annule la ligne par une ligne contraire")
        self.setMinimumWidth(px(96 + 150 + 2 * 112))
        self.opened.connect(lambda _key: self.ask())

    def show_lines(self, lines: list[LedgerLine]) -> None:
        """Show lines, the latest first."""
        self.rows.set_rows(lines)
        self.setFixedHeight(px(HEADER_HEIGHT) + px(ROW_HEIGHT) * max(1, min(MOST_LINES, len(lines))) + 1)

    def menu(self) -> Menu:
        """Return what can be done with the line one stands on."""
        menu = Menu(parent=self)
        action = menu.addAction("Annuler cette ligne")
        line = self._here()
        action.setEnabled(line is not None and not line.gone)
        action.triggered.connect(self._tell_taken_back)
        return menu

    def ask(self) -> None:
        """Show the menu of the line one stands on."""
        corner = self.visualRect(self.currentIndex()).bottomLeft()
        self.menu().popup(self.viewport().mapToGlobal(corner + QPoint(px(8), 0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a line back with Delete."""
        if event.key() == Qt.Key.Key_Delete:
            self._tell_taken_back()
        else:
            super().keyPressEvent(event)

    def _tell_taken_back(self) -> None:
        line = self._here()
        if line is not None and not line.gone:
            self.taken_back.emit(line)

    def _here(self) -> LedgerLine | None:
        row = self.rows.row_at(self.currentIndex().row()) if self.currentIndex().isValid() else None
        return row if isinstance(row, LedgerLine) else None


def _sheet_row(row: LedgerMonth, first: date) -> SheetRow:
    words = ledger_sheet.month_words(row.month)
    cells = [SheetCell(words, spoken=ledger_sheet.month_spoken(row.month))]
    for column in ledger_sheet.COLUMNS:
        cents = ledger_sheet.cents_of(row, column.key)
        text = ledger_sheet.cell_words(cents, always=column.key == "owed" and row.month >= first)
        told = format_euros(cents) if text else "rien"
        cells.append(SheetCell(text, text, editable=column.typed, muted=not column.typed, spoken=told))
    return SheetRow(ledger_sheet.month_key(row.month), "line", tuple(cells))


def _check(text: str) -> None:
    ledger_sheet.read_cell(text)


def _entered_words(typed: Sequence[tuple[str, str, str]]) -> str:
    if len(typed) > 1:
        return f"{plural(len(typed), 'montant noté', 'montants notés')} au compte de loyer"
    month, column, _text = typed[0]
    told = next(each.spoken for each in ledger_sheet.COLUMNS if each.key == column)
    return f"Noté, {format_month(ledger_sheet.month_of_key(month))}\u00a0: {told}"


def _kind(line: LedgerLine) -> str:
    return RENT_ENTRY_KIND_LABELS[line.entry.kind]


def _line_cells(line: LedgerLine) -> tuple[Cell, ...]:
    entry, tone = line.entry, "muted" if line.gone else "text"
    kind = _kind(line)
    detail = format_month(entry.month)
    if line.gone:
        detail += ", annulation" if entry.corrects_id else ", annulée"
    when = format_date(entry.received_on) if entry.received_on else ""
    return (
        Cell(when, tone="muted", tabular=True),
        Cell(capital(kind), detail, tone),
        Cell(format_amount(entry.owed_cents()), tone=tone, tabular=True),
        Cell(format_amount(line.balance_cents), tone=tone, tabular=True),
    )
