"""Tells how much of the processor each turn of the window's thread takes, whatever else the machine does."""

from __future__ import annotations

import time

from PySide6.QtCore import QAbstractEventDispatcher, QObject


class Turns(QObject):
    """Watches the event loop of this thread; the longest turn bounds how long the window did not answer.

    A turn ends where the loop waits for events, or looks for them again. On a machine that is shared, the time on the
    wall says what the others do; the time of this thread on the processor does not.
    """

    def __init__(self) -> None:
        """Begin to watch."""
        super().__init__()
        self.longest = 0.0
        self._last = time.thread_time()
        loop = QAbstractEventDispatcher.instance()
        loop.awake.connect(self._turned)
        loop.aboutToBlock.connect(self._turned)

    def restart(self) -> None:
        """Forget what was before."""
        self.longest, self._last = 0.0, time.thread_time()

    def _turned(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now
