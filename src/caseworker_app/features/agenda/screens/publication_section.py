"""Settings: the agenda on a phone, and the holidays shown."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from caseworker_app.features.agenda import service
from caseworker_app.features.agenda.domain.publication import AgendaSettings
from caseworker_app.features.agenda.screens.desk import AgendaDesk
from caseworker_app.features.team.domain import Right
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.saving import documents_folder
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.typed_section import TypedSection

_WARNING = (
    "Ce fichier n’est pas chiffré, et qui lit ce dossier le lit. Il ne dit que l’heure, la nature et les "
    "initiales\u202f; d’un ménage protégé, rien que l’heure. Ce qu’un téléphone a déjà lu y reste."
)
_PATH_HINT = "Dans un dossier que votre téléphone lit (nuage de l’association, par exemple)."


class PublicationSection(TypedSection):
    """The calendar file, its weeks, its addresses; the holidays of Alsace and Moselle."""

    def __init__(self, desk: AgendaDesk) -> None:
        """Make it empty."""
        super().__init__()
        self._desk = desk
        self.entries = {
            "path": Entry("agenda.ics"), "weeks_back": Entry(tabular=True), "weeks_ahead": Entry(tabular=True)
        }  # fmt: skip
        self.fields = {
            "path": Field("&Fichier", self.entries["path"], hint=_PATH_HINT),
            "weeks_back": Field("Semaines en a&rrière", self.entries["weeks_back"]),
            "weeks_ahead": Field("Semaines en a&vant", self.entries["weeks_ahead"]),
        }
        self.addresses = Check("Avec les a&dresses, sauf celles des ménages protégés")
        self.alsace = Check("Montrer les jours fériés d’Alsace et de &Moselle")
        self.choose = Button("&Choisir…", "secondary", "folder-open")
        self.stop = Button("&Ne plus publier", "secondary", "x")
        self.choose.clicked.connect(self._choose)
        self.stop.clicked.connect(self._stop)
        for box in (self.addresses, self.alsace):
            box.clicked.connect(self.typed)
        self._lay_out()
        self.join_entries()

    def read_again(self) -> None:
        """Read what is chosen on this PC."""
        desk = self._desk
        desk.tasks.read(lambda: service.read_settings(desk.file.folder), self._show, owner=self)

    def keep(self) -> None:
        """Keep what is chosen, and write the calendar."""
        if self.save.isEnabled():
            self._write(self._typed_settings)

    def _show(self, settings: AgendaSettings) -> None:
        self.touched = False
        self.entries["path"].setText(settings.path)
        self.entries["weeks_back"].setText(str(settings.weeks_back))
        self.entries["weeks_ahead"].setText(str(settings.weeks_ahead))
        self.addresses.setChecked(settings.addresses)
        self.alsace.setChecked(settings.alsace_moselle)
        self.stop.setVisible(settings.published)
        self.set_writable(self._desk.who.may(Right.PRINT))
        self.save.setEnabled(False)
        self.accept_all()

    def _typed_settings(self) -> AgendaSettings:
        weeks = {name: self._whole(name) for name in ("weeks_back", "weeks_ahead")}
        return AgendaSettings(
            self.entries["path"].text().strip(), addresses=self.addresses.isChecked(),
            alsace_moselle=self.alsace.isChecked(), **weeks,
        )  # fmt: skip

    def _whole(self, name: str) -> int:
        typed = self.entries[name].text().strip()
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 3):
            raise InvalidEntry("Écrivez un nombre de semaines, comme 8.", name)
        return int(typed)

    def _stop(self) -> None:
        self._write(lambda: replace(self._typed_settings(), path=""))

    def _write(self, read: object) -> None:
        self.accept_all()
        try:
            settings: AgendaSettings = read()  # type: ignore[operator]
        except CaseworkerError as error:
            self.refused(error)
            return
        self.save.setEnabled(False)
        desk = self._desk

        def told(count: int) -> None:
            times = plural(count, "rendez-vous", "rendez-vous")
            words = (
                f"Agenda publié\u00a0: {times}" if settings.published else "Réglages de l’agenda enregistrés"
            )
            desk.navigator.confirm(words)
            self._show(settings)

        desk.tasks.read(
            lambda: service.change_settings(desk.file, desk.who, settings), told, self.refused, owner=self
        )

    def _choose(self) -> None:
        proposed = self.entries["path"].text() or str(documents_folder() / "agenda.ics")
        name, _filter = QFileDialog.getSaveFileName(self, "Publier l’agenda", proposed, "Agendas (*.ics)")
        if name:
            self.entries["path"].setText(name if name.lower().endswith(".ics") else f"{name}.ics")
            self.typed()

    def _lay_out(self) -> None:
        card = Card("L’agenda sur le téléphone")
        card.add(Banner(_WARNING, "warn", "alert-triangle"))
        card.add(self.fields["path"])
        line = QHBoxLayout()
        line.addWidget(self.choose)
        line.addStretch(1)
        card.body.addLayout(line)
        weeks = QHBoxLayout()
        weeks.setSpacing(px(12))
        weeks.addWidget(self.fields["weeks_back"], 1)
        weeks.addWidget(self.fields["weeks_ahead"], 1)
        card.body.addLayout(weeks)
        for part in (self.addresses, self.alsace, self.rest):
            card.add(part)
        card.body.addLayout(self.foot(self.stop))
        self.stack(card)
