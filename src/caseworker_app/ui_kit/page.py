"""Pages and the way between them, known to screens without knowing the window that shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from caseworker_app.ui_kit import paint
from caseworker_app.ui_kit.theme import colour


@dataclass(frozen=True, slots=True)
class Route:
    """A place in the program: which page (« households », « dossier », « visit »…), for which household,
    which thing; `sought`: the folded words to show in it, for what a search opens.
    """

    page: str
    household: str = ""
    subject: str = ""
    tab: str = ""
    sought: tuple[str, ...] = ()


class Navigator(QObject):
    """Where a screen asks to go; the window follows. `here` is the route shown now."""

    asked = Signal(object)
    back_asked = Signal()
    confirmed = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin nowhere."""
        super().__init__(parent)
        self.here: Route | None = None

    def open(
        self, page: str, household: str = "", subject: str = "", tab: str = "", sought: tuple[str, ...] = ()
    ) -> None:
        """Go to a place."""
        self.asked.emit(Route(page, household, subject, tab, sought))

    def back(self) -> None:
        """Go back to where one came from (Alt+Left)."""
        self.back_asked.emit()

    def confirm(self, sentence: str, undo: object = None) -> None:
        """Say at the foot of the window what was done; `undo` (a callable) puts « Annuler » beside it."""
        self.confirmed.emit(sentence, undo)


class Page(QWidget):
    """A screen of the window. One instance serves every household: `enter` fills it for a route."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it, empty; nothing is read from the file before `enter`."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def enter(self, route: Route) -> None:
        """Show what the route asks for; called each time the person comes here."""

    def leave(self) -> None:
        """Keep what is being typed (a draft); called before another page is shown, the lock, and the
        close.
        """

    def focus_first(self) -> None:
        """Put the cursor where work on this page begins."""
        self.focusNextChild()

    def part(self) -> str:
        """Return the key of the part shown, where the guide tells of each (a section of the settings)."""
        return ""

    def undo(self) -> None:
        """Take back the last thing done on this page, where it keeps them itself (Ctrl+Z)."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page's ground."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), colour("bg"))
        painter.end()


class HouseholdTab(QWidget):
    """A tab of a household's dossier, brought by the room that holds its subject.

    One instance serves every household; it reads its own subject and listens to changes itself.
    `counted(figure or None)`: what stands after the tab's words.
    """

    counted = Signal(object)

    def show_household(self, household: str, subject: str = "") -> None:
        """Read and show a household; `subject` is the row to stand on. Called each time the tab is seen."""

    def leave(self) -> None:
        """Keep what is being typed: called before another tab, another household, the lock and the close."""

    def focus_first(self) -> None:
        """Put the cursor where work on this tab begins."""
        self.focusNextChild()


@dataclass(frozen=True, slots=True)
class RoomTab:
    """A tab to come in the dossier: its key in routes, its words, and how it is made when first seen."""

    key: str
    words: str
    build: Callable[[], HouseholdTab]
