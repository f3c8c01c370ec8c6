"""The top of a page that lists: its title and count, the search, the two ways to add, the filters."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.entries import Choice, SearchField
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

EVERY = ""


@dataclass(frozen=True, slots=True)
class HeadWords:
    """What a band says: its title, the button that adds, what the search is for and what it looks through."""

    title: str
    adding: str
    search: str
    looks_through: str


class ListBand(Band):
    """Title, count, search and the two ways to add; the page joins the buttons."""

    def __init__(self, words: HeadWords, *, search_wide: int = 360) -> None:
        """Make its parts, without count; whoever derives from it lays them out."""
        super().__init__()
        self.title = Label(words.title, 22, fonts.SEMI_BOLD)
        self.count = Label("", 13, tone="muted")
        # The count stands on the line of the title.
        self.count.setContentsMargins(0, 0, 0, px(5))
        self.search = SearchField("Chercher")
        self.search.setMaximumWidth(px(search_wide))
        self.search.setAccessibleName(words.search)
        self.search.setAccessibleDescription(words.looks_through)
        self.search.setToolTip(words.looks_through)
        self.importing = Button("&Importer…", "secondary", "file-import")
        self.adding = Button(words.adding, "primary", "plus")

    def top_line(self) -> QHBoxLayout:
        """Return the first line of the band."""
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.title)
        line.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        line.addSpacing(px(8))
        line.addStretch(1)
        line.addWidget(self.search, 3)
        line.addWidget(self.importing)
        line.addWidget(self.adding)
        return line


class SearchedHead(ListBand):
    """The band of a `SearchedPage`. `sought()` when the words or a filter change.

    A page's own band makes itself, adds its filters, then calls `lay_out`: keys go through the parts in that order.
    """

    sought = Signal()

    def __init__(self, words: HeadWords, *, search_wide: int = 360) -> None:
        """Make it without filters."""
        super().__init__(words, search_wide=search_wide)
        self.filters: dict[Choice, int] = {}
        self.clearing = Button("Tout montr&er", "quiet", compact=True)
        self._middle: list[QWidget] = []
        self.search.textChanged.connect(self.seek)
        self.clearing.clicked.connect(self.clear)

    def add_filter(self, name: str, every: str, *, wide: int, stretch: int = 2) -> Choice:
        """Add a filter that asks for everything: `every` are the words of that, `wide` its width at most at 100 %."""
        choice = Choice()
        choice.setAccessibleName(name)
        choice.setMaximumWidth(px(wide))
        choice.add(EVERY, every)
        choice.choose(EVERY)
        choice.currentIndexChanged.connect(self.seek)
        self.filters[choice] = stretch
        return choice

    def lay_out(self, *middle: QWidget, last: QWidget | None = None) -> None:
        """Lay the parts out: the first line, `middle` a line each, then the filters with `last` at their end."""
        self._middle = list(middle)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, px(14), 24, px(10))
        column.setSpacing(px(10))
        column.addLayout(self.top_line())
        for part in middle:
            column.addWidget(part)
        column.addLayout(self._filter_line(last))

    @property
    def narrowed(self) -> bool:
        """Say whether something is asked for: words or a filter."""
        return bool(self.search.text().strip()) or any(choice.current_key() for choice in self.filters)

    def clear(self) -> None:
        """Ask for everything, once."""
        parts = (self.search, *self.filters)
        for part in parts:
            part.blockSignals(True)
        self.search.clear()
        for choice in self.filters:
            choice.choose(EVERY)
        for part in parts:
            part.blockSignals(False)
            part.update()
        self.seek()

    def show_filled(self, *, filled: bool, may_add: bool, may_import: bool) -> None:
        """Show what makes sense only where there is something to search, and what this worker may do."""
        for part in (self.search, *self._middle, *self.filters):
            part.setVisible(filled)
        self.adding.setVisible(filled and may_add)
        self.importing.setVisible(filled and may_import)
        self.clearing.setVisible(filled and self.narrowed)

    def seek(self) -> None:
        """Tell that something else is asked for."""
        self.clearing.setVisible(self.narrowed)
        self.sought.emit()

    def _filter_line(self, last: QWidget | None) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(px(8))
        for choice, stretch in self.filters.items():
            line.addWidget(choice, stretch)
        line.addWidget(self.clearing)
        line.addStretch(1)
        if last is not None:
            line.addWidget(last)
        return line
