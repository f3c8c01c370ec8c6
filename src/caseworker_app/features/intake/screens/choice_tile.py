"""A choice in large: what is done in bold, what it does under it; the key that takes it at the right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.theme import colour, px

_DOT, _INSET, _GAP = 16, 12, 10


class ChoiceTile(paint.KeyboardRing, QRadioButton):
    """One of a few tiles side by side; arrows move among them, a digit takes one."""

    def __init__(self, title: str, detail: str, key: str, parent: QWidget | None = None) -> None:
        """Make it unchosen; `key` is the digit shown in its corner (the page holds the shortcut)."""
        super().__init__(title, parent)
        self._detail, self._key = detail, key
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoExclusive(True)
        self._tell()

    def show_detail(self, detail: str) -> None:
        """Change what the choice does."""
        self._detail = detail
        self._tell()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for both lines."""
        words = max(paint.width(self.text(), self._face()), paint.width(self._detail, fonts.font(12)))
        return QSize(words + px(_INSET * 2 + _DOT + _GAP + 22), px(52))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Count a click anywhere."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, dot, both lines, key cap and ring."""
        painter = paint.begin(self)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        here = self.isChecked()
        ground = "accent_soft" if here else "sunken" if self.underMouse() else "surface"
        paint.rounded(painter, self.rect(), ground, "accent" if here else "border", paint.CONTROL_RADIUS)
        dot = QRect(px(_INSET), px(10), px(_DOT), px(_DOT))
        paint.rounded(painter, dot, "surface", "accent" if here else "field", px(_DOT) / 2)
        if here:
            inner = dot.adjusted(px(4), px(4), -px(4), -px(4))
            paint.rounded(painter, inner, "accent", None, inner.height() / 2)
        left = px(_INSET + _DOT + _GAP)
        top = QRect(left, px(8), self.width() - left - px(26), px(20))
        paint.text(painter, top, self.text(), self._face())
        below = QRect(left, px(27), self.width() - left - px(_INSET), px(18))
        paint.text(painter, below, self._detail, fonts.font(12), "muted")
        if self._key:
            cap = QRect(self.width() - px(26), px(9), px(18), px(18))
            paint.rounded(painter, cap, "surface", "border", 4)
            painter.setPen(colour("muted"))
            painter.setFont(fonts.font(11, fonts.MEDIUM))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
        painter.end()

    def _face(self) -> QFont:
        return fonts.font(13, fonts.SEMI_BOLD)

    def _tell(self) -> None:
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(f"{self._detail} (touche {self._key})" if self._key else self._detail)
