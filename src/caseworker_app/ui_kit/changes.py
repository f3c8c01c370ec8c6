"""Tells screens what an intention changed: those that are seen read again, the others when they are next
shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from caseworker_app.kernel.changes import NO_CHANGES, Changes


@dataclass(slots=True)
class _Listener:
    concerned: Callable[[Changes], bool]
    read_again: Callable[[], None]
    stale: bool = False


class ChangeBroadcast(QObject):
    """Give it the Changes a service returned (`announce`); screens ask to be told (`listen`)."""

    announced = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with nobody listening."""
        super().__init__(parent)
        self._listeners: dict[QWidget, _Listener] = {}
        self._waiting = NO_CHANGES
        self._telling = QTimer(self, singleShot=True, interval=0)
        self._telling.timeout.connect(self._tell)

    def announce(self, changes: Changes) -> None:
        """Tell what changed; several in one turn of the event loop are told as one."""
        self._waiting |= changes
        self._telling.start()

    def listen(
        self, screen: QWidget, concerned: Callable[[Changes], bool], read_again: Callable[[], None]
    ) -> None:
        """Call `read_again` when a change is `concerned`: at once if the screen is seen, else when it is
        next shown.
        """
        self._listeners[screen] = _Listener(concerned, read_again)
        screen.installEventFilter(self)
        screen.destroyed.connect(self._forget_gone)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read again a screen that went stale while hidden."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            listener = self._listeners.get(watched)
            if listener is not None and listener.stale:
                listener.stale = False
                listener.read_again()
        return False

    def _tell(self) -> None:
        changes, self._waiting = self._waiting, NO_CHANGES
        for screen, listener in list(self._listeners.items()):
            if not isValid(screen) or not listener.concerned(changes):
                continue
            if screen.isVisible():
                listener.read_again()
            else:
                listener.stale = True
        self.announced.emit(changes)

    def _forget_gone(self) -> None:
        self._listeners = {s: known for s, known in self._listeners.items() if isValid(s)}
