"""Hands on the main window of a demonstration, standing in one household: made once a module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.file_window import build_main_window
from caseworker_app.bootstrap.office import open_demonstration
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.tasks import Tasks
from tests.desk.hands import Hands
from tests.ground import NOW


@pytest.fixture(scope="module")
def hands(qapp_cls: Any) -> Iterator[Hands]:
    app = QApplication.instance() or qapp_cls([])
    dress(app, "light", 100)
    tasks = Tasks()
    with open_demonstration(clock=FixedClock(NOW)) as office:
        window = build_main_window(office, tasks)
        window.show()
        made = Hands(app, window, tasks)
        window.navigator.open("households")
        made.rest()
        made.go("nadia ferhaoui")
        made.rest()
        yield made
        window.hide()
        tasks.close()
