"""A page that lists: what is searched at the left, and beside it the one stood on or the form of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Rule
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.form_place import FormPlace
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.page import Navigator, Page, Route
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.row_model import PAGE
from caseworker_app.ui_kit.searched_head import SearchedHead
from caseworker_app.ui_kit.side_detail import SideDetail
from caseworker_app.ui_kit.side_form import SideForm
from caseworker_app.ui_kit.side_panel import FormDesk
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_LIST, _NOBODY, _NOTHING, _SAYING = range(4)
_LEAST = 200


class SearchedDesk(FormDesk, Protocol):
    """What such a page works with."""

    @property
    def changes(self) -> ChangeBroadcast:
        """Who hears of changes."""
        ...

    @property
    def navigator(self) -> Navigator:
        """Where the page asks to go."""
        ...


@dataclass(frozen=True, slots=True)
class SearchedWords:
    """What a page says. `room` begins the keys of its drafts, `listed` names the list, `icon` draws its empty state.

    `none` and `how` tell of an empty list, `importing` and `adding` are its two buttons; `none_found` and `try_else`
    tell of a search that finds nothing.
    """

    room: str
    listed: str
    icon: str
    none: str
    how: str
    adding: str
    importing: str
    none_found: str
    try_else: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One reading of the list: the lines found (each with its `id`), how many there are in all, what else it told."""

    lines: Sequence[Any]
    in_all: int
    told: Any = None


class SearchedPage(Page):
    """A list searched, beside one of it; the subject of its route is the one to stand on.

    A room's own page fills in the functions that raise here, and says in `TABLES` what it listens to.
    """

    TABLES: tuple[str, ...] = ()
    SIDE_WIDTH, FORM_WIDTH = 400, 480

    def __init__(
        self, desk: SearchedDesk, head: SearchedHead, detail: SideDetail, words: SearchedWords,
        *, may_add: bool, may_import: bool,
    ) -> None:  # fmt: skip
        """Make the page, empty."""
        super().__init__()
        self.desk, self.head, self.detail = desk, head, detail
        self._may_add, self._may_import = may_add, may_import
        self.list = RowList(words.listed)
        self.place = FormPlace(desk.tasks, desk.drafts, desk.done, words.room)
        self.current = ""
        self._lines: Sequence[Any] = ()
        self._reading = desk.tasks.latest(self._show, self._refuse, owner=self)
        self._opening = desk.tasks.latest(
            self._show_opened, lambda _error: self.detail.show_nothing(), owner=self
        )
        self._lay_out(words)
        self._join()

    def list_work(self) -> Callable[[], Listed]:
        """Return the reading of what is asked for now; it runs on the reader's thread."""
        raise NotImplementedError

    def open_work(self, key: str) -> Callable[[], Any]:
        """Return the reading of one of the list; it runs on the reader's thread."""
        raise NotImplementedError

    def key_of(self, opened: Any) -> str:
        """Return the key of what `open_work` read."""
        raise NotImplementedError

    def row_of(self, line: Any) -> Row:
        """Return the row of a line."""
        raise NotImplementedError

    def show_told(self, listed: Listed) -> None:
        """Show what a reading tells besides its lines: counts, choices of the filters."""
        raise NotImplementedError

    def begin_new(self) -> None:
        """Open the form of a new one."""
        raise NotImplementedError

    def key_added(self, form: SideForm, answer: Any) -> str:
        """Return the key of the one a form has just added; empty when it changed one that was there."""
        raise NotImplementedError

    def enter(self, route: Route) -> None:
        """Show the list where it was left, standing on the one the route names."""
        if route.subject:
            self._stand_anew(route.subject)
        self.ask(route.subject)

    def leave(self) -> None:
        """Keep what is being typed."""
        self.place.leave()

    def focus_first(self) -> None:
        """Begin by searching, in the form that is open, or with the first one to add."""
        if self.place.form is not None:
            self.place.form.focus_first()
        elif self.bodies.currentIndex() == _NOBODY and self.nobody.button is not None:
            self.nobody.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.head.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        """Read the list and the one stood on again."""
        self.ask()

    def ask(self, wanted: str = "") -> None:
        """Read what is asked for; `wanted` is the one to stand on, even out of the list."""
        work = self.list_work()
        self._reading.ask(lambda: (work(), wanted))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self._share_side()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let one walk through the list from the search, and leave it with Escape."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._walk(step)
                return True
            if event.key() == Qt.Key.Key_Escape and self.head.search.text():
                self.head.search.clear()
                return True
        return False

    def _show(self, answer: tuple[Listed, str]) -> None:
        listed, wanted = answer
        self._lines, filled = listed.lines, listed.in_all > 0
        # Filled, the button of the first one goes; empty, the search does: the cursor must not go with it.
        going = self.nobody.button if filled else self.head.search
        stood_on = going is not None and going.hasFocus()
        self.show_told(listed)
        self.head.show_filled(filled=filled, may_add=self._may_add, may_import=self._may_import)
        self.list.rows.start(len(self._lines), self._rows(0, 2 * PAGE))
        self.bodies.setCurrentIndex(_LIST if self._lines else _NOTHING if filled else _NOBODY)
        if self.nothing.button is not None:
            self.nothing.button.setVisible(self.head.narrowed)
        self._share_side()
        self._find(wanted)
        if stood_on:
            (self.list.setFocus if filled else self.focus_first)()

    def _find(self, wanted: str) -> None:
        """Stand on the one that is wanted, else on the one stood on, else on the first."""
        places = {line.id: place for place, line in enumerate(self._lines)}
        place = places.get(wanted or self.current)
        if place is None and wanted:
            self._open(wanted)
        elif self._lines:
            self._stand_on(place or 0)
        else:
            self.current = ""
            self.detail.show_nothing()

    def _stand_on(self, place: int) -> None:
        self._fill(self.list.rows.generation, place // PAGE * PAGE, PAGE)
        self.list.setCurrentIndex(self.list.rows.index(place, 0))
        self._open(self._lines[place].id)

    def _stand_anew(self, key: str) -> None:
        """Mean one to stand on at the next reading, which no filter hides."""
        self.current = key
        if self.head.narrowed:
            self.head.clear()

    def _walk(self, step: int) -> None:
        if self._lines:
            place = self.list.currentIndex().row() + step
            self._stand_on(max(0, min(place, len(self._lines) - 1)))

    def _fill(self, generation: int, first: int, count: int) -> None:
        self.list.rows.fill(generation, first, self._rows(first, count))

    def _rows(self, first: int, count: int) -> list[Row]:
        return [self.row_of(line) for line in self._lines[first : first + count]]

    def _open(self, key: str) -> None:
        self.current = key
        self._opening.ask(self.open_work(key))

    def _show_opened(self, opened: Any) -> None:
        if self.key_of(opened) == self.current:
            self.detail.show_one(opened)

    def _written(self, form: SideForm, answer: Any) -> None:
        added = self.key_added(form, answer)
        if added:
            self._stand_anew(added)

    def _refuse(self, error: CaseworkerError) -> None:
        self.head.show_filled(filled=False, may_add=False, may_import=False)
        self.said.setText(error.sentence)
        self.bodies.setCurrentIndex(_SAYING)

    def _concerned(self, changes: Changes) -> bool:
        return any(changes.concerns(table=table) for table in self.TABLES)

    def _show_form(self, opened: bool) -> None:
        self.sides.setCurrentIndex(1 if opened else 0)
        self._share_side()

    def _share_side(self) -> None:
        """Give the side its width, never more than half of the page; nothing stands beside an empty list."""
        opened = self.place.form is not None
        self.side.setVisible(opened or bool(self._lines))
        wide = px(self.FORM_WIDTH if opened else self.SIDE_WIDTH)
        self.side.setFixedWidth(min(wide, self.width() * 52 // 100))

    def _join(self) -> None:
        head = self.head
        head.sought.connect(self.read_again)
        head.adding.clicked.connect(self.begin_new)
        head.search.installEventFilter(self)
        for button in (head.importing, self.import_first):
            button.clicked.connect(lambda: self.desk.navigator.open("import"))
        if self.nobody.button is not None:
            self.nobody.button.clicked.connect(self.begin_new)
        if self.nothing.button is not None:
            self.nothing.button.clicked.connect(head.clear)
        self.list.rows.page_wanted.connect(self._fill)
        self.list.stood_on.connect(self._open)
        self.place.shown.connect(self._show_form)
        self.place.written.connect(self._written)
        self.desk.changes.listen(self, self._concerned, self.read_again)

    def _lay_out(self, words: SearchedWords) -> None:
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._bodies(words), 1)
        below.addWidget(self._side())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(below, 1)
        self.side.hide()

    def _side(self) -> QWidget:
        self.side, self.sides = QWidget(), QStackedWidget()
        self.side.setFixedWidth(px(self.SIDE_WIDTH))
        self.sides.addWidget(self.detail)
        self.sides.addWidget(self.place)
        inside = QHBoxLayout(self.side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(Rule(vertical=True))
        inside.addWidget(self.sides, 1)
        return self.side

    def _bodies(self, words: SearchedWords) -> QStackedWidget:
        adding = words.adding if self._may_add else ""
        self.nobody = EmptyState(words.icon, words.none, words.how, adding, "plus")
        self.import_first = Button(words.importing, "secondary", "file-import")
        self.nobody.add_other(self.import_first)
        self.import_first.setVisible(self._may_import)
        self.nothing = EmptyState("search", words.none_found, words.try_else, "&Tout montrer", "x")
        if self.nothing.button is not None:
            self.nothing.button.set_kind("secondary")
        self.said = Label("", 13, tone="muted", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bodies = QStackedWidget()
        # The sentence of an empty list is wide, and never stands beside one of it.
        self.bodies.setMinimumWidth(px(_LEAST))
        for body in (self.list, self.nobody, self.nothing, self.said):
            self.bodies.addWidget(body)
        self.bodies.setCurrentIndex(_SAYING)
        return self.bodies
