"""Quiet moments of a window, and what is better done in them: memory looked through, and given back."""

from __future__ import annotations

import gc
import time
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from caseworker_app.kernel.freed_memory import give_back
from caseworker_app.ui_kit.tasks import Tasks

# Python looks through its memory for what nobody holds any more whenever enough was made, in whatever thread makes it:
# a tenth of a second in the middle of what a person does; and a widget let go in another thread than the window's ends
# the program. Here it is looked through in the window's thread alone: what is new now and then; what outlived that,
# before it is too much to be looked through in a blink, in a quiet moment if one comes. What outlives that too is set
# aside for good: pages stay. (Some 1,500 objects a millisecond on a slow PC.)
QUIET_SECONDS, LOOK_MS = 2.0, 250
NEW_ENOUGH, SHORT_LOOKS = 2_000, 10
OLD_ENOUGH, MOST_OLD, MOST_NEW = 10_000, 30_000, 50_000
# Nobody has touched anything for so long: what their last work freed goes back to the system.
LONG_QUIET_SECONDS = 10.0
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
    """Looks for memory that nobody holds any more, in the window's thread, and sets aside what it looked through."""

    def __init__(self, quiet: Quiet, tasks: Tasks) -> None:
        """Take over from Python, until the window is gone."""
        super().__init__(quiet)
        self._quiet, self._tasks = quiet, tasks
        # How much outlived two looks and was not set aside yet, when it was last counted.
        self._old = 0
        # After which touch what was freed was last given back.
        self._given_back = 0.0
        self.destroyed.connect(partial(_give_back, gc.isenabled()))
        gc.disable()
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        self._look.start()

    def look(self) -> int | None:
        """Collect what is worth it and nobody would notice; say up to which generation, None for nothing."""
        new, short, _ = gc.get_count()
        if new >= MOST_NEW:
            # A long list that was just read: looking through it would be felt, and nearly all of it stays.
            gc.freeze()
            return None
        if self._old >= (OLD_ENOUGH if self._at_rest else MOST_OLD):
            gc.collect()
            gc.freeze()
            self._old = 0
            return 2
        if new < NEW_ENOUGH:
            self._give_back_freed()
            return None
        generation = 1 if short >= SHORT_LOOKS else 0
        gc.collect(generation)
        if generation:
            self._old = len(gc.get_objects(generation=2))
        return generation

    def _give_back_freed(self) -> None:
        """Give the system back what is free, once after each time somebody was at work."""
        last = self._quiet.touched
        if self._given_back != last and self._quiet.seconds >= LONG_QUIET_SECONDS and not self._tasks.busy:
            self._given_back = last
            give_back()

    @property
    def _at_rest(self) -> bool:
        return self._quiet.seconds >= QUIET_SECONDS and not self._tasks.busy


def _give_back(enabled: bool) -> None:
    if enabled:
        gc.enable()
    gc.unfreeze()
