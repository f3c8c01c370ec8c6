"""The grant of the agreement stood on: its actions, what was spent on each, what is left."""

from __future__ import annotations

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.grant import (
    ActionAccount,
    GrantFollowed,
    account_words,
    grant_words,
)
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.features.measures.screens.grant_dialogs import (
    ActionDialog,
    SpendingDialog,
    SpendingsDialog,
)
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import INSET, Card
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.side_form import Work
from caseworker_app.ui_kit.states import State
from caseworker_app.ui_kit.text import Label

_NOTHING = "Aucune action\u00a0: dites ce que la subvention doit payer, puis notez les dépenses."


class GrantCard(Card):
    """Actions and what is left of each; Enter on one shows what was spent."""

    def __init__(self, desk: MeasuresDesk) -> None:
        """Make it empty and hidden."""
        super().__init__("Subvention par action")
        self._desk, self._agreement = desk, ""
        self.held = GrantFollowed(None, ())
        self._reading = desk.tasks.latest(self._show, owner=self)
        self.add_one = Button("Ajouter", "ghost", "plus", compact=True)
        self.add_one.setAccessibleName("Ajouter une action")
        self.spend = Button("Noter une dépense", "ghost", "cash", compact=True)
        self.total = Label("", 13, wrap=True, tabular=True)
        self.total.setContentsMargins(INSET, 0, INSET, INSET)
        self.rows = RowList("Actions de la subvention", height=52, fit=True)
        self.action_dialog, self.spending_dialog = ActionDialog(self), SpendingDialog(self)
        self.spendings_dialog = SpendingsDialog(self)
        self._lay_out()
        self._join()
        self.hide()

    def show_grant(self, agreement: str) -> None:
        """Show the grant of an agreement; empty: none, while a new one is being written."""
        self._agreement = agreement
        self.read_again()

    def read_again(self) -> None:
        """Read the grant again."""
        desk, agreement = self._desk, self._agreement

        def read() -> tuple[str, GrantFollowed]:
            with desk.file.reading() as connection:
                return agreement, service.grant_of(connection, desk.who, agreement)

        if agreement:
            self._reading.ask(read)

    def _show(self, read: tuple[str, GrantFollowed]) -> None:
        agreement, self.held = read
        if agreement != self._agreement:
            return
        accounts = self.held.accounts
        self.total.setText(grant_words(self.held) if accounts else _NOTHING)
        self.rows.set_rows([_row(each) for each in accounts])
        self.rows.setVisible(bool(accounts))
        self.add_one.setVisible(self._desk.may_manage)
        self.spend.setVisible(self._desk.may_manage and bool(accounts))

    def _lay_out(self) -> None:
        self.add_action(self.spend)
        self.add_action(self.add_one)
        self.add_rows(self.total, rule=False)
        self.add_rows(self.rows)

    def _join(self) -> None:
        self.add_one.clicked.connect(lambda: self.action_dialog.ask(None))
        self.spend.clicked.connect(
            lambda: self.spending_dialog.ask([each.action for each in self.held.accounts], self._desk.today)
        )
        self.rows.opened.connect(self._open)
        self.action_dialog.confirm.clicked.connect(self._write_action)
        self.action_dialog.remove.clicked.connect(self._remove_action)
        self.spending_dialog.confirm.clicked.connect(self._write_spending)
        self.spendings_dialog.confirm.clicked.connect(self._change_action)
        self.spendings_dialog.removed.connect(self._remove_spending)
        self._desk.changes.listen(
            self,
            lambda c: c.concerns(table="grant_action") or c.concerns(table="grant_spending"),
            self.read_again,
        )

    def _open(self, key: str) -> None:
        for each in self.held.accounts:
            if each.action.id == key:
                self.spendings_dialog.ask(each, may_write=self._desk.may_manage)

    def _change_action(self) -> None:
        account = self.spendings_dialog.account
        self.spendings_dialog.accept()
        if account is not None:
            self.action_dialog.ask(account.action)

    def _write_action(self) -> None:
        desk, agreement, read = self._desk, self._agreement, self.action_dialog.read()
        before = self.action_dialog.before
        if read is None:
            return

        def work() -> object:
            if before is None:
                return service.add_grant_action(desk.file, desk.who, agreement, *read)
            return service.change_grant_action(desk.file, desk.who, before.id, *read)

        self._run(self.action_dialog, work, "Action enregistrée")

    def _remove_action(self) -> None:
        desk, before = self._desk, self.action_dialog.before
        if before is not None:
            self._run(
                self.action_dialog,
                lambda: service.remove_grant_action(desk.file, desk.who, before.id),
                "Action retirée",
            )

    def _write_spending(self) -> None:
        desk, read = self._desk, self.spending_dialog.read()
        if read is not None:
            self._run(
                self.spending_dialog,
                lambda: service.record_grant_spending(desk.file, desk.who, *read),
                "Dépense notée",
            )

    def _remove_spending(self, key: str) -> None:
        desk = self._desk
        self._run(
            self.spendings_dialog,
            lambda: service.remove_grant_spending(desk.file, desk.who, key),
            "Dépense retirée",
        )

    def _run(self, dialog: AskDialog, work: Work, words: str) -> None:
        def done(answer: object) -> None:
            dialog.accept()
            self._desk.done(answer, words)

        dialog.confirm.setEnabled(False)
        self._desk.tasks.run(work, done, dialog.refuse, owner=self)


def _row(account: ActionAccount) -> Row:
    words, tone = account_words(account)
    pill = State("Dépassée", "danger", "alert-triangle") if tone == "danger" else None
    return Row(account.action.id, account.action.label, words, icon="wallet", pill=pill)
