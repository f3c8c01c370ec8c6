"""The choice offered when a draft was left: go on with it, or start again."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.typed_moments import spoken_hour
from caseworker_app.features.diary.domain.visit import NewVisit
from caseworker_app.features.diary.domain.visit_sheet import short_day
from caseworker_app.storage.drafts import Draft
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_LONGEST = 280


class DraftOffer(QWidget):
    """`resumed(Draft)` or `refused(Draft)`; nothing can be typed before, so that no draft is covered."""

    resumed = Signal(object)
    refused = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self._draft: Draft | None = None
        self.title = Label("", 16, fonts.SEMI_BOLD)
        self.when = Label("", 13, tone="muted")
        self.extract = Label("", 13, wrap=True)
        self.resume = Button("&Reprendre le brouillon", "primary", "pencil")
        self.again = Button("Repartir de &zéro", "secondary")
        self.resume.clicked.connect(lambda: self.resumed.emit(self._draft))
        self.again.clicked.connect(lambda: self.refused.emit(self._draft))
        self._lay_out()

    def show_draft(self, draft: Draft, visit: NewVisit) -> None:
        """Say of when the draft is and how it begins."""
        self._draft = draft
        saved = datetime.fromisoformat(draft.saved_at).astimezone()
        entry = visit.entry
        self.title.setText(f"Un brouillon du {short_day(saved.date())} vous attend")
        self.when.setText(
            f"Visite du {short_day(entry.started_at.date())}, enregistrée à {spoken_hour(saved.time())}. "
            "Elle n’est pas encore dans le dossier."
        )
        words = " ".join((entry.observed or entry.said or entry.analysis or entry.purpose or "").split())
        self.extract.setText(words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…")
        self._quote.setVisible(bool(words))
        self.resume.setAccessibleDescription(self.when.text())

    def _lay_out(self) -> None:
        card = Surface()
        card.setFixedWidth(px(560))
        inner = QVBoxLayout(card)
        inner.setContentsMargins(px(24), px(20), px(24), px(20))
        inner.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(Mark("file-pencil", 20, "accent"))
        head.addWidget(self.title, 1)
        inner.addLayout(head)
        inner.addWidget(self.when)
        self._quote = Surface("note_soft", "note_line", px(6))
        quoted = QVBoxLayout(self._quote)
        quoted.setContentsMargins(px(12), px(8), px(12), px(8))
        quoted.addWidget(self.extract)
        inner.addWidget(self._quote)
        inner.addSpacing(px(6))
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.resume)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        inner.addLayout(buttons)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(middle)
        column.addStretch(3)
