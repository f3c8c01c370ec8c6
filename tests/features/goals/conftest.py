"""The tab « Objectifs » made on a real file, as after a start of the program."""

from __future__ import annotations

from typing import Any

import pytest

from caseworker_app.features.diary import service as diary
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.goals.screens.tab import GoalsTab
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from tests.features.goals import goal_scene
from tests.ui_kit.inspection import bring_up


@pytest.fixture
def scene(file, who, household):
    return goal_scene.fill(file, who, household)


@pytest.fixture
def make(qtbot, qapp, file, who, drafts, tasks):
    """Make a tab of its own, as after a start of the program."""
    dress(qapp, "light")
    kept: list[Any] = []

    def made(household: str = "", subject: str = "") -> GoalsTab:
        navigator, changes = Navigator(), ChangeBroadcast()
        kept.extend((navigator, changes))
        tab = GoalsTab(
            file, who, drafts, tasks, changes, navigator, take_back_last, diary.goal_proofs
        )  # fmt: skip
        qtbot.addWidget(tab)
        tab.resize(1150, 530)
        bring_up(qtbot, tab)
        if household:
            tab.show_household(household, subject)
            qtbot.waitUntil(lambda: tab.material is not None and not tasks.busy)
        return tab

    return made


@pytest.fixture
def sized(qtbot, qapp, make, request):
    """Make a tab as wide and tall, at such a text size, as the parameter says."""
    wide, tall, scale = request.param
    first = make()
    dress(qapp, "light", scale)
    desk = first.desk
    tab = GoalsTab(
        desk.file, desk.who, desk.drafts, desk.tasks, desk.changes, desk.navigator, desk.take_back, desk.proofs
    )  # fmt: skip
    qtbot.addWidget(tab)
    tab.resize(wide, tall)
    bring_up(qtbot, tab)
    yield tab
    dress(qapp, "light", 100)
