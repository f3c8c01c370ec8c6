"""The tab « Mesure » of a household: what runs, who else follows it, what is over, and the forms beside."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.measures import service
from caseworker_app.features.measures.domain.shown_measures import ShownMeasures, held_period
from caseworker_app.features.measures.screens.desk import AskedFor, MeasuresDesk
from caseworker_app.features.measures.screens.measure_card import (
    FormerCard,
    MeasureCard,
    ReferralsCard,
    WatchesCard,
)
from caseworker_app.features.measures.screens.meetings_card import MeetingsCard
from caseworker_app.features.measures.screens.open_form import OpenForm
from caseworker_app.features.measures.screens.parts_card import PartsCard
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.form_tab import FormTab
from caseworker_app.ui_kit.messages import EmptyState
from caseworker_app.ui_kit.scroll import PAGE_INSETS, ScrollBody
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

# Lines stay readable on a wide screen.
WIDEST = 1180
_CONCERNED = ("agreement", "worker")
_Read = tuple[ShownMeasures, list[date], list[AskedFor], list[AskedFor]]
_NOTHING_SENTENCE = (
    "La mesure dit dans quel cadre le ménage est suivi, par qui, à quel rythme et jusqu’à quand\u00a0: "
    "d’ici partent les échéances de «\u00a0Ma semaine\u00a0»."
)


class MeasureTab(FormTab):
    """The tab; a subject in a route is a measure, which is always in sight."""

    def __init__(self, desk: MeasuresDesk) -> None:
        """Make it empty; nothing is read before a household is shown."""
        super().__init__(desk, "measure")
        self.desk = desk
        self.shown: ShownMeasures | None = None
        self.cards: list[MeasureCard] = []
        self._reading = desk.tasks.latest(self._show, owner=self)
        self.referrals = ReferralsCard(may_write=desk.may_write)
        self.referrals.opened.connect(lambda key: desk.navigator.open("referrals", subject=key))
        self.referrals.asked.connect(lambda: desk.navigator.open("referrals", self.household))
        self.watches = WatchesCard()
        self.watches.opened.connect(lambda key: desk.navigator.open("veille", subject=key))
        self.parts, self.former = PartsCard(desk), FormerCard(desk)
        self.parts.form_asked.connect(self.open_form)
        self.meetings = MeetingsCard(desk)
        self.meetings.form_asked.connect(self.open_form)
        self.title = Label("", 16, fonts.SEMI_BOLD)
        self.open = Button("Ou&vrir une mesure", "secondary", "plus", compact=True)
        self.open.clicked.connect(self.ask_new)
        self.watch = Button("Ouvrir une v&eille", "quiet", "phone-call", compact=True)
        self.watch.clicked.connect(self.ask_watch)
        self.nothing = EmptyState(
            "flag", "Aucune mesure pour l’instant", _NOTHING_SENTENCE,
            "Ou&vrir une mesure" if desk.may_write else "", "plus",
        )  # fmt: skip
        if self.nothing.button is not None:
            self.nothing.button.clicked.connect(self.ask_new)
            self.watch_first = Button("Ouvrir une v&eille", "secondary", "phone-call")
            self.watch_first.clicked.connect(self.ask_watch)
            self.nothing.add_other(self.watch_first)
        self.body = ScrollBody(self._content())
        self.stack.addWidget(self.body)
        self.stack.addWidget(self.nothing)
        desk.changes.listen(
            self,
            lambda c: c.concerns(household=self.household) or any(c.concerns(table=t) for t in _CONCERNED),
            self.read_again,
        )

    def has_read(self) -> bool:
        """Say whether measures were read."""
        return self.shown is not None

    def show_household(self, household: str, subject: str = "") -> None:
        """Show a household."""
        if household != self.household:
            self.panel.leave()
            self.shown = None
            self.stack.hide()
        self.household = household
        self.read_again()

    def read_again(self) -> None:
        """Read the measures again."""
        household, day, desk = self.household, self.desk.today, self.desk

        def read() -> _Read:
            with desk.file.reading() as connection:
                shown = service.open_tab(connection, desk.who, household, day)
                held = desk.visits(connection, desk.who, household, held_period(day))
                asked = desk.referrals(connection, desk.who, household, day)
                return shown, held, asked, desk.watches(connection, desk.who, household, day)

        self._reading.ask(read)

    def focus_first(self) -> None:
        """Begin on the button of an empty tab, or on what can be done with the measure."""
        if self.shown is None or not self.desk.may_write:
            super().focus_first()
            return
        first = self.cards[0].renew if self.shown.current else self.open
        if not self.shown.files and self.nothing.button is not None:
            first = self.nothing.button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_new(self) -> None:
        """Open the form of a new measure."""
        if self.shown is not None:
            self.open_form(OpenForm(self.desk, self.shown))

    def ask_watch(self) -> None:
        """Go where a veille of this household is opened."""
        self.desk.navigator.open("veille", self.household)

    def _content(self) -> QWidget:
        content, inner = QWidget(), QWidget()
        inner.setMaximumWidth(px(WIDEST))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.watch)
        head.addWidget(self.open)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addLayout(head)
        self._column.addWidget(self.parts)
        self._column.addWidget(self.meetings)
        self._column.addWidget(self.watches)
        self._column.addWidget(self.referrals)
        self._column.addWidget(self.former)
        self._column.addStretch(1)
        line = QHBoxLayout(content)
        line.setContentsMargins(*PAGE_INSETS)
        line.setSpacing(0)
        line.addWidget(inner, 1000)
        line.addStretch(1)
        return content

    def _show(self, read: _Read) -> None:
        shown, held, asked, watched = read
        if shown.household_id != self.household:
            return
        self.shown = shown
        self.counted.emit(None)
        current = shown.current
        while len(self.cards) < len(current):
            self._add_card()
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(current))
            if place < len(current):
                card.show_measure(shown, current[place], held)
        titles = ("Aucune mesure en cours", "Mesure en cours", "Mesures en cours")
        self.title.setText(titles[min(len(current), 2)])
        for button in (self.open, self.watch):
            button.setVisible(self.desk.may_write)
        self.parts.show_parts(shown)
        self.meetings.show_meetings(shown)
        self.former.show_measures(shown)
        self.referrals.show_referrals(asked)
        self.watches.show_watches(watched)
        self.stack.setCurrentWidget(
            self.body if shown.files or shown.parts or asked or watched else self.nothing
        )
        self.stack.show()
        self.share_width()

    def _add_card(self) -> None:
        card = MeasureCard(self.desk)
        card.form_asked.connect(self.open_form)
        self.cards.append(card)
        # After the head and the cards before it.
        self._column.insertWidget(len(self.cards), card)
