"""The first window comes first: what opening a file needs is loaded once that window is painted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caseworker_app.bootstrap.window import Program
from caseworker_app.shell.entrance import EntranceWindow
from tests.bootstrap.programs import retire


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happened, in order: the first window's pictures, the loading of the rest."""
    told: list[str] = []
    paint, prepare = EntranceWindow.paintEvent, Program._prepare

    def painted(window: EntranceWindow, event: QPaintEvent) -> None:
        told.append("painted")
        paint(window, event)

    def prepared(program: Program) -> None:
        told.append("prepared")
        prepare(program)

    monkeypatch.setattr(EntranceWindow, "paintEvent", painted)
    monkeypatch.setattr(Program, "_prepare", prepared)
    return told


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    made = Program(qapp, tmp_path / "fichier")
    yield made
    retire(made)


def test_the_rest_is_loaded_once_the_first_window_is_painted(
    program: Program, order: list[str], qtbot: QtBot
) -> None:
    program.begin()
    qtbot.waitUntil(lambda: "prepared" in order)
    assert order[0] == "painted"
    assert order.count("prepared") == 1


def test_a_window_that_is_never_painted_does_not_hold_the_rest_back(
    program: Program, order: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseworker_app.bootstrap.window._is_painted", lambda window: False)
    program.begin()
    qtbot.waitUntil(lambda: "prepared" in order)


def test_a_window_closed_at_once_loads_nothing(program: Program, order: list[str], qtbot: QtBot) -> None:
    program.show_entrance()
    assert program.entrance is not None
    program.entrance.blockSignals(True)
    program.entrance.hide()
    program._prepare_once_painted()
    assert "prepared" not in order
