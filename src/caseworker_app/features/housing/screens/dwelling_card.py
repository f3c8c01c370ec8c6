"""A dwelling where nobody lives, over the window: what is known of it, and « Loger un ménage ici »."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.housing.domain.found_dwelling import FoundDwelling
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

_WIDE = 440


class DwellingCard(QDialog):
    """`lodging_asked()`: somebody is to live here. Escape closes it."""

    lodging_asked = Signal()

    def __init__(self, found: FoundDwelling, parent: QWidget | None = None) -> None:
        """Show a dwelling."""
        super().__init__(parent)
        self.setWindowTitle("Passerelle")
        self.setAccessibleName(found.title)
        self.setMinimumWidth(px(_WIDE))
        self.lodge = Button("&Loger un ménage ici", "primary", "plus")
        self.lodge.clicked.connect(self._lodge)
        close = Button("&Fermer", "secondary")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, px(20), 24, px(20))
        column.setSpacing(px(10))
        column.addWidget(Label(found.title, 16, fonts.SEMI_BOLD, wrap=True))
        column.addWidget(StateLabel(State(found.state, "ok", "circle-check")))
        for name, words in _facts(found):
            column.addLayout(_line(name, words))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, px(8), 0, 0)
        buttons.setSpacing(px(8))
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.lodge)
        column.addLayout(buttons)
        self.lodge.setDefault(True)
        self.lodge.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("surface"))
        painter.end()

    def _lodge(self) -> None:
        self.accept()
        self.lodging_asked.emit()


def _facts(found: FoundDwelling) -> list[tuple[str, str]]:
    dwelling = found.dwelling
    known = (
        ("Logement", dwelling.description()),
        ("Étage", dwelling.floor or ""),
        ("Bailleur", found.landlord or ""),
        ("Référence", dwelling.reference or ""),
    )
    return [(name, words) for name, words in known if words]


def _line(name: str, words: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(px(12))
    label = Label(name, 13, tone="muted")
    label.setFixedWidth(px(96))
    line.addWidget(label)
    line.addWidget(Label(words, 13, fonts.MEDIUM, wrap=True), 1)
    return line
