"""Short answers under their labels, for cards that tell what is known of a thing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


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
