"""What was just done at the verification, with its undo; it stands beside the tabs and hides no count."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.text import ElidedLabel
from caseworker_app.ui_kit.theme import px


class LastDone(QWidget):
    """« Ligne 41 corrigée — Annuler ». `undo_asked()`."""

    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden: nothing was done yet."""
        super().__init__(parent)
        self.words = ElidedLabel("", 12, fonts.MEDIUM)
        self.button = Button("Annuler", "ghost", "arrow-back-up", compact=True)
        self.button.setToolTip("Annuler (Ctrl + Z)")
        self.button.clicked.connect(self.undo_asked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        line.addStretch(1)
        for part in (Mark("circle-check", 16, "ok"), self.words, self.button):
            line.addWidget(part)
        self.say("")

    def say(self, words: str) -> None:
        """Say what was done last; empty: there is nothing left to take back."""
        parent = self.parentWidget()
        held = self.button.hasFocus() and parent is not None
        self.words.setText(words)
        self.setVisible(bool(words))
        if words:
            QAccessible.updateAccessibility(QAccessibleEvent(self.words, QAccessible.Event.Alert))
        elif held and parent is not None:
            parent.focusNextChild()
