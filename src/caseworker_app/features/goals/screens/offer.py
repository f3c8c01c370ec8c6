"""The line that offers the evaluation that was being filled when one left, above the cards."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal

from caseworker_app.kernel.dates import format_long_date
from caseworker_app.storage.drafts import Draft
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.messages import Banner


class DraftLine(Banner):
    """`resumed(Draft)`, `refused(Draft)`; hidden without a draft."""

    resumed = Signal(object)
    refused = Signal(object)

    def __init__(self) -> None:
        """Make it hidden."""
        super().__init__("", "accent", "file-pencil")
        self.draft: Draft | None = None
        self.resume = Button("&Reprendre", "secondary", "pencil", compact=True)
        self.again = Button("&Écarter", "quiet", compact=True)
        self.resume.clicked.connect(lambda: self.resumed.emit(self.draft))
        self.again.clicked.connect(lambda: self.refused.emit(self.draft))
        self.add_action(self.resume)
        self.add_action(self.again)
        self.hide()

    def show_draft(self, draft: Draft | None) -> None:
        """Say what waits and since when."""
        self.draft = draft
        self.setVisible(draft is not None)
        if draft is not None:
            self.show_sentence(draft_sentence(draft), "accent", "file-pencil")
            self.resume.setAccessibleDescription(self.accessibleName())


def draft_sentence(draft: Draft) -> str:
    """Say when the draft was kept."""
    saved = datetime.fromisoformat(draft.saved_at).astimezone()
    hour = f"{saved.hour}\u00a0h\u00a0{saved.minute:02d}"
    return f"Un brouillon d’évaluation du {format_long_date(saved.date())} à {hour} vous attend."
