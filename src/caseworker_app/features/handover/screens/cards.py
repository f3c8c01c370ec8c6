"""Beside the preview: how far the document is, to whom it goes, what the household agreed to, what stays."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.consents.domain import Topic
from caseworker_app.features.handover.domain.held_back import Withheld, WithheldKind
from caseworker_app.features.handover.domain.proposal import ReviewProposal
from caseworker_app.features.handover.domain.transmission import Transmission
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card, Rule, Surface
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.form import SentenceLine
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.states import Pill, State, StateLabel
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import px

SHORT_TOPICS = {
    Topic.VISITS: "Visites",
    Topic.PAYMENT: "Paiement",
    Topic.INSURANCE: "Assurance",
    Topic.DWELLING_CONDITION: "Logement",
    Topic.HOUSING_GOALS: "Objectifs",
    Topic.REQUESTED_MEASURES: "Demandes",
}
_ICONS = {
    WithheldKind.ANALYSIS: "bulb", WithheldKind.SAID: "message-2", WithheldKind.OBSERVED: "eye-off",
    WithheldKind.NOTES: "notes", WithheldKind.INSTRUCTIONS: "notes", WithheldKind.HEALTH: "heartbeat",
    WithheldKind.CHILDREN: "school", WithheldKind.OTHER_GOALS: "target",
    WithheldKind.OTHER_CREDITORS: "credit-card",
    WithheldKind.BUDGET: "wallet", WithheldKind.LEGAL_PROTECTION: "shield-lock", WithheldKind.MEASURE: "flag",
    WithheldKind.ROOMS: "home", WithheldKind.PROTECTED: "lock", WithheldKind.NOT_AGREED: "signature",
    WithheldKind.TAKEN_OUT: "x",
}  # fmt: skip


class ProgressCard(Card):
    """« Avancement »: written, then transmitted with its number; nothing that does not exist."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Avancement")
        self.state = Pill(State("En préparation", "muted", "pencil"))
        self.add_action(self.state)
        self._written, self._sent = _Step("Rédigé"), _Step("Transmis")
        line = QHBoxLayout()
        line.setSpacing(px(12))
        line.addWidget(self._written)
        between = QVBoxLayout()
        between.setContentsMargins(0, px(9), 0, 0)
        between.addWidget(Rule("border"))
        between.addStretch(1)
        line.addLayout(between, 1)
        line.addWidget(self._sent)
        self.body.addLayout(line)

    def show_progress(self, worker: str, sent: Transmission | None, ready: bool, why: str) -> None:
        """Show where the document is; `why` says in a word what is missing when it is not ready."""
        self._written.show_state(True, worker)
        self._sent.show_state(sent is not None, sent.number if sent else "à faire")
        if sent is not None:
            self.state.set_state(State("Inscrit au registre", "ok", "circle-check"))
        elif ready:
            self.state.set_state(State("Prêt à partir", "ok", "circle-check"))
        else:
            self.state.set_state(State(why, "warn", "alert-triangle"))


class _Step(QWidget):
    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self._mark = Mark("circle-dashed", 18, "muted")
        self._title = Label(words, 13, fonts.MEDIUM)
        self._detail = Label("", 12, tone="muted")
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self._title)
        text.addWidget(self._detail)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(text)

    def show_state(self, done: bool, detail: str) -> None:
        self._mark.set_icon("circle-check" if done else "circle-dashed", "ok" if done else "muted")
        self._detail.setText(detail)
        self.setAccessibleName(f"{self._words}, {detail}")


class RecipientCard(Card):
    """« Destinataire »: the landlord and its person. `change_asked`."""

    change_asked = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Destinataire")
        self.change = Button("Changer", "ghost", compact=True)
        self.change.setAccessibleName("Changer de destinataire")
        self.change.clicked.connect(self.change_asked)
        self.add_action(self.change)
        self.name = ElidedLabel("", 13, fonts.MEDIUM)
        self.detail = ElidedLabel("", 12, tone="muted")
        sign = Surface("chip", None, px(6))
        sign.setFixedSize(px(36), px(36))
        inner = QVBoxLayout(sign)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(Mark("building", 18), 0, Qt.AlignmentFlag.AlignCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.detail)
        line = QHBoxLayout()
        line.setSpacing(px(10))
        line.addWidget(sign)
        line.addLayout(words, 1)
        self.body.addLayout(line)

    def show_recipient(self, proposal: ReviewProposal) -> None:
        """Show to whom the review goes."""
        recipient = proposal.recipient
        contact = recipient.contact_name
        person = next(
            (line for line in recipient.lines if contact and line.startswith(contact)), recipient.name
        )
        self.name.setText(person)
        self.detail.setText(" · ".join(line for line in recipient.lines if line != person))


class ConsentCard(Card):
    """« Accord du ménage »: what it covers, until when. `record_asked`."""

    record_asked = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Accord du ménage")
        self.state = Pill(State("", "muted"))
        self.add_action(self.state)
        self.sentence = Label("", 12, tone="muted", wrap=True)
        self.topics = QWidget()
        self._flow = Flow(self.topics, gap=8)
        self.record = Button("Noter un accord\u2026", "secondary", "signature", compact=True)
        self.record.clicked.connect(self.record_asked)
        self.line = SentenceLine()
        self.line.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.record)
        foot.addStretch(1)
        self.add(self.sentence)
        self.add(self.topics)
        self.add(self.line)
        self.body.addLayout(foot)

    def show_consent(self, proposal: ReviewProposal) -> None:
        """Show the agreement in force with this landlord."""
        self.line.hide()
        while (item := self._flow.takeAt(0)) is not None:
            shown = item.widget()
            if shown is not None:
                shown.hide()
                shown.deleteLater()
        for topic, words in SHORT_TOPICS.items():
            agreed = topic in proposal.agreed
            state = State(words, "ok", "check") if agreed else State(words, "muted", "minus")
            label = StateLabel(state)
            label.setAccessibleName(f"{words}\u00a0: {'accord donné' if agreed else 'pas d’accord'}")
            self._flow.addWidget(label)
        self.sentence.setText(_consent_words(proposal))
        self.state.set_state(_consent_state(proposal))
        self.record.set_kind("secondary" if proposal.agreed else "primary")

    def refuse(self, sentence: str) -> None:
        """Say that nothing can leave without an agreement."""
        self.line.show()
        self.line.refuse(sentence)
        self.record.setFocus(Qt.FocusReason.OtherFocusReason)


class WithheldCard(Surface):
    """« Ne part pas »: what stays, why, and a button to look at it. `look_asked(Withheld)`."""

    look_asked = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("note_soft", "note_line")
        self.setAccessibleName("Ne part pas")
        self.count = Label("", 13, fonts.MEDIUM, "note")
        head = QHBoxLayout()
        head.setContentsMargins(16, px(10), 16, px(8))
        head.setSpacing(px(8))
        head.addWidget(Mark("eye-off", 16, "note"))
        head.addWidget(Label("Ne part pas", 16, fonts.SEMI_BOLD))
        head.addStretch(1)
        head.addWidget(self.count)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, px(6))
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._rows)

    def show_withheld(self, withheld: Iterable[Withheld]) -> None:
        """Show what stays."""
        while (item := self._rows.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        shown = list(withheld)
        self.count.setText(plural(len(shown), "retenue", "retenues"))
        for each in shown:
            self._rows.addWidget(Rule("note_line"))
            self._rows.addWidget(self._row(each))

    def _row(self, withheld: Withheld) -> QWidget:
        row = QWidget()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(withheld.label, 13, fonts.MEDIUM, wrap=True))
        words.addWidget(Label(withheld.reason, 12, tone="muted", wrap=True))
        line = QHBoxLayout(row)
        line.setContentsMargins(16, px(5), px(8), px(5))
        line.setSpacing(px(10))
        line.addWidget(Mark(_ICONS[withheld.kind], 16, "note"), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        look = Button("Voir", "ghost", compact=True)
        look.setAccessibleName(f"Voir\u00a0: {withheld.label}")
        look.clicked.connect(lambda: self.look_asked.emit(withheld))
        line.addWidget(look)
        return row


def _consent_state(proposal: ReviewProposal) -> State:
    if not proposal.agreed:
        return State("Aucun accord en cours", "warn", "alert-triangle")
    if len(proposal.agreed) == len(Topic):
        return State("Valable", "ok", "signature")
    return State("Valable, en partie", "warn", "signature")


def _consent_words(proposal: ReviewProposal) -> str:
    if not proposal.consents:
        return f"Sans accord avec {proposal.recipient.name}, rien de ce ménage ne peut lui être transmis."
    given = min(each.given_on for each in proposal.consents)
    ends = [each.until for each in proposal.consents]
    last = max((end for end in ends if end is not None), default=None)
    until = f", jusqu’au {format_long_date(last)}" if last and None not in ends else ", sans terme"
    return f"Donné le {format_long_date(given)}{until}. Révocable à tout moment."
