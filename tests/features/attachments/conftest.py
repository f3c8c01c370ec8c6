"""The tab « Pièces » on a real file, as after a start of the program."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.features.attachments.screens.tab import AttachmentsTab
from caseworker_app.features.attachments.screens.work import PieceDesk
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.open_copies import OpenCopies
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up


@pytest.fixture
def copies(file: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenCopies:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return OpenCopies(file.folder)


@pytest.fixture
def make_tab(
    qtbot: Any, qapp: QApplication, file: Any, who: Any, drafts: Drafts, tasks: Tasks, copies: OpenCopies
) -> Iterator[Callable[..., AttachmentsTab]]:
    """Make a tab of its own, `wide` and `tall`, at a text size."""
    kept: list[Any] = []

    def made(
        household: str = "", *, wide: int = 1150, tall: int = 530, scale: int = 100, look: str = "light"
    ) -> AttachmentsTab:
        dress(qapp, look, scale)
        navigator, changes = Navigator(), ChangeBroadcast()
        kept.extend((navigator, changes))
        tab = AttachmentsTab(PieceDesk(file, who, drafts, tasks, changes, navigator, take_back_last, copies))
        qtbot.addWidget(tab)
        tab.resize(wide, tall)
        bring_up(qtbot, tab)
        if household:
            tab.show_household(household)
            settle(qtbot, tab)
        return tab

    yield made
    dress(qapp, "light", 100)


def settle(qtbot: Any, tab: AttachmentsTab) -> None:
    """Wait until what was asked is written, told and read again."""
    for _ in range(4):
        qtbot.waitUntil(lambda: not tab.desk.tasks.busy)
        QApplication.processEvents()
