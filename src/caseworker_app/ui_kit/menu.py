"""Menus in our colours; the only style sheet of the program, because Qt paints menus itself."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.theme import px, theme


class Menu(QMenu):
    """A menu with roomy lines."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(title, parent)
        self.setFont(fonts.font(13))
        self.setToolTipsVisible(True)
        theme().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        t = theme().tokens
        self.setStyleSheet(
            f"QMenu {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.border}; }}"
            "QMenu { padding: 4px; }"
            f"QMenu::item {{ padding: {px(7)}px {px(28)}px {px(7)}px {px(10)}px; }}"
            "QMenu::item { border-radius: 5px; }"
            f"QMenu::item:selected {{ background: {t.accent_soft}; color: {t.accent}; }}"
            f"QMenu::item:disabled {{ color: {t.muted}; }}"
            f"QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}"
            f"QMenu::icon {{ padding-left: 8px; }}"
        )
