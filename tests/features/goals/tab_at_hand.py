"""What the tests of the tab do with it: read the file, wait, type, look for cut words."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.features.goals import service
from caseworker_app.features.goals.domain.autonomy import EvaluationWithLevels
from caseworker_app.features.goals.domain.goal import GoalWithSteps
from caseworker_app.features.goals.screens.tab import GoalsTab
from tests.ui_kit.inspection import cut_words, nameless, unreachable

SIZES = ((1150, 530, 100), (1704, 850, 100), (1150, 530, 150))


def goals(tab: GoalsTab, household: str) -> dict[str, GoalWithSteps]:
    with tab.desk.file.reading() as connection:
        return {each.goal.id: each for each in service.goals_of(connection, tab.desk.who, household)}


def settled(qtbot: Any, tab: GoalsTab) -> None:
    """Wait until what was asked is written, told and read again."""
    qtbot.waitUntil(lambda: not tab.desk.tasks.busy)
    for _ in range(3):
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not tab.desk.tasks.busy)


def write(widget: QWidget, words: str) -> None:
    """Type words that a keyboard would compose (accents, no-break spaces)."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


def evaluations(tab: GoalsTab, household: str) -> list[EvaluationWithLevels]:
    with tab.desk.file.reading() as connection:
        return service.evaluations_of(connection, tab.desk.who, household)


def sound(qtbot: Any, tab: GoalsTab) -> None:
    wide = tab.width()
    # Heights that follow widths settle over some turns of the event loop.
    qtbot.waitUntil(lambda: not cut_words(tab))
    assert nameless(tab) == []
    assert unreachable(tab) == []
    assert tab.minimumSizeHint().width() <= wide, "the tab must not ask for more than the window has"
