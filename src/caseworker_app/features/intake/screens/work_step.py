"""While one waits: what is being done, how far it is, and the button that stops it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.states import Progress
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.work import Step


class WorkStep(QWidget):
    """`stop_asked()` once the person wants it no more."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.words = Label("", 16, fonts.SEMI_BOLD)
        self.detail = Label("", 13, tone="muted", tabular=True)
        self.bar = Progress("Avancement de l’import")
        self.bar.setFixedWidth(px(360))
        self.stop = Button("Arr&êter", "secondary", "x")
        self.stop.clicked.connect(self._stop)
        column = QVBoxLayout(self)
        column.setSpacing(px(12))
        column.addStretch(2)
        for part in (self.words, self.bar, self.detail, self.stop):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def begin(self, words: str, *, cancellable: bool) -> None:
        """Say what begins."""
        self.words.setText(words)
        self.detail.setText("")
        self.bar.setRange(0, 100)
        self.bar.setValue(0)
        self.bar.hide()
        self.stop.setVisible(cancellable)
        self.stop.setEnabled(True)

    def show_step(self, step: Step) -> None:
        """Say how far it is."""
        self.bar.setVisible(step.total > 0)
        self.bar.setRange(0, max(1, step.total))
        self.bar.setValue(step.done)
        self.detail.setText(f"{100 * step.done // step.total}\u00a0%" if step.total else step.words)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.detail.setText("Arrêt à la fin de la série en cours…")
        self.stop_asked.emit()
