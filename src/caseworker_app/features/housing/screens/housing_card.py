"""What every card of the tab shares: it asks for a form, or for a small change written at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card, Rule
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class HousingCard(Card):
    """`form_asked(SideForm)`: to be opened at the side; `change_asked(work, words)`: to be written at once."""

    form_asked = Signal(object)
    change_asked = Signal(object, str)

    def __init__(self, desk: HousingDesk, title: str, remark: str = "") -> None:
        """Make it empty."""
        super().__init__(title, remark)
        self.desk = desk

    def action(self, words: str, icon: str = "") -> Button:
        """Add a small button at the right of the title."""
        button = Button(words, "secondary", icon, compact=True)
        self.add_action(button)
        return button

    def add_ruled(self, rows: QWidget) -> QWidget:
        """Add rows under a rule that goes when they go; return what is to be shown or hidden."""
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addWidget(rows)
        held = self.body.contentsMargins()
        self.add_rows(both, rule=False)
        if self.body.count():
            self.body.setContentsMargins(held)
        return both

    def retitle(self, title: str, remark: str = "") -> None:
        """Change the title and what stands beside it."""
        self.title.setText(title)
        self.remark.setText(remark)
        self.setAccessibleName(title)


class FactGrid(QWidget):
    """Short answers under their labels, in two columns: « Entrée le : 1er avril 2026 »."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(1, 1)
        self._labels: list[Label] = []

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show answers; those that are empty are left out."""
        for label in self._labels:
            label.hide()
            label.deleteLater()
        self._labels = []
        for row, (name, answer) in enumerate((n, a) for n, a in facts if a):
            told = Label(name, 13, tone="muted")
            words = Label(answer, 13, fonts.MEDIUM, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(told, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 1)
            self._labels += [told, words]

    def texts(self) -> list[str]:
        """Return what is shown, labels and answers."""
        return [label.text() for label in self._labels]
