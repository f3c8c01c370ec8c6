"""Memory is looked through while nobody is at work, and only then."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from caseworker_app.bootstrap import quiet
from caseworker_app.bootstrap.quiet import Quiet, QuietCollector
from caseworker_app.ui_kit.tasks import Tasks


class Knot:
    """Something that holds itself: only a look through memory finds that nobody else does."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def window(qtbot: Any) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    return shown


def collector_of(window: QWidget, tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> QuietCollector:
    monkeypatch.setattr(quiet, "ENOUGH_TO_LOOK", 0)
    return QuietCollector(Quiet(window), tasks)


def test_nothing_is_looked_through_while_somebody_is_at_work(
    window: QWidget, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector = collector_of(window, tasks, monkeypatch)
    knot = weakref.ref(Knot())
    assert not collector.look()
    assert knot() is not None
    monkeypatch.setattr(quiet, "QUIET_SECONDS", 0.0)
    assert collector.look()
    assert knot() is None


def test_python_looks_as_before_once_the_window_is_gone(
    window: QWidget, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = gc.get_threshold()
    collector = collector_of(window, tasks, monkeypatch)
    assert gc.get_threshold()[2] == quiet.PYTHON_LOOKS
    collector.parent().deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
