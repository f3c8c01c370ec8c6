"""The debts of a household: to whom, what is left, at what pace, how far their recovery went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.features.budget.domain.debts import Debt, DebtStage
from caseworker_app.features.budget.domain.outlook import debt_outlook, total_remaining
from caseworker_app.features.budget.domain.sheet import BudgetSheet
from caseworker_app.features.budget.screens.showing import debt_row, debts_words
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card, FoldRow
from caseworker_app.ui_kit.row_list import RowList
from caseworker_app.ui_kit.text import Label


class DebtsCard(Card):
    """Debts, the largest first, those settled folded. `opened(debt id)`, `add_asked()`."""

    opened = Signal(str)
    add_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__("Dettes", parent=parent)
        self._debts: tuple[Debt, ...] = ()
        self._sheet: BudgetSheet | None = None
        self._day = date.min
        self._unfolded = False
        self.add_button = Button("Ajouter une &dette", "ghost", "plus", compact=True)
        self.add_button.clicked.connect(self.add_asked)
        self.add_action(self.add_button)
        self.rows = RowList("Dettes", fit=True)
        self.rows.opened.connect(self.opened)
        self.nothing = Label(
            "Aucune dette notée. Loyer, énergie, crédits, trop-perçus\u00a0: chacune avec son créancier, ce qui "
            "reste dû et ce qui est payé chaque mois.",
            13,
            tone="muted",
            wrap=True,
        )
        self.fold = FoldRow("")
        self.fold.clicked.connect(self._switch)
        self.total = Label("", 13, tone="muted", wrap=True)
        self.add(self.nothing)
        self.add(self.total)
        self.add_rows(self.rows)
        self.add_rows(self.fold, rule=False)

    def show_debts(self, debts: Sequence[Debt], sheet: BudgetSheet | None, day: date) -> None:
        """Show debts; the month shown says at what pace they are repaid."""
        self._debts, self._sheet, self._day = tuple(debts), sheet, day
        self._show()

    def stand_on(self, debt_id: str) -> None:
        """Stand on a debt, unfolding the settled ones for it."""
        if any(debt.id == debt_id and debt.stage is DebtStage.SETTLED for debt in self._debts):
            self._unfolded = True
            self._show()
        self.rows.stand_on(debt_id)

    def _show(self) -> None:
        open_ones = [debt for debt in self._debts if debt.stage is not DebtStage.SETTLED]
        settled = [debt for debt in self._debts if debt.stage is DebtStage.SETTLED]
        shown = [*open_ones, *settled] if self._unfolded else open_ones
        here = (
            self.rows.rows.key_at(self.rows.currentIndex().row())
            if self.rows.currentIndex().isValid()
            else ""
        )
        self.rows.set_rows([debt_row(debt_outlook(self._sheet, debt), self._day) for debt in shown])
        self.rows.stand_on(here)
        self.rows.setVisible(bool(shown))
        self.nothing.setVisible(not self._debts)
        self.total.setText(debts_words(open_ones, total_remaining(open_ones)))
        self.total.setVisible(bool(open_ones))
        self.fold.setVisible(bool(settled))
        words = plural(len(settled), "dette soldée", "dettes soldées")
        self.fold.setText("Replier" if self._unfolded else words)

    def _switch(self) -> None:
        self._unfolded = not self._unfolded
        self._show()
