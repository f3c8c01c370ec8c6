"""The band at the top of the list: its title and count, the search, the two ways to add, the saved filters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caseworker_app.features.directory.screens.saved_tabs import SavedTabs
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.entries import SearchField
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class ListHeader(Band):
    """The band; the page joins its buttons."""

    def __init__(self, worker_id: str) -> None:
        """Make it, without count."""
        super().__init__()
        self.title = Label("Ménages", 22, fonts.SEMI_BOLD)
        self.count = Label("", 13, tone="muted")
        # The count stands on the line of the title.
        self.count.setContentsMargins(0, 0, 0, px(5))
        self.importing = Button("&Importer…", "secondary", "file-import")
        self.adding = Button("&Nouveau ménage", "primary", "plus")
        self.search = SearchField("Chercher")
        self.search.setMaximumWidth(px(360))
        self.search.setAccessibleName("Chercher dans la liste")
        self.search.setAccessibleDescription("Nom, téléphone, adresse, numéro de dossier ou mot du journal")
        self.search.setToolTip("Nom, téléphone, adresse, n° de dossier, mot du journal")
        self.saved = SavedTabs(worker_id)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, px(14), 24, 1)
        column.setSpacing(px(8))
        column.addLayout(self._top_line())
        column.addWidget(self.saved)

    def show_filled(self, filled: bool) -> None:
        """Show what makes sense only where there are households: an empty page has its own buttons."""
        for part in (self.search, self.adding, self.importing, self.saved):
            part.setVisible(filled)

    def _top_line(self) -> QHBoxLayout:
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
