"""What every card of the tab shares: it asks for a form, or for a small change written at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.housing.screens.desk import HousingDesk
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card, Rule


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
