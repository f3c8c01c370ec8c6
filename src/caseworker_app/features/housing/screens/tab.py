"""The tab « Logement » of a household: the line of its lease, its accounts, what is due, and a form beside."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.housing.domain.found_dwelling import FoundDwelling
from caseworker_app.features.housing.domain.lease import LEASE_KIND_LABELS, Account, LeaseKind
from caseworker_app.features.housing.domain.shown_housing import ShownHome, ShownHousing
from caseworker_app.features.housing.screens import home_forms, lease_forms, sliding_forms
from caseworker_app.features.housing.screens.account_card import AccountCard
from caseworker_app.features.housing.screens.criteria_card import CriteriaCard
from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.features.housing.screens.duties_card import DutiesCard, EvictionCard
from caseworker_app.features.housing.screens.home_card import HomeCard, LeaseCard
from caseworker_app.features.housing.screens.housing_card import HousingCard
from caseworker_app.features.housing.screens.ledger_card import LedgerCard
from caseworker_app.features.housing.screens.line_card import LineCard
from caseworker_app.features.housing.screens.plan_card import PlanCard
from caseworker_app.features.housing.screens.tab_head import TabHead
from caseworker_app.features.housing.screens.transfer_card import TransferCard
from caseworker_app.features.housing.service import dwellings, homes
from caseworker_app.ui_kit.ahead import take_part
from caseworker_app.ui_kit.flow import Columns
from caseworker_app.ui_kit.form_tab import FormTab
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.theme import px

# Lines stay readable on a wide screen.
WIDEST = 1760
_CONCERNED = ("landlord", "landlord_contact", "dwelling", "head_lease")


# Before the id of a dwelling, in the subject of a route.
LODGE = "dwelling:"


class HousingTab(FormTab):
    """The tab; `subject` in a route is the lease to look at, or `LODGE` and the dwelling to live in."""

    def __init__(self, desk: HousingDesk) -> None:
        """Make it empty; nothing is read before a household is shown."""
        super().__init__(desk, "housing")
        self.desk = desk
        self.shown: ShownHousing | None = None
        self._lease_id = ""
        self._account: Account | None = None
        self._reading = desk.tasks.latest(self._show, owner=self)
        self._make_cards()
        self._lay_out()
        desk.changes.listen(
            self,
            lambda c: c.concerns(household=self.household) or any(c.concerns(table=t) for t in _CONCERNED),
            self.read_again,
        )

    def show_household(self, household: str, subject: str = "") -> None:
        """Show a household, and of its leases the one asked for."""
        if household != self.household:
            self.panel.leave()
            self.shown, self._account, self._lease_id = None, None, ""
            self.stack.hide()
        self.household = household
        lodging = subject.removeprefix(LODGE) if subject.startswith(LODGE) else ""
        self._lease_id = "" if lodging else subject or self._lease_id
        self.read_again()
        if lodging:
            self._lodge(lodging)

    def read_again(self) -> None:
        """Read the homes again."""
        household, lease_id, day, desk = self.household, self._lease_id, self.desk.today, self.desk

        def read() -> ShownHousing:
            with desk.file.reading() as connection:
                return homes.open_housing(connection, desk.who, household, day, lease_id)

        self._reading.ask(read)

    def has_read(self) -> bool:
        """Say whether homes were read."""
        return self.shown is not None

    def leave(self) -> None:
        """Keep what is typed, in a cell or in the form."""
        self.ledger.leave()
        super().leave()

    def focus_first(self) -> None:
        """Begin on the line of stages, or on the button of an empty tab."""
        if self.shown is not None and self.shown.home is None and self.nothing.button is not None:
            self.nothing.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.line.times.setFocus(Qt.FocusReason.TabFocusReason)

    def _make_cards(self) -> None:
        desk = self.desk
        self.head = take_part(TabHead)
        self.line = LineCard(desk)
        self.criteria, self.transfer = CriteriaCard(desk), TransferCard(desk)
        self.account, self.ledger, self.plan = AccountCard(desk), LedgerCard(desk), PlanCard(desk)
        self.home, self.lease = HomeCard(desk), LeaseCard(desk)
        self.duties, self.eviction = DutiesCard(desk), EvictionCard(desk)
        cards: tuple[HousingCard, ...] = (
            self.line, self.criteria, self.transfer, self.account, self.ledger, self.plan, self.home,
            self.lease, self.duties, self.eviction,
        )  # fmt: skip
        for card in cards:
            card.form_asked.connect(self.open_form)
            card.change_asked.connect(self._change)
        self.account.account_chosen.connect(self._choose_account)
        self.line.stage_opened.connect(self._open_stage)
        self.head.lease_chosen.connect(self._choose_lease)
        self.head.new_asked.connect(self._new_home)
        self.head.agreement_asked.connect(self._sign_agreement)
        self.nothing = EmptyState(
            "home",
            "Aucun logement pour l’instant",
            "Le logement, son bailleur et le bail\u00a0: d’ici partent le compte de loyer et les échéances.",
            "&Ajouter le logement",
            "plus",
        )
        if self.nothing.button is not None:
            self.nothing.button.clicked.connect(self._new_home)

    def _lay_out(self) -> None:
        self.body = ScrollBody(self._content())
        self.stack.addWidget(self.body)
        self.stack.addWidget(self.nothing)

    def _content(self) -> QWidget:
        content, inner = QWidget(), QWidget()
        inner.setMaximumWidth(px(WIDEST))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.line)
        self._sliding = Columns(weights=(614, 420))
        self._sliding.addWidget(self.criteria)
        self._sliding.addWidget(self.transfer)
        money, owed = Columns(weights=(520, 614)), Columns(weights=(520, 614))
        money.addWidget(self.account)
        money.addWidget(self.ledger)
        duties = QWidget()
        stack = QVBoxLayout(duties)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(16)
        stack.addWidget(self.duties)
        stack.addWidget(self.eviction, 1)
        owed.addWidget(self.plan)
        owed.addWidget(duties)
        facts = Columns()
        facts.addWidget(self.home)
        facts.addWidget(self.lease)
        for part in (self._sliding, money, owed, facts):
            column.addLayout(part)
        column.addStretch(1)
        line = QHBoxLayout(content)
        line.setContentsMargins(*PAGE_INSETS)
        line.addWidget(inner)
        return content

    def _show(self, shown: ShownHousing) -> None:
        if shown.household_id != self.household:
            return
        first = self.shown is None
        self.shown = shown
        self.counted.emit(None)
        if shown.home is None:
            self.stack.setCurrentWidget(self.nothing)
        else:
            self._show_home(shown, shown.home)
            self.stack.setCurrentWidget(self.body)
        self.stack.show()
        self.share_width()
        if first:
            self.body.verticalScrollBar().setValue(0)

    def _show_home(self, shown: ShownHousing, home: ShownHome) -> None:
        if self._account not in home.accounts:
            self._account = home.file.lease.household_account()
        kind = home.file.lease.kind
        self.head.show_housing(shown.housing, home.file, _title(kind))
        self.line.show_home(home)
        sliding = home.file.sliding is not None
        self.criteria.setVisible(sliding)
        self.transfer.setVisible(sliding)
        if sliding:
            self.criteria.show_home(home)
            self.transfer.show_home(home)
        self._show_account(home)
        self.home.show_home(home, shown.landlords)
        self.lease.show_home(home)
        self.duties.show_home(home)
        self.eviction.show_home(home)

    def _show_account(self, home: ShownHome) -> None:
        account = self._account or home.file.lease.household_account()
        for card in (self.account, self.ledger, self.plan):
            card.show_account(home, account)

    def _choose_account(self, account: Account) -> None:
        self._account = account
        if self.shown is not None and self.shown.home is not None:
            self._show_account(self.shown.home)

    def _choose_lease(self, lease_id: str) -> None:
        self._lease_id, self._account = lease_id, None
        self.read_again()

    def _change(self, work: object, words: str) -> None:
        if callable(work):
            self.desk.tasks.run(work, lambda answer: self.desk.done(answer, words), self._refused, owner=self)

    def _refused(self, error: object) -> None:
        self.desk.tasks.refused.emit(getattr(error, "sentence", ""))
        self.read_again()

    def _lodge(self, dwelling_id: str) -> None:
        desk, household = self.desk, self.household

        def read() -> FoundDwelling:
            with desk.file.reading() as connection:
                return dwellings.found_dwelling(connection, desk.who, dwelling_id, desk.today)

        def ask(found: FoundDwelling) -> None:
            if self.household == household:
                self.open_form(home_forms.lodge_form(desk, household, found))

        desk.tasks.read(read, ask, owner=self)

    def _new_home(self) -> None:
        if self.shown is not None:
            self.open_form(home_forms.new_home_form(self.desk, self.shown))

    def _sign_agreement(self) -> None:
        if self.shown is not None and self.shown.home is not None:
            self.open_form(sliding_forms.agreement_form(self.desk, self.shown.home.file))

    def _open_stage(self, key: str) -> None:
        """Open what a stage of the line stands for."""
        home = self.shown.home if self.shown else None
        if home is None:
            return
        kind, _, row_id = key.partition(":")
        if kind == "review":
            self.criteria.look_at(row_id)
            self.body.ensureWidgetVisible(self.criteria)
        elif kind == "next_review" and home.file.sliding is not None:
            self.open_form(sliding_forms.plan_review_form(self.desk, home.file.sliding))
        elif kind in ("notice", "application", "caleol", "transfer", "renewal"):
            self.transfer.open({"notice": "answer"}.get(kind, kind))
        elif kind in ("eviction", "until"):
            self.body.ensureWidgetVisible(self.eviction)
            self.eviction.rows.stand_on(row_id)
            self.eviction.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        elif kind == "insurance":
            self.duties.open("home_insurance")
        elif kind == "plan":
            self.body.ensureWidgetVisible(self.plan)
        else:
            self.open_form(lease_forms.lease_form(self.desk, home.file))


def _title(kind: LeaseKind) -> str:
    words = LEASE_KIND_LABELS[kind]
    return words[:1].upper() + words[1:]
