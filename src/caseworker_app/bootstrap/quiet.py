"""Quiet moments of a window, and what is better done in them: looking for memory that nobody holds any more."""

from __future__ import annotations

import gc
import time
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from caseworker_app.ui_kit.tasks import Tasks

# Python looks through everything it knows now and then, in the middle of whatever is being done, for a tenth of a
# second. Left to the quiet moments; if none comes, Python looks by itself after so many of its shorter looks.
QUIET_SECONDS, LOOK_MS = 2.0, 1000
ENOUGH_TO_LOOK, PYTHON_LOOKS = 4, 400
_TOUCHES = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}
)


class Quiet(QObject):
    """Knows since when nobody touched a window that is shown.

    It watches the window as the system sees it: what a person does passes there first, and little else does. A
    filter of the whole program would be called for every event of every widget.
    """

    def __init__(self, window: QWidget) -> None:
        """Watch from now on."""
        super().__init__(window)
        self.touched = time.monotonic()
        watched = window.windowHandle()
        if watched is not None:
            watched.installEventFilter(self)

    @property
    def seconds(self) -> float:
        """How long nobody has touched anything."""
        return time.monotonic() - self.touched

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's own name)
        """Note that somebody is at work."""
        if event.type() in _TOUCHES:
            self.touched = time.monotonic()
        return False


class QuietCollector(QObject):
    """Looks for memory that nobody holds any more while nobody is at work, then sets aside what it looked through."""

    def __init__(self, quiet: Quiet, tasks: Tasks) -> None:
        """Take over from Python, until the window is gone."""
        super().__init__(quiet)
        self._quiet, self._tasks = quiet, tasks
        before = gc.get_threshold()
        gc.set_threshold(before[0], before[1], PYTHON_LOOKS)
        self.destroyed.connect(partial(_give_back, before))
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        self._look.start()

    def look(self) -> bool:
        """Collect if it is worth it and nobody would notice; say whether it did."""
        worth = gc.get_count()[2] >= ENOUGH_TO_LOOK
        if not worth or self._quiet.seconds < QUIET_SECONDS or self._tasks.busy:
            return False
        gc.collect()
        gc.freeze()
        return True


def _give_back(threshold: tuple[int, int, int]) -> None:
    gc.set_threshold(*threshold)
    gc.unfreeze()
