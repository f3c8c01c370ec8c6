"""The tab « Orientations » of a household: to whom it was sent, what is awaited, what came of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.features.orientations import service
from caseworker_app.features.orientations.domain.shown import OrientationShown, OrientationsPage
from caseworker_app.features.orientations.screens.desk import OrientationsDesk
from caseworker_app.features.orientations.screens.forms import orientation_form
from caseworker_app.features.team.domain import Right
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.card_tab import CardTab, CardWords
from caseworker_app.ui_kit.side_form import SideForm
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import Label

_WORDS = CardWords(
    "orientations", "heart-handshake", "Aucune orientation",
    "Notez vers qui le ménage est orienté et pourquoi\u00a0: la réponse attendue vous sera rappelée.",
    "&Nouvelle orientation",
)  # fmt: skip


class OrientationsTab(CardTab):
    """« Orientations » of a household."""

    TABLES = ("partner",)
    desk: OrientationsDesk
    page: OrientationsPage | None

    def __init__(self, desk: OrientationsDesk) -> None:
        """Make it empty."""
        super().__init__(desk, _WORDS, may_add=desk.who.may(Right.WRITE_FILES))
        self._may_write = desk.who.may(Right.WRITE_FILES)
        self._may_send = desk.who.may(Right.TRANSMIT)
        self.edits: dict[str, Button] = {}
        self.agreements: dict[str, Button] = {}
        self.letters: dict[str, Button] = {}

    def page_work(self, household: str) -> Callable[[], OrientationsPage]:
        """Return the reading of the orientations."""
        desk, day = self.desk, self.desk.today

        def read() -> OrientationsPage:
            with desk.file.reading() as connection:
                return service.orientations_page(connection, desk.who, household, day)

        return read

    def cards_of(self, page: OrientationsPage) -> list[Card]:
        """Return a card for each orientation."""
        self.edits, self.letters, self.agreements = {}, {}, {}
        return [self._card(each) for each in page.shown]

    def counted_in(self, page: OrientationsPage) -> int:
        """Return how many answers are waited for."""
        return page.waiting

    def form_of(self, page: OrientationsPage) -> SideForm:
        """Return the form of a new orientation."""
        return orientation_form(self.desk, page)

    def go_on(self, orientation_id: str) -> None:
        """Open the form of an orientation already written."""
        if self.page is not None:
            found = [each for each in self.page.shown if each.orientation.id == orientation_id]
            for each in found:
                self.place.open(orientation_form(self.desk, self.page, each))

    def agree(self, orientation_id: str) -> None:
        """Note the agreement an orientation lacks, or tie the one that runs with its partner."""
        for each in self.page.shown if self.page is not None else ():
            if each.orientation.id != orientation_id:
                continue
            if each.agreement.offered is not None:
                self.desk.tie_agreement(self, each)
            else:
                self.desk.note_agreement(self, self.household, each)

    def open_letter(self, orientation_id: str) -> None:
        """Show the letter to the partner before it leaves, which a room above this one prepares."""
        self.desk.navigator.open("letter", self.household, f"lettre-orientation:{orientation_id}")

    def _card(self, of: OrientationShown) -> Card:
        card = Card(of.partner)
        card.title.setWordWrap(True)
        # A long name takes all that the buttons leave before it breaks.
        policy = card.title.sizePolicy()
        policy.setHorizontalStretch(100)
        card.title.setSizePolicy(policy)
        card.add(StateLabel(State(of.state, of.tone)))
        kept = of.orientation
        card.add(Label(kept.reason, 13, wrap=True))
        if kept.result:
            card.add(Label(f"Résultat\u00a0: {kept.result}", 13, wrap=True))
        said = f"{of.days}, pour {of.whom}" if of.whom else of.days
        card.add(Label(said, 12, tone="muted", wrap=True))
        agreed = of.agreement
        card.add(Label(agreed.words, 12, tone="muted" if agreed.agreed else "warn", wrap=True))
        if self._may_write:
            self._offer_agreement(card, of)
            button = Button("Compléter", "quiet", "pencil", compact=True)
            button.setAccessibleName(f"Compléter l’orientation vers {of.partner}")
            button.clicked.connect(lambda: self.go_on(kept.id))
            self.edits[kept.id] = button
            card.add_action(button)
        if self._may_send:
            letter = Button("Lettre d’orientation…", "quiet", "mail", compact=True)
            letter.setAccessibleName(f"Lettre d’orientation vers {of.partner}")
            letter.clicked.connect(lambda: self.open_letter(kept.id))
            self.letters[kept.id] = letter
            card.add_action(letter)
        return card

    def _offer_agreement(self, card: Card, of: OrientationShown) -> None:
        """Offer, under what is missing, the one way to put it right."""
        if of.agreement.agreed:
            return
        tie = of.agreement.offered is not None
        words = "Rattacher cet accord" if tie else "Noter l’accord…"
        button = Button(words, "secondary", "circle-check" if tie else "check", compact=True)
        button.setAccessibleName(f"{words.rstrip('…')}, {of.partner}")
        button.clicked.connect(lambda: self.agree(of.orientation.id))
        self.agreements[of.orientation.id] = button
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(button)
        line.addStretch(1)
        card.add(holder)
