"""Under an entry of the diary, who was asked to read it and what was answered, with what may be done about it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.entry import DiaryEntry
from caseworker_app.features.diary.domain.report_review import (
    ReportReview,
    ReviewAction,
    ReviewState,
    actions_on,
    review_sentence,
)
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_TONES = {
    ReviewState.ASKED: ("warn", "clock"),
    ReviewState.ACCEPTED: ("ok", "circle-check"),
    ReviewState.TO_CORRECT: ("danger", "alert-circle"),
    ReviewState.PUT_AWAY: ("muted", "check"),
}
_BUTTONS = {
    ReviewAction.ANSWER: ("&Répondre à la relecture…", "eye"),
    ReviewAction.ASK: ("&Demander une relecture…", "eye"),
    ReviewAction.PUT_AWAY: ("Ran&ger les remarques", "check"),
    ReviewAction.WITHDRAW: ("Reti&rer la demande", "x"),
}


class ReviewStrip(QWidget):
    """`asked(action)`: what somebody wants to do about the reading of the entry shown."""

    asked = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.mark, self.state = Mark("clock", 16), Label("", 13, fonts.SEMI_BOLD, wrap=True)
        said = QHBoxLayout()
        said.setSpacing(px(6))
        said.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.state, 1)
        self.word = Label("", 13, wrap=True)
        self.comment = Label("", 13, wrap=True)
        self._texts = Surface("note_soft", None)
        inside = QVBoxLayout(self._texts)
        inside.setContentsMargins(px(12), px(8), px(12), px(8))
        inside.setSpacing(px(4))
        inside.addWidget(self.word)
        inside.addWidget(self.comment)
        self.buttons = {
            action: Button(
                words, "primary" if action is ReviewAction.ANSWER else "secondary", icon, compact=True
            )
            for action, (words, icon) in _BUTTONS.items()
        }
        row = QWidget()
        flow = Flow(row, gap=8)
        for action, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, a=action: self.asked.emit(a))
            flow.addWidget(button)
        self._row = row
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(6), 0, 0)
        column.setSpacing(px(8))
        column.addLayout(said)
        column.addWidget(self._texts)
        column.addWidget(row)

    def show_review(
        self, entry: DiaryEntry, review: ReportReview | None, names: Mapping[str, str], me: str, *, may: bool
    ) -> None:
        """Show where the reading of an entry stands; `me`: the worker acting, who `may` change dossiers or not."""
        offered = actions_on(entry, review, me) if may else ()
        for action, button in self.buttons.items():
            button.setVisible(action in offered)
        self._row.setVisible(bool(offered))
        self.mark.setVisible(review is not None)
        self.state.setVisible(review is not None)
        word = review.word if review is not None else None
        comment = review.comment if review is not None else None
        for label, text, says in ((self.word, word, "Demande"), (self.comment, comment, "Réponse")):
            label.setText(f"{says}\u00a0: {text}" if text else "")
            label.setVisible(bool(text))
        self._texts.setVisible(bool(word or comment))
        if review is not None:
            tone, icon = _TONES[review.state]
            self.mark.set_icon(icon, tone)
            self.state.setText(review_sentence(review, names, me))
        self.setVisible(review is not None or bool(offered))
