"""Settings of this window: appearance and size of text."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import Segment
from caseworker_app.ui_kit.settings_section import SettingsSection
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import TEXT_SCALES, px, theme

APPEARANCES = (("system", "Comme le système"), ("light", "Claire"), ("dark", "Sombre"))


class LookSection(SettingsSection):
    """Kept on this PC, for this person; nothing of the households. Applied at once."""

    appearance_chosen = Signal(str)
    text_scale_chosen = Signal(int)

    def __init__(self) -> None:
        """Offer what there is."""
        super().__init__()
        self.appearance = Segment("Apparence")
        for key, words in APPEARANCES:
            self.appearance.add(key, words)
        self.scale = Segment("Taille du texte")
        for scale in TEXT_SCALES:
            self.scale.add(str(scale), f"{scale}\u00a0%")
        self.appearance.chosen.connect(self.appearance_chosen)
        # Later: the window builds everything anew, this button included.
        self.scale.chosen.connect(
            lambda key: self.text_scale_chosen.emit(int(key)), Qt.ConnectionType.QueuedConnection
        )
        look = Card("Couleurs")
        look.add(
            Label(
                "«\u00a0Comme le système\u00a0» suit le réglage de votre PC, jour et nuit.",
                13,
                tone="muted",
                wrap=True,
            )
        )
        look.body.addLayout(_left(self.appearance))
        text = Card("Taille du texte")
        text.add(
            Label("Tout grandit ensemble\u00a0: textes, boutons et lignes.", 13, tone="muted", wrap=True)
        )
        text.body.addLayout(_left(self.scale))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        column.addWidget(look)
        column.addWidget(text)
        column.addStretch(1)

    def show_section(self) -> None:
        """Show what is in force."""
        self.appearance.choose(theme().appearance)
        if theme().scale in TEXT_SCALES:
            self.scale.choose(str(theme().scale))


def _left(part: Segment) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addWidget(part)
    line.addStretch(1)
    return line
