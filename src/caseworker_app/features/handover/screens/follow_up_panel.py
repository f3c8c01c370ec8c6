"""What a follow-up file is to hold: a usual choice, or its parts one by one."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.handover.domain.follow_up_sections import (
    COMPLETE,
    FOLLOW_UP_PRESETS,
    FOLLOW_UP_SECTION_LABELS,
    FollowUpPreset,
    FollowUpSection,
    chosen_sections,
)
from caseworker_app.ui_kit.card import Card, Rule
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice, see_through
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_OWN = "choix"


class FollowUpPanel(QWidget):
    """The side of the page of a follow-up file; `chosen(FollowUpPreset)` when what it holds changes."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Begin with the whole file."""
        super().__init__()
        self.preset = COMPLETE
        self.choice = Choice(height=32)
        for preset in FOLLOW_UP_PRESETS:
            self.choice.add(preset.code, preset.title)
        self.choice.add(_OWN, "Parties choisies")
        self.choice.currentIndexChanged.connect(self._preset_chosen)
        self.sections = {section: Check(words) for section, words in FOLLOW_UP_SECTION_LABELS.items()}
        self.writings = Check("Avec les écri&ts internes")
        for box in (*self.sections.values(), self.writings):
            box.toggled.connect(self._part_toggled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        body = ScrollBody(self._content())
        see_through(body)
        column.addWidget(body)
        self.show_preset(COMPLETE)

    def show_preset(self, preset: FollowUpPreset) -> None:
        """Show what a preset holds."""
        self.preset = preset
        known = preset in FOLLOW_UP_PRESETS
        with QSignalBlocker(self.choice):
            self.choice.choose(preset.code if known else _OWN)
        for section, box in self.sections.items():
            with QSignalBlocker(box):
                box.setChecked(section in preset.sections)
        with QSignalBlocker(self.writings):
            self.writings.setChecked(preset.writings)
        self._parts.setVisible(not preset.one_page)
        self.one_page.setVisible(preset.one_page)

    def _preset_chosen(self, _index: int) -> None:
        code = self.choice.current_key()
        preset = next((each for each in FOLLOW_UP_PRESETS if each.code == code), None)
        # Choosing one's own parts begins from those shown.
        self._take(preset or chosen_sections(self._ticked(), writings=self.writings.isChecked()))
        self._parts.setVisible(not self.preset.one_page)

    def _part_toggled(self, _on: bool) -> None:
        self._take(chosen_sections(self._ticked(), writings=self.writings.isChecked()))

    def _take(self, preset: FollowUpPreset) -> None:
        self.show_preset(preset)
        self.chosen.emit(preset)

    def _ticked(self) -> frozenset[FollowUpSection]:
        return frozenset(section for section, box in self.sections.items() if box.isChecked())

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 24, 16)
        column.setSpacing(px(12))
        column.addWidget(Banner("Ne pas transmettre hors de l’association.", "note", "lock"))
        column.addWidget(self._contents_card())
        column.addWidget(_copies_card())
        column.addStretch(1)
        return content

    def _contents_card(self) -> Card:
        card = Card("Contenu")
        card.add(Field("Modèle", self.choice))
        self.one_page = Label(
            "L’essentiel de chaque partie, sur une seule page quoi qu’il y ait au dossier.",
            13, tone="muted", wrap=True,
        )  # fmt: skip
        card.add(self.one_page)
        self._parts = QWidget()
        parts = QVBoxLayout(self._parts)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(0)
        for box in self.sections.values():
            parts.addWidget(box)
        parts.addSpacing(px(8))
        parts.addWidget(Rule())
        parts.addSpacing(px(8))
        parts.addWidget(self.writings)
        self.writings.setToolTip("Constats, paroles, analyses, notes, santé et enfants")
        card.add(self._parts)
        return card


def _copies_card() -> Card:
    card = Card("Exemplaires")
    card.add(
        Label(
            "Chaque exemplaire imprimé ou enregistré porte son numéro, son heure et votre nom. "
            "L’aperçu n’en porte pas.",
            13,
            tone="muted",
            wrap=True,
        )
    )
    return card
