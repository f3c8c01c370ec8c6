"""The top of the page of partners: search, themes and kinds to choose from."""

from __future__ import annotations

from datetime import date

from caseworker_app.features.partners.domain.partner import PARTNER_KIND_LABELS, PartnerKind
from caseworker_app.features.partners.domain.shown import theme_choices
from caseworker_app.kernel.french import capital
from caseworker_app.ui_kit.searched_head import HeadWords, SearchedHead

_WORDS = HeadWords(
    "Partenaires", "&Nouveau partenaire", "Chercher un partenaire", "Nom, ville, ou ce qu’il propose"
)


class PartnersHead(SearchedHead):
    """The band of the page."""

    def __init__(self, day: date) -> None:
        """Make it without count; the themes are those in force on a day."""
        super().__init__(_WORDS)
        self.theme = self.add_filter("Thématique", "Toutes les thématiques", wide=340, stretch=3)
        self.kind = self.add_filter("Nature", "Toutes les natures", wide=220)
        for each in theme_choices(day):
            self.theme.add(each.code, each.words)
        for kind, words in PARTNER_KIND_LABELS.items():
            self.kind.add(kind, capital(words))
        self.theme.setMaxVisibleItems(18)
        self.lay_out()

    def wanted(self) -> tuple[str, str | None, PartnerKind | None]:
        """Return the words, the theme and the kind asked for."""
        kind = self.kind.current_key()
        return self.search.text(), self.theme.current_key() or None, PartnerKind(kind) if kind else None
