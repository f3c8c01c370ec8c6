"""The households selected on the list: ranges and the whole of it, counted honestly, protected ones passed over."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.features.directory import service
from caseworker_app.features.directory.screens.preview import PreviewPane
from caseworker_app.features.directory.screens.reading import ListReading
from caseworker_app.features.directory.screens.selection_bar import SelectionBar
from caseworker_app.features.directory.screens.table import HouseholdTable
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.tasks import Tasks


class Selecting(QObject):
    """Keeps what is selected while filters and searches change, and says how many are out of sight."""

    def __init__(
        self,
        file: EncryptedFile,
        who: Who,
        tasks: Tasks,
        table: HouseholdTable,
        bar: SelectionBar,
        pane: PreviewPane,
        reading: ListReading,
    ) -> None:
        """Select nobody."""
        super().__init__(table)
        self._file, self._who, self._tasks = file, who, tasks
        self._table, self._bar, self._pane, self._reading = table, bar, pane, reading
        self._rows = table.households
        self._left_out = 0
        self._rows.ticks_changed.connect(self.show)
        table.range_asked.connect(self.select)
        for source in (table.all_asked, bar.all_asked):
            source.connect(lambda: self.select(0, None))
        for source in (table.none_asked, bar.none_asked):
            source.connect(self.select_none)

    def selected(self) -> tuple[str, ...]:
        """Return the households selected, in the order of the list as far as it shows them."""
        ticked = self._rows.ticked
        shown = tuple(each for each in self._listed() if each in ticked)
        return (*shown, *sorted(ticked.difference(shown)))

    def select(self, first: int, last: int | None) -> None:
        """Select the rows between two positions, both included (None: to the end), whether they are held or not."""
        listing = self._reading.listing
        if listing is None:
            return

        def read() -> service.Selectable:
            with self._file.reading() as connection:
                return service.selectable(connection, self._who, listing, first, last)

        def take(found: service.Selectable) -> None:
            self._left_out = found.left_out if last is None else 0
            self._rows.tick_keys(found.ids)

        self._tasks.read(read, take, owner=self)

    def select_none(self) -> None:
        """Select nobody; whoever stood on the bar goes back to the list."""
        focus: QWidget | None = QApplication.focusWidget()
        held = focus is not None and self._bar.isAncestorOf(focus)
        self._rows.untick_all()
        if held:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show(self) -> None:
        """Show how many are selected."""
        ticked = self._rows.ticked
        if not ticked:
            self._left_out = 0
        listed = self._listed()
        elsewhere = len(ticked.difference(listed)) if listed else 0
        total = self._rows.rowCount()
        self._bar.show_count(len(ticked), total, elsewhere=elsewhere, left_out=self._left_out)
        self._pane.show_selected(len(ticked))

    def _listed(self) -> tuple[str, ...]:
        listing = self._reading.listing
        return listing.ids if listing is not None and listing.ids is not None else ()
