"""The tab « Droits » on a real file, as after a start of the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.rights.documents import render_disclosure
from caseworker_app.features.rights.screens.desk import RightsDesk
from caseworker_app.features.rights.screens.tab import RightsTab
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up


@pytest.fixture
def make_tab(
    qtbot: Any, qapp: QApplication, file: Any, who: Any, drafts: Drafts, tasks: Tasks
) -> Iterator[Callable[..., RightsTab]]:
    """Make a tab of its own, at a size, on a household."""
    kept: list[Any] = []

    def made(
        household: str,
        *,
        wide: int = 1150,
        tall: int = 530,
        scale: int = 100,
        look: str = "light",
        acting: Any = None,
    ) -> RightsTab:
        dress(qapp, look, scale)  # type: ignore[arg-type]
        navigator, changes = Navigator(), ChangeBroadcast()
        kept.extend((navigator, changes))
        desk = RightsDesk(
            file, acting or who, drafts, tasks, changes, navigator, take_back_last, render_disclosure
        )
        tab = RightsTab(desk)
        qtbot.addWidget(tab)
        tab.resize(wide, tall)
        bring_up(qtbot, tab)
        tab.show_household(household)
        settle(qtbot, tab)
        return tab

    yield made
    dress(qapp, "light", 100)


def settle(qtbot: Any, tab: RightsTab) -> None:
    """Wait until what was asked is written, told and read again."""
    for _ in range(4):
        qtbot.waitUntil(lambda: not tab.desk.tasks.busy)
        QApplication.processEvents()
