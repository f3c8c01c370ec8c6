"""Settings: the association, as it heads letters and documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout

from caseworker_app.features.team import service
from caseworker_app.features.team.domain import Association, AssociationForm, Right
from caseworker_app.features.team.screens.desk import TeamDesk
from caseworker_app.pdf.logo_picture import logo_from_file
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.logo_choice import LogoChoice
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.typed_section import TypedSection

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


class AssociationSection(TypedSection):
    """Name, activity, address, phone, e-mail, logo. What is typed stays until it is saved; a logo is kept at once."""

    def __init__(self, desk: TeamDesk) -> None:
        """Make it empty."""
        super().__init__()
        self._desk = desk
        self._association: Association | None = None
        self.entries = {name: Entry() for name in _LABELS}
        self.fields = {
            name: Field(label, self.entries[name], hint=_HINTS.get(name, ""))
            for name, label in _LABELS.items()
        }
        self.logo = LogoChoice("PNG ou JPEG. Sans logo, les initiales figurent en tête des documents.")
        self._lay_out()
        self.join_entries()
        self.logo.chosen.connect(self.take_logo)
        self.logo.removed.connect(lambda: self._change_logo(None, "Logo retiré"))
        desk.changes.listen(self, lambda c: c.concerns(table="association"), self.read_again)

    def keep(self) -> None:
        """Write what is typed, once the association is read."""
        if self._association is not None:
            super().keep()

    def writing(self) -> Callable[[], object]:
        """Return the writing of the association."""
        form = AssociationForm(**{name: entry.text() for name, entry in self.entries.items()})
        desk, version = self._desk, self._association.version if self._association else None
        return lambda: desk.tasks.run(
            lambda: service.change_association(desk.file, desk.who, form, version),
            lambda changed: desk.done(changed, "Association enregistrée", self._kept),
            self.refused,
            owner=self,
        )

    def take_logo(self, path: Path) -> None:
        """Read the picture of a file, then keep it at once: it may be taken back."""
        self._desk.tasks.read(
            lambda: logo_from_file(path),
            lambda png: self._change_logo(png, "Logo enregistré"),
            lambda error: self.logo.refuse(error.sentence),
            owner=self,
            words="Lecture du logo",
        )

    def _change_logo(self, png: bytes | None, sentence: str) -> None:
        desk = self._desk
        desk.tasks.run(
            lambda: service.change_logo(desk.file, desk.who, png),
            lambda changed: desk.done(changed, sentence, lambda: None),
            lambda error: self.logo.refuse(error.sentence),
            owner=self,
        )

    def _kept(self) -> None:
        self.touched = False
        self.read_again()

    def read_again(self) -> None:
        """Read the association."""
        desk = self._desk

        def read() -> Association:
            with desk.file.reading() as connection:
                return service.the_association(connection, desk.who)

        desk.tasks.read(read, self._show, owner=self)

    def _show(self, association: Association) -> None:
        former, self._association = self._association, association
        may = self._desk.who.may(Right.MANAGE_OFFICE)
        self.logo.show_logo(association.logo_png)
        self.logo.set_read_only(not may)
        if self.touched and former is not None and _same_lines(former, association):
            return  # what is being typed goes on: only the logo changed
        self.touched = False
        self.set_writable(may)
        self.save.setEnabled(False)
        for name, entry in self.entries.items():
            entry.setText(getattr(association, name) or "")
        self.accept_all()

    def _lay_out(self) -> None:
        card = Card()
        card.body.addLayout(_line((self.fields["name"], 1), (self.fields["activity"], 1)))
        card.add(self.fields["street"])
        card.body.addLayout(_line((self.fields["postal_code"], 3), (self.fields["city"], 9)))
        card.body.addLayout(_line((self.fields["phone"], 1), (self.fields["email"], 1)))
        card.add(self.logo)
        card.add(self.rest)
        card.body.addLayout(self.foot())
        self.stack(card)


def _same_lines(one: Association, other: Association) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _LABELS)


def _line(*parts: tuple[Field, int]) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(px(12))
    for part, stretch in parts:
        line.addWidget(part, stretch)
    return line
