"""Goals touched at a visit: a tick each, and the step completed there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.features.diary.domain.visit import NewGoalTouched
from caseworker_app.features.diary.domain.visit_sheet import step_words
from caseworker_app.features.goals.domain.goal import GoalWithSteps, StepState
from caseworker_app.ui_kit import fonts
from caseworker_app.ui_kit.card import Card
from caseworker_app.ui_kit.choices import Check
from caseworker_app.ui_kit.entries import Choice
from caseworker_app.ui_kit.states import Progress
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px

_NO_STEP = "none"


class GoalLine(QWidget):
    """One goal: tick, progress, and once ticked the step completed that day."""

    edited = Signal()

    def __init__(self, goal: GoalWithSteps) -> None:
        """Show a goal, not ticked."""
        super().__init__()
        self.goal = goal
        self.tick = Check("")
        self.tick.setAccessibleName(f"Objectif travaillé\u00a0: {goal.goal.title}")
        self.title = Label(goal.goal.title, 13, fonts.MEDIUM, wrap=True)
        self.title.setBuddy(self.tick)
        self.progress = Progress(f"Étapes de «\u00a0{goal.goal.title}\u00a0»", max(1, goal.counted))
        self.progress.setValue(goal.done)
        self.step = Choice(height=28)
        self.step.setAccessibleName(f"Étape terminée, {goal.goal.title}")
        self.step.add(_NO_STEP, "Aucune étape terminée ce jour")
        for step in goal.steps:
            if step.state is StepState.TO_DO:
                self.step.add(step.id, f"Fait\u00a0: {step.title}")
        self._lay_out()
        self.tick.toggled.connect(self._ticked)
        self.step.activated.connect(lambda _index: self.edited.emit())

    def show_touched(self, touched: NewGoalTouched | None) -> None:
        """Tick or untick, with the step completed."""
        self.tick.blockSignals(True)
        self.tick.setChecked(touched is not None)
        self.tick.blockSignals(False)
        step = touched.step_id if touched and touched.step_id else _NO_STEP
        self.step.choose(step if self.step.findData(step) >= 0 else _NO_STEP)
        self._show_step()

    def touched(self) -> NewGoalTouched | None:
        """Return the goal as touched, None when it is not ticked."""
        if not self.tick.isChecked():
            return None
        step = self.step.current_key()
        return NewGoalTouched(self.goal.goal.id, None if step in ("", _NO_STEP) else step)

    def _ticked(self, _on: bool) -> None:
        self._show_step()
        self.edited.emit()

    def _show_step(self) -> None:
        # One line is « none »: without a step to do there is nothing to choose.
        self.step.setVisible(self.tick.isChecked() and self.step.count() > 1)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(px(2))
        self.tick.setFixedWidth(px(30))
        top.addWidget(self.tick)
        top.addWidget(self.title, 1)
        below = QHBoxLayout()
        below.setContentsMargins(px(32), 0, 0, 0)
        below.setSpacing(px(12))
        below.addWidget(self.progress, 1)
        below.addWidget(Label(step_words(self.goal), 12, tone="muted"))
        chosen = QHBoxLayout()
        chosen.setContentsMargins(px(32), 0, 0, 0)
        chosen.addWidget(self.step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addLayout(top)
        column.addLayout(below)
        column.addLayout(chosen)


class GoalsCard(Card):
    """« Objectifs travaillés »."""

    edited = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("Objectifs travaillés")
        self.lines: list[GoalLine] = []
        self._none = Label(
            "Aucun objectif en cours. Ils se fixent avec le ménage, dans son dossier.",
            13,
            tone="muted",
            wrap=True,
        )
        self.add(self._none)

    def show_goals(self, goals: tuple[GoalWithSteps, ...], touched: tuple[NewGoalTouched, ...]) -> None:
        """Show goals, those touched ticked."""
        for line in self.lines:
            line.hide()
            self.body.removeWidget(line)
            line.deleteLater()
        self.lines = []
        by_goal = {each.goal_id: each for each in touched}
        for goal in goals:
            line = GoalLine(goal)
            line.show_touched(by_goal.get(goal.goal.id))
            line.edited.connect(self._changed)
            self.lines.append(line)
            self.add(line)
        self._none.setVisible(not goals)
        self._count()

    def touched(self) -> tuple[NewGoalTouched, ...]:
        """Return the goals ticked, in order."""
        return tuple(each for line in self.lines if (each := line.touched()) is not None)

    def _changed(self) -> None:
        self._count()
        self.edited.emit()

    def _count(self) -> None:
        self.remark.setText(f"{len(self.touched())} sur {len(self.lines)}" if self.lines else "")
