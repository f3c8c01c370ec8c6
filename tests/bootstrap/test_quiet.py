"""Memory is looked through while nobody is at work, and only then."""

from __future__ import annotations

import gc
import threading
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


@pytest.fixture
def collector(window: QWidget, tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> Iterator[QuietCollector]:
    """A collector whose own beat is stopped: the test looks."""
    enabled = gc.isenabled()
    gc.enable()
    made = QuietCollector(Quiet(window), tasks)
    made._look.stop()
    monkeypatch.setattr(quiet, "NEW_ENOUGH", 10**9)
    gc.collect(1)
    yield made
    gc.unfreeze()
    (gc.enable if enabled else gc.disable)()


def test_python_itself_looks_in_no_thread(collector: QuietCollector) -> None:
    assert not gc.isenabled()
    knots: list[weakref.ref[Knot]] = []

    def make() -> None:
        knots.extend(weakref.ref(Knot()) for _ in range(5_000))

    worker = threading.Thread(target=make)
    worker.start()
    worker.join()
    assert all(knot() is not None for knot in knots)


def outlived(collector: QuietCollector, monkeypatch: pytest.MonkeyPatch) -> Knot:
    """Return something that outlived the short looks, before what outlives them is enough for more."""
    kept = Knot()
    monkeypatch.setattr(quiet, "OLD_ENOUGH", 10**9)
    monkeypatch.setattr(quiet, "MOST_OLD", 10**9)
    monkeypatch.setattr(quiet, "NEW_ENOUGH", 0)
    monkeypatch.setattr(quiet, "SHORT_LOOKS", 0)
    assert [collector.look(), collector.look()] == [1, 1]
    monkeypatch.setattr(quiet, "NEW_ENOUGH", 10**9)
    return kept


def test_what_outlived_short_looks_is_looked_through_once_nobody_is_at_work(
    collector: QuietCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    knot = weakref.ref(outlived(collector, monkeypatch))
    monkeypatch.setattr(quiet, "OLD_ENOUGH", 1)
    assert collector.look() is None
    assert knot() is not None
    monkeypatch.setattr(quiet, "QUIET_SECONDS", 0.0)
    assert collector.look() == 2
    assert knot() is None
    assert gc.get_freeze_count() > 0
    # What was set aside is not looked through again.
    assert collector.look() is None


def test_little_of_it_is_not_worth_a_look(collector: QuietCollector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet, "QUIET_SECONDS", 0.0)
    knot = weakref.ref(outlived(collector, monkeypatch))
    assert collector.look() is None
    assert knot() is not None


def test_what_is_new_is_looked_through_while_somebody_works(
    collector: QuietCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet, "NEW_ENOUGH", 1)
    monkeypatch.setattr(quiet, "SHORT_LOOKS", 10**9)
    knot = weakref.ref(Knot())
    kept = [Knot() for _ in range(100)]
    assert collector.look() == 0
    assert knot() is None
    assert len(kept) == 100


def test_without_a_quiet_moment_it_is_looked_through_before_it_is_too_much(
    collector: QuietCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    knot = weakref.ref(outlived(collector, monkeypatch))
    monkeypatch.setattr(quiet, "MOST_OLD", 1)
    assert collector.look() == 2
    assert knot() is None


def test_more_than_can_be_looked_through_in_a_blink_is_set_aside_at_once(
    collector: QuietCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet, "MOST_NEW", 1_000)
    knot = weakref.ref(Knot())
    kept = [Knot() for _ in range(2_000)]
    before = gc.get_freeze_count()
    assert collector.look() is None
    assert gc.get_freeze_count() >= before + len(kept)
    assert gc.get_count()[0] < 1_000
    assert knot() is not None


def test_what_is_free_is_given_back_once_after_each_time_somebody_worked(
    collector: QuietCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[bool] = []
    monkeypatch.setattr(quiet, "give_back", lambda: given.append(True))
    collector.look()
    assert given == []
    monkeypatch.setattr(quiet, "LONG_QUIET_SECONDS", 0.0)
    collector.look()
    collector.look()
    assert len(given) == 1
    # At another moment, never one to come.
    collector._quiet.touched -= 0.001
    collector.look()
    assert len(given) == 2


def test_python_looks_as_before_once_the_window_is_gone(collector: QuietCollector) -> None:
    gc.freeze()
    collector.parent().deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
