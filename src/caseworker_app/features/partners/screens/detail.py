"""What stands beside the list: the partner one stands on, its people, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.partners.domain.partner import PARTNER_KIND_LABELS, PartnerContact
from caseworker_app.features.partners.domain.shown import KIND_ICONS, contact_words, partner_facts
from caseworker_app.features.partners.service import PartnerFile
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.side_detail import SideDetail, new_body
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class PartnerDetail(SideDetail):
    """A partner, or nobody. `edit_asked()`, `retire_asked()`, `person_asked(id or empty)`, `person_retired(id)`."""

    shown: PartnerFile | None
    edit_asked = Signal()
    retire_asked = Signal()
    person_asked = Signal(str)
    person_retired = Signal(str)

    def __init__(self, today: Callable[[], date], *, may_write: bool) -> None:
        """Show nobody; themes are worded as on that day; without the right to write there are no buttons."""
        super().__init__("Fiche du partenaire", "building", "Choisissez un partenaire pour voir sa fiche.")
        self._today, self._may_write = today, may_write
        self.edit = Button("&Modifier", "secondary", "pencil", compact=True)
        self.person = Button("Per&sonne", "quiet", "plus", compact=True)
        self.retire = Button("&Retirer", "quiet", "trash", compact=True)
        self.edit.clicked.connect(self.edit_asked)
        self.person.clicked.connect(lambda: self.person_asked.emit(""))
        self.retire.clicked.connect(self.retire_asked)
        self.lay_out(self.edit, self.person, self.retire)

    def show_head(self, one: PartnerFile) -> bool:
        """Name the partner, and say what kind it is."""
        partner = one.partner
        self.name.setText(partner.name)
        kind = PARTNER_KIND_LABELS[partner.kind]
        gone = "" if partner.active else ", retiré de l’annuaire"
        self.caption.setText(f"{capital(kind)}{gone}")
        self.mark.set_icon(KIND_ICONS[partner.kind], "accent")
        self.retire.setVisible(partner.active)
        return self._may_write

    def body_of(self, one: PartnerFile) -> QWidget:
        """Return what is known of the partner, and its people."""
        inner, column = new_body(2)
        for label, words in partner_facts(one.partner, self._today()):
            column.addWidget(Label(label, 12, fonts.MEDIUM, "muted"))
            value = Label(words, 13, wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(value)
            column.addSpacing(px(8))
        if one.contacts:
            column.addWidget(Label("Personnes", 12, fonts.MEDIUM, "muted"))
        for each in one.contacts:
            column.addWidget(self._person_line(each))
        column.addStretch(1)
        return inner

    def _person_line(self, of: PartnerContact) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, px(2), 0, px(2))
        line.setSpacing(px(4))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(of.name, 13, fonts.MEDIUM, wrap=True))
        if told := contact_words(of):
            words.addWidget(Label(told, 12, tone="muted", wrap=True))
        line.addLayout(words, 1)
        if self._may_write:
            change = IconButton("pencil", f"Modifier {of.name}", size=28, icon_size=16)
            retire = IconButton("trash", f"Retirer {of.name}", size=28, icon_size=16)
            change.clicked.connect(lambda: self.person_asked.emit(of.id))
            retire.clicked.connect(lambda: self.person_retired.emit(of.id))
            line.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(retire, 0, Qt.AlignmentFlag.AlignTop)
        return box
