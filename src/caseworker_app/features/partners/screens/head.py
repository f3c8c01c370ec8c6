"""The top of the page of partners: title and count, search, the two ways to add, the filters."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caseworker_app.features.partners.domain.partner import PARTNER_KIND_LABELS, PartnerKind
from caseworker_app.features.partners.domain.shown import theme_choices
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.entries import Choice, SearchField
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_EVERY = ""


class PartnersHead(Band):
    """The band. `sought()` when the words or a filter change; the page joins the buttons."""

    sought = Signal()

    def __init__(self, day: date) -> None:
        """Make it without count; the themes are those in force on a day."""
        super().__init__()
        self.title = Label("Partenaires", 22, fonts.SEMI_BOLD)
        self.count = Label("", 13, tone="muted")
        self.count.setContentsMargins(0, 0, 0, px(5))
        self.search = SearchField("Chercher")
        self.search.setMaximumWidth(px(360))
        self.search.setAccessibleName("Chercher un partenaire")
        self.search.setAccessibleDescription("Nom, ville, ou ce qu’il propose")
        self.search.setToolTip("Nom, ville, ou ce qu’il propose")
        self.importing = Button("&Importer…", "secondary", "file-import")
        self.adding = Button("&Nouveau partenaire", "primary", "plus")
        self.theme, self.kind = Choice(), Choice()
        self.clearing = Button("Tout &effacer", "quiet", compact=True)
        self._fill(day)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, px(14), 24, px(10))
        column.setSpacing(px(10))
        column.addLayout(self._top_line())
        column.addLayout(self._filters())
        self.search.textChanged.connect(self._seek)
        self.theme.currentIndexChanged.connect(self._seek)
        self.kind.currentIndexChanged.connect(self._seek)
        self.clearing.clicked.connect(self.clear)

    @property
    def narrowed(self) -> bool:
        """Say whether something is asked for: words or a filter."""
        return bool(self.search.text().strip() or self.theme.current_key() or self.kind.current_key())

    def wanted(self) -> tuple[str, str | None, PartnerKind | None]:
        """Return the words, the theme and the kind asked for."""
        kind = self.kind.current_key()
        return self.search.text(), self.theme.current_key() or None, PartnerKind(kind) if kind else None

    def clear(self) -> None:
        """Ask for everybody."""
        for part in (self.search, self.theme, self.kind):
            part.blockSignals(True)
        self.search.clear()
        self.theme.choose(_EVERY)
        self.kind.choose(_EVERY)
        for part in (self.search, self.theme, self.kind):
            part.blockSignals(False)
            part.update()
        self._seek()

    def show_filled(self, *, filled: bool, may_write: bool, may_import: bool) -> None:
        """Show what makes sense only where there are partners, and what this worker may do."""
        for part in (self.search, self.theme, self.kind):
            part.setVisible(filled)
        self.adding.setVisible(filled and may_write)
        self.importing.setVisible(filled and may_import)
        self.clearing.setVisible(filled and self.narrowed)

    def _seek(self) -> None:
        self.clearing.setVisible(self.narrowed)
        self.sought.emit()

    def _fill(self, day: date) -> None:
        self.theme.setAccessibleName("Thématique")
        self.kind.setAccessibleName("Nature")
        self.theme.add(_EVERY, "Toutes les thématiques")
        for each in theme_choices(day):
            self.theme.add(each.code, each.words)
        self.kind.add(_EVERY, "Toutes les natures")
        for kind, words in PARTNER_KIND_LABELS.items():
            self.kind.add(kind, words[:1].upper() + words[1:])
        self.theme.choose(_EVERY)
        self.kind.choose(_EVERY)
        self.theme.setMaximumWidth(px(340))
        self.kind.setMaximumWidth(px(220))
        self.theme.setMaxVisibleItems(18)

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

    def _filters(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.theme, 3)
        line.addWidget(self.kind, 2)
        line.addWidget(self.clearing)
        line.addStretch(1)
        return line
