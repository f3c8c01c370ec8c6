"""The foot of the assistant: counts at the left, always; at the right the way back and the next step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.features.intake.screens.counts_line import CountsLine, Tally
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Band
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_GAP = 14


class ImportFoot(Band):
    """`back` and `primary` are pressed by the person; the page joins them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(top=True, parent=parent)
        self.counts = CountsLine()
        self.note = Label("", 12, tone="muted")
        self.undo = Button("Ann&uler cet import", "secondary", "arrow-back-up")
        self.back = Button("&Retour", "secondary")
        self.primary = Button("", "primary", "arrow-right")
        line = QHBoxLayout(self)
        line.setContentsMargins(24, px(11), 24, px(11))
        line.setSpacing(px(_GAP))
        line.addWidget(self.counts, 1)
        for part in (self.note, self.undo, self.back, self.primary):
            line.addWidget(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the counts where there is little."""
        super().resizeEvent(event)
        self._fit_note()

    def say(self, note: str) -> None:
        """Say until when what is done here can be taken back; empty: nothing."""
        self.note.setText(note)
        self._fit_note()

    def show_counts(self, tallies: Sequence[Tally]) -> None:
        """Show other counts."""
        self.counts.show_tallies(tallies)
        self._fit_note()

    def _fit_note(self) -> None:
        """Show the remark only where the counts stay on one line beside it."""
        shown = [part for part in (self.undo, self.back, self.primary) if not part.isHidden()]
        parts = [self.counts, self.note, *shown]
        needed = sum(part.sizeHint().width() for part in parts) + px(_GAP) * (len(parts) - 1)
        self.note.setVisible(bool(self.note.text()) and needed <= self.width() - 48)

    def offer(self, words: str, icon: str, *, enabled: bool = True) -> None:
        """Say what the next step does."""
        self.primary.setText(words)
        self.primary.icon_name = icon
        self.primary.setEnabled(enabled)
        self.primary.updateGeometry()
        self.primary.update()
        self._fit_note()
