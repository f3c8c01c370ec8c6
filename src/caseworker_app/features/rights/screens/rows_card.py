"""A card of rows, each with what can be done of it, and the form that opens under one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.rights.screens.forms import RightsForm
from caseworker_app.ui_kit.card import Card, Rule
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class Row(QWidget):
    """A row that asks for something to be done of it. `asked(what)`."""

    asked = Signal(str)


class RowsCard(Card):
    """Its rows by id. `asked(what, row id)`."""

    asked = Signal(str, str)

    def __init__(self, title: str, nothing: str) -> None:
        """Make it empty, saying so with the sentence `nothing`."""
        super().__init__(title)
        self.empty = Label(nothing, 13, tone="muted", wrap=True)
        self.empty.setContentsMargins(16, px(10), 16, px(14))
        body, holder = QWidget(), QWidget()
        whole = QVBoxLayout(body)
        self.column = QVBoxLayout(holder)
        for layout in (whole, self.column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        whole.addWidget(self.empty)
        whole.addWidget(holder)
        self.add_rows(body)
        self.rows: Mapping[str, Row] = {}

    def show_rows(self, rows: Mapping[str, Row], form: RightsForm | None) -> None:
        """Show rows in place of those before; the form that is open stays as it is."""
        if form is not None:
            self.column.removeWidget(form)
        while (item := self.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = rows
        self.empty.setVisible(not rows and form is None)
        for number, (key, row) in enumerate(rows.items()):
            if number:
                self.column.addWidget(Rule())
            row.asked.connect(lambda what, key=key: self.asked.emit(what, key))
            self.column.addWidget(row)

    def place(self, form: RightsForm) -> None:
        """Put a form under the row it is of, above all for a new one."""
        row = self.rows.get(form.row_id)
        self.column.insertWidget(0 if row is None else self.column.indexOf(row) + 1, form)
        self.empty.hide()
        form.show()
