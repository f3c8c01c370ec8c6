"""Settings: the association, as it heads letters and documents."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caseworker_app.features.team import service
from caseworker_app.features.team.domain import Association, AssociationForm, Right
from caseworker_app.features.team.screens.desk import TeamDesk
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field, SentenceLine, place_error
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.settings_section import SettingsSection
from caseworker_app.ui_kit.theme import px

_LABELS = {
    "name": "&Nom de l’association",
    "activity": "A&ctivité",
    "street": "A&dresse",
    "postal_code": "Code &postal",
    "city": "Co&mmune",
    "phone": "&Téléphone",
    "email": "C&ourriel",
}
_HINTS = {"activity": "Sous le nom, en tête des documents.", "name": "En tête des documents."}


class AssociationSection(SettingsSection):
    """Name, activity, address, phone, e-mail. What is typed stays until it is saved."""

    def __init__(self, desk: TeamDesk) -> None:
        """Make it empty."""
        super().__init__()
        self._desk = desk
        self._association: Association | None = None
        self._touched = False
        self.entries = {name: Entry() for name in _LABELS}
        self.fields = {
            name: Field(label, self.entries[name], hint=_HINTS.get(name, ""))
            for name, label in _LABELS.items()
        }
        self.rest = SentenceLine()
        self.save = Button("Enre&gistrer", "primary", "check")
        self.read_only = Banner("Votre rôle permet de lire ces réglages, pas de les modifier.", "accent")
        self._lay_out()
        self.save.clicked.connect(self.keep)
        for entry in self.entries.values():
            entry.textEdited.connect(self._typed)
            entry.returnPressed.connect(self.keep)
        desk.changes.listen(self, lambda c: c.concerns(table="association"), self._read)

    def show_section(self) -> None:
        """Read the association, unless something is being typed."""
        if not self._touched:
            self._read()

    def keep(self) -> None:
        """Write what is typed."""
        if self._association is None or not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        self.rest.clear()
        form = AssociationForm(**{name: entry.text() for name, entry in self.entries.items()})
        desk, version = self._desk, self._association.version
        desk.tasks.run(
            lambda: service.change_association(desk.file, desk.who, form, version),
            lambda changed: desk.done(changed, "Association enregistrée", self._kept),
            self._refused,
            owner=self,
        )

    def _kept(self) -> None:
        self._touched = False
        self._read()

    def _refused(self, error: CaseworkerError) -> None:
        self.save.setEnabled(True)
        place_error(error, self.fields, self.rest)

    def _typed(self) -> None:
        self._touched = True
        self.save.setEnabled(True)

    def _read(self) -> None:
        desk = self._desk

        def read() -> Association:
            with desk.file.reading() as connection:
                return service.the_association(connection, desk.who)

        desk.tasks.read(read, self._show, owner=self)

    def _show(self, association: Association) -> None:
        self._association = association
        self._touched = False
        may = self._desk.who.may(Right.MANAGE_OFFICE)
        self.read_only.setVisible(not may)
        self.save.setVisible(may)
        self.save.setEnabled(False)
        for name, entry in self.entries.items():
            entry.setText(getattr(association, name) or "")
            entry.setReadOnly(not may)
        for field in self.fields.values():
            field.accept()

    def _lay_out(self) -> None:
        card = Card()
        card.body.addLayout(_line((self.fields["name"], 1), (self.fields["activity"], 1)))
        card.add(self.fields["street"])
        card.body.addLayout(_line((self.fields["postal_code"], 3), (self.fields["city"], 9)))
        card.body.addLayout(_line((self.fields["phone"], 1), (self.fields["email"], 1)))
        card.add(self.rest)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        card.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.read_only)
        column.addWidget(card)
        column.addStretch(1)
        self.read_only.hide()


def _line(*parts: tuple[Field, int]) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(px(12))
    for part, stretch in parts:
        line.addWidget(part, stretch)
    return line
