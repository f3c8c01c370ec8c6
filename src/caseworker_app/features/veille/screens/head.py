"""The top of the page of veilles: search, what is due, late or silent, who keeps them, the call sheet."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.team.domain import Worker
from caseworker_app.features.veille.domain.contact import WAY_LABELS, Way
from caseworker_app.features.veille.domain.listed import VIEW_LABELS, View, Wanted, WatchListing
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import FilterChips
from caseworker_app.ui_kit.searched_head import EVERY, HeadWords, SearchedHead

_WORDS = HeadWords("Veille", "&Nouvelle veille", "Chercher une veille", "Ménage ou référence")
_TEAM = "Toute l’équipe"


class VeilleHead(SearchedHead):
    """The band of the page."""

    def __init__(self, *, may_print: bool) -> None:
        """Make it without counts."""
        super().__init__(_WORDS, search_wide=300)
        self.views = FilterChips("Veilles")
        for view, words in VIEW_LABELS.items():
            self.views.add(view, words, 0)
        self.views.chosen.connect(lambda _key: self.seek())
        self.worker = self.add_filter("Tenue par", _TEAM, wide=260)
        self.way = self.add_filter("Appel ou visite", "Appels et visites", wide=220)
        for way, words in WAY_LABELS.items():
            self.way.add(way, f"{words.capitalize()}s")
        self.sheet = Button("&Feuille d’appels…", "quiet", "printer", compact=True)
        self.sheet.setToolTip("Les appels et visites du jour, en PDF, avec la place d’écrire")
        self._may_print = may_print
        self.lay_out(self.views, last=self.sheet)

    @property
    def narrowed(self) -> bool:
        """Say whether something is asked for besides what is due today."""
        return self.wanted() != Wanted()

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        way = self.way.current_key()
        return Wanted(
            self.search.text().strip(),
            View(self.views.current_key()),
            self.worker.current_key() or None,
            Way(way) if way else None,
        )

    def clear(self) -> None:
        """Ask for what is due today."""
        self.views.choose(View.TO_DO)
        super().clear()

    def show_all(self) -> None:
        """Ask for all that run, so that one of them is in the list whatever is due."""
        self.clear()
        self.views.choose(View.RUNNING)
        self.seek()

    def show_filled(self, *, filled: bool, may_add: bool, may_import: bool) -> None:
        """Show what makes sense only where there is something."""
        super().show_filled(filled=filled, may_add=may_add, may_import=may_import)
        self.sheet.setVisible(filled and self._may_print)

    def show_listing(self, listing: WatchListing) -> None:
        """Show how many come under each view."""
        running = listing.counts[View.RUNNING]
        self.count.setText(f"{running} en cours" if listing.in_all else "")
        for view, count in listing.counts.items():
            self.views.set_count(view, count)

    def show_workers(self, workers: Sequence[Worker]) -> None:
        """Offer the people of the team; whoever is chosen stays."""
        self.worker.offer([(EVERY, _TEAM), *((each.id, each.name) for each in workers)], EVERY)
