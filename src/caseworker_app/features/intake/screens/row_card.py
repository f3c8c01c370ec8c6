"""One row of the list, whole, beside the table one works in: each column with its value, typed anew in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from caseworker_app.features.intake.screens.editable_table import (
    PAD,
    VALUE_LINE,
    EditableTable,
    FieldCell,
    ValueCell,
    value_face,
    wrapped,
)
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import IconButton
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.row_model import Column
from caseworker_app.ui_kit.row_table import Cell
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import px

_VALUE = 1
WIDE = 340


@dataclass(frozen=True, slots=True)
class RowLine:
    """One column of the row: our name of it, theirs, the value, its tone, and what is wrong with it."""

    key: str
    label: str
    theirs: str
    value: str
    tone: str = "text"
    why: str = ""
    editable: bool = False

    @property
    def place(self) -> str:
        """Return what is typed there, as read aloud."""
        return self.label or self.theirs


def _cells_of(line: RowLine) -> Sequence[Cell]:
    label = Cell(line.label or line.theirs, line.theirs if line.label else "", tone="muted")
    wrong = line.tone in ("danger", "warn")
    if line.editable:
        return label, FieldCell(line.value, line.why, tone=line.tone, framed=wrong)
    return label, ValueCell(line.value, tone=line.tone)


class RowCard(Surface):
    """A card titled by the row; `typed(key, text)` when a value was changed, `stepped(by)` from its arrows."""

    typed = Signal(str, str)
    stepped = Signal(int)

    def __init__(
        self, name: str, *, arrows: bool = False, height: int = 42, parent: QWidget | None = None
    ) -> None:
        """Make it empty; `arrows`: two buttons go to the row before and after; `height` of each line."""
        super().__init__(parent=parent)
        self.setAccessibleName(name)
        self.title = Label(name, 14, fonts.SEMI_BOLD)
        self.detail = ElidedLabel("", 12, tone="muted")
        columns = (Column("Colonne", 152), Column("Valeur"))
        self.table = EditableTable(name, _cells_of, columns, _VALUE)
        self.table.horizontalHeader().hide()
        self._height = height
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.verticalHeader().setDefaultSectionSize(px(height))
        self.table.typed.connect(self.typed)
        self.before = IconButton("chevron-left", "Ligne précédente", size=28, icon_size=16, bordered=True)
        self.after = IconButton("chevron-right", "Ligne suivante", size=28, icon_size=16, bordered=True)
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self._lay_out()
        # Only now: shown before it has a place, a button would be a window of its own.
        for button in (self.before, self.after):
            button.setVisible(arrows)

    def show_row(self, title: str, detail: str, lines: Sequence[RowLine]) -> None:
        """Show a row."""
        self.title.setText(title)
        self.detail.setText(detail)
        self.table.show_listed(tuple(lines))
        self._fit_rows(lines)

    def _fit_rows(self, lines: Sequence[RowLine]) -> None:
        """Give long values the lines they take."""
        for number, line in enumerate(lines):
            cell = _cells_of(line)[1]
            if isinstance(cell, ValueCell):
                room = self.table.columnWidth(_VALUE) - 2 * px(PAD)
                taken = len(wrapped(cell.words, value_face(cell), room))
                self.table.verticalHeader().resizeSection(number, px(self._height + (taken - 1) * VALUE_LINE))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(self.title)
        words.addWidget(self.detail)
        head = QHBoxLayout()
        head.setContentsMargins(15, px(10), 11, px(10))
        head.setSpacing(px(6))
        head.addLayout(words, 1)
        head.addWidget(self.before, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.after, 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)
        self.column.addLayout(head)
        self.column.addWidget(self.table, 1)
