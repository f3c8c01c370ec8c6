"""The form that opens inside a card: its title, its own refusals, « Enregistrer » and « Fermer », and their keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class CardForm(Surface):
    """`edited` at each change, `submitted` on « Enregistrer » or Enter, `given_up` on « Fermer » or Escape.

    `kind` names the form for drafts, `row_id` the row it is of (empty: a new one). A room's own form puts its parts
    in `column`, its fields and their editors by name in `fields` and `editors`, then calls `add_buttons`.
    """

    edited = Signal()
    submitted = Signal()
    given_up = Signal()

    def __init__(self, kind: str, title: str, row_id: str = "") -> None:
        """Make it without fields."""
        super().__init__("sunken", None, 0)
        self.kind, self.row_id = kind, row_id
        self.setAccessibleName(title)
        self.fields: dict[str, Field] = {}
        self.editors: dict[str, QWidget] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(15, px(12), 15, px(12))
        self.column.setSpacing(px(4))
        self.column.addWidget(Label(title, 14, fonts.SEMI_BOLD, wrap=True))
        self.rest = SentenceLine()
        self.save = Button("En&registrer", "primary", "check", compact=True)
        self.cancel = Button("Fermer", "quiet", compact=True)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.given_up)

    def add_buttons(self) -> None:
        """Add what is refused of no one field, then the buttons, once every field is there."""
        self.column.addWidget(self.rest)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        for button in (self.save, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.addLayout(buttons)

    def submit(self) -> None:
        """Ask for what is typed to be written."""
        self.rest.clear()
        for field in self.fields.values():
            field.accept()
        self.submitted.emit()

    def refuse(self, error: CaseworkerError) -> None:
        """Show why it is not written, beside the field it is about."""
        self.set_busy(False)
        place_error(error, self.fields, self.rest)

    def set_busy(self, busy: bool) -> None:
        """Hold the button while the form is written: two clicks must not write twice."""
        self.save.setEnabled(not busy)

    def focus_first(self) -> None:
        """Put the cursor in the first field."""
        first = next(iter(self.editors.values()), self.save)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter writes from a line of text, Escape closes."""
        in_line = isinstance(self.focusWidget(), QLineEdit)
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and in_line:
            self.submit()
        else:
            super().keyPressEvent(event)
