"""Imports made: when, by which file, what they did; each can be taken back for thirty days."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.intake.domain.run import ImportMade, ImportRun, RunState
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.card import Card, Rule
from caseworker_app.ui_kit.mark import Mark
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import px

_SHOWN = 20
_STATES = {
    RunState.DONE: State("Terminé", "ok"),
    RunState.RUNNING: State("Interrompu", "warn", "alert-triangle"),
    RunState.UNDOING: State("Annulation interrompue", "warn", "alert-triangle"),
    RunState.UNDONE: State("Annulé", "muted", "arrow-back-up"),
}


class _PastImport(QWidget):
    """One import: file and day, what it did, until when it can be taken back, and the button for it."""

    def __init__(self, made: ImportMade) -> None:
        super().__init__()
        run = made.run
        self.undo = Button("Annuler cet import", "secondary", "arrow-back-up", compact=True)
        self.undo.setAccessibleName(
            f"Annuler l’import de «\u00a0{run.file_name}\u00a0» du {format_date(made.made_on)}"
        )
        self.undo.setVisible(made.can_undo)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(ElidedLabel(f"{run.file_name}, le {format_date(made.made_on)}", 13, fonts.SEMI_BOLD))
        words.addWidget(ElidedLabel(_done_words(made.run), 12, tone="muted"))
        line = QHBoxLayout(self)
        line.setContentsMargins(15, px(8), 15, px(8))
        line.setSpacing(px(12))
        line.addWidget(Mark("file-text", 20), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        right = Qt.AlignmentFlag.AlignVCenter
        line.addWidget(StateLabel(_STATES[run.state]), 0, right)
        if made.can_undo:
            line.addWidget(Label(f"jusqu’au {format_date(made.undo_until)}", 12, tone="muted"), 0, right)
        line.addWidget(self.undo, 0, right)


class PastImports(Card):
    """The card of past imports, newest first. `undo_asked(run id)`."""

    undo_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty, hidden."""
        super().__init__("Imports précédents", "un import s’annule en entier pendant 30 jours", parent)
        self.lines: list[_PastImport] = []
        self._holder = QWidget()
        self._rows_column = QVBoxLayout(self._holder)
        self._rows_column.setContentsMargins(0, 0, 0, 0)
        self._rows_column.setSpacing(0)
        self.add_rows(self._holder)
        self.hide()

    def show_imports(self, imports: Sequence[ImportMade]) -> None:
        """Show the last ones."""
        while (item := self._rows_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = []
        for made in imports[:_SHOWN]:
            if self.lines:
                self._rows_column.addWidget(Rule())
            line = _PastImport(made)
            line.undo.clicked.connect(lambda _checked=False, run=made.run.id: self.undo_asked.emit(run))
            self.lines.append(line)
            self._rows_column.addWidget(line)
        self.setVisible(bool(self.lines))


def _done_words(run: ImportRun) -> str:
    """Return « 398 créés, 8 lignes réunies, 3 laissées de côté, 3 en erreur »."""
    parts = [plural(run.created, "créé", "créés")]
    parts += [
        plural(count, one, many)
        for count, one, many in (
            (run.merged, "ligne réunie", "lignes réunies"),
            (run.skipped, "laissée de côté", "laissées de côté"),
            (run.in_error, "en erreur", "en erreur"),
        )
        if count
    ]
    return ", ".join(parts)
