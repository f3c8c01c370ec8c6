"""The thread of a dossier: everything that happened, by kind if wanted, the oldest folded."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.features.dossier.domain.happening import THREAD_LABELS, Thread
from caseworker_app.features.dossier.domain.shown import ShownDossier
from caseworker_app.features.dossier.domain.when import short_day
from caseworker_app.features.dossier.screens.showing import event_of
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit.card import Card, FoldRow
from caseworker_app.ui_kit.choices import FilterChips
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.timeline import Timeline

FIRST, MORE = 8, 40
_ALL = "all"


class ThreadCard(Card):
    """The thread. `opened(key)` when an event is opened."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__("Fil du dossier", parent=parent)
        self._dossier: ShownDossier | None = None
        self._kinds: tuple[Thread, ...] | None = None
        self._kind: Thread | None = None
        self._first = self._shown = FIRST
        self.chips = FilterChips("Filtrer le fil")
        self.add(self.chips)
        self.events = Timeline(fit=True)
        self.events.opened.connect(self.opened)
        self.nothing = EmptyState(
            "history", "Rien encore", "Les visites, appels, étapes et documents se rangent ici d’eux-mêmes."
        )
        self.fold = FoldRow("", "chevron-down")
        self.fold.clicked.connect(self._unfold)
        self.add_rows(self.events, rule=False)
        self.add_rows(self.nothing, rule=False)
        self.add_stretch()
        self.add_foot(self.fold)

    def show_thread(self, dossier: ShownDossier, *, again: bool) -> None:
        """Show what happened; `again`: to the same household, so that filter and length stay."""
        if not again:
            self._kind, self._shown = None, self._first
        self._dossier = dossier
        counts = dossier.counts()
        if self._kind not in counts:
            self._kind = None
        self._show_chips(counts, len(dossier.thread))
        self._show()

    def show_at_first(self, first: int) -> None:
        """Show so many events before the fold: as the window has room for."""
        if first != self._first:
            self._shown = max(first, self._shown + first - self._first)
            self._first = first
            self._show()

    def narrow(self, key: str) -> None:
        """Show one kind only (« all »: everything)."""
        self._kind = None if key == _ALL else Thread(key)
        self._shown = self._first
        self._show()

    def _show_chips(self, counts: dict[Thread, int], total: int) -> None:
        if tuple(counts) != self._kinds:
            self._kinds = tuple(counts)
            self._replace_chips(counts)
        self.chips.set_count(_ALL, total)
        for kind, count in counts.items():
            self.chips.set_count(kind, count)
        self.chips.choose(self._kind or _ALL)

    def _replace_chips(self, counts: dict[Thread, int]) -> None:
        fresh = FilterChips("Filtrer le fil")
        fresh.add(_ALL, "Tout", 0)
        for kind in counts:
            fresh.add(kind, THREAD_LABELS[kind], 0)
        fresh.chosen.connect(self.narrow)
        self.body.replaceWidget(self.chips, fresh)
        self.chips.hide()
        self.chips.deleteLater()
        self.chips = fresh

    def _show(self) -> None:
        dossier = self._dossier
        if dossier is None:
            return
        told = dossier.narrowed(self._kind)
        shown = told[: self._shown]
        year = dossier.thread[0].day.year if dossier.thread else 0
        self.events.set_events([event_of(each, year) for each in shown])
        self.events.setVisible(bool(told))
        self.chips.setVisible(bool(dossier.thread))
        self.nothing.setVisible(not dossier.thread)
        older = len(told) - len(shown)
        self.fold.setVisible(older > 0)
        if older > 0:
            words = plural(older, "événement plus ancien", "événements plus anciens")
            self.fold.setText(f"{words}, jusqu’au {short_day(told[-1].day, shown[0].day)}")

    def _unfold(self) -> None:
        self._shown += MORE
        self._show()
