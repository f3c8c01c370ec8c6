"""The right side of a review: a tab for what leaves and to whom, a tab for its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.report_content import VisitReport
from caseworker_app.features.handover.domain.choices import ADDITION_SECTIONS, ReviewChoices
from caseworker_app.features.handover.domain.hits import WordHit
from caseworker_app.features.handover.domain.proposal import ReviewProposal, Section
from caseworker_app.features.handover.screens.cards import (
    ConsentCard,
    ProgressCard,
    RecipientCard,
    WithheldCard,
)
from caseworker_app.features.handover.screens.editing import ConclusionCard, GrowingText, SectionCard
from caseworker_app.kernel.dates import Period, format_date
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.typed_days import parse_day
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.messages import Banner
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.tabs import Tabs
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

SENDING, WORDS = "sending", "words"


class PeriodCard(Card):
    """« Période »: from, to. `changed(Period)` once both can be read."""

    changed = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Période")
        self.start, self.end = _date_entry("Début de la période"), _date_entry("Fin de la période")
        self.line = SentenceLine("Les rencontres, paiements et progrès de ces jours sont proposés.")
        self._shown: Period | None = None
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for words, entry in (("du", self.start), ("au", self.end)):
            row.addWidget(Label(words, 13, tone="muted"))
            row.addWidget(entry, 1)
        self.body.addLayout(row)
        self.add(self.line)
        for entry in (self.start, self.end):
            entry.editingFinished.connect(self._finished)
            entry.textEdited.connect(self._typed)

    def show_period(self, period: Period) -> None:
        """Show a period."""
        self._shown = period
        self.start.setText(format_date(period.start))
        self.end.setText(format_date(period.end) if period.end else "")
        self._typed()

    def _typed(self, _text: str = "") -> None:
        self.line.clear()
        self.start.set_refused(False)
        self.end.set_refused(False)

    def _finished(self) -> None:
        self._typed()
        try:
            near = self._shown.start if self._shown else None
            if near is None:
                return
            start = parse_day(self.start.text(), near, "start")
            end = parse_day(self.end.text(), start, "end") if self.end.text().strip() else None
        except InvalidEntry as error:
            self.line.refuse(error.sentence)
            (self.start if error.field == "start" else self.end).set_refused(True)
            return
        if end is not None and end < start:
            self.line.refuse("La période finit avant de commencer\u00a0: vérifiez les deux dates.")
            self.end.set_refused(True)
        elif Period(start, end) != self._shown:
            self._shown = Period(start, end)
            self.changed.emit(self._shown)


class ReviewPanel(QWidget):
    """Both tabs. `edited`; `kept_knowingly(key)` for a find kept; `period_changed(Period)`; `began_again`."""

    edited = Signal()
    kept_knowingly = Signal(str)
    period_changed = Signal(object)
    began_again = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.draft = StateLabel(State("", "ok", "device-floppy"))
        self.again = Button("Repartir de &zéro", "ghost", "refresh", compact=True)
        self.again.clicked.connect(self.began_again)
        self._draft_line = QWidget()
        self.progress, self.recipient = ProgressCard(), RecipientCard()
        self.consent, self.withheld = ConsentCard(), WithheldCard()
        self.period = PeriodCard()
        self.period.changed.connect(self.period_changed)
        self.check = Banner("", "warn", "alert-triangle")
        self.sections: list[SectionCard] = []
        self.conclusion: ConclusionCard | None = None
        # Cards to come: dozens of editors, made one card a turn of the loop so that the window goes on answering.
        self._coming: list[Callable[[], None]] = []
        self._hits: tuple[WordHit, ...] = ()
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._make_one)
        self.tabs = Tabs("Ce qui part")
        self.tabs.add(SENDING, "Envoi")
        self.tabs.add(WORDS, "Contenu")
        self._stack = QStackedWidget()
        self._sending = _scrolled((self.progress, self.recipient, self.consent, self.withheld))
        self._words = QVBoxLayout()
        self._lay_out()

    def show_draft(self, words: str) -> None:
        """Say how the draft of the choices stands; empty says nothing."""
        self._draft_line.setVisible(bool(words))
        self.draft.set_state(State(words, "ok", "device-floppy"))

    def open_tab(self, key: str) -> None:
        """Show a tab."""
        self.make_all()
        self.tabs.setCurrentIndex(0 if key == SENDING else 1)

    def show_review(self, proposal: ReviewProposal, choices: ReviewChoices) -> None:
        """Fill both tabs."""
        self.recipient.show_recipient(proposal)
        self.consent.show_consent(proposal)
        self.period.show_period(proposal.period)
        for card in (*self.sections, self.conclusion):
            if card is not None:
                card.hide()
                self._words.removeWidget(card)
                card.deleteLater()
        self.sections, self.conclusion = [], None
        shown = [
            section
            for section in Section
            if proposal.of(section) or (section in ADDITION_SECTIONS and proposal.may_tell(section))
        ]
        self._coming = [partial(self._add_section, section, proposal, choices) for section in shown]
        self._coming.append(partial(self._add_conclusion, proposal, choices))
        self._next.start()

    @property
    def whole(self) -> bool:
        """Say whether every card is there."""
        return not self._coming

    def make_all(self) -> None:
        """Make the cards still to come at once, for what needs them."""
        if not self._coming:
            return
        while self._coming:
            self._coming.pop(0)()
        self._show_found()

    def _make_one(self) -> None:
        if self._coming:
            self._coming.pop(0)()
        if self._coming:
            self._next.start()
        else:
            self._show_found()

    def _add_section(self, section: Section, proposal: ReviewProposal, choices: ReviewChoices) -> None:
        card = SectionCard(section, proposal.of(section), choices)
        self.sections.append(card)
        self._add(card)

    def _add_conclusion(self, proposal: ReviewProposal, choices: ReviewChoices) -> None:
        self.conclusion = ConclusionCard(proposal, choices)
        self._add(self.conclusion)

    def _add(self, card: SectionCard | ConclusionCard) -> None:
        card.edited.connect(self.edited)
        card.kept_knowingly.connect(self.kept_knowingly)
        # Above the stretch that gathers the free room.
        self._words.insertWidget(self._words.count() - 1, card)

    def apply(self, choices: ReviewChoices) -> ReviewChoices:
        """Return the choices as the cards stand."""
        self.make_all()
        choices = replace(choices, additions=())
        for card in self.sections:
            choices = card.apply(choices)
        return self.conclusion.apply(choices) if self.conclusion is not None else choices

    def show_hits(self, hits: tuple[WordHit, ...]) -> None:
        """Show the finds to settle, those of cards to come when they are all there, and how many there are."""
        self._hits = hits
        if not self._coming:
            self._show_found()
        self.check.setVisible(bool(hits))
        words = "mot est à revoir" if len(hits) == 1 else "mots sont à revoir"
        self.check.show_sentence(f"{len(hits)} {words} avant l’envoi.", "warn", "alert-triangle")
        self.tabs.set_count(WORDS, len(hits) or None)

    def _show_found(self) -> None:
        by_place: defaultdict[str, list[WordHit]] = defaultdict(list)
        for hit in self._hits:
            by_place[hit.place].append(hit)
        found = dict(by_place)
        for card in self.sections:
            card.show_hits(found)
        for number, text in enumerate(self._additions()):
            text.show_hits(found.get(f"addition:{number}", []))
        if self.conclusion is not None:
            self.conclusion.show_hits(found)

    def _additions(self) -> list[GrowingText]:
        """Return the added texts that are choices, in their order: empty ones are not."""
        return [text for card in self.sections for text in card.additions if text.text().strip()]

    def _lay_out(self) -> None:
        self.check.hide()
        content = QWidget()
        content.setLayout(self._words)
        self._words.setContentsMargins(0, px(12), 12, 16)
        self._words.setSpacing(px(12))
        kept = QHBoxLayout(self._draft_line)
        kept.setContentsMargins(0, 0, 0, 0)
        kept.addWidget(self.draft)
        kept.addStretch(1)
        kept.addWidget(self.again)
        self._words.addWidget(self._draft_line)
        self._draft_line.hide()
        self._words.addWidget(self.check)
        self._words.addWidget(self.period)
        self._words.addStretch(1)
        self._stack.addWidget(self._sending)
        self._stack.addWidget(ScrollBody(content))
        self.tabs.chosen.connect(lambda key: self._stack.setCurrentIndex(0 if key == SENDING else 1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)


class InternalPanel(QWidget):
    """The right side of a document that stays in the association."""

    def __init__(self) -> None:
        """Say what kind of document this is."""
        super().__init__()
        card = Card("Document interne")
        self.reference = Label("", 13, fonts.MEDIUM)
        self.detail = Label("", 13, tone="muted", wrap=True)
        why = Label(
            "Ce compte rendu contient des textes internes. Il n’est pas inscrit au registre, et ne se remet "
            "ni au bailleur ni à un partenaire. Ce qui peut partir se propose dans le bilan.",
            13, tone="muted", wrap=True,
        )  # fmt: skip
        for part in (self.reference, self.detail, why):
            card.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 24, 0)
        column.setSpacing(px(12))
        self.band = Banner("Ne pas transmettre hors de l’association.", "note", "lock")
        column.addWidget(self.band)
        column.addWidget(card)
        column.addStretch(1)
        self.mark = ""

    def show_report(self, content: VisitReport) -> None:
        """Say which visit is reported."""
        self.mark = content.reference
        self.reference.setText(content.reference)
        self.detail.setText(
            " · ".join(part for part in (content.measure, content.place, *content.present) if part)
        )


def _date_entry(name: str) -> Entry:
    entry = Entry("jj/mm/aaaa", height=32, tabular=True)
    entry.setAccessibleName(name)
    return entry


def _scrolled(parts: tuple[QWidget, ...]) -> ScrollBody:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, px(12), 12, 16)
    column.setSpacing(px(12))
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    body = ScrollBody(content)
    body.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    return body
