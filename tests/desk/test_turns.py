"""A turn of the window's thread counts what it does on the processor, not what it waits for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer

from tools.benchmarks.turns import Turns


def longest_while(qtbot: Any, work: Callable[[], object]) -> float:
    turns, done = Turns(), []
    QTimer.singleShot(0, lambda: (turns.restart(), work(), done.append(True)))
    # The turn of the work is told once it has ended, whenever the loop comes to that.
    qtbot.waitUntil(lambda: bool(done) and turns.longest > 0)
    return turns.longest


def busy() -> None:
    end = time.thread_time() + 0.06
    while time.thread_time() < end:
        pass


def test_a_turn_that_works_is_told_and_one_that_waits_is_not(qtbot: Any) -> None:
    assert longest_while(qtbot, busy) >= 60
    assert longest_while(qtbot, lambda: time.sleep(0.2)) < 60
