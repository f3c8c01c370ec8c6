"""Asks for the name of a profile of columns."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

_WIDE = 420


class NameDialog(QDialog):
    """One field. `entered(name)`; closed by whoever wrote it, or told why it was refused."""

    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.setWindowTitle("Passerelle")
        self.setMinimumWidth(px(_WIDE))
        self.title = Label("", 16, fonts.SEMI_BOLD)
        self.name = Entry("Par exemple\u00a0: Liste mensuelle d’Habitat du Nord")
        self.field = Field(
            "&Nom du profil", self.name, hint="La prochaine liste aux mêmes colonnes sera reconnue."
        )
        self.save = Button("&Enregistrer", "primary", "check")
        cancel = Button("Annuler", "secondary")
        cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._enter)
        self.name.returnPressed.connect(self._enter)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (cancel, self.save):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(px(10))
        column.addWidget(self.title)
        column.addWidget(self.field)
        column.addLayout(buttons)

    def ask(self, title: str, name: str) -> None:
        """Ask for a name, beginning from one."""
        self.setAccessibleName(title)
        self.title.setText(title)
        self.field.accept()
        self.name.setText(name)
        self.name.selectAll()
        self.open()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: CaseworkerError) -> None:
        """Say why the name is not taken."""
        self.field.refuse(error.sentence)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("surface"))
        painter.end()

    def _enter(self) -> None:
        name = self.name.text().strip()
        if name:
            self.entered.emit(name)
        else:
            self.field.refuse("Donnez un nom à ce profil.")
