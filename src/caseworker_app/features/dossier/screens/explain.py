"""How a figure was made, in a small window under its tile: lines, formula, source with its date."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from caseworker_app.features.dossier.domain.figures import Explanation, Line
from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.card import Rule
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

WIDTH = 440


class Explain(QWidget):
    """Shows an Explanation; Escape or a click elsewhere closes it."""

    def __init__(self, explanation: Explanation, parent: QWidget) -> None:
        """Lay the explanation out."""
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(f"{explanation.title}\u00a0: {explanation.value}")
        self.setAccessibleDescription(spoken(explanation))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(14))
        column.setSpacing(px(8))
        column.addWidget(Label(explanation.title, 13, fonts.MEDIUM, "muted"))
        column.addWidget(Label(explanation.value, 20, fonts.SEMI_BOLD))
        column.addWidget(Rule())
        column.addLayout(_lines(explanation.lines))
        if explanation.formula:
            column.addWidget(Rule())
            column.addWidget(Label(explanation.formula, 13, fonts.MEDIUM, wrap=True, tabular=True))
        for words in (explanation.note, f"Source\u00a0: {explanation.source}" if explanation.source else ""):
            if words:
                column.addWidget(Label(words, 12, tone="muted", wrap=True))

    def open_under(self, tile: QWidget) -> None:
        """Show it under a tile, kept inside the screen."""
        self.adjustSize()
        corner = tile.mapToGlobal(QPoint(0, tile.height() + 6))
        room = tile.screen().availableGeometry()
        left = min(corner.x(), room.right() - self.width() - 8)
        top = min(corner.y(), room.bottom() - self.height() - 8)
        self.move(max(room.left() + 8, left), max(room.top() + 8, top))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with the keys one would try."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and border."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("raised"))
        painter.setPen(colour("field"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def spoken(explanation: Explanation) -> str:
    """Return the whole explanation as a screen reader says it."""
    lines = [f"{line.label}\u00a0: {line.value}" for line in explanation.lines]
    return ". ".join(
        part for part in (*lines, explanation.formula, explanation.note, explanation.source) if part
    )


def _lines(lines: tuple[Line, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(3))
    grid.setColumnStretch(0, 1)
    for row, line in enumerate(lines):
        weight, tone = (fonts.REGULAR, "muted") if line.part else (fonts.MEDIUM, "text")
        label = Label(line.label, 12 if line.part else 13, weight, tone, wrap=True)
        label.setContentsMargins(px(16) if line.part else 0, 0, 0, 0)
        value = Label(line.value, 12 if line.part else 13, weight, tone, tabular=True)
        grid.addWidget(label, row, 0)
        grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return grid
