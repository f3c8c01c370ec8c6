"""What stands around a household's people: its protection, and the files it was one with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.households.domain.linked import FormerHousehold, SeparationLink
from caseworker_app.features.households.screens.section import Action, Section, SectionRow
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_PROTECTED = (
    "L’adresse et les coordonnées sont masquées partout ailleurs que dans ce dossier\u00a0: dans la liste, la "
    "recherche et tout ce qui s’imprime."
)
_PLAIN = (
    "En cas de violences, protégez ce dossier\u00a0: l’adresse et les coordonnées seront masquées "
    "partout ailleurs."
)


class ProtectionCard(Surface):
    """Whether the file is under protection; `asked(bool)` puts it under, or ends it."""

    asked = Signal(bool)

    def __init__(self) -> None:
        """Make it say nothing yet."""
        super().__init__()
        self._protected = False
        self._mark = Mark("shield", 20)
        self.title = Label("", 14, fonts.SEMI_BOLD, wrap=True)
        self.sentence = Label("", 13, tone="muted", wrap=True)
        self.button = Button("", "secondary", compact=True)
        self.button.clicked.connect(lambda: self.asked.emit(not self._protected))
        words = QVBoxLayout()
        words.setSpacing(px(4))
        for part in (self.title, self.sentence):
            words.addWidget(part)
        words.addSpacing(px(4))
        words.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, px(12), 16, px(14))
        line.setSpacing(px(12))
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)

    def show_protection(self, *, protected: bool) -> None:
        """Say how it is."""
        self._protected = protected
        self.set_ground("note_soft" if protected else "surface", "note_line" if protected else "border")
        self._mark.set_icon("shield-lock" if protected else "shield", "note" if protected else "muted")
        self.title.setText("Dossier protégé" if protected else "Dossier sans protection")
        self.title.set_tone("note" if protected else "text")
        self.sentence.setText(_PROTECTED if protected else _PLAIN)
        self.button.setText("Lever la protec&tion" if protected else "Pro&téger ce dossier")
        self.button.updateGeometry()
        self.setAccessibleName(self.title.text())


class LinksSection(Section):
    """The files this one took in, and those it was separated from. `opened_file(household id)`."""

    key = "links"
    file_asked = Signal(str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Autres dossiers")

    def show_links(self, formers: Sequence[FormerHousehold], links: Sequence[SeparationLink]) -> None:
        """Show them; without any there is no card."""
        rows = [self._separation(link) for link in links] + [_former(each) for each in formers]
        self.set_rows(rows)
        self.setVisible(bool(rows))

    def _separation(self, link: SeparationLink) -> SectionRow:
        row = SectionRow(link.other_id, link.name, link.name, Mark("users-group", 20))
        row.add_line(f"Dossier n°\u00a0{link.reference}, séparé le {format_long_date(link.separated_on)}")
        row.add_line(link.note or "", "note")
        row.add_menu(Action("&Ouvrir ce dossier", lambda: self.file_asked.emit(link.other_id)))
        return row


def _former(former: FormerHousehold) -> SectionRow:
    row = SectionRow(former.id, former.name, former.name, Mark("git-merge", 20), quiet=True)
    row.add_line(f"Ancien dossier n°\u00a0{former.reference}, réuni le {format_long_date(former.merged_on)}")
    row.add_line(former.note or "", "note")
    return row


def column_of(*parts: QWidget) -> QWidget:
    """Return parts one below the other, the free room under them."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(16)
    for part in parts:
        layout.addWidget(part)
    layout.addStretch(1)
    return column
