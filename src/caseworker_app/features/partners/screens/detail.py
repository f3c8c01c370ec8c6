"""What stands beside the list: the partner one stands on, its people, and what may be done with it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.partners.domain.partner import PARTNER_KIND_LABELS, PartnerContact
from caseworker_app.features.partners.domain.shown import KIND_ICONS, contact_words, partner_facts
from caseworker_app.features.partners.service import PartnerFile
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button, IconButton
from caseworker_app.ui_kit.card import Band, Rule
from caseworker_app.ui_kit.entries import see_through
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class PartnerDetail(QWidget):
    """A partner, or nobody. `edit_asked()`, `retire_asked()`, `person_asked(id or empty)`, `person_retired(id)`."""

    edit_asked = Signal()
    retire_asked = Signal()
    person_asked = Signal(str)
    person_retired = Signal(str)

    def __init__(self, *, may_write: bool) -> None:
        """Show nobody; without the right to write there are no buttons."""
        super().__init__()
        self.setAccessibleName("Fiche du partenaire")
        self.shown: PartnerFile | None = None
        self._may_write = may_write
        self.name = Label("", 16, fonts.SEMI_BOLD, wrap=True)
        self.kind = Label("", 12, tone="muted")
        self.edit = Button("&Modifier", "secondary", "pencil", compact=True)
        self.person = Button("Per&sonne", "quiet", "plus", compact=True)
        self.retire = Button("&Retirer", "quiet", "trash", compact=True)
        self.edit.clicked.connect(self.edit_asked)
        self.person.clicked.connect(lambda: self.person_asked.emit(""))
        self.retire.clicked.connect(self.retire_asked)
        self.wait = Label("", 13, tone="muted", wrap=True)
        self.wait.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.wait.setContentsMargins(16, px(48), 16, 0)
        self._body = ScrollBody(QWidget())
        see_through(self._body)
        self._lay_out()
        self.show_nobody()

    def show_nobody(self) -> None:
        """Say what would stand here."""
        self.shown = None
        for part in (self._head, self._body, self._foot):
            part.hide()
        self.wait.setText("Choisissez un partenaire pour voir sa fiche.")
        self.wait.show()

    def show_partner(self, of: PartnerFile, day: date) -> None:
        """Show a partner with its people."""
        if self.shown == of:
            return
        self.shown = of
        partner = of.partner
        self.name.setText(partner.name)
        kind = PARTNER_KIND_LABELS[partner.kind]
        self.kind.setText(
            f"{kind[:1].upper()}{kind[1:]}" + ("" if partner.active else ", retiré de l’annuaire")
        )
        self._mark.set_icon(KIND_ICONS[partner.kind], "accent")
        self.retire.setVisible(partner.active)
        self._body.setWidget(self._content(of, day))
        self.wait.hide()
        for part in (self._head, self._body):
            part.show()
        self._foot.setVisible(self._may_write)

    def _content(self, of: PartnerFile, day: date) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, px(12), 4, px(12))
        column.setSpacing(px(2))
        for label, words in partner_facts(of.partner, day):
            column.addWidget(Label(label, 12, fonts.MEDIUM, "muted"))
            value = Label(words, 13, wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(value)
            column.addSpacing(px(8))
        if of.contacts:
            column.addWidget(Label("Personnes", 12, fonts.MEDIUM, "muted"))
        for each in of.contacts:
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

    def _lay_out(self) -> None:
        self._mark = Mark("building", 20, "accent")
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(16, px(14), 16, px(10))
        head.setSpacing(px(10))
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.name)
        words.addWidget(self.kind)
        head.addLayout(words, 1)
        self._foot = Band("surface", top=True)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(12, px(8), 12, px(8))
        foot.setSpacing(px(4))
        for button in (self.edit, self.person, self.retire):
            foot.addWidget(button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(Rule())
        column.addWidget(self.wait)
        column.addWidget(self._body, 1)
        column.addStretch(0)
        column.addWidget(self._foot)
