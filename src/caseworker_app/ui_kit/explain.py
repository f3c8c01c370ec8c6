"""How a figure was made, in a small window under it: lines, formula, source with its date."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.kernel.explanation import Explanation, Line
from caseworker_app.ui_kit import fonts, icons, paint
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


class ExplainedValue(paint.KeyboardRing, QPushButton):
    """A label over a figure, in a card; a click shows how it was made, where there is something to tell."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        """Make it without a figure yet."""
        super().__init__(parent)
        self._label, self._value, self._tone = label, "", "text"
        self.explanation: Explanation | None = None
        self.window_shown: Explain | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.explain)
        self.show_value("", None)

    @property
    def value(self) -> str:
        """The figure, as words."""
        return self._value

    def show_value(
        self, value: str, explanation: Explanation | None, tone: str = "text", label: str = ""
    ) -> None:
        """Show a figure; `explanation` None: nothing to tell, and no key stops there."""
        self._label, self._value, self._tone = label or self._label, value, tone
        self.explanation = explanation
        told = explanation is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if told else Qt.FocusPolicy.NoFocus)
        self.setEnabled(told)
        self.setCursor(Qt.CursorShape.PointingHandCursor if told else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"{self._label}\u00a0: {value}")
        self.setAccessibleDescription("Voir le calcul et ses sources" if told else "")
        self.updateGeometry()
        self.update()

    def explain(self) -> None:
        """Show how it was made."""
        if self.explanation is not None:
            self.window_shown = Explain(self.explanation, self)
            self.window_shown.open_under(self)

    def sizeHint(self) -> QSize:
        """Return the room of both lines."""
        label = paint.width(self._label, fonts.font(12, fonts.MEDIUM)) + px(20)
        value = paint.width(self._value, fonts.font(15, fonts.SEMI_BOLD))
        return QSize(max(label, value) + px(12), px(44))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint label, figure, and the sign that it explains itself."""
        painter = paint.begin(self)
        told = self.explanation is not None
        if told and self.underMouse():
            paint.rounded(painter, self.rect(), "sunken", None, paint.CONTROL_RADIUS)
        left, wide = px(6), self.width() - px(8)
        label = QRect(left, px(2), wide, px(18))
        paint.text(painter, label, self._label, fonts.font(12, fonts.MEDIUM), "muted")
        if told:
            end = left + paint.width(self._label, fonts.font(12, fonts.MEDIUM)) + px(5)
            icons.draw(painter, "calculator", end, px(4), px(14), "accent" if self.underMouse() else "muted")
        value = QRect(left, px(20), wide, px(22))
        paint.text(painter, value, self._value, fonts.font(15, fonts.SEMI_BOLD), self._tone)
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
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
