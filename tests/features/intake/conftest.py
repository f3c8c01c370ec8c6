"""The application dressed, with what pages share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks


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
