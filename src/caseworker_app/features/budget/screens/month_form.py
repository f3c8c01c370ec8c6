"""The form of a month: who lives on it, how its residual income is defined, a note."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.features.budget.domain.cells import read_persons
from caseworker_app.features.budget.domain.residual import definitions_on
from caseworker_app.features.budget.domain.sheet import BudgetMonth, MonthTerms
from caseworker_app.features.budget.screens.form_dialog import FormDialog, NoteZone, entry
from caseworker_app.kernel.dates import end_of_month, format_month
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.form import Field


class MonthForm(FormDialog):
    """`asked(MonthTerms)`."""

    def __init__(self, month: BudgetMonth, parent: QWidget) -> None:
        """Ask about a month that has a budget."""
        super().__init__(f"Budget de {format_month(month.month)}", "&Enregistrer", parent)
        self.month = month
        self.parts = {
            "persons": Field(
                "&Personnes sur ce budget",
                entry(figures=True),
                hint="Un enfant en garde alternée peut compter pour 0,5.",
            ),
            "definition": Field("&Définition du reste à vivre", Choice(), lines=2),
            "note": Field("&Note interne sur ce mois", NoteZone()),
        }
        for each in definitions_on(end_of_month(month.month)):
            self.choice("definition").add(each.code, each.label)
        self.set_text("persons", f"{month.persons.normalize():f}".replace(".", ","))
        self.set_text("definition", month.residual_definition)
        self.set_text("note", month.note or "")
        self.choice("definition").currentTextChanged.connect(self.parts["definition"].show_hint)
        self.parts["definition"].show_hint(self.choice("definition").currentText())
        for field in self.parts.values():
            self.body.addWidget(field)

    def read(self) -> MonthTerms:
        """Return the month as typed. Raises InvalidEntry."""
        definition = self.text("definition") or None
        return MonthTerms(read_persons(self.text("persons")), definition, self.text("note").strip() or None)
