"""Pages are made ahead while nobody touches anything, and wait while somebody does."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from caseworker_app.bootstrap import readiness
from caseworker_app.bootstrap.file_window import build_main_window
from caseworker_app.bootstrap.office import open_demonstration
from caseworker_app.bootstrap.readiness import PAGES, TABS, Readiness
from caseworker_app.features.dossier.screens.page import DossierPage
from caseworker_app.ui_kit import ahead
from caseworker_app.ui_kit.tasks import Tasks


@pytest.mark.slow
def test_pages_are_made_in_quiet_moments(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = Tasks()
    with open_demonstration() as office:
        window = build_main_window(office, tasks)
        qtbot.addWidget(window)
        window.show()
        window.navigator.open("households")
        ready = Readiness(window, tasks)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
        assert set(window._pages) == {"households"}
        monkeypatch.setattr(readiness, "IDLE_SECONDS", 0.0)
        qtbot.waitUntil(lambda: ready.done)
        assert set(PAGES) <= set(window._pages)
        dossier = window._pages["dossier"]
        assert isinstance(dossier, DossierPage)
        assert set(TABS) <= set(dossier.rooms._made)
        assert ahead._MADE == {}
        window.hide()
        tasks.close()


def test_a_key_given_to_the_window_puts_off_what_is_made(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = Tasks()
    with open_demonstration() as office:
        window = build_main_window(office, tasks)
        qtbot.addWidget(window)
        window.show()
        ready = Readiness(window, tasks)
        ready._quiet.touched = 0.0
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
        assert ready._quiet.touched > 0.0
        window.hide()
        tasks.close()
