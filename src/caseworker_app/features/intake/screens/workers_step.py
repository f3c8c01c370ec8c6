"""Who follows: the names a follow-up table gives to workers, each tied to somebody of the team or made new."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from caseworker_app.features.intake.domain.tracker_workers import NEW as NEW_WORKER
from caseworker_app.features.intake.domain.tracker_workers import WorkerMatch
from caseworker_app.features.team.domain import Worker
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.states import State, StateLabel
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

NEW = "-"
_LOOKS = {
    "sure": State("Reconnu", "ok"),
    "probable": State("Probable", "warn", "help"),
    "new": State("Nouveau collègue", "accent", "user-plus"),
    "mine": State("À votre nom", "muted", "user"),
}


class WorkersStep(QWidget):
    """`chosen(name, worker id or "")`: a name of the table is this worker, or somebody new."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.choices: dict[str, Choice] = {}
        self._card = Card("Qui suit ces ménages\u202f?", "les noms lus dans votre tableau, et vos collègues")
        self._holder = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addStretch(1)
        self._card.add(self._holder)

    def show_matches(self, matches: Sequence[WorkerMatch], workers: Sequence[Worker]) -> None:
        """Show who was recognised."""
        self.choices = {}
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(8))
        for line, match in enumerate(matches):
            self._add_line(grid, line, match, workers)
        grid.setColumnStretch(3, 1)
        self._card.body.replaceWidget(self._holder, holder)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = holder

    def _add_line(self, grid: QGridLayout, line: int, match: WorkerMatch, workers: Sequence[Worker]) -> None:
        choice = Choice(height=32)
        choice.setMinimumWidth(px(260))
        choice.setAccessibleName(f"«\u00a0{match.name}\u00a0» est")
        if match.how == NEW_WORKER:
            choice.add(NEW, f"Nouveau collègue\u00a0: {match.worker_name}")
        for worker in workers:
            choice.add(worker.id, worker.name)
        choice.choose(match.worker_id or NEW)
        choice.activated.connect(
            lambda _i, n=match.name, c=choice: self.chosen.emit(
                n, "" if c.current_key() == NEW else c.current_key()
            )
        )
        self.choices[match.name] = choice
        grid.addWidget(Label(match.name, 13, fonts.SEMI_BOLD), line, 0)
        grid.addWidget(choice, line, 1)
        grid.addWidget(StateLabel(_LOOKS[match.how]), line, 2, Qt.AlignmentFlag.AlignVCenter)
