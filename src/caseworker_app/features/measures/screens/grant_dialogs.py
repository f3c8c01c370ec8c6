"""The small dialogs of a grant: an action, a spending, what was spent on an action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.features.measures.domain.grant import (
    ActionAccount,
    GrantAction,
    GrantSpending,
    account_words,
)
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.money import format_amount, format_euros, parse_cents
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.row_list import Row, RowList


class ActionDialog(AskDialog):
    """Asks the words of an action and the amount planned; `before`: the one being changed."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Action de la subvention", "&Enregistrer", "check", parent)
        self.before: GrantAction | None = None
        self.label, self.planned = (
            Entry("Permanences, ateliers, interprétariat…"),
            Entry("0,00", tabular=True),
        )
        self.fields = {
            "label": Field("&Action", self.label),
            "planned_cents": Field("Montant &prévu, en euros", self.planned),
        }
        for field in self.fields.values():
            self.body.addWidget(field)
        self.remove = Button("&Retirer cette action", "quiet", "trash", compact=True)
        self.body.addWidget(self.remove)

    def ask(self, before: GrantAction | None) -> None:
        """Show it for a new action, or for one to change."""
        self.before = before
        self.say("")
        self.label.setText(before.label if before else "")
        self.planned.setText(format_amount(before.planned_cents) if before else "")
        self.remove.setVisible(before is not None)
        self.begin(self.label)

    def read(self) -> tuple[str, int] | None:
        """Return what is typed, or say beside its field why it cannot be read."""
        try:
            return self.label.text(), _cents(self.planned, "planned_cents")
        except InvalidEntry as error:
            self.refuse(error)
            return None


class SpendingDialog(AskDialog):
    """Asks which action, when, how much, what for."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Noter une dépense", "&Noter", "check", parent)
        self._today = date.min
        self.action, self.on = Choice(), Entry("jj/mm/aaaa", tabular=True)
        self.amount, self.what = Entry("0,00", tabular=True), Entry("Facture, salaire, remboursement…")
        self.fields = {
            "action": Field("&Action", self.action),
            "spent_on": Field("&Le", self.on),
            "cents": Field("&Montant, en euros", self.amount),
            "what": Field("&Pour quoi", self.what),
        }
        for field in self.fields.values():
            self.body.addWidget(field)

    def ask(self, actions: Sequence[GrantAction], today: date) -> None:
        """Show it for the actions of a grant, of which there is one at least."""
        self._today = today
        self.say("Un montant négatif note de l’argent revenu.")
        self.action.clear()
        for each in actions:
            self.action.add(each.id, each.label)
        self.action.choose(actions[0].id)
        self.on.setText(format_date(today))
        for entry in (self.amount, self.what):
            entry.clear()
        self.begin(self.action)

    def read(self) -> tuple[str, date, int, str] | None:
        """Return what is typed, or say beside its field why it cannot be read."""
        try:
            day = parse_day(self.on.text(), self._today, "spent_on")
            return self.action.current_key(), day, _cents(self.amount, "cents"), self.what.text()
        except InvalidEntry as error:
            self.refuse(error)
            return None


class SpendingsDialog(AskDialog):
    """Shows what was spent on an action. `removed(id)`: a spending to take out; `confirm` changes the action."""

    removed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Dépenses", "&Modifier l’action…", "pencil", parent)
        self.account: ActionAccount | None = None
        self.rows = RowList("Dépenses de cette action", height=44, fit=True)
        self.body.addWidget(self.rows)
        self.remove = Button("&Retirer la dépense choisie", "quiet", "trash", compact=True)
        self.remove.clicked.connect(self._remove)
        self.body.addWidget(self.remove)
        self.give_up.setText("&Fermer")

    def ask(self, account: ActionAccount, *, may_write: bool) -> None:
        """Show the spendings of an action, the latest first."""
        self.account = account
        self.title.setText(account.action.label)
        self.say(account_words(account)[0] if account.spendings else "Aucune dépense notée.")
        self.rows.set_rows([_spending_row(each) for each in account.spendings])
        self.rows.setVisible(bool(account.spendings))
        self.remove.setVisible(may_write and bool(account.spendings))
        self.confirm.setVisible(may_write)
        self.begin(self.rows if account.spendings else self.give_up)
        if account.spendings:
            self.rows.stand_on(account.spendings[0].id)

    def _remove(self) -> None:
        key = self.rows.rows.key_at(self.rows.currentIndex().row())
        if key:
            self.removed.emit(key)


def _spending_row(spending: GrantSpending) -> Row:
    title = f"{format_euros(spending.spent_cents)}\u00a0· {spending.what}"
    return Row(spending.id, title, format_date(spending.spent_on), icon="cash", chevron=False)


def _cents(entry: Entry, field: str) -> int:
    try:
        return parse_cents(entry.text())
    except InvalidEntry as error:
        raise InvalidEntry(error.sentence, field) from error
