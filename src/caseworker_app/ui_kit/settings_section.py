"""A section of the settings, brought by the room that holds its subject, or by the window itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget


class SettingsSection(QWidget):
    """What the page of settings shows beside its list."""

    def show_section(self) -> None:
        """Read again and show; called each time the section is seen."""

    def leave(self) -> None:
        """Called before another section, another page, the lock and the close."""


@dataclass(frozen=True, slots=True)
class SectionTab:
    """A section to come: its key in routes, its words and sentence, its icon, how it is made when first seen."""

    key: str
    words: str
    sentence: str
    icon: str
    build: Callable[[], SettingsSection]
