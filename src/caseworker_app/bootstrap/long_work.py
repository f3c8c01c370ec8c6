"""Stops long work before the file is closed or encrypted again: an import must not outlive the lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from caseworker_app.ui_kit.tasks import Task, Tasks

# A transaction of an import takes half a second; what does not end is left behind.
LONGEST_STOP_MS = 10_000


def stop_long_work(tasks: Tasks, then: Callable[[], None], longest: int = LONGEST_STOP_MS) -> None:
    """Stop what can be stopped, then go on, after `longest` milliseconds at the latest.

    What went on in another process would be taken, by whoever opens the file again, for work that was cut short.
    """
    left = {task for task in tasks.running if task.cancellable}
    once = [then]

    def go_on() -> None:
        if once:
            once.pop()()

    def ended(task: Task) -> None:
        left.discard(task)
        if not left:
            go_on()

    for task in tuple(left):
        task.ended.connect(partial(ended, task))
        task.cancel()
    if left:
        QTimer.singleShot(longest, tasks, go_on)
    else:
        go_on()
