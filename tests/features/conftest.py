"""What the screens of every room share in tests: a dressed application, its tasks, changes, drafts, navigation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.kernel.clock import Clock
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks
from tests.ground import KEY


@pytest.fixture
def dressed(qapp: QApplication) -> None:
    dress(qapp, "light", 100)


@pytest.fixture
def tasks(dressed: None) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def navigator(dressed: None) -> Navigator:
    return Navigator()


@pytest.fixture
def changes(dressed: None) -> ChangeBroadcast:
    return ChangeBroadcast()


@pytest.fixture
def drafts(tmp_path: Path, clock: Clock, tasks: Tasks) -> Iterator[Drafts]:
    """Drafts that are closed after the tasks that write them."""
    made = Drafts(tmp_path, KEY, clock)
    yield made
    tasks.close()
    made.close()
