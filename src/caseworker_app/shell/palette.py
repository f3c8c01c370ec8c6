"""The palette (`Ctrl+K`): what is typed in the one field, what is found, and what choosing a line does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from caseworker_app.kernel.french import plural
from caseworker_app.shell.palette_found import Found, Query
from caseworker_app.shell.palette_panel import PalettePanel
from caseworker_app.shell.top_bar import PLACEHOLDER, TopBar
from caseworker_app.ui_kit.page import Route

_CHOOSING = "Nom, téléphone ou rue du ménage"
RECENT = 6


class Palette(QObject):
    """Joins the field of the bar and the list under it; knows nothing of the file.

    `asked(Query)` at each key: answer with `show_found`. `chosen(Found, str)`: what was chosen, for which
    household (empty: none). `left()` when one gives up with Escape.
    """

    asked = Signal(object)
    chosen = Signal(object, str)
    left = Signal()

    def __init__(self, bar: TopBar, panel: PalettePanel) -> None:
        """Join a bar and a panel."""
        super().__init__(bar)
        self._bar, self.panel = bar, panel
        self.here: Route | None = None
        # Of this window alone, by their ids: nothing of it reaches a disk.
        self.recent: tuple[str, ...] = ()
        self._pending: Found | None = None
        self._answered: Query | None = None
        self._enter_waits = False
        bar.searched.connect(lambda _words: self._ask())
        bar.search_entered.connect(self._ask_unless_shown)
        bar.moved_in_results.connect(self._move)
        bar.entered.connect(self._enter)
        bar.escaped.connect(self._escape)
        bar.search_left.connect(self._leave)
        panel.opened.connect(self._open)

    def begin(self) -> None:
        """Put the cursor in the field and show what is usual."""
        self._bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bar.search.selectAll()
        self._ask()

    def come_to(self, route: Route) -> None:
        """Note the place shown; the household opened is the first of the recent ones."""
        self.here = route
        if route.household:
            others = (each for each in self.recent if each != route.household)
            self.recent = (route.household, *others)[:RECENT]
        self._bar.search.clear()
        self.close()

    def show_found(self, query: Query, found: Sequence[Found]) -> None:
        """Show an answer; dropped when something else is asked by now, or nobody looks any more."""
        if query != self._query() or not self._bar.search.hasFocus():
            return
        self._answered = query
        self.panel.show_found(found, self._nothing(), self._bar.search, self._asking())
        self._bar.search_box.set_expanded(True)
        if QAccessible.isActive():
            words = plural(len(found), "résultat") if found else self._nothing()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._bar.search, words))
        if self._enter_waits:
            self._enter()

    def close(self) -> None:
        """Fold the list and forget what was asked."""
        self._pending = None
        self._bar.search.setPlaceholderText(PLACEHOLDER)
        self._fold()

    def _query(self) -> Query:
        return Query(self._bar.search.text().strip(), self._pending is not None, self.recent)

    def _ask(self) -> None:
        self._enter_waits = False
        self.asked.emit(self._query())

    def _enter(self) -> None:
        """Open the line one stands on; who types faster than the file answers gets what the last word finds."""
        self._enter_waits = self._answered != self._query()
        if not self._enter_waits:
            self.panel.open_current()

    def _ask_unless_shown(self) -> None:
        if not self.panel.isVisible():
            self._ask()

    def _move(self, by: int) -> None:
        if self.panel.isVisible():
            self.panel.step(by)
        else:
            self._ask()

    def open(self, found: Found) -> None:
        """Do what a line says; where it is about a household and none is stood on, ask which first."""
        self._open(found)

    def ask_household(self, found: Found) -> None:
        """Ask which household a line is about, even where one is stood on."""
        self._pending = found
        self._bar.search.clear()
        self._bar.search.setPlaceholderText(_CHOOSING)
        self._bar.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

    def _open(self, found: Found) -> None:
        if self._pending is not None and found.route is not None:
            self._finish(self._pending, found.route.household)
        elif found.household and not (self.here and self.here.household):
            self.ask_household(found)
        else:
            household = self.here.household if self.here else ""
            self._finish(found, household if found.household or found.command else "")

    def _finish(self, found: Found, household: str) -> None:
        self._bar.search.clear()
        self.close()
        self.chosen.emit(found, household)

    def _escape(self) -> None:
        if self._pending is not None:
            self._pending = None
            self._bar.search.setPlaceholderText(PLACEHOLDER)
            self._bar.search.clear()
            self._ask()
            return
        self._bar.search.clear()
        self.close()
        self.left.emit()

    def _leave(self) -> None:
        # A press on a line takes the focus from the field before the click is known.
        if not self.panel.underMouse():
            self.close()

    def _fold(self) -> None:
        self._answered, self._enter_waits = None, False
        self.panel.hide()
        self._bar.search_box.set_expanded(False)

    def _asking(self) -> str:
        return "" if self._pending is None else f"{self._pending.title}\u00a0: pour quel ménage\u202f?"

    def _nothing(self) -> str:
        words = self._bar.search.text().strip()
        if not words:
            return "Tapez un nom, un début de numéro ou une rue."
        return f"Rien ne correspond à «\u00a0{words}\u00a0». Essayez un nom, un début de numéro ou une rue."
