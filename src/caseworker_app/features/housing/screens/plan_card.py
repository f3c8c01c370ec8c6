"""The repayment plan: what is agreed, what was paid, what is left."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.features.housing.domain.lease import Account, Lease
from caseworker_app.features.housing.domain.rent_account import RentEntryKind
from caseworker_app.features.housing.domain.repayment_plan import (
    PlanProgress,
    RepaymentPlan,
    payments_of_plan,
)
from caseworker_app.features.housing.domain.shown_housing import ShownAccount, ShownHome
from caseworker_app.features.housing.screens import rent_forms
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.screens.housing_card import HousingCard
from caseworker_app.kernel.dates import format_date, format_long_date, format_month
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.money import format_euros
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.fact_grid import FactGrid
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.states import Progress
from caseworker_app.ui_kit.text import Label

MOST_PAYMENTS = 6


class PlanCard(HousingCard):
    """The plan of the account looked at."""

    def __init__(self, desk: HousingDesk) -> None:
        """Make it empty."""
        super().__init__(desk, "Plan d’apurement")
        self._lease: Lease | None = None
        self._account: ShownAccount | None = None
        self._plan: RepaymentPlan | None = None
        self.nothing = Label("Aucun plan en cours.", 13, tone="muted", wrap=True)
        self.agree = Button("Con&venir d’un plan", "secondary", "calendar-plus", compact=True)
        self.agree.clicked.connect(self._agree)
        self.pay = Button("Noter une &mensualité", "secondary", "plus", compact=True)
        self.pay.clicked.connect(self._pay)
        self.end = Button("Fin du plan", "quiet", compact=True)
        self.end.clicked.connect(self._end)
        self.left = Label("", 15, fonts.SEMI_BOLD)
        self.bar = Progress("Plan d’apurement", 1, "ok")
        self.facts = FactGrid()
        self.payments = RowList("Paiements du plan", height=40, fit=True)
        buttons = QWidget()
        line = Flow(buttons, gap=8)
        for button in (self.pay, self.end, self.agree):
            line.addWidget(button)
        for part in (self.nothing, self.left, self.bar, self.facts, buttons):
            self.add(part)
        self._paid = self.add_ruled(self.payments)
        self.add_stretch()

    def show_account(self, home: ShownHome, account: Account) -> None:
        """Show the plan that runs, if any."""
        shown = home.accounts[account]
        self._lease, self._account = home.file.lease, shown
        plan, progress = shown.statement.plan, shown.statement.progress
        carried = progress is not None and not progress.remaining_cents
        self._plan = plan
        known = plan is not None and progress is not None
        self.nothing.setVisible(not known)
        for part in (self.left, self.bar, self.facts):
            part.setVisible(known)
        self.agree.setVisible(not known or carried)
        self.pay.setVisible(known and not carried)
        self.end.setVisible(known and not carried)
        if plan is not None and progress is not None:
            self._show_plan(plan, progress)
        paid = payments_of_plan(plan, shown.entries) if plan else []
        rows = [
            Row(
                entry.id,
                format_euros(entry.amount_cents),
                f"reçu le {format_date(entry.received_on)}" if entry.received_on else "",
                trailing=format_month(entry.month),
                chevron=False,
            )
            for entry in paid[:MOST_PAYMENTS]
        ]
        self.payments.set_rows(rows)
        self._paid.setVisible(bool(rows))

    def _show_plan(self, plan: RepaymentPlan, progress: PlanProgress) -> None:
        left = progress.remaining_cents
        self.left.setText(f"Reste {format_euros(left)}" if left else "Plan soldé")
        self.bar.setMaximum(max(1, plan.total_cents))
        self.bar.setValue(progress.paid_cents)
        self.bar.set_tone("danger" if progress.missed else "ok")
        self.bar.setAccessibleDescription(self.left.text())
        kept = f"{progress.kept} sur {plural(progress.instalments, 'mensualité')}"
        missed = plural(progress.missed, "manquée") if progress.missed else ""
        self.facts.show_facts(
            [
                ("Mensualité", f"{format_euros(plan.monthly_cents)} par mois"),
                ("Tenues", f"{kept}, {missed}" if missed else kept),
                ("Dette de départ", format_euros(plan.total_cents)),
                ("Période", f"de {format_month(plan.first_month)} à {format_month(plan.last_month())}"),
                ("Signé le", format_long_date(plan.signed_on) if plan.signed_on else ""),
            ]
        )

    def _agree(self) -> None:
        if self._lease is not None and self._account is not None:
            statement = self._account.statement
            form = rent_forms.plan_form(self.desk, self._lease, statement.account, statement)
            self.form_asked.emit(form)

    def _pay(self) -> None:
        if self._lease is not None and self._account is not None:
            account = self._account.statement.account
            kind = RentEntryKind.PLAN_PAYMENT
            self.form_asked.emit(rent_forms.payment_form(self.desk, self._lease, account, kind))

    def _end(self) -> None:
        if self._plan is not None:
            self.form_asked.emit(rent_forms.end_plan_form(self.desk, self._plan))
