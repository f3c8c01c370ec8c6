"""What asks how a filter of the list is called."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field


class NameDialog(AskDialog):
    """Asks how a filter is called; `entered` is read by whoever opened it."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Enregistrer ce filtre", "&Enregistrer", "check", parent)
        self.entry = Entry("Échéances de décembre")
        self.field = Field("&Nom du filtre", self.entry)
        self.body.addWidget(self.field)

    def ask(self, title: str, name: str = "") -> None:
        """Show it, a name proposed."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.say("Il garde les filtres et le tri, jamais les mots cherchés. Vous seul·e le voyez.")
        self.field.accept()
        self.line.clear()
        self.confirm.setEnabled(True)
        self.entry.setText(name)
        self.entry.selectAll()
        self.entry.setFocus()
        self.open()

    def refuse(self, error: CaseworkerError) -> None:
        """Say why beside the name."""
        if isinstance(error, InvalidEntry):
            self.confirm.setEnabled(True)
            self.field.refuse(error.sentence)
            self.entry.setFocus()
        else:
            super().refuse(error)
