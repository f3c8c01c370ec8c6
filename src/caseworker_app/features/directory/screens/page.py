"""The page « Ménages »: the list of households, its search, and what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain import HouseholdForm, ListedHousehold, Preview
from caseworker_app.features.directory.screens.new_household import NewHouseholdDialog
from caseworker_app.features.directory.screens.preview import PreviewPane
from caseworker_app.features.directory.screens.rows import COLUMNS, HouseholdTable, cells_of
from caseworker_app.features.dossier import service as dossier
from caseworker_app.features.dossier.domain.neighbours import ListWalk, Place
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.clock import today
from caseworker_app.kernel.french import NARROW, plural
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.entries import SearchField
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.page import Navigator, Page, Route
from caseworker_app.ui_kit.row_model import PAGE, LazyRows
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

# A row is stood on for so long before its preview is read: holding an arrow down reads nothing.
PREVIEW_DELAY_MS = 150
# Below this width the preview gives its room to the list.
_PREVIEW_FROM = 980


@dataclass(frozen=True, slots=True)
class _Listing:
    """What one reading brings: how many in all, the rows from `first` on, the ids a search found."""

    words: str
    total: int
    first: int
    rows: Sequence[ListedHousehold]
    found: tuple[str, ...] = ()


class HouseholdsPage(Page):
    """The page « households ». `notice`: a widget shown over the list, such as an import to go on with."""

    def __init__(
        self, file: EncryptedFile, who: Who, tasks: Tasks, changes: ChangeBroadcast, navigator: Navigator,
        walk: ListWalk | None = None, notice: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Make the page, empty; `walk` is shared with the dossier, which goes on from there."""
        super().__init__()
        self._file, self._who, self._tasks, self._changes = file, who, tasks, changes
        self._navigator, self._walk = navigator, walk or ListWalk()
        self._day = today(file.clock)
        self._words = ""
        self._in_file = 0
        self._found: tuple[str, ...] = ()
        self._listing = tasks.latest(self._show_listing, owner=self)
        self._previewing = tasks.latest(self._show_preview, owner=self)
        self._preview_due = QTimer(self, singleShot=True, interval=PREVIEW_DELAY_MS)
        self._preview_due.timeout.connect(self._ask_preview)
        self._build(notice)
        self._join()
        changes.listen(self, lambda c: bool(c.households) or c.concerns(table="household"), self.read_again)

    def enter(self, route: Route) -> None:
        """Show the list where it was left."""
        self.read_again()

    def focus_first(self) -> None:
        """Begin by typing a name."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        """Read what is shown again: same search, same place."""
        self._day = today(self._file.clock)
        first = self.table.first_seen() // PAGE * PAGE
        self._ask_listing(first)

    def add_household(self) -> None:
        """Show the short form of a new household."""
        self.dialog.ask()

    def _build(self, notice: QWidget | None) -> None:
        self.rows = LazyRows(lambda row: cells_of(row, self._day), lambda row: row.id, COLUMNS)
        self.table = HouseholdTable("Ménages", self.rows)
        self.preview = PreviewPane()
        self.preview.hide()
        self.foot = Label("", 12, tone="muted")
        self.dialog = NewHouseholdDialog(self)
        self.nobody = EmptyState(
            "users", "Aucun ménage",
            "Créez un premier ménage, ou importez la liste d’un bailleur\u00a0: ses colonnes sont reconnues.",
            "&Nouveau ménage", "plus",
        )  # fmt: skip
        self.nothing = EmptyState(
            "search", "Aucun ménage ne correspond",
            "Essayez un nom sans accent, un début de numéro, une rue ou un mot du journal.",
            "&Effacer la recherche", "x",
        )  # fmt: skip
        if self.nothing.button is not None:
            self.nothing.button.set_kind("secondary")
        self.import_first = Button("&Importer une liste…", "secondary", "file-import")
        inside = self.nobody.layout()
        if isinstance(inside, QVBoxLayout):
            inside.insertWidget(inside.count() - 1, self.import_first, 0, Qt.AlignmentFlag.AlignHCenter)
        self._bodies = QStackedWidget()
        for body in (QWidget(), self._list_body(), self.nobody, self.nothing):
            self._bodies.addWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        if notice is not None:
            column.addWidget(notice)
        column.addWidget(self._bodies, 1)

    def _header(self) -> Band:
        band = Band()
        line = QHBoxLayout(band)
        line.setContentsMargins(24, px(16), 24, px(16))
        line.setSpacing(px(8))
        self.title = Label("Ménages", 22, fonts.SEMI_BOLD)
        self.count = Label("", 13, tone="muted")
        self.importing = Button("&Importer…", "secondary", "file-import")
        self.adding = Button("&Nouveau ménage", "primary", "plus")
        line.addWidget(self.title)
        # The count stands on the line of the title.
        self.count.setContentsMargins(0, 0, 0, px(5))
        line.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        line.addSpacing(px(8))
        line.addStretch(1)
        self.search = SearchField("Chercher dans la liste")
        self.search.setMaximumWidth(px(360))
        self.search.setAccessibleName("Chercher dans la liste")
        self.search.setAccessibleDescription("Nom, téléphone, adresse, numéro de dossier ou mot du journal")
        self.search.setToolTip("Nom, téléphone, adresse, n° de dossier, mot du journal")
        line.addWidget(self.search, 3)
        line.addWidget(self.importing)
        line.addWidget(self.adding)
        return band

    def _list_body(self) -> QWidget:
        body = QWidget()
        whole = QHBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        foot = Band("sunken", top=True)
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, px(10), 16, px(10))
        line.addWidget(self.foot)
        line.addStretch(1)
        left.addWidget(self.table, 1)
        left.addWidget(foot)
        whole.addLayout(left, 1)
        whole.addWidget(self.preview)
        return body

    def _join(self) -> None:
        self.adding.clicked.connect(self.add_household)
        self.importing.clicked.connect(lambda: self._navigator.open("import"))
        self.import_first.clicked.connect(lambda: self._navigator.open("import"))
        if self.nobody.button is not None and self.nothing.button is not None:
            self.nobody.button.clicked.connect(self.add_household)
            self.nothing.button.clicked.connect(self._clear_search)
        self.dialog.entered.connect(self._create)
        self.search.textChanged.connect(self._searched)
        self.search.installEventFilter(self)
        self.table.installEventFilter(self)
        self.table.opened.connect(self._open)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._preview_due.start())
        self.table.verticalScrollBar().valueChanged.connect(lambda _value: self._show_foot())
        self.rows.page_wanted.connect(self._read_page)
        self.rows.dataChanged.connect(lambda *_: self._preview_due.start())
        self.preview.open_asked.connect(lambda: self._open(self._current_key()))
        self.preview.visit_asked.connect(lambda: self._navigator.open("visit", self._current_key()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let one walk through the list from the search, and search from the list by typing."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.search:
            return self._search_key(event)
        if watched is self.table and event.text().strip() and event.text().isprintable():
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.insert(event.text())
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the preview where there is room, and say which rows are seen."""
        super().resizeEvent(event)
        self.preview.setVisible(self.width() >= px(_PREVIEW_FROM) and self.table.currentIndex().isValid())
        QTimer.singleShot(0, self, self._show_foot)

    def _search_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
        key = Qt.Key(event.key())
        if key in steps:
            self._stand_on(self.table.currentIndex().row() + steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._current_key())
        elif key == Qt.Key.Key_Escape and self.search.text():
            self._clear_search()
        else:
            return False
        return True

    def _stand_on(self, row: int) -> None:
        last = self.rows.rowCount() - 1
        if last >= 0:
            self.table.setCurrentIndex(self.rows.index(max(0, min(row, last)), 0))

    def _current_key(self) -> str:
        index = self.table.currentIndex()
        return self.rows.key_at(index.row()) if index.isValid() else ""

    def _clear_search(self) -> None:
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _searched(self, _text: str) -> None:
        self._ask_listing(0)

    def _ask_listing(self, first: int) -> None:
        words, day = self.search.text().strip(), self._day
        self._listing.ask(lambda: self._read_listing(words, first, day))

    def _read_listing(self, words: str, first: int, day: date) -> _Listing:
        with self._file.reading() as connection:
            total = service.count_listed(connection, self._who)
            if words:
                found = service.list_found(connection, self._who, words, day, at_once=service.FOUND_AT_ONCE)
                return _Listing(words, total, 0, found.rows, found.household_ids)
            first = min(first, max(0, total - 1) // PAGE * PAGE)
            rows = service.page_of_list(connection, self._who, day, offset=first, limit=2 * PAGE)
            return _Listing(words, total, first, rows)

    def _show_listing(self, listing: _Listing) -> None:
        again = listing.words == self._words and self.rows.rowCount() > 0
        row = self.table.currentIndex().row() if again else 0
        top = self.table.verticalScrollBar().value() if again else 0
        self._words, self._in_file, self._found = listing.words, listing.total, listing.found
        total = len(listing.found) if listing.words else listing.total
        if listing.first:
            generation = self.rows.start(total)
            self.rows.fill(generation, listing.first, listing.rows)
        else:
            self.rows.start(total, listing.rows)
        self._show_body(total)
        self.table.verticalScrollBar().setValue(top)
        if total:
            self._stand_on(max(0, row))
            self.table.verticalScrollBar().setValue(top)
        self._show_count(total)
        self._show_foot()

    def _show_body(self, total: int) -> None:
        kind = 1 if total else 3 if self._words else 2
        self._bodies.setCurrentIndex(kind)
        self.search.setVisible(self._in_file > 0)
        # One primary a page: the empty page has its own.
        self.adding.setVisible(self._in_file > 0)
        self.importing.setVisible(self._in_file > 0)
        self.preview.setVisible(bool(total) and self.width() >= px(_PREVIEW_FROM))

    def _show_count(self, total: int) -> None:
        whole = _number(self._in_file)
        if not self._words:
            words = whole if self._in_file else ""
        elif total == service.FOUND_SHOWN:
            words = f"les {total} plus proches, sur {whole}"
        else:
            words = f"{plural(total, 'trouvé')} sur {whole}"
        self.count.setText(words)

    def _show_foot(self) -> None:
        total = self.rows.rowCount()
        if not total:
            self.foot.setText("")
            return
        first, last = self.table.first_seen() + 1, self.table.last_seen() + 1
        self.foot.setText(f"Lignes {_number(first)} à {_number(last)} sur {_number(total)}")

    def _read_page(self, generation: int, first: int, count: int) -> None:
        words, day = self._words, self._day

        def read() -> Sequence[ListedHousehold]:
            with self._file.reading() as connection:
                if words:
                    return service.list_found(connection, self._who, words, day).rows[first : first + count]
                return service.page_of_list(connection, self._who, day, offset=first, limit=count)

        self._tasks.read(read, lambda rows: self.rows.fill(generation, first, rows), owner=self)

    def _ask_preview(self) -> None:
        household, day = self._current_key(), self._day
        if not household or self.preview.isHidden():
            return

        def read() -> Preview:
            with self._file.reading() as connection:
                return service.preview(connection, self._who, household, day)

        self._previewing.ask(read)

    def _show_preview(self, preview: Preview) -> None:
        if preview.household_id == self._current_key():
            self.preview.show_preview(preview)

    def _open(self, household: str) -> None:
        if not household:
            return
        place = Place(self.table.currentIndex().row(), self.rows.rowCount())
        self._walk.begin(household, place, self._found)
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
