"""What is done with a selection: asked in a dialog, run in the background, told at the foot of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.export import FORMAT_LABELS, Exported
from caseworker_app.features.directory.domain.printing import PrintedSelection
from caseworker_app.features.directory.screens.selection_dialogs import (
    AssignDialog,
    ExportDialog,
    PrintDialog,
)
from caseworker_app.features.directory.screens.watching import WatchDialog
from caseworker_app.features.directory.service.apart import apart
from caseworker_app.features.directory.service.assigning import Assigned
from caseworker_app.features.handover.domain.kinds import Renderers
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who, Worker
from caseworker_app.features.veille.service import Opened
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.saving import ask_place
from caseworker_app.ui_kit.tasks import Task, Tasks
from caseworker_app.ui_kit.work import Progress

# Exports recalled before another one.
_PAST = 3


class SelectionWork(QObject):
    """Prints, assigns, exports, watches over the households it is given. `take_back` undoes the last change."""

    def __init__(
        self,
        file: EncryptedFile,
        who: Who,
        tasks: Tasks,
        changes: ChangeBroadcast,
        navigator: Navigator,
        renderers: Callable[[], Renderers] | None,
        page: QWidget,
        take_back: Callable[[], None],
    ) -> None:
        """Make the dialogs over a page; without `renderers` nothing is printed."""
        super().__init__(page)
        self._file, self._who, self._tasks, self._changes = file, who, tasks, changes
        self._navigator, self._renderers, self._page = navigator, renderers, page
        self._take_back = take_back
        self.printing, self.assigning = PrintDialog(page), AssignDialog(page)
        self.exporting = ExportDialog(page)
        self.watching = WatchDialog(page, file, who, tasks, self._watched)
        self._ids: tuple[str, ...] = ()
        self._columns: tuple[ColumnKey, ...] = ()
        self.task: Task | None = None
        self.printing.confirm.clicked.connect(self._choose_pdf)
        self.assigning.confirm.clicked.connect(self._assign)
        self.exporting.confirm.clicked.connect(self._choose_list)

    @property
    def can_print(self) -> bool:
        """Say whether there is something to draw pages with."""
        return self._renderers is not None

    def ask_print(self, ids: Sequence[str]) -> None:
        """Ask what is printed of these households."""
        self._ids = tuple(ids)
        self.printing.ask(len(ids))

    def ask_export(self, ids: Sequence[str], columns: Sequence[ColumnKey]) -> None:
        """Ask in what form these households are exported, and recall what left before."""
        self._ids, self._columns = tuple(ids), tuple(columns)

        def read() -> list[str]:
            with self._file.reading() as connection:
                names = {each.id: each.name for each in team.list_workers(connection, self._who)}
                made = service.exports_made(connection, self._who)[:_PAST]
            return [each.words(names.get(each.worker_id, "")) for each in made]

        self._tasks.read(
            read, lambda past: self.exporting.ask(len(self._ids), self._columns, past), owner=self
        )

    def ask_assign(self, ids: Sequence[str]) -> None:
        """Ask who follows these households from now on."""
        self._ids = tuple(ids)

        def read() -> list[Worker]:
            with self._file.reading() as connection:
                return team.list_workers(connection, self._who)

        self._tasks.read(read, lambda workers: self.assigning.ask(len(self._ids), workers), owner=self)

    def print_to(self, out: Path) -> None:
        """Write the PDF of the households asked about."""
        assert self._renderers is not None  # noqa: S101  (the button is hidden without)
        renderers, ids, preset = self._renderers, self._ids, self.printing.preset

        def work(progress: Progress) -> PrintedSelection:
            return service.print_households(
                self._file, self._who, ids, preset, out, renderers().follow_up,
                progress=progress.report, compute=self._computing(progress),
            )  # fmt: skip

        self.task = self._tasks.background(work, self._printed, owner=self, words="Impression des dossiers")

    def export_to(self, out: Path) -> None:
        """Write the list of the households asked about."""
        ids, columns, kind = self._ids, self._columns, self.exporting.format

        def work(progress: Progress) -> tuple[Exported, Changes]:
            return service.export_households(
                self._file, self._who, ids, columns, kind, out,
                progress=progress.report, compute=self._computing(progress),
            )  # fmt: skip

        self.task = self._tasks.background(work, self._exported, owner=self, words="Export de la liste")

    def _computing(self, progress: Progress) -> Callable[..., Any]:
        return lambda function, *arguments: self._tasks.in_process(progress, apart, function, *arguments)

    def _choose_pdf(self) -> None:
        day = today(self._file.clock)
        place = ask_place(self._page, "Enregistrer les dossiers", f"dossiers-{day}.pdf")
        if place is not None:
            self.printing.accept()
            self.print_to(place)

    def _choose_list(self) -> None:
        kind = self.exporting.format
        words, suffix = FORMAT_LABELS[kind].partition(" (")[0], f".{kind.value}"
        name = f"menages-{today(self._file.clock)}{suffix}"
        place = ask_place(self._page, "Enregistrer la liste", name, f"{words} (*{suffix})")
        if place is not None:
            self.exporting.accept()
            self.export_to(place)

    def _assign(self) -> None:
        ids, worker, name = (
            self._ids,
            self.assigning.worker.current_key(),
            self.assigning.worker.currentText(),
        )
        if not worker:
            self.assigning.field.refuse("Choisissez la personne qui les suit.")
            return
        self.assigning.confirm.setEnabled(False)
        self._tasks.run(
            lambda: service.assign_lead_worker(self._file, self._who, ids, worker),
            lambda answer: self._assigned(answer, name),
            self.assigning.refuse,
            owner=self,
            words="Affectation",
        )

    def _assigned(self, answer: tuple[Assigned, Changes], name: str) -> None:
        assigned, changes = answer
        self.assigning.accept()
        self._changes.announce(changes)
        self._navigator.confirm(assigned.words(name), self._take_back)

    def _watched(self, answer: tuple[Opened, Changes]) -> None:
        opened, changes = answer
        self._changes.announce(changes)
        self._navigator.confirm(opened.words(), self._take_back)

    def _printed(self, printed: PrintedSelection) -> None:
        self._navigator.confirm(printed.words())

    def _exported(self, answer: tuple[Exported, Changes]) -> None:
        exported, changes = answer
        self._changes.announce(changes)
        self._navigator.confirm(exported.words())
