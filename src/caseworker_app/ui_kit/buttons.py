"""Buttons: one primary per page, secondary with a border, ghost in accent, quiet in grey, and icons alone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.theme import colour, px

Kind = Literal["primary", "secondary", "ghost", "quiet", "danger"]

# Ground at rest, ground under the pointer, border, ink, focus ring: tokens of the theme.
_DRESS: dict[str, tuple[str | None, str | None, str | None, str, str]] = {
    "primary": ("accent", "accent_strong", None, "on_accent", "on_accent"),
    "secondary": ("surface", "sunken", "border", "text", "accent"),
    "ghost": (None, "accent_soft", None, "accent", "accent"),
    "quiet": (None, "chip", None, "muted", "accent"),
    "danger": ("surface", "danger_soft", "danger", "danger", "danger"),
}
_ICON = 16
_GAP = 8


class Button(paint.KeyboardRing, QPushButton):
    """A button with words, and an icon before them when given. `&` marks its letter: « &Nouvelle visite »."""

    def __init__(
        self,
        words: str,
        kind: Kind = "secondary",
        icon: str = "",
        *,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make a button 36 high, or 28 when `compact` (inside cards)."""
        # With the words, PySide would make QIcon and its themes only to see that they are none.
        super().__init__(parent)
        self.setText(words)
        self.kind = kind
        self.icon_name = icon
        self._compact = compact
        self.setFont(fonts.font(13, fonts.SEMI_BOLD if kind == "primary" else fonts.MEDIUM))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_kind(self, kind: Kind) -> None:
        """Change the dress, e.g. when a step becomes the one to take."""
        self.kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room words, icon and insets need."""
        wide = paint.width(self.text().replace("&", ""), self.font()) + 2 * self._inset()
        if self.icon_name:
            wide += px(_ICON) + px(_GAP)
        return QSize(wide, px(28 if self._compact else 36))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon, words and focus ring."""
        painter = paint.begin(self)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        ground, over, border, ink, ring = _DRESS[self.kind]
        lit = self.isEnabled() and (self.underMouse() or self.isDown())
        paint.rounded(painter, self.rect(), over if lit else ground, border, paint.CONTROL_RADIUS)
        self._paint_content(painter, ink)
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect(), token=ring, inset=2 if self.kind == "primary" else 0)
        painter.end()

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        words = paint.width(self.text().replace("&", ""), self.font())
        mark = px(_ICON) + px(_GAP) if self.icon_name else 0
        left = max(self._inset(), (self.width() - words - mark) // 2)
        if self.icon_name:
            top = (self.height() - px(_ICON)) / 2
            icons.draw(painter, self.icon_name, left, top, px(_ICON), ink)
        painter.setFont(self.font())
        painter.setPen(colour(ink))
        box = QRect(left + mark, 0, self.width() - left - mark, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self.text())

    def _inset(self) -> int:
        return px(8 if self.kind in ("ghost", "quiet") else 12 if self._compact else 16)


class IconButton(paint.KeyboardRing, QPushButton):
    """A square button with an icon alone; its name is read aloud and shown as a tooltip."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        size: int = 32,
        icon_size: int = 18,
        bordered: bool = False,
        tone: str = "muted",
        parent: QWidget | None = None,
    ) -> None:
        """Make the button; `name` says what it does (« Verrouiller »)."""
        super().__init__(parent)
        self._icon, self._icon_size, self._bordered, self._tone = icon, icon_size, bordered, tone
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(px(size), px(size))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_icon(self, icon: str, name: str) -> None:
        """Change both what it shows and what it says."""
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the fixed square."""
        return self.size()

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground under the pointer, the icon, the ring."""
        painter = paint.begin(self)
        if not self.isEnabled():
            painter.setOpacity(0.4)
        lit = self.isEnabled() and (self.underMouse() or self.isDown() or self.isChecked())
        ground = "chip" if lit else "surface" if self._bordered else None
        paint.rounded(
            painter, self.rect(), ground, "border" if self._bordered else None, paint.CONTROL_RADIUS
        )
        icons.draw_centred(painter, self._icon, self.rect(), px(self._icon_size), self._tone)
        if self.hasFocus() and self.ring_shown:
            paint.ring(painter, self.rect())
        painter.end()
