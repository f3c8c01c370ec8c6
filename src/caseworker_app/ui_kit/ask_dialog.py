"""What small dialogs share: a title, a sentence, a body, and what is done with it."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

WIDTH = 480


class AskDialog(QDialog):
    """A dialog that asks one thing. Put parts in `body`; `confirm` is its main button.

    What is refused is said beside the field of `fields` it is about, or on `line`.
    """

    def __init__(self, title: str, action: str, icon: str, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.setWindowTitle("Passerelle")
        self.setMinimumWidth(px(WIDTH))
        self.title = Label(title, 16, fonts.SEMI_BOLD)
        self.sentence = Label("", 13, tone="muted", wrap=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(8))
        self.line = SentenceLine()
        self.fields: dict[str, Field] = {}
        self.confirm = Button(action, "primary", icon)
        self.confirm.setDefault(True)
        self.give_up = Button("Annu&ler", "secondary")
        self.give_up.setAutoDefault(False)
        self.give_up.clicked.connect(self.reject)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(px(8))
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        column.addSpacing(px(4))
        column.addLayout(self.body)
        column.addWidget(self.line)
        column.addLayout(self._buttons())

    def say(self, sentence: str) -> None:
        """Say what this is about; the place of an empty sentence goes."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def begin(self, first: QWidget) -> None:
        """Show it as new: nothing refused, the cursor in its first field."""
        for field in self.fields.values():
            field.accept()
        self.line.clear()
        self.confirm.setEnabled(True)
        first.setFocus()
        self.open()

    def refuse(self, error: CaseworkerError) -> None:
        """Say why it was not done; the dialog stays."""
        self.confirm.setEnabled(True)
        place_error(error, self.fields, self.line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("surface"))
        painter.end()

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, px(4), 0, 0)
        line.setSpacing(px(8))
        line.addStretch(1)
        line.addWidget(self.give_up)
        line.addWidget(self.confirm)
        return line
