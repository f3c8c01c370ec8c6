"""The page « Ménages »: the list of households narrowed, searched, sorted, selected, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain import HouseholdForm, ListedHousehold
from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.filters import FilterKind, ListQuery, Sort
from caseworker_app.features.directory.screens import bodies
from caseworker_app.features.directory.screens.bodies import ListBodies
from caseworker_app.features.directory.screens.chips_bar import ChipsBar
from caseworker_app.features.directory.screens.columns_dialog import ColumnsDialog
from caseworker_app.features.directory.screens.desk_work import DeskWork
from caseworker_app.features.directory.screens.header import ListHeader
from caseworker_app.features.directory.screens.new_household import NewHouseholdDialog
from caseworker_app.features.directory.screens.preview_work import PreviewWork
from caseworker_app.features.directory.screens.reading import ListReading, ReadListing
from caseworker_app.features.directory.screens.selecting import Selecting
from caseworker_app.features.directory.screens.selection_work import SelectionWork
from caseworker_app.features.directory.screens.table import HouseholdRows, HouseholdTable
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.dossier.domain.neighbours import ListWalk, Place
from caseworker_app.features.handover.domain.kinds import Renderers
from caseworker_app.features.team.domain import Right, Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.french import NARROW, plural
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator, Page, Route
from caseworker_app.ui_kit.row_model import PAGE
from caseworker_app.ui_kit.tasks import Tasks

_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_LISTED_TABLES = ("household", "landlord", "dwelling", "worker")
_DESK_TABLES = ("saved_filter", "list_preference")


class HouseholdsPage(Page):
    """The page « households ».

    `walk` is shared with the dossier, which goes on from there; `notice`: a widget shown over the list, such as an
    import to go on with; `renderers` gives what draws pages, without which nothing is printed from here.
    """

    def __init__(
        self, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator,
        walk: ListWalk | None = None, notice: QWidget | None = None,
        renderers: Callable[[], Renderers] | None = None,
    ) -> None:  # fmt: skip
        """Make the page, empty."""
        super().__init__()
        self._file, self._who, self._tasks, self._changes = file, who, tasks, changes
        self._navigator, self._walk = navigator, walk or ListWalk()
        self.query = ListQuery()
        self._shown: ListQuery | None = None
        self._sort_before: Sort | None = None
        self._recount = True
        self._build(notice)
        self.reading = ListReading(file, who, tasks, self.rows, self)
        self._preview = PreviewWork(file, who, tasks, self._bodies, self, self._current)
        self.selecting = Selecting(file, who, tasks, self.table, self.selection, self.preview, self.reading)
        self.desk = DeskWork(file, who, tasks, changes, navigator, self.header.saved, self, self._take_back)
        self.work = SelectionWork(file, who, tasks, changes, navigator, renderers, self, self._take_back)
        self.selection.printing.setVisible(self.work.can_print)
        self.selection.watching.setVisible(who.may(Right.WRITE_FILES))
        self._join()
        self._join_desk()
        changes.listen(self, self._concerned, self.read_again)

    def enter(self, route: Route) -> None:
        """Show the list where it was left; the first time, as this worker opens it."""
        self._read_everything()

    def focus_first(self) -> None:
        """Begin by typing a name."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        """Read what is shown again: same query, same place; and count the tabs again."""
        self._recount = True
        self._ask(self.table.first_seen() // PAGE * PAGE)

    def _read_everything(self) -> None:
        if self.desk.known:
            self.read_again()
        else:
            self._bodies.begin_reading()
        self.desk.read()

    def add_household(self) -> None:
        """Show the short form of a new household."""
        self.dialog.ask()

    def show_query(self, query: ListQuery) -> None:
        """Show something else, from its beginning; the words searched are those of the search field."""
        self.query = query
        self.chips.show_query(query)
        self.header.saved.stand_on(self.header.saved.key, query)
        self._mark_sorted()
        self._ask(0)

    def show_columns(self, columns: tuple[ColumnKey, ...]) -> None:
        """Show other columns."""
        if columns == self.rows.keys:
            return
        row, top = self.table.currentIndex().row(), self.table.verticalScrollBar().value()
        self.rows.set_columns(columns)
        self._stand_on(max(0, row))
        self.table.verticalScrollBar().setValue(top)
        self._show_foot()

    def _build(self, notice: QWidget | None) -> None:
        self.header, self.chips = ListHeader(self._who.worker_id), ChipsBar()
        self.rows = HouseholdRows(today(self._file.clock))
        self.table = HouseholdTable(self.rows)
        self._bodies = ListBodies(self.table)
        self.columns = ColumnsDialog(self)
        self.dialog = NewHouseholdDialog(self)
        header, parts = self.header, self._bodies
        self.search, self.count = header.search, header.count
        self.adding, self.importing = header.adding, header.importing
        self.preview, self.selection, self.foot = parts.preview, parts.selection, parts.foot
        self.nobody, self.nothing, self.import_first = parts.nobody, parts.nothing, parts.import_first
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        if notice is not None:
            column.addWidget(notice)
        column.addWidget(self.chips)
        column.addWidget(parts, 1)

    def _join(self) -> None:
        parts = self._bodies
        self.adding.clicked.connect(self.add_household)
        for button in (self.importing, self.import_first):
            button.clicked.connect(lambda: self._navigator.open("import"))
        for state, act in (
            (parts.nobody, self.add_household),
            (parts.nothing, self._clear_all),
            (parts.refused, self._read_everything),
        ):
            if state.button is not None:
                state.button.clicked.connect(act)
        self.dialog.entered.connect(self._create)
        self.search.textChanged.connect(self._searched)
        self.search.installEventFilter(self)
        self.table.installEventFilter(self)
        self.table.opened.connect(self._open)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._preview.expect())
        self.table.verticalScrollBar().valueChanged.connect(lambda _value: self._show_foot())
        self.rows.dataChanged.connect(lambda *_: self._preview.expect())
        self.rows.refused.connect(self._navigator.confirm)
        self.preview.open_asked.connect(lambda: self._open(self._current_key()))
        self.preview.visit_asked.connect(lambda: self._navigator.open("visit", self._current_key()))
        self.reading.answered.connect(self._show_listing)
        self.reading.refused.connect(parts.refuse)

    def _join_desk(self) -> None:
        """Join filters, order, columns, saved filters and selection."""
        chips, table, work, selection = self.chips, self.table, self.work, self.selection
        chips.narrowed.connect(self._narrow)
        chips.cleared.connect(self._clear_filters)
        chips.sort_asked.connect(self._sort)
        table.sort_asked.connect(lambda key, down: self._sort(Sort(ColumnKey(key), down)))
        self._bodies.columns.clicked.connect(lambda: self.columns.ask(self.rows.keys))
        self.columns.entered.connect(self.desk.choose_columns)
        self.desk.refused.connect(self._bodies.refuse)
        self.desk.columns_read.connect(self.show_columns)
        self.desk.choices_read.connect(chips.offer)
        self.desk.query_chosen.connect(lambda query: self.show_query(replace(query, words=self.query.words)))
        selected = self.selecting.selected
        selection.print_asked.connect(lambda: work.ask_print(selected()))
        selection.assign_asked.connect(lambda: work.ask_assign(selected()))
        selection.watch_asked.connect(lambda: work.watching.ask_for(selected()))
        selection.export_asked.connect(lambda: work.ask_export(selected(), self.rows.keys))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let one walk through the list from the search, and search from the list by typing."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.search:
            return self._search_key(event)
        typed = event.text().strip() and event.text().isprintable()
        # AltGr writes letters too: it comes as Ctrl with Alt.
        command = event.modifiers() & (_CTRL | _ALT) in (_CTRL, _ALT)
        if watched is self.table and typed and not command:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.insert(event.text())
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the preview where there is room, and say which rows are seen."""
        super().resizeEvent(event)
        self._preview.fit()
        QTimer.singleShot(0, self, self._show_foot)

    def _search_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
        key = Qt.Key(event.key())
        if key in steps:
            self._stand_on(self.table.currentIndex().row() + steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._current_key())
        elif key == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            return False
        return True

    def _stand_on(self, row: int) -> None:
        last = self.rows.rowCount() - 1
        if last >= 0:
            # On the name: a screen reader says whose row it is, not that of a box.
            self.table.setCurrentIndex(self.rows.index(max(0, min(row, last)), 1))

    def _current(self) -> tuple[ListedHousehold | None, date]:
        return self.rows.row_at(max(0, self.table.currentIndex().row())), self.reading.day

    def _current_key(self) -> str:
        index = self.table.currentIndex()
        return self.rows.key_at(index.row()) if index.isValid() else ""

    def _concerned(self, changes: Changes) -> bool:
        if any(changes.concerns(table=name) for name in _DESK_TABLES):
            self.desk.read()
        listed = any(changes.concerns(table=name) for name in _LISTED_TABLES)
        return bool(changes.households) or listed

    def _narrow(self, kind: FilterKind, values: tuple[str, ...]) -> None:
        self.show_query(self.query.narrowed(kind, values))

    def _clear_filters(self) -> None:
        self.show_query(replace(self.query, filters=()))
        self.chips.adding.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear_all(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.show_query(replace(self.query, filters=(), words=""))
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sort(self, sort: Sort) -> None:
        self.show_query(replace(self.query, sort=sort))

    def _searched(self, text: str) -> None:
        words = text.strip()
        if words == self.query.words:
            return
        # What is found is shown by likeness until one sorts it; the order of the list comes back with the list.
        before = self.query
        sort = self._sort_before if not words else None
        if not before.words:
            self._sort_before = before.sort
        self.show_query(replace(before, words=words, sort=sort))

    def _mark_sorted(self) -> None:
        sort = self.query.sort or (None if self.query.words else Sort())
        self.table.mark_sorted(sort.key.value if sort else "", bool(sort and sort.descending))

    def _ask(self, first: int) -> None:
        self._bodies.begin_reading()
        self.reading.ask(self.query, first)

    def _show_listing(self, read: ReadListing) -> None:
        listing = read.listing
        same = self._shown == listing.query
        row = self.table.currentIndex().row() if same else 0
        top = self.table.verticalScrollBar().value() if same else 0
        self.reading.show(read)
        self._shown = listing.query
        self._bodies.end_reading(self._state(listing))
        self.header.show_filled(listing.in_file > 0)
        self.chips.setVisible(listing.in_file > 0)
        self.table.verticalScrollBar().setValue(top)
        if listing.total:
            self._stand_on(max(0, row))
            self.table.verticalScrollBar().setValue(top)
        self._preview.fit()
        self._preview.expect()
        self._show_count(listing)
        self._show_foot()
        self.selecting.show()
        if self._recount:
            self._recount = False
            self.desk.count_tabs(listing)

    def _state(self, listing: service.Listing) -> int:
        if listing.total:
            return bodies.LIST
        return bodies.NOTHING if listing.in_file else bodies.NOBODY

    def _show_count(self, listing: service.Listing) -> None:
        whole = _number(listing.in_file)
        if not listing.query.words and not listing.query.filters:
            words = whole if listing.in_file else ""
        elif listing.query.words and listing.total == service.FOUND_SHOWN:
            words = f"les {listing.total} plus proches, sur {whole}"
        elif listing.query.words:
            words = f"{plural(listing.total, 'trouvé')} sur {whole}"
        else:
            words = f"{_number(listing.total)} sur {whole}"
        self.count.setText(words)

    def _show_foot(self) -> None:
        total = self.rows.rowCount()
        chosen, every = len(self.rows.keys), len(ColumnKey)
        shown = self.table.shown_columns()
        hidden = f", {chosen - shown} faute de place" if shown < chosen else ""
        said = f"&Colonnes\u00a0: {shown} sur {every}{hidden}"
        if said != self._bodies.columns.text():
            self._bodies.columns.setText(said)
            self._bodies.columns.updateGeometry()
        if not total:
            self.foot.setText("")
            return
        first, last = self.table.first_seen() + 1, self.table.last_seen() + 1
        self.foot.setText(f"Lignes {_number(first)} à {_number(last)} sur {_number(total)}")

    def _open(self, household: str) -> None:
        if not household:
            return
        place = Place(self.table.currentIndex().row(), self.rows.rowCount())
        listing = self.reading.listing
        self._walk.begin(household, place, listing.ids or () if listing else ())
        self._navigator.open("dossier", household)

    def _create(self, form: HouseholdForm) -> None:
        self._tasks.run(
            lambda: service.add_from_form(self._file, self._who, form),
            self._created,
            self.dialog.refuse,
            owner=self,
        )

    def _created(self, answer: tuple[str, Changes]) -> None:
        household, changes = answer
        self.dialog.accept()
        self.dialog.clear()
        self._changes.announce(changes)
        self._navigator.open("dossier", household)
        self._navigator.confirm("Ménage créé", self._take_back)

    def _take_back(self) -> None:
        self._tasks.run(lambda: dossier.take_back_last(self._file, self._who), self._taken_back, owner=self)

    def _taken_back(self, answer: tuple[str, Changes]) -> None:
        action, changes = answer
        self._changes.announce(changes)
        self._navigator.open("households")
        self._navigator.confirm(f"Annulé\u00a0: {action}")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", NARROW)
