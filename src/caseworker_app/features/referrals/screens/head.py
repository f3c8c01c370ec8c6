"""The top of the page of referrals: search, the stages, where they come from and who follows them, the blank sheet."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.referrals.domain.listed import ReferralListing, Wanted
from caseworker_app.features.referrals.domain.referral import SENDER_LABELS, Sender
from caseworker_app.features.referrals.domain.stages import STAGE_LABELS, Stage
from caseworker_app.features.team.domain import Worker
from caseworker_app.kernel.french import capital, plural
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import FilterChips
from caseworker_app.ui_kit.searched_head import EVERY, HeadWords, SearchedHead

_OPEN = "open"
_WORDS = HeadWords(
    "Demandes", "&Nouvelle demande", "Chercher une demande", "Ménage, prescripteur, motif ou numéro"
)
_TEAM = "Toute l’équipe"


class ReferralsHead(SearchedHead):
    """The band of the page."""

    def __init__(self) -> None:
        """Make it without counts."""
        super().__init__(_WORDS, search_wide=300)
        self.stages = FilterChips("Étapes")
        self.stages.add(_OPEN, "En cours", 0)
        for stage, words in STAGE_LABELS.items():
            self.stages.add(stage, words, 0)
        self.stages.chosen.connect(lambda _key: self.seek())
        self.origin = self.add_filter("Origine", "Toutes les origines", wide=260)
        for sender, words in SENDER_LABELS.items():
            self.origin.add(sender, capital(words))
        self.worker = self.add_filter("Suivie par", _TEAM, wide=260)
        self.sheet = Button("&Fiche à remettre…", "quiet", "file-export", compact=True)
        self.sheet.setToolTip("Une fiche vierge pour les bailleurs\u202f; remplie, elle se lit par Importer")
        self.lay_out(self.stages, last=self.sheet)

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
        self.stages.choose(_OPEN)
        super().clear()

    def show_listing(self, listing: ReferralListing) -> None:
        """Show how many stand at each stage, and how many are late."""
        late = f", {plural(listing.late, 'en retard', 'en retard')}" if listing.late else ""
        self.count.setText(f"{listing.open} en cours{late}" if listing.in_all else "")
        self.stages.set_count(_OPEN, listing.open)
        for stage, count in listing.counts.items():
            self.stages.set_count(stage, count)

    def show_workers(self, workers: Sequence[Worker]) -> None:
        """Offer the people of the team; whoever is chosen stays."""
        self.worker.offer([(EVERY, _TEAM), *((each.id, each.name) for each in workers)], EVERY)
