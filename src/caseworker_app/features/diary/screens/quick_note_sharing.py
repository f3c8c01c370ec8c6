"""How the time of a note for several households is counted: shared among them, or whole in each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.note import sharing_words
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px


class SharedTime(QWidget):
    """Hidden while the note is about one household. `changed()` when the box is ticked or not."""

    changed = Signal()

    def __init__(self) -> None:
        """Begin with one household, the time shared."""
        super().__init__()
        self._households = 0
        self.words = Label("", 12, tone="muted", wrap=True)
        self.whole = Check("Compter la durée et le trajet en &entier dans chaque dossier")
        self.whole.toggled.connect(self._toggled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(self.words)
        column.addWidget(self.whole)
        self.hide()

    @property
    def each_whole(self) -> bool:
        """Say whether the time counts whole in each file."""
        return self.whole.isChecked()

    def show_choice(self, *, each_whole: bool) -> None:
        """Show what a note says, without telling it."""
        blocked = self.whole.blockSignals(True)
        self.whole.setChecked(each_whole)
        self.whole.blockSignals(blocked)
        self.show_households(self._households)

    def show_households(self, count: int) -> None:
        """Say how the time is counted among so many households."""
        self._households = count
        self.words.setText(sharing_words(count, each_whole=self.each_whole))
        self.setVisible(count > 1)

    def _toggled(self) -> None:
        self.show_households(self._households)
        self.changed.emit()
