"""Words on the page: labels in the tones and weights of the theme, whole or cut with an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.theme import TONE_ROLES


class Label(QLabel):
    """One or several lines of text; the tone follows the theme by itself."""

    def __init__(
        self,
        words: str = "",
        size: float = 13,
        weight: int = fonts.REGULAR,
        tone: str = "text",
        *,
        wrap: bool = False,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Write `words` (plain text, never markup) at `size` pixels at 100 %."""
        super().__init__(parent)
        # Names and notes come from people and files: « <b> » must show as typed.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(fonts.font(size, weight, tabular=tabular))
        self.setWordWrap(wrap)
        self.set_tone(tone)
        self.setText(words)

    def set_tone(self, tone: str) -> None:
        """Change the colour to another tone of the theme."""
        self.setForegroundRole(TONE_ROLES[tone])


class ElidedLabel(Label):
    """A line that gives way: cut with an ellipsis where room is short, whole in its tooltip."""

    def __init__(
        self, words: str = "", size: float = 13, weight: int = fonts.REGULAR, tone: str = "text"
    ) -> None:
        """Write `words` on one line."""
        super().__init__(words, size, weight, tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than a few letters."""
        return QSize(self.fontMetrics().horizontalAdvance("Mm…"), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tooltip when it no longer fits."""
        whole = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        self.setToolTip("" if whole else self.text())
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the line, cut where needed."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)
