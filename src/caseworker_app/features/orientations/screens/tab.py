"""The tab « Orientations » of a household: to whom it was sent, what is awaited, what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.orientations import service
from caseworker_app.features.orientations.domain.shown import OrientationShown, OrientationsPage
from caseworker_app.features.orientations.screens.desk import OrientationsDesk
from caseworker_app.features.orientations.screens.forms import orientation_form
from caseworker_app.features.team.domain import Right
from caseworker_app.kernel.changes import Changes
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.form_place import FormPlace
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.page import HouseholdTab
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.side_form import WIDEST
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_CARDS_WIDE = 1000


class OrientationsTab(HouseholdTab):
    """« Orientations » of a household; the subject is the orientation to go on with."""

    def __init__(self, desk: OrientationsDesk) -> None:
        """Make it empty."""
        super().__init__()
        self.desk = desk
        self.page: OrientationsPage | None = None
        self._household = ""
        self._may_write = desk.who.may(Right.WRITE_FILES)
        self._may_send = desk.who.may(Right.TRANSMIT)
        self.place = FormPlace(desk.tasks, desk.drafts, desk.done, "orientations")
        self.place.setMaximumWidth(px(WIDEST))
        self.new = Button("&Nouvelle orientation", "primary", "plus")
        self.new.setVisible(self._may_write)
        self.edits: dict[str, Button] = {}
        self.agreements: dict[str, Button] = {}
        self.letters: dict[str, Button] = {}
        self._reading = desk.tasks.latest(self._show, owner=self)
        self._lay_out()
        self.new.clicked.connect(self.begin)
        self.place.shown.connect(lambda opened: self.stack.setCurrentIndex(2 if opened else self._body))
        desk.changes.listen(self, self._concerned, self.read_again)

    def show_household(self, household: str, subject: str = "") -> None:
        """Read and show a household."""
        if household != self._household:
            self.place.leave()
            self.place.close_form()
            self._household, self.page = household, None
            self.place.household = household
        self.read_again()

    def read_again(self) -> None:
        """Read the household again."""
        desk, household, day = self.desk, self._household, self.desk.today

        def read() -> OrientationsPage:
            with desk.file.reading() as connection:
                return service.orientations_page(connection, desk.who, household, day)

        if household:
            self._reading.ask(read)

    def leave(self) -> None:
        """Keep what is being typed."""
        self.place.leave()

    def focus_first(self) -> None:
        """Begin in the open form, or with a new orientation."""
        if self.place.form is not None:
            self.place.form.focus_first()
        elif self._body == 0 and self.nobody.button is not None:
            self.nobody.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Open the form of a new orientation."""
        if self.page is not None:
            self.place.open(orientation_form(self.desk, self.page))

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
                self.desk.note_agreement(self, self._household, each)

    def open_letter(self, orientation_id: str) -> None:
        """Show the letter to the partner before it leaves, which a room above this one prepares."""
        self.desk.navigator.open("letter", self._household, f"lettre-orientation:{orientation_id}")

    def _concerned(self, changes: Changes) -> bool:
        return changes.concerns(household=self._household) or changes.concerns(table="partner")

    def _show(self, page: OrientationsPage) -> None:
        if page.household_id != self._household:
            return
        self.page, self.edits, self.letters, self.agreements = page, {}, {}, {}
        self.cards.setWidget(self._content(page))
        self._body = 1 if page.shown else 0
        if self.place.form is None:
            self.stack.setCurrentIndex(self._body)
        self.counted.emit(page.waiting or None)

    def _content(self, page: OrientationsPage) -> QWidget:
        content, inner = QWidget(), QWidget()
        inner.setMaximumWidth(px(_CARDS_WIDE))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for each in page.shown:
            column.addWidget(self._card(each))
        column.addStretch(1)
        line = QHBoxLayout(content)
        line.setContentsMargins(PAGE_INSETS[0], 0, *PAGE_INSETS[2:])
        line.addWidget(inner, 1000)
        line.addStretch(1)
        return content

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

    def _lay_out(self) -> None:
        self.nobody = EmptyState(
            "heart-handshake", "Aucune orientation",
            "Notez vers qui le ménage est orienté et pourquoi\u00a0: la réponse attendue vous sera rappelée.",
            "&Nouvelle orientation" if self._may_write else "", "plus",
        )  # fmt: skip
        if self.nobody.button is not None:
            self.nobody.button.clicked.connect(self.begin)
        self.cards = ScrollBody(QWidget())
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.setContentsMargins(24, 16, 24, 8)
        top.addWidget(self.new)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(self.cards, 1)
        form = QWidget()
        line = QHBoxLayout(form)
        line.setContentsMargins(12, 4, 12, 4)
        line.addWidget(self.place)
        self._body = 0
        self.stack = QStackedWidget()
        for body in (self.nobody, listed, form):
            self.stack.addWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
