"""The rules of the agreement stood on: from when to when, what they say, and the dialog of one."""

from __future__ import annotations

from datetime import timedelta

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.measure import Agreement
from caseworker_app.features.measures.domain.terms import AgreementRule, row_words
from caseworker_app.features.measures.screens.desk import MeasuresDesk
from caseworker_app.features.measures.screens.rule_dialog import RuleDialog
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import INSET, Card
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.side_form import Work
from caseworker_app.ui_kit.text import Label

_NOTHING = (
    "Aucune règle propre\u00a0: durées, renouvellements, visites et motifs de fin suivent le barème "
    "de la sorte de mesure."
)


class RulesCard(Card):
    """Rules with their dates; Enter on some changes them."""

    def __init__(self, desk: MeasuresDesk) -> None:
        """Make it empty and hidden."""
        super().__init__("Règles de la convention")
        self._desk = desk
        self._agreement: Agreement | None = None
        self.held = service.AgreementRules("", (), 0)
        self._reading = desk.tasks.latest(self._show, owner=self)
        self.add_one = Button("Ajouter", "ghost", "plus", compact=True)
        self.add_one.setAccessibleName("Ajouter des règles")
        self.add_action(self.add_one)
        self.said = Label("", 13, wrap=True)
        self.said.setContentsMargins(INSET, 0, INSET, INSET)
        self.rows = RowList("Règles de la convention", height=52, fit=True)
        self.add_rows(self.said, rule=False)
        self.add_rows(self.rows)
        self.dialog = RuleDialog(self)
        self.add_one.clicked.connect(self._ask_new)
        self.rows.opened.connect(self._open)
        self.dialog.confirm.clicked.connect(self._write)
        self.dialog.remove.clicked.connect(self._remove)
        concerned = ("agreement_rule", "support_measure")
        desk.changes.listen(self, lambda c: any(c.concerns(table=t) for t in concerned), self.read_again)
        self.hide()

    def show_rules(self, agreement: Agreement | None) -> None:
        """Show the rules of an agreement; None while a new one is being written."""
        self._agreement = agreement
        self.read_again()

    def read_again(self) -> None:
        """Read the rules again."""
        desk, agreement = self._desk, self._agreement

        def read() -> service.AgreementRules:
            with desk.file.reading() as connection:
                return service.rules_of(connection, desk.who, agreement.id if agreement else "", desk.today)

        if agreement is not None:
            self._reading.ask(read)

    def _show(self, read: service.AgreementRules) -> None:
        if self._agreement is None or read.agreement_id != self._agreement.id:
            return
        self.held = read
        today, may = self._desk.today, self._desk.may_manage
        self.rows.set_rows([_row(each, now=each.holds(today), may_open=may) for each in read.rules])
        self.rows.setVisible(bool(read.rules))
        self.add_one.setVisible(may)
        self.said.setText(_too_long_words(read.too_long) if read.rules else _NOTHING)
        self.said.set_tone("warn" if read.rules and read.too_long else "muted")
        self.said.setVisible(bool(self.said.text()))

    def _ask_new(self) -> None:
        if self._agreement is None:
            return
        ends = [each.ends_on for each in self.held.rules if each.ends_on is not None]
        start = max(ends) + timedelta(days=1) if ends else self._agreement.starts_on
        self.dialog.ask(None, start, self._desk.today)

    def _open(self, key: str) -> None:
        for each in self.held.rules:
            if each.id == key and self._desk.may_manage:
                self.dialog.ask(each, each.starts_on, self._desk.today)

    def _write(self) -> None:
        desk, agreement, before, new = self._desk, self._agreement, self.dialog.before, self.dialog.read()
        if new is None or agreement is None:
            return

        def work() -> object:
            if before is None:
                return service.add_rule(desk.file, desk.who, agreement.id, new)
            return service.change_rule(desk.file, desk.who, before.id, new, before.version)

        self._run(work, "Règles enregistrées")

    def _remove(self) -> None:
        desk, before = self._desk, self.dialog.before
        if before is not None:
            self._run(lambda: service.remove_rule(desk.file, desk.who, before.id), "Règles retirées")

    def _run(self, work: Work, words: str) -> None:
        def done(answer: object) -> None:
            self.dialog.accept()
            self._desk.done(answer, words)

        self.dialog.confirm.setEnabled(False)
        self._desk.tasks.run(work, done, self.dialog.refuse, owner=self)


def _row(rule: AgreementRule, *, now: bool, may_open: bool) -> Row:
    """Return a row; the rules of today bear a coloured tick."""
    title, detail = row_words(rule)
    icon, tone = ("circle-check", "ok") if now else ("list-check", "muted")
    return Row(rule.id, title, detail, icon=icon, icon_tone=tone, chevron=may_open)


def _too_long_words(count: int) -> str:
    """Say that measures opened before go past the rules; nothing is changed of them."""
    if not count:
        return ""
    verb = "vont" if count > 1 else "va"
    return (
        f"{plural(count, 'mesure')} en cours {verb} au-delà de la durée totale\u00a0: "
        "vérifiez la fin prévue dans le dossier, ou ces règles."
    )
