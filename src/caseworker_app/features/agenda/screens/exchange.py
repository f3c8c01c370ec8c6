"""What comes in and goes out of the agenda: a calendar imported or exported, the sheet of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from caseworker_app.features.agenda import service
from caseworker_app.features.agenda.domain.calendar_preview import CalendarPreview
from caseworker_app.features.agenda.domain.day_sheet import DaySheet
from caseworker_app.features.agenda.screens.desk import AgendaDesk
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import format_date, format_long_date
from caseworker_app.kernel.errors import CaseworkerError, InvalidEntry
from caseworker_app.kernel.french import plural
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.pdf.writing import write_atomically
from caseworker_app.ui_kit.ask_dialog import AskDialog
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import Field
from caseworker_app.ui_kit.menu import Menu
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.saving import ask_place, documents_folder
from caseworker_app.ui_kit.text import Label

CALENDARS = "Agendas (*.ics *.ical *.icalendar)"
LEAVES = (
    "Ce fichier n’est pas chiffré. Il ne dit que l’heure, la nature et les initiales\u00a0: ni nom, ni objet, "
    "ni rien du journal\u202f; d’un ménage protégé, rien que l’heure."
)
_BACK, _AHEAD = timedelta(days=31), timedelta(days=92)


class ImportDialog(AskDialog):
    """Says what an import would add before anything is written."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Importer un agenda", "&Ajouter", "file-import", parent)
        self.preview: CalendarPreview | None = None
        self.counts = Label("", 13, wrap=True)
        self.body.addWidget(self.counts)

    def ask(self, name: str, preview: CalendarPreview) -> None:
        """Show what a file would bring."""
        self.preview = preview
        self.say(f"«\u00a0{name}\u00a0» est lu, rien n’est encore écrit. Un seul Annuler reprend tout.")
        self.counts.setText("\n".join(preview.sentences()))
        self.begin(self.confirm if preview.new else self.give_up)
        self.confirm.setEnabled(bool(preview.new))


class ExportDialog(AskDialog):
    """Asks which period is given out, and whether addresses go with it."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__("Exporter mon agenda", "&Choisir le fichier…", "file-export", parent)
        self.first, self.last = Entry("jj/mm/aaaa", tabular=True), Entry("jj/mm/aaaa", tabular=True)
        self.addresses = Check("&Avec les adresses, sauf celles des ménages protégés")
        self.fields = {"first": Field("&Du", self.first), "last": Field("A&u", self.last)}
        for part in (Banner(LEAVES, "warn", "alert-triangle"), *self.fields.values(), self.addresses):
            self.body.addWidget(part)

    def ask(self, day: date) -> None:
        """Show it around a day."""
        self.say("")
        self.first.setText(format_date(day - _BACK))
        self.last.setText(format_date(day + _AHEAD))
        self.addresses.setChecked(False)
        self.begin(self.first)

    def period(self, day: date) -> tuple[date, date]:
        """Return what is typed. Raises InvalidEntry."""
        first, last = parse_day(self.first.text(), day, "first"), parse_day(self.last.text(), day, "last")
        if last < first:
            raise InvalidEntry("La fin vient après le début\u00a0: vérifiez les dates.", "last")
        return first, last


class Exchange:
    """The three ways in and out, offered by the menu of the head."""

    def __init__(self, page: QWidget, desk: AgendaDesk, day: Callable[[], date], *, may_write: bool) -> None:
        """Make the dialogs; `day`: the one the page stands on."""
        self._page, self._desk, self._day = page, desk, day
        self._may_write = may_write
        self.importing, self.exporting = ImportDialog(page), ExportDialog(page)
        self.importing.confirm.clicked.connect(self._write)
        self.exporting.confirm.clicked.connect(self._export)

    def fill(self, menu: Menu) -> None:
        """Put the lines in a menu."""
        menu.addAction("&Feuille du jour (PDF)…").triggered.connect(lambda _on=False: self.print_sheet())
        if self._may_write:
            menu.addAction("&Importer un agenda (.ics)…").triggered.connect(lambda _on=False: self.ask_file())
        export = menu.addAction("&Exporter mon agenda (.ics)…")
        export.triggered.connect(lambda _on=False: self.exporting.ask(self._desk.today))

    def ask_file(self) -> None:
        """Let somebody choose a calendar, then say what it holds."""
        name, _filter = QFileDialog.getOpenFileName(
            self._page, "Choisir un agenda", str(documents_folder()), CALENDARS
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a calendar, then say what its import would do."""
        desk = self._desk
        desk.tasks.read(
            lambda: service.preview_import(desk.file, desk.who, path),
            lambda preview: self.importing.ask(path.name, preview),
            owner=self._page,
            words="Lecture de l’agenda",
        )

    def print_sheet(self) -> None:
        """Write the sheet of the day the page stands on where somebody chooses."""
        desk, day = self._desk, self._day()
        name = f"feuille-du-{day.isoformat()}.pdf"
        path = ask_place(self._page, "Enregistrer la feuille du jour", name)
        if path is None:
            return

        def printed() -> DaySheet:
            # What draws pages is imported on the reader's thread, once somebody prints.
            from caseworker_app.features.agenda.documents import render_day_sheet

            return service.print_day_sheet(desk.file, desk.who, day, path, render_day_sheet)

        def told(sheet: DaySheet) -> None:
            count = plural(len(sheet.rows), "rendez-vous", "rendez-vous")
            desk.navigator.confirm(f"Feuille du {format_long_date(day)} enregistrée\u00a0: {count}")

        desk.tasks.read(printed, told, owner=self._page, words="Feuille du jour")

    def _write(self) -> None:
        preview, desk = self.importing.preview, self._desk
        if preview is None:
            return
        self.importing.confirm.setEnabled(False)

        def done(answer: tuple[int, Changes]) -> None:
            self.importing.accept()
            desk.done(answer, f"{plural(answer[0], 'rendez-vous importé', 'rendez-vous importés')}")

        desk.tasks.run(
            lambda: service.import_times(desk.file, desk.who, preview.new),
            done,
            self.importing.refuse,
            owner=self._page,
        )

    def _export(self) -> None:
        desk = self._desk
        try:
            first, last = self.exporting.period(desk.today)
        except CaseworkerError as error:
            self.exporting.refuse(error)
            return
        addresses = self.exporting.addresses.isChecked()
        path = ask_place(self._page, "Exporter mon agenda", "agenda.ics", CALENDARS)
        if path is None:
            return

        def work() -> int:
            count, content = service.export_times(desk.file, desk.who, first, last, addresses=addresses)
            write_atomically(content, path)
            return count

        def told(count: int) -> None:
            self.exporting.accept()
            desk.navigator.confirm(f"{plural(count, 'rendez-vous exporté', 'rendez-vous exportés')}")

        desk.tasks.read(work, told, self.exporting.refuse, owner=self._page, words="Export de l’agenda")
