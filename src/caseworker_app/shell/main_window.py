"""The one window: navigation at the left, bar at the top, pages in the middle."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.shell.catalogue import SCREENS, guide_page, screen_of
from caseworker_app.shell.dialogs import StillWorking
from caseworker_app.shell.guide import SHORTCUTS_PAGE, GuideWindow
from caseworker_app.shell.navigation import Navigation
from caseworker_app.shell.palette import Palette
from caseworker_app.shell.palette_found import Found, Query
from caseworker_app.shell.palette_panel import PalettePanel
from caseworker_app.shell.top_bar import TopBar
from caseworker_app.ui_kit.ahead import forget_parts
from caseworker_app.ui_kit.messages import Confirmation
from caseworker_app.ui_kit.page import Navigator, Page, Route
from caseworker_app.ui_kit.sheet import Sheet
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.theme import TEXT_SCALES, theme

PageBuilder = Callable[[], Page]
_HISTORY = 50


class MainWindow(QMainWindow):
    """Shows one page at a time and the way back; knows nothing of what the pages hold.

    `search_asked(Query)` at each key of the palette: answer with `show_found`. `command_asked(key, household)`:
    a command of the catalogue that is not the window's own, and the household one stands on or named.
    `lock_asked()` after the page kept its draft. `appearance_chosen(str)` and `text_scale_chosen(int)`: apply,
    keep, then call `rebuild` for the scale. `leaving()` before pages and dialogs are closed by a lock, a close or a
    rebuild; `closed()` once it may close.
    """

    search_asked = Signal(object)
    command_asked = Signal(str, str)
    lock_asked = Signal()
    appearance_chosen = Signal(str)
    text_scale_chosen = Signal(int)
    closed = Signal()
    leaving = Signal()

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
        self._file_state = (False, "", "")
        self.guide: GuideWindow | None = None
        self.sheet: Sheet | None = None
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

    def page_of(self, key: str) -> Page:
        """Return a page by its name in routes, made if it was not yet."""
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._builders[key]()
            self._stack.addWidget(page)
        return page

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

    def show_found(self, query: Query, found: list[Found]) -> None:
        """Show what the palette found; dropped when something else is asked by now."""
        self.finder.show_found(query, found)

    def show_file_state(self, *, encrypted: bool, saved_at: str = "", late: str = "") -> None:
        """Show at the foot how the file stands: only what is true."""
        self._file_state = (encrypted, saved_at, late)
        self.navigation.show_file_state(encrypted=encrypted, saved_at=saved_at, late=late)

    def rebuild(self) -> None:
        """Build everything again, at another text scale, and return to the same place."""
        self.leaving.emit()
        self.keep_drafts()
        if self.guide is not None:
            self.guide.close()
            self.guide.deleteLater()
            self.guide = None
        forget_parts()
        recent, self.sheet = self.finder.recent, None
        self._build()
        self.finder.recent = recent
        encrypted, saved_at, late = self._file_state
        self.show_file_state(encrypted=encrypted, saved_at=saved_at, late=late)
        if self.navigator.here is not None:
            here, self.navigator.here = self.navigator.here, None
            self._show(here)

    def keep_drafts(self) -> None:
        """Let the page keep what is being typed (before the lock and the close)."""
        if self.page is not None:
            self.page.leave()
        if self.sheet is not None:
            self.sheet.leave()

    @property
    def content(self) -> QWidget:
        """Return all that the window shows."""
        return self._frame

    def show_sheet(self, sheet: Sheet) -> None:
        """Let a sheet float over whatever page is shown, until it is put away or the window is rebuilt."""
        self.sheet = sheet
        sheet.put_away.connect(self._return_to_page)
        sheet.show_over(self._frame)

    def lock(self) -> None:
        """Keep drafts, then ask for the lock."""
        self.leaving.emit()
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
        self.leaving.emit()
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
        self._frame = frame = QWidget()
        whole = QHBoxLayout(frame)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.navigation)
        whole.addLayout(right, 1)
        self.setCentralWidget(frame)
        self.results = PalettePanel(frame)
        self.finder = Palette(self.bar, self.results)
        self.confirmation = Confirmation(frame)
        self._join_bar()

    def _join_bar(self) -> None:
        bar, finder = self.bar, self.finder
        finder.asked.connect(self.search_asked)
        finder.chosen.connect(self._act)
        finder.left.connect(self._return_to_page)
        bar.help_asked.connect(self.show_guide)
        bar.settings_asked.connect(lambda: self._choose_screen("settings"))
        bar.lock_asked.connect(self.lock)
        bar.quit_asked.connect(self.close)
        bar.appearance_chosen.connect(self.appearance_chosen)
        bar.text_scale_chosen.connect(self.text_scale_chosen)

    def _add_shortcuts(self) -> None:
        for keys, action in (
            ("Ctrl+K", self._start_search), ("Ctrl+L", self.lock), ("Alt+Left", self.go_back),
            ("F5", self._read_again), ("F6", self._next_region), ("F1", self.show_guide),
            ("Ctrl+Z", self._undo), ("Ctrl+Q", self.close), ("Ctrl+N", self._write_note),
            ("Ctrl+Shift+F", self._search_writings),
            ("Ctrl+,", lambda: self._choose_screen("settings")),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        for number, screen in enumerate([screen for screen in SCREENS if not screen.foot][:9], 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda key=screen.key: self._choose_screen(key))

    def _show(self, route: Route) -> None:
        self.keep_drafts()
        before = self.page
        page = self.page_of(route.page)
        # Someone who walks through the navigation by keyboard stays there; anyone else works on the page.
        walking = self.navigator.here is not None and self.navigation.focused
        self.navigator.here = route
        screen = screen_of(route.page)
        if screen is not None:
            self.navigation.mark(screen.key)
        self.finder.come_to(route)
        page.enter(route)
        self._stack.setCurrentWidget(page)
        if before is not page and not walking:
            page.focus_first()

    def _choose_screen(self, key: str) -> None:
        screen = next(screen for screen in SCREENS if screen.key == key)
        self.go(Route(screen.pages[0]))

    def _act(self, found: Found, household: str) -> None:
        """Do what a line of the palette says."""
        route = found.of(household)
        own: dict[str, Callable[[], object]] = {
            "guide": self.show_guide,
            "shortcuts": lambda: self.show_guide(SHORTCUTS_PAGE),
            "light": lambda: self.appearance_chosen.emit("light"),
            "dark": lambda: self.appearance_chosen.emit("dark"),
            "system": lambda: self.appearance_chosen.emit("system"),
            "larger": lambda: self._resize_text(1),
            "smaller": lambda: self._resize_text(-1),
            "back": self.go_back,
            "read-again": self._read_again,
            "undo": self._undo,
            "lock": self.lock,
            "quit": self.close,
        }
        if route is not None:
            self.go(route)
            # A tab of the page one stands on is no other page: the cursor goes there too.
            self._return_to_page()
            return
        self._return_to_page()
        if found.command in own:
            own[found.command]()
        else:
            self.command_asked.emit(found.command, household)

    def _start_search(self) -> None:
        # Looked up each time: the palette is made anew when the window is rebuilt.
        self.finder.begin()

    def _write_note(self) -> None:
        here = self.navigator.here
        self.command_asked.emit("note", here.household if here else "")

    def _search_writings(self) -> None:
        here = self.navigator.here
        if here is None or here.page != "writings":
            self.go(Route("writings", here.household if here else ""))
        self._return_to_page()

    def _resize_text(self, steps: int) -> None:
        place = TEXT_SCALES.index(theme().scale) + steps if theme().scale in TEXT_SCALES else 0
        if 0 <= place < len(TEXT_SCALES):
            self.text_scale_chosen.emit(TEXT_SCALES[place])

    def _return_to_page(self) -> None:
        if self.page is not None:
            self.page.focus_first()

    def _read_again(self) -> None:
        if self.page is not None and self.navigator.here is not None:
            self.page.enter(self.navigator.here)

    def _next_region(self) -> None:
        if self.navigation.focused and self.page is not None:
            self.page.focus_first()
        else:
            self.navigation.list.setFocus(Qt.FocusReason.TabFocusReason)

    def show_guide(self, page: str = "") -> None:
        """Open the guide, at a page of it or at the one that tells of where one stands (F1)."""
        here = self.navigator.here
        if self.guide is None:
            self.guide = GuideWindow(self)
        part = self.page.part() if self.page is not None else ""
        self.guide.open_page(page or (guide_page(here.page, here.tab or part) if here else ""))

    def _confirm(self, sentence: str, undo: Callable[[], None] | None) -> None:
        # Looked up each time: the line is made anew when the window is rebuilt.
        self.confirmation.say(sentence, undo)

    def _undo(self) -> None:
        if self.confirmation.isVisible():
            self.confirmation.undo()
        elif self.page is not None:
            self.page.undo()
