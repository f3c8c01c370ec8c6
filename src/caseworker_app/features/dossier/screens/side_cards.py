"""What a wide window has room for beside the thread: goals under way, people, agreements to share."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.dossier.domain.shown import Shared, ShownDossier
from caseworker_app.features.goals.domain.goal import GoalWithSteps
from caseworker_app.kernel.french import plural
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.row_list import Row, RowList
from caseworker_app.ui_kit.states import Progress
from caseworker_app.ui_kit.text import ElidedLabel, Label
from caseworker_app.ui_kit.theme import px


class GoalLine(QWidget):
    """A goal with its steps: title, « 3 sur 4 étapes », bar."""

    def __init__(self, goal: GoalWithSteps, parent: QWidget | None = None) -> None:
        """Show a goal."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(4))
        column.setSpacing(px(5))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(ElidedLabel(goal.goal.title, 13, fonts.MEDIUM), 1)
        words = f"{goal.done} sur {plural(goal.counted, 'étape')}" if goal.counted else "sans étape"
        line.addWidget(Label(words, 12, tone="muted"))
        column.addLayout(line)
        bar = Progress(f"{goal.goal.title}, {words}", max(1, goal.counted))
        bar.setValue(goal.done)
        column.addWidget(bar)


class SharedLine(QWidget):
    """An agreement to share: towards whom, on what, until when."""

    def __init__(self, shared: Shared, parent: QWidget | None = None) -> None:
        """Show an agreement."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(4))
        column.setSpacing(px(2))
        column.addWidget(Label(shared.recipient, 13, fonts.SEMI_BOLD))
        column.addWidget(Label(shared.detail, 12, tone="muted", wrap=True))


class SideCards(QWidget):
    """The third column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.goals = Card("Objectifs en cours")
        self._goal_lines: list[GoalLine] = []
        self.no_goal = Label("Aucun objectif pour l’instant.", 13, tone="muted", wrap=True)
        self.goals.add(self.no_goal)
        self.people = RowList("Personnes du ménage", fit=True)
        people = Card("Personnes du ménage")
        people.add_rows(self.people)
        self._shared_lines: list[SharedLine] = []
        self.nothing_shared = Label(
            "Aucun accord en cours\u00a0: rien ne peut être transmis.", 13, tone="muted", wrap=True
        )
        self.shared = Card("Accords de partage")
        self.shared.add(self.nothing_shared)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for card in (self.goals, people, self.shared):
            column.addWidget(card)
        column.addStretch(1)

    def show_dossier(self, dossier: ShownDossier) -> None:
        """Show a household."""
        for line in (*self._goal_lines, *self._shared_lines):
            line.hide()
            line.deleteLater()
        self._goal_lines = [GoalLine(goal) for goal in dossier.goals]
        self._shared_lines = [SharedLine(each) for each in dossier.shared]
        for goal_line in self._goal_lines:
            self.goals.add(goal_line)
        for shared_line in self._shared_lines:
            self.shared.add(shared_line)
        self.no_goal.setVisible(not dossier.goals)
        self.nothing_shared.setVisible(not dossier.shared)
        self.people.set_rows(
            [Row(p.id, p.name, p.detail, icon="user", chevron=False) for p in dossier.people]
        )
