"""The form of a debt, new or known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.features.budget.domain.cells import write_cell
from caseworker_app.features.budget.domain.debts import (
    DEBT_STAGE_LABELS,
    Debt,
    DebtStage,
    NewDebt,
    debt_kinds,
)
from caseworker_app.features.budget.screens.form_dialog import FormDialog, NoteZone, entry
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import capital
from caseworker_app.kernel.money import parse_cents
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.form import Field


@dataclass(frozen=True, slots=True)
class DebtSubject:
    """What the form is about: a household on a day, and the debt when it is known."""

    household_id: str
    day: date
    debt: Debt | None = None


class DebtForm(FormDialog):
    """`asked(NewDebt)`; `remove_asked()` for a debt noted by mistake."""

    remove_asked = Signal()

    def __init__(self, subject: DebtSubject, parent: QWidget) -> None:
        """Ask about a debt."""
        known = subject.debt
        super().__init__("Dette" if known else "Nouvelle dette", "&Enregistrer", parent)
        self.subject = subject
        self._make_fields()
        self._fill_choices()
        self._place_fields()
        if known is not None:
            self._show(known)
            remove = Button("Retirer la dette", "danger")
            remove.setAutoDefault(False)
            remove.clicked.connect(self.remove_asked)
            self.add_side_action(remove)
        else:
            self.set_text("remaining_on", format_date(subject.day))
            self.set_text("stage", DebtStage.LATE.value)

    def read(self) -> NewDebt:
        """Return the debt as typed. Raises InvalidEntry."""
        if not self.text("nature"):
            raise InvalidEntry("Choisissez de quelle dette il s’agit.", "nature")
        remaining = self._amount("remaining_cents")
        if remaining is None:
            raise InvalidEntry("Indiquez ce qui reste à payer, 0 si la dette est soldée.", "remaining_cents")
        return NewDebt(
            self.subject.household_id,
            self.text("nature"),
            remaining,
            self.text("creditor").strip() or None,
            self._amount("initial_cents"),
            self._day("remaining_on"),
            self._amount("monthly_cents"),
            self._day("first_unpaid_on"),
            DebtStage(self.text("stage") or DebtStage.LATE),
            self.checks["enforceable"].isChecked(),
            self.text("note").strip() or None,
        )

    def _make_fields(self) -> None:
        self.parts = {
            "nature": Field("&Nature de la dette", Choice()),
            "creditor": Field("&Créancier", entry("À qui l’argent est dû")),
            "remaining_cents": Field("&Restant dû", entry("0,00", figures=True)),
            "remaining_on": Field("&Au", entry("24/11/2026", figures=True)),
            "monthly_cents": Field("&Mensualité", entry("rien de prévu", figures=True)),
            "stage": Field("&Où en est-on", Choice()),
            "initial_cents": Field("Montant au &départ", entry("inconnu", figures=True)),
            "first_unpaid_on": Field("Premier &impayé", entry("inconnu", figures=True)),
            "note": Field("No&te interne", NoteZone()),
        }
        self.checks = {"enforceable": Check("&Titre exécutoire (jugement, ordonnance, contrainte)")}

    def _fill_choices(self) -> None:
        for kind in debt_kinds(self.subject.day):
            self.choice("nature").add(kind.code, kind.label)
        for stage, words in DEBT_STAGE_LABELS.items():
            self.choice("stage").add(stage.value, capital(words))

    def _place_fields(self) -> None:
        part = self.parts
        self.add_row((part["nature"], 3), (part["creditor"], 2))
        self.add_row((part["remaining_cents"], 1), (part["remaining_on"], 1), (part["monthly_cents"], 1))
        self.add_row((part["stage"], 2), (part["initial_cents"], 1), (part["first_unpaid_on"], 1))
        self.body.addWidget(self.checks["enforceable"])
        self.body.addWidget(part["note"])

    def _show(self, debt: Debt) -> None:
        texts = {
            "nature": debt.nature,
            "creditor": debt.creditor or "",
            "remaining_cents": write_cell(debt.remaining_cents),
            "remaining_on": format_date(debt.remaining_on),
            "monthly_cents": write_cell(debt.monthly_cents),
            "stage": debt.stage.value,
            "initial_cents": write_cell(debt.initial_cents),
            "first_unpaid_on": "" if debt.first_unpaid_on is None else format_date(debt.first_unpaid_on),
            "note": debt.note or "",
        }
        for name, text in texts.items():
            self.set_text(name, text)
        self.checks["enforceable"].setChecked(debt.enforceable)

    def _amount(self, name: str) -> int | None:
        text = self.text(name)
        if not text.strip():
            return None
        try:
            return parse_cents(text)
        except InvalidEntry as error:
            raise InvalidEntry(error.sentence, name) from error

    def _day(self, name: str) -> date | None:
        text = self.text(name).strip()
        return parse_day(text, self.subject.day, name) if text else None
