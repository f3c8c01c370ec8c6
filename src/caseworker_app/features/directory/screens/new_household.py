"""The short form of a new household: enough to open its file; the rest comes with the first visits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.directory.domain import HouseholdForm
from caseworker_app.features.households.domain import CIVILITY_LABELS, Civility
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice, Entry
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

WIDTH = 560


class NewHouseholdDialog(QDialog):
    """The form. `entered(HouseholdForm)` when it is to be written; what is typed stays until `clear`."""

    entered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.setWindowTitle("Passerelle")
        self.setAccessibleName("Nouveau ménage")
        self.setMinimumWidth(px(WIDTH))
        self._make_fields()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(px(4))
        column.addWidget(Label("Nouveau ménage", 16, fonts.SEMI_BOLD))
        column.addWidget(
            Label("Le nom suffit pour ouvrir le dossier. Le reste se complète plus tard.", 13, tone="muted")
        )
        column.addSpacing(px(8))
        column.addLayout(_line((self.civility, 2), (self.last_name, 5), (self.first_name, 5)))
        column.addLayout(_line((self.birth_date, 1), (self.phone, 1)))
        column.addWidget(self.phone_safe)
        column.addSpacing(px(8))
        column.addWidget(self.street)
        column.addLayout(_line((self.postal_code, 3), (self.city, 9)))
        column.addWidget(self.rest)
        column.addLayout(self._buttons())

    @property
    def form(self) -> HouseholdForm:
        """What is typed."""
        code = self.civility_choice.current_key()
        return HouseholdForm(
            self.entries["last_name"].text(),
            self.entries["first_name"].text(),
            Civility(code) if code else None,
            self.entries["birth_date"].text(),
            self.entries["phone"].text(),
            self.phone_safe.isChecked(),
            self.entries["street"].text(),
            self.entries["postal_code"].text(),
            self.entries["city"].text(),
        )

    def refuse(self, error: CaseworkerError) -> None:
        """Show why it is not written, beside its field; what was typed stays."""
        self.save.setEnabled(True)
        place_error(error, self.fields, self.rest)

    def clear(self) -> None:
        """Empty the form: its household was written."""
        for field in self.fields.values():
            field.accept()
        for entry in self.entries.values():
            entry.clear()
        self.civility_choice.setCurrentIndex(-1)
        self.phone_safe.setChecked(False)
        self.rest.clear()
        self.save.setEnabled(True)

    def ask(self) -> None:
        """Show the form where it was left, the cursor in the name."""
        self.entries["last_name"].setFocus()
        self.open()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("surface"))
        painter.end()

    def _make_fields(self) -> None:
        self.entries = {
            "last_name": Entry(),
            "first_name": Entry(),
            "birth_date": Entry("jj/mm/aaaa", tabular=True),
            "phone": Entry("06…", tabular=True),
            "street": Entry("14 rue des Tisserands, bât. B, apt 12"),
            "postal_code": Entry(tabular=True),
            "city": Entry(),
        }
        self.civility_choice = Choice("—")
        for civility, words in CIVILITY_LABELS.items():
            self.civility_choice.add(civility.value, words)
        self.civility = Field("&Civilité", self.civility_choice)
        self.last_name = Field("&Nom", self.entries["last_name"])
        self.first_name = Field("&Prénom", self.entries["first_name"])
        self.birth_date = Field("N&é(e) le", self.entries["birth_date"], lines=2)
        self.phone = Field("&Téléphone", self.entries["phone"], lines=2)
        self.street = Field("&Adresse", self.entries["street"])
        self.postal_code = Field("Code p&ostal", self.entries["postal_code"])
        self.city = Field("Co&mmune", self.entries["city"])
        self.phone_safe = Check("Ce numéro peut être appelé &sans risque")
        self.rest = SentenceLine()
        self.fields = {name: getattr(self, name) for name in self.entries}

    def _buttons(self) -> QHBoxLayout:
        self.save = Button("C&réer le ménage", "primary", "check")
        self.save.setDefault(True)
        self.save.clicked.connect(self._enter)
        later = Button("Annu&ler", "secondary")
        later.setAutoDefault(False)
        later.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.setContentsMargins(0, px(8), 0, 0)
        line.setSpacing(px(8))
        line.addStretch(1)
        line.addWidget(later)
        line.addWidget(self.save)
        return line

    def _enter(self) -> None:
        # Two clicks must not make two households.
        self.save.setEnabled(False)
        self.rest.clear()
        self.entered.emit(self.form)


def _line(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(px(12))
    for part, stretch in parts:
        # An error of two lines under one leaves the others where they are.
        line.addWidget(part, stretch, Qt.AlignmentFlag.AlignTop)
    return line
