"""One of a few answers whose words may be long: a round box and words that wrap."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.theme import colour, px

_BOX = 16
_LEFT = 3
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class Radio(paint.KeyboardRing, QRadioButton):
    """An answer; those of one parent exclude each other, and the arrows move through them.

    Its height follows its width, so that no word is cut.
    """

    def __init__(self, words: str, name: str = "", parent: QWidget | None = None) -> None:
        """Make it, not chosen; `name` is what a screen reader says where the words alone do not tell."""
        super().__init__(words, parent)
        self.setAccessibleName(name or words)
        self.setFont(fonts.font(13))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Height depends on width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height the words take in a width."""
        room = QRect(0, 0, max(1, width - self._indent()), 10_000)
        return max(
            px(28), QFontMetrics(self.font()).boundingRect(room, int(_FLAGS), self.text()).height() + px(8)
        )

    def sizeHint(self) -> QSize:
        """Return a comfortable line."""
        wide = min(paint.width(self.text(), self.font()) + self._indent(), px(280))
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Give way down to the longest word."""
        longest = max((paint.width(word, self.font()) for word in self.text().split()), default=0)
        return QSize(min(longest, px(160)) + self._indent(), px(28))

    def hitButton(self, pos: QPoint) -> bool:
        """Count a click anywhere."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, the words, the ring."""
        painter = paint.begin(self)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        here = self.isChecked()
        box = QRect(px(_LEFT), px(5), px(_BOX), px(_BOX))
        paint.rounded(painter, box, "accent" if here else "surface", None if here else "field", px(_BOX) / 2)
        if here:
            inner = px(5)
            paint.rounded(painter, box.adjusted(inner, inner, -inner, -inner), "on_accent", None, px(3))
        painter.setFont(self.font())
        painter.setPen(colour("text"))
        words = self.rect().adjusted(self._indent(), px(5), 0, 0)
        painter.drawText(words, int(_FLAGS), self.text())
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
        painter.end()

    def _indent(self) -> int:
        return px(_LEFT + _BOX + 8)
