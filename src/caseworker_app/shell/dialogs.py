"""The window's own small dialogs: what they share, and the one question asked when work still runs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button, Kind
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px


class Dialog(QDialog):
    """A dialog in our clothes: title, content, buttons at the right. Escape closes it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Make it with its title."""
        super().__init__(parent)
        self.setWindowTitle("Passerelle")
        self.setAccessibleName(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(8))
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(px(8))
        self.buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(px(12))
        column.addWidget(Label(title, 16, fonts.SEMI_BOLD))
        column.addLayout(self.body)
        column.addSpacing(px(4))
        column.addLayout(self.buttons)

    def add_button(self, words: str, answer: int, kind: Kind = "secondary") -> Button:
        """Add a button that closes the dialog with an answer."""
        button = Button(words, kind)
        button.clicked.connect(lambda: self.done(answer))
        button.setDefault(kind == "primary")
        self.buttons.addWidget(button)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("surface"))
        painter.end()


class Waiting(Dialog):
    """Said while something is done that nothing may interrupt; it goes away by itself (`done`)."""

    def __init__(self, title: str, sentence: str, parent: QWidget | None = None) -> None:
        """Say what is being done."""
        super().__init__(title, parent)
        label = Label(sentence, 13, tone="muted", wrap=True)
        label.setMinimumWidth(px(400))
        self.body.addWidget(label)

    def reject(self) -> None:
        """Stay: neither Escape nor the cross stops it."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay."""
        event.ignore()


class ToRead(Dialog):
    """Sentences that must not pass unseen: they stay until somebody says they were read."""

    def __init__(self, title: str, sentences: list[str], parent: QWidget | None = None) -> None:
        """Show one paragraph a sentence."""
        super().__init__(title, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for sentence in sentences:
            label = Label(sentence, 13, wrap=True)
            label.setMinimumWidth(px(440))
            self.body.addWidget(label)
        self.add_button("J’ai &lu", 1, "primary")


class StillWorking(Dialog):
    """Asked once, when someone closes while work that can be stopped still runs."""

    STAY, STOP = 0, 1

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """Name the work."""
        super().__init__("Un travail n’est pas terminé", parent)
        sentence = (
            f"«\u00a0{words}\u00a0» est en cours. Si vous fermez maintenant, il s’arrête\u00a0; "
            "ce qui est déjà enregistré reste dans votre fichier."
        )
        label = Label(sentence.replace("\u00a0;", "\u202f;"), 13, tone="muted", wrap=True)
        label.setMinimumWidth(px(400))
        self.body.addWidget(label)
        self.add_button("&Arrêter et fermer", self.STOP)
        self.add_button("Laisser &finir", self.STAY, "primary").setFocus(Qt.FocusReason.OtherFocusReason)
