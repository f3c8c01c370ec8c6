"""The top of the page of referrals: title and count, search, what may be added, the stages, the filters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caseworker_app.features.referrals.domain.listed import ReferralListing, Wanted
from caseworker_app.features.referrals.domain.referral import SENDER_LABELS, Sender
from caseworker_app.features.referrals.domain.stages import STAGE_LABELS, Stage
from caseworker_app.features.team.domain import Worker
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.choices import FilterChips
from caseworker_app.ui_kit.entries import Choice, SearchField
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_OPEN = "open"
_EVERY = ""


class ReferralsHead(Band):
    """The band. `sought()` when the words, the stage or a filter change; the page joins the buttons."""

    sought = Signal()

    def __init__(self) -> None:
        """Make it without counts."""
        super().__init__()
        self.title = Label("Demandes", 22, fonts.SEMI_BOLD)
        self.count = Label("", 13, tone="muted")
        self.count.setContentsMargins(0, 0, 0, px(5))
        self.search = SearchField("Chercher")
        self.search.setMaximumWidth(px(300))
        self.search.setAccessibleName("Chercher une demande")
        self.search.setToolTip("Ménage, prescripteur, motif ou numéro")
        self.importing = Button("&Importer…", "secondary", "file-import")
        self.adding = Button("&Nouvelle demande", "primary", "plus")
        self.stages = FilterChips("Étapes")
        self.stages.add(_OPEN, "En cours", 0)
        for stage, words in STAGE_LABELS.items():
            self.stages.add(stage, words, 0)
        self.origin, self.worker = Choice(), Choice()
        self.clearing = Button("Tout &effacer", "quiet", compact=True)
        self.sheet = Button("&Fiche à remettre…", "quiet", "file-export", compact=True)
        self.sheet.setToolTip("Une fiche vierge pour les bailleurs\u202f; remplie, elle se lit par Importer")
        self._fill()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, px(14), 24, px(10))
        column.setSpacing(px(10))
        column.addLayout(self._top_line())
        column.addWidget(self.stages)
        column.addLayout(self._filters())
        self.search.textChanged.connect(self._seek)
        self.stages.chosen.connect(lambda _key: self._seek())
        for choice in (self.origin, self.worker):
            choice.currentIndexChanged.connect(self._seek)
        self.clearing.clicked.connect(self.clear)

    @property
    def narrowed(self) -> bool:
        """Say whether something is asked for besides what is not over."""
        return self.wanted() != Wanted()

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        stage, sender = self.stages.current_key(), self.origin.current_key()
        return Wanted(
            self.search.text().strip(),
            None if stage == _OPEN else Stage(stage),
            Sender(sender) if sender else None,
            self.worker.current_key() or None,
        )

    def clear(self) -> None:
        """Ask for all that is not over."""
        parts = (self.search, self.origin, self.worker)
        for part in parts:
            part.blockSignals(True)
        self.search.clear()
        self.stages.choose(_OPEN)
        self.origin.choose(_EVERY)
        self.worker.choose(_EVERY)
        for part in parts:
            part.blockSignals(False)
            part.update()
        self._seek()

    def show_listing(self, listing: ReferralListing) -> None:
        """Show how many stand at each stage, and how many are late."""
        late = f", {plural(listing.late, 'en retard', 'en retard')}" if listing.late else ""
        self.count.setText(f"{listing.open} en cours{late}" if listing.in_all else "")
        self.stages.set_count(_OPEN, listing.open)
        for stage, count in listing.counts.items():
            self.stages.set_count(stage, count)

    def show_filled(self, *, filled: bool, may_write: bool, may_import: bool) -> None:
        """Show what makes sense only where there are referrals, and what this worker may do."""
        for part in (self.search, self.stages, self.origin, self.worker):
            part.setVisible(filled)
        self.adding.setVisible(filled and may_write)
        self.importing.setVisible(filled and may_import)
        self.clearing.setVisible(filled and self.narrowed)

    def show_workers(self, workers: Sequence[Worker]) -> None:
        """Offer the people of the team; whoever is chosen stays."""
        chosen = self.worker.current_key()
        self.worker.blockSignals(True)
        self.worker.clear()
        self.worker.add(_EVERY, "Toute l’équipe")
        for each in workers:
            self.worker.add(each.id, each.name)
        self.worker.choose(chosen if any(each.id == chosen for each in workers) else _EVERY)
        self.worker.blockSignals(False)

    def _seek(self) -> None:
        self.clearing.setVisible(self.narrowed)
        self.sought.emit()

    def _fill(self) -> None:
        self.origin.setAccessibleName("Origine")
        self.worker.setAccessibleName("Suivie par")
        self.origin.add(_EVERY, "Toutes les origines")
        for sender, words in SENDER_LABELS.items():
            self.origin.add(sender, words[:1].upper() + words[1:])
        self.origin.choose(_EVERY)
        self.show_workers(())
        self.origin.setMaximumWidth(px(260))
        self.worker.setMaximumWidth(px(260))

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
        line.addWidget(self.origin, 2)
        line.addWidget(self.worker, 2)
        line.addWidget(self.clearing)
        line.addStretch(1)
        line.addWidget(self.sheet)
        return line
