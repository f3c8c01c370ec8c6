"""What a worker keeps of the list, read and written: saved filters and their counts, the opening one, the columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.filters import FilterChoices
from caseworker_app.features.directory.domain.saved import BUILT_IN_LABELS, EVERYBODY, ListDesk
from caseworker_app.features.directory.screens.asking import NameDialog
from caseworker_app.features.directory.screens.saved_tabs import SavedTabs
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks


class DeskWork(QObject):
    """Joins the tabs of saved filters to the file.

    `query_chosen(ListQuery)` when a tab is chosen, or read for the first time; `columns_read`, `choices_read`;
    `refused(sentence)` when none of it can be read.
    """

    query_chosen = Signal(object)
    columns_read = Signal(object)
    choices_read = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        file: EncryptedFile,
        who: Who,
        tasks: Tasks,
        changes: ChangeBroadcast,
        navigator: Navigator,
        saved: SavedTabs,
        page: QWidget,
        take_back: Callable[[], None],
    ) -> None:
        """Read nothing yet."""
        super().__init__(page)
        self._file, self._who, self._tasks, self._changes = file, who, tasks, changes
        self._navigator, self._saved, self._take_back = navigator, saved, take_back
        self.known = False
        self.naming = NameDialog(page)
        self._renamed = ""
        self._to_count: list[str] = []
        self._listing: service.Listing | None = None
        self._reading = tasks.latest(self._show, lambda error: self.refused.emit(error.sentence), owner=self)
        self.naming.confirm.clicked.connect(self._name)
        saved.chosen.connect(self._choose)
        saved.save_asked.connect(self._ask_name)
        saved.rename_asked.connect(self._ask_other_name)
        saved.update_asked.connect(self._update)
        saved.delete_asked.connect(self._delete)
        saved.open_on_asked.connect(self._open_on)

    def read(self) -> None:
        """Read what this worker keeps, and what filters may be set to."""
        day = today(self._file.clock)

        def read() -> tuple[ListDesk, FilterChoices]:
            with self._file.reading() as connection:
                return (
                    service.list_desk(connection, self._who),
                    service.filter_choices(connection, self._who, day),
                )

        self._reading.ask(read)

    def choose_columns(self, columns: tuple[ColumnKey, ...]) -> None:
        """Keep and show other columns."""
        self._write(
            lambda: service.choose_columns(self._file, self._who, columns),
            lambda: self._navigator.confirm("Colonnes changées", self._take_back),
        )

    def count_tabs(self, listing: service.Listing) -> None:
        """Count what the tabs hold, one at a time, so that whoever types or scrolls never waits for it."""
        self._listing = listing
        self._saved.show_count(EVERYBODY, listing.in_file)
        idle = not self._to_count
        self._to_count = [key for key in self._saved.tab_keys() if key != EVERYBODY]
        if idle:
            self._count_next(listing.day)

    def _count_next(self, day: date) -> None:
        if not self._to_count:
            return
        key = self._to_count[0]
        query = self._saved.query_of(key)

        def read() -> int:
            with self._file.reading() as connection:
                return service.count_found(connection, self._who, query, day)

        def take(count: int) -> None:
            self._saved.show_count(key, count)
            self._to_count = self._to_count[1:] if self._to_count[:1] == [key] else self._to_count
            self._count_next(day)

        self._tasks.read(read, take, lambda _error: self._to_count.clear(), owner=self)

    def _show(self, answer: tuple[ListDesk, FilterChoices]) -> None:
        desk, choices = answer
        first, self.known = not self.known, True
        if first:
            self._saved.key = desk.opening
        before, known = self._saved.key, self._saved.desk.saved
        self._saved.show_desk(desk)
        if desk.saved != known and self._listing is not None:
            self.count_tabs(self._listing)
        self.choices_read.emit(choices)
        self.columns_read.emit(desk.columns)
        if first or self._saved.key != before:
            self._choose(self._saved.key)

    def _choose(self, key: str) -> None:
        self.query_chosen.emit(self._saved.query_of(key))

    def _ask_name(self) -> None:
        self._renamed = ""
        self.naming.ask("Enregistrer ce filtre")

    def _ask_other_name(self) -> None:
        saved = self._saved.desk.find(self._saved.key)
        if saved is not None:
            self._renamed = saved.id
            self.naming.ask("Renommer ce filtre", saved.name)

    def _name(self) -> None:
        self.naming.confirm.setEnabled(False)
        name, renamed, query = self.naming.entry.text(), self._renamed, self._saved.query

        def work() -> tuple[str, Changes]:
            if renamed:
                return renamed, service.rename_filter(self._file, self._who, renamed, name)
            return service.save_filter(self._file, self._who, name, query)

        self._tasks.run(work, self._named, self.naming.refuse, owner=self)

    def _named(self, answer: tuple[str, Changes]) -> None:
        key, changes = answer
        self.naming.accept()
        words = "Filtre renommé" if self._renamed else "Filtre enregistré"
        self._saved.key = key
        self._tell(changes)
        self._navigator.confirm(words, self._take_back)

    def _update(self) -> None:
        key, query = self._saved.key, self._saved.query
        self._write(
            lambda: service.update_filter(self._file, self._who, key, query),
            lambda: self._navigator.confirm("Filtre modifié", self._take_back),
        )

    def _delete(self) -> None:
        saved = self._saved.desk.find(self._saved.key)
        if saved is not None:
            self._write(
                lambda: service.delete_filter(self._file, self._who, saved.id),
                lambda: self._navigator.confirm(
                    f"Filtre «\u00a0{saved.name}\u00a0» supprimé", self._take_back
                ),
            )

    def _open_on(self) -> None:
        key = self._saved.key
        saved = self._saved.desk.find(key)
        name = BUILT_IN_LABELS[key] if saved is None else saved.name
        self._write(
            lambda: service.open_on(self._file, self._who, key),
            lambda: self._navigator.confirm(f"La page s’ouvrira sur «\u00a0{name}\u00a0»", self._take_back),
        )

    def _write(self, work: Callable[[], Changes], then: Callable[[], None]) -> None:
        def done(changes: Changes) -> None:
            self._tell(changes)
            then()

        self._tasks.run(work, done, owner=self)

    def _tell(self, changes: Changes) -> None:
        self._changes.announce(changes)
        self.read()
