"""What is owed: the account looked at, its figures that explain themselves, and the chart."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.features.housing.domain.account_chart import AccountChart, account_chart
from caseworker_app.features.housing.domain.lease import Account
from caseworker_app.features.housing.domain.rent_explained import (
    account_name,
    account_sign,
    explain_balance,
    explain_month,
    explain_plan,
    explain_threshold,
)
from caseworker_app.features.housing.domain.rent_statement import RentStatement
from caseworker_app.features.housing.domain.shown_housing import ShownHome
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.screens.housing_card import HousingCard
from caseworker_app.kernel.money import format_euros
from caseworker_app.ui_kit.choices import Segment
from caseworker_app.ui_kit.explain import ExplainedValue
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.rent_chart import RentBar, RentChart
from caseworker_app.ui_kit.states import Pill, State
from caseworker_app.ui_kit.text import Label


class AccountCard(HousingCard):
    """The card. `account_chosen(Account)` when the other account is asked for."""

    account_chosen = Signal(object)

    def __init__(self, desk: HousingDesk) -> None:
        """Make it empty."""
        super().__init__(desk, "Compte de loyer")
        self.pill = Pill(State(""))
        self.add_action(self.pill)
        self.choice = QWidget()
        self._choice_line = Flow(self.choice)
        self.accounts: Segment | None = None
        self._offered: tuple[Account, ...] = ()
        self.owed = ExplainedValue("Dû aujourd’hui")
        self.monthly = ExplainedValue("Chaque mois")
        self.threshold = ExplainedValue("Seuil d’impayé")
        self.plan = ExplainedValue("Reste du plan")
        figures = QWidget()
        line = Flow(figures, gap=8)
        for value in (self.owed, self.monthly, self.threshold, self.plan):
            line.addWidget(value)
        self.chart = RentChart("Reste dû en fin de mois")
        self.nothing = Label(
            "Aucune ligne pour l’instant\u00a0: notez un paiement, ou appelez le loyer des mois passés.",
            13,
            tone="muted",
            wrap=True,
        )
        self.add(self.choice)
        self.add(figures)
        self.add(self.nothing)
        self.add(self.chart, 1)

    def show_account(self, home: ShownHome, account: Account) -> None:
        """Show one account of a lease."""
        self._offer(tuple(home.accounts), account)
        shown = home.accounts[account]
        statement, lease = shown.statement, home.file.lease
        words, tone = account_sign(statement)
        self.pill.set_state(State(words, tone))
        self.pill.setVisible(bool(words))
        late = "danger" if statement.in_arrears else "text"
        self.owed.show_value(format_euros(statement.balance_cents), explain_balance(statement), late)
        own = account is lease.household_account()
        monthly = explain_month(lease) if own else None
        self.monthly.show_value(monthly.value if monthly else "", monthly)
        self.monthly.setVisible(monthly is not None)
        threshold = explain_threshold(lease, statement, home.threshold_terms)
        self.threshold.show_value(threshold.value if threshold else "", threshold)
        self.threshold.setVisible(threshold is not None)
        self._show_plan(statement)
        chart = account_chart(statement, shown.entries)
        self.chart.setVisible(bool(chart.months))
        self.nothing.setVisible(not chart.months)
        self._show_chart(chart)

    def _show_plan(self, statement: RentStatement) -> None:
        plan, progress = statement.plan, statement.progress
        shown = plan is not None and progress is not None and progress.remaining_cents > 0
        self.plan.setVisible(shown)
        if plan is not None and progress is not None and shown:
            told = explain_plan(plan, progress, statement.day)
            self.plan.show_value(told.value, told)

    def _show_chart(self, chart: AccountChart) -> None:
        bars = [RentBar(month.month, month.owed_cents, month.planned) for month in chart.months]
        alert = (chart.alert_cents, chart.alert_words) if chart.alert_cents is not None else None
        self.chart.show_bars(bars, alert, chart.plan_words)

    def _offer(self, accounts: tuple[Account, ...], here: Account) -> None:
        """Offer the accounts of the lease; a lease with one has nothing to choose."""
        if accounts != self._offered:
            self._offered = accounts
            if self.accounts is not None:
                self.accounts.hide()
                self.accounts.deleteLater()
            self.accounts = Segment("Compte de loyer")
            for account in accounts:
                self.accounts.add(account.value, account_name(account))
            self.accounts.chosen.connect(lambda key: self.account_chosen.emit(Account(key)))
            self._choice_line.addWidget(self.accounts)
        if self.accounts is not None:
            self.accounts.choose(here.value)
        self.choice.setVisible(len(accounts) > 1)
