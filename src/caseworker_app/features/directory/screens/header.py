"""The band at the top of the list: its title and count, the search, the two ways to add, the saved filters."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from caseworker_app.features.directory.screens.saved_tabs import SavedTabs
from caseworker_app.ui_kit.searched_head import HeadWords, ListBand
from caseworker_app.ui_kit.theme import px

_WORDS = HeadWords(
    "Ménages", "&Nouveau ménage", "Chercher dans la liste",
    "Nom, téléphone, adresse, n° de dossier, mot du journal",
)  # fmt: skip
_SPOKEN = "Nom, téléphone, adresse, numéro de dossier ou mot du journal"


class ListHeader(ListBand):
    """The band; the page joins its buttons."""

    def __init__(self, worker_id: str) -> None:
        """Make it, without count."""
        super().__init__(_WORDS)
        self.search.setAccessibleDescription(_SPOKEN)
        self.saved = SavedTabs(worker_id)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, px(14), 24, 1)
        column.setSpacing(px(8))
        column.addLayout(self.top_line())
        column.addWidget(self.saved)

    def show_filled(self, filled: bool) -> None:
        """Show what makes sense only where there are households: an empty page has its own buttons."""
        for part in (self.search, self.adding, self.importing, self.saved):
            part.setVisible(filled)
