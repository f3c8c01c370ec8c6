"""What the windows of the room work with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.tasks import Tasks
from tests.ground import KEY


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def drafts(tmp_path: Path, clock: Any, tasks: Tasks) -> Iterator[Drafts]:
    made = Drafts(tmp_path, KEY, clock)
    yield made
    tasks.close()
    made.close()
