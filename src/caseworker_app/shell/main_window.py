"""The one window: navigation at the left, bar at the top, pages in the middle."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.shell.catalogue import SCREENS, screen_of
from caseworker_app.shell.dialogs import ShortcutsDialog, StillWorking
from caseworker_app.shell.navigation import Navigation
from caseworker_app.shell.search_results import SearchResults
from caseworker_app.shell.top_bar import TopBar
from caseworker_app.ui_kit.messages import Confirmation
from caseworker_app.ui_kit.page import Navigator, Page, Route
from caseworker_app.ui_kit.row_list import Row
from caseworker_app.ui_kit.tasks import Tasks

PageBuilder = Callable[[], Page]
_HISTORY = 50


class MainWindow(QMainWindow):
    """Shows one page at a time and the way back; knows nothing of what the pages hold.

    `search_asked(words)` at each key of the search: answer with `show_results`. `result_chosen(key)` when a
    result is opened. `lock_asked()` after the page kept its draft. `appearance_chosen(str)` and
    `text_scale_chosen(int)`: apply, keep, then call `rebuild` for the scale. `closed()` once it may close.
    """

    search_asked = Signal(str)
    result_chosen = Signal(str)
    lock_asked = Signal()
    appearance_chosen = Signal(str)
    text_scale_chosen = Signal(int)
    closed = Signal()

    def __init__(
        self, worker_name: str, pages: Mapping[str, PageBuilder], tasks: Tasks, navigator: Navigator
    ) -> None:
        """Make the window of a worker; `pages` builds each page by its name when it is first opened."""
        super().__init__()
        # Never a person's name here: titles are seen in task bars and shared screens.
        self.setWindowTitle("Passerelle")
        self.setMinimumSize(1024, 600)
        self.resize(1366, 768)
        self.tasks, self.navigator = tasks, navigator
        self._worker_name, self._builders = worker_name, pages
        self._history: list[Route] = []
        self._file_state = (False, "")
        self._build()
        self._add_shortcuts()
        navigator.asked.connect(self.go)
        navigator.back_asked.connect(self.go_back)
        navigator.confirmed.connect(self._confirm)
        tasks.refused.connect(lambda sentence: self.confirmation.say(sentence, tone="danger"))

    @property
    def page(self) -> Page | None:
        """Return the page shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def go(self, route: Route) -> None:
        """Show the place a route names, and remember where one came from."""
        here = self.navigator.here
        if here is not None and here != route:
            self._history = [*self._history[-_HISTORY:], here]
        self._show(route)

    def go_back(self) -> None:
        """Return to where one came from, or to the first screen."""
        if self._history:
            self._show(self._history.pop())
        elif self.navigator.here is not None:
            screen = screen_of(self.navigator.here.page)
            if screen is not None and screen.pages[0] != self.navigator.here.page:
                self._show(Route(screen.pages[0]))

    def show_results(self, words: str, rows: list[Row]) -> None:
        """Show what a search found; dropped when something else is typed by now."""
        if words != self.bar.search.text() or not words.strip():
            return
        nothing = (
            f"Rien ne correspond à «\u00a0{words.strip()}\u00a0». "
            "Essayez un nom, un début de numéro ou une rue."
        )
        self.results.show_rows(rows, nothing, self.bar.search)

    def show_file_state(self, *, encrypted: bool, saved_at: str = "") -> None:
        """Show at the foot how the file stands: only what is true."""
        self._file_state = (encrypted, saved_at)
        self.navigation.show_file_state(encrypted=encrypted, saved_at=saved_at)

    def rebuild(self) -> None:
        """Build everything again, at another text scale, and return to the same place."""
        self.keep_drafts()
        self._build()
        self.show_file_state(encrypted=self._file_state[0], saved_at=self._file_state[1])
        if self.navigator.here is not None:
            here, self.navigator.here = self.navigator.here, None
            self._show(here)

    def keep_drafts(self) -> None:
        """Let the page keep what is being typed (before the lock and the close)."""
        if self.page is not None:
            self.page.leave()

    def lock(self) -> None:
        """Keep drafts, then ask for the lock."""
        self.keep_drafts()
        self.lock_asked.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once when work that can be stopped still runs; short writes simply end."""
        words = next((task.words for task in self.tasks.running if task.matters), "")
        if words and StillWorking(words, self).exec() == StillWorking.STAY:
            event.ignore()
            return
        for task in self.tasks.running:
            if task.cancellable:
                task.cancel()
        self.keep_drafts()
        event.accept()
        self.closed.emit()

    def _build(self) -> None:
        self._pages: dict[str, Page] = {}
        self.navigation = Navigation()
        self.navigation.chosen.connect(self._choose_screen)
        self.bar = TopBar(self._worker_name)
        self.bar.busy.follow(self.tasks)
        self._stack = QStackedWidget()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(self._stack, 1)
        frame = QWidget()
        whole = QHBoxLayout(frame)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.navigation)
        whole.addLayout(right, 1)
        self.setCentralWidget(frame)
        self.results = SearchResults(frame)
        self.confirmation = Confirmation(frame)
        self._join_bar()

    def _join_bar(self) -> None:
        bar = self.bar
        bar.searched.connect(self._searched)
        bar.moved_in_results.connect(self.results.step)
        bar.entered.connect(self.results.open_current)
        bar.escaped.connect(self._end_search)
        bar.search_left.connect(self._leave_search)
        bar.help_asked.connect(self._show_help)
        bar.lock_asked.connect(self.lock)
        bar.quit_asked.connect(self.close)
        bar.appearance_chosen.connect(self.appearance_chosen)
        bar.text_scale_chosen.connect(self.text_scale_chosen)
        self.results.opened.connect(self._open_result)

    def _add_shortcuts(self) -> None:
        for keys, action in (
            ("Ctrl+K", self._start_search), ("Ctrl+L", self.lock), ("Alt+Left", self.go_back),
            ("F5", self._read_again), ("F6", self._next_region), ("F1", self._show_help),
            ("Ctrl+Z", self._undo), ("Ctrl+Q", self.close),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        for number, screen in enumerate(SCREENS[:9], 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda key=screen.key: self._choose_screen(key))

    def _show(self, route: Route) -> None:
        self.keep_drafts()
        before = self.page
        page = self._pages.get(route.page)
        if page is None:
            page = self._pages[route.page] = self._builders[route.page]()
            self._stack.addWidget(page)
        # Someone who walks through the navigation by keyboard stays there; anyone else works on the page.
        walking = self.navigator.here is not None and self.navigation.list.hasFocus()
        self.navigator.here = route
        screen = screen_of(route.page)
        if screen is not None:
            self.navigation.mark(screen.key)
        self.results.hide()
        page.enter(route)
        self._stack.setCurrentWidget(page)
        if before is not page and not walking:
            page.focus_first()

    def _choose_screen(self, key: str) -> None:
        screen = next(screen for screen in SCREENS if screen.key == key)
        self.go(Route(screen.pages[0]))

    def _start_search(self) -> None:
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def _searched(self, words: str) -> None:
        if not words.strip():
            self.results.hide()
        self.search_asked.emit(words)

    def _end_search(self) -> None:
        self.results.hide()
        self.bar.search.clear()
        if self.page is not None:
            self.page.focus_first()

    def _leave_search(self) -> None:
        # A press on a result takes the focus from the field before the click is known.
        if not self.results.underMouse():
            self.results.hide()

    def _open_result(self, key: str) -> None:
        self.bar.search.clear()
        self.result_chosen.emit(key)

    def _read_again(self) -> None:
        if self.page is not None and self.navigator.here is not None:
            self.page.enter(self.navigator.here)

    def _next_region(self) -> None:
        if self.navigation.list.hasFocus() and self.page is not None:
            self.page.focus_first()
        else:
            self.navigation.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_help(self) -> None:
        ShortcutsDialog(self).open()

    def _confirm(self, sentence: str, undo: Callable[[], None] | None) -> None:
        # Looked up each time: the line is made anew when the window is rebuilt.
        self.confirmation.say(sentence, undo)

    def _undo(self) -> None:
        if self.confirmation.isVisible():
            self.confirmation.undo()
