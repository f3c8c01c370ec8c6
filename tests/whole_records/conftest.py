"""The world of a test: a household in a file of its own, windows dressed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks
from tests.ground import KEY
from tests.whole_records.world import World


@pytest.fixture
def world(
    qtbot: Any, qapp: QApplication, file: Any, who: Any, household: str, tmp_path: Path
) -> Iterator[World]:
    dress(qapp, "light", 100)
    tasks, drafts = Tasks(), Drafts(tmp_path, KEY, file.clock)

    def wait() -> None:
        for _ in range(4):
            qtbot.waitUntil(lambda: not tasks.busy)
            QApplication.processEvents()

    kept: list[Any] = []

    def keep(widget: Any) -> Any:
        if widget not in kept and widget.parent() is None:
            kept.append(widget)
            qtbot.addWidget(widget)
        return widget

    yield World(file, who, household, drafts, tasks, ChangeBroadcast(), Navigator(), wait, keep)
    wait()
    tasks.close()
    drafts.close()
