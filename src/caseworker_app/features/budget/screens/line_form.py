"""The form of a line: what it is about, whose it is, who receives it, which debt it repays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from caseworker_app.features.budget.domain.cells import LineKey, read_cell
from caseworker_app.features.budget.domain.debts import Debt, debt_kind
from caseworker_app.features.budget.domain.layout import PART_LABELS, Part, part_of
from caseworker_app.features.budget.domain.sheet import MAX_LABEL
from caseworker_app.features.budget.domain.workbook import categories_of
from caseworker_app.features.budget.screens.form_dialog import FormDialog, entry
from caseworker_app.kernel.dates import format_month
from caseworker_app.kernel.entries import one_line
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.money import format_euros
from caseworker_app.ui_kit.choices import Check, Segment
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.form import Field

_SHORT_PARTS = {
    Part.INCOME: "Ressource",
    Part.CONSTRAINED: "Charge contrainte",
    Part.REPAYMENTS: "Dette",
    Part.LIVING: "Vie courante",
}


@dataclass(frozen=True, slots=True)
class LineSubject:
    """What the form is about: a month, who lives there, the debts, and the line when it is known."""

    month: date
    members: Mapping[str, str]
    debts: Sequence[Debt]
    line: LineKey | None = None


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line as typed: its key, its amount in cents for a new one, and whether every month is meant."""

    key: LineKey
    amount_cents: int | None
    every_month: bool


class LineForm(FormDialog):
    """`asked(TypedLine)`."""

    def __init__(self, subject: LineSubject, parent: QWidget) -> None:
        """Ask for a new line, or how a known one should read."""
        known = subject.line
        title = "Nouvelle ligne" if known is None else "Ligne du budget"
        super().__init__(title, "&Ajouter" if known is None else "&Enregistrer", parent)
        self.subject = subject
        self._categories = categories_of(subject.month)
        self.part = Segment("Partie du budget")
        for part in Part:
            self.part.add(part.value, _SHORT_PARTS[part])
        self.part.chosen.connect(lambda _key: self._part_chosen())
        self.scope = Segment("Mois concernés")
        self.scope.add("all", "Tous les mois")
        self.scope.add("one", f"Seulement {format_month(subject.month)}")
        self._make_fields()
        self._place_fields()
        self._part_chosen()
        if known is not None:
            self._show(known)

    def read(self) -> TypedLine:
        """Return the line as typed. Raises InvalidEntry."""
        code = self.text("category")
        if not code:
            raise InvalidEntry("Choisissez le poste de cette ligne.", "category")
        deducted = self._categories.get(code).deducted
        amount = None
        if self.subject.line is None:
            try:
                amount = read_cell(self.text("amount"), deducted=deducted)
            except InvalidEntry as error:
                raise InvalidEntry(error.sentence, "amount") from error
            if amount is None:
                raise InvalidEntry("Indiquez le montant du mois, 0 si vous ne le savez pas encore.", "amount")
        repays = part_of(self._categories.get(code)) is Part.REPAYMENTS
        key = LineKey(
            code,
            one_line(self.text("label"), MAX_LABEL, "label"),
            self.text("member"),
            self.checks["third"].isChecked(),
            self.text("debt") if repays else "",
        )
        return TypedLine(key, amount, self.scope.current_key() == "all")

    def _make_fields(self) -> None:
        self.parts = {
            "category": Field("&Poste", Choice()),
            "label": Field("P&récision", entry("Employeur, organisme, contrat…")),
            "member": Field("&Qui", Choice()),
            "amount": Field(f"&Montant en {format_month(self.subject.month)}", entry("0,00", figures=True)),
            "debt": Field("&Dette remboursée", Choice()),
        }
        self.checks = {"third": Check("&Versé à un tiers, sans passer par le ménage (tiers payant)")}
        member, debt = self.choice("member"), self.choice("debt")
        member.add("", "Tout le ménage")
        for member_id, name in self.subject.members.items():
            member.add(member_id, name)
        debt.add("", "Aucune de la liste")
        for each in self.subject.debts:
            kind = debt_kind(each.nature, self.subject.month).label
            left = format_euros(each.remaining_cents)
            debt.add(each.id, f"{each.creditor or kind}, reste {left}")
        member.choose("")
        debt.choose("")

    def _place_fields(self) -> None:
        part = self.parts
        self.body.addWidget(self.part)
        self.add_row((part["category"], 1), (part["amount"], 1))
        self.add_row((part["label"], 1), (part["member"], 1))
        self.body.addWidget(part["debt"])
        self.body.addWidget(self.checks["third"])
        if self.subject.line is not None:
            self.body.addWidget(self.scope)
        part["amount"].setVisible(self.subject.line is None)

    def _part_chosen(self) -> None:
        chosen = Part(self.part.current_key())
        category = self.choice("category")
        before = category.current_key()
        category.clear()
        for each in self._categories.all:
            if part_of(each) is chosen:
                category.add(each.code, each.label)
        category.choose(before)
        category.setAccessibleDescription(PART_LABELS[chosen])
        self.parts["debt"].setVisible(chosen is Part.REPAYMENTS and bool(self.subject.debts))
        self.checks["third"].setVisible(chosen is Part.INCOME)

    def _show(self, line: LineKey) -> None:
        self.part.choose(part_of(self._categories.get(line.category)).value)
        self._part_chosen()
        texts = {
            "category": line.category,
            "label": line.label,
            "member": line.member_id,
            "debt": line.debt_id,
        }
        for name, text in texts.items():
            self.set_text(name, text)
        self.checks["third"].setChecked(line.paid_by_third_party)
