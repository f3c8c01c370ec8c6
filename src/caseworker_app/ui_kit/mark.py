"""An icon standing on a page, beside the words that say it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from caseworker_app.ui_kit import icons
from caseworker_app.ui_kit.theme import px, theme


class Mark(QLabel):
    """An icon `size` pixels wide at 100 %, in a tone; follows the theme."""

    def __init__(self, name: str, size: int = 16, tone: str = "muted", parent: QWidget | None = None) -> None:
        """Show the icon."""
        super().__init__(parent)
        self._name, self._size, self._tone = name, size, tone
        self.setFixedSize(px(size), px(size))
        theme().changed.connect(self._draw)
        self._draw()

    def set_icon(self, name: str, tone: str) -> None:
        """Show another icon."""
        self._name, self._tone = name, tone
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(icons.pixmap(self._name, px(self._size), self._tone, self.devicePixelRatioF()))
