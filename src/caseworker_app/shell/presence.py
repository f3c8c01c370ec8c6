"""Is anybody there? Minutes without a key or a move, and Escape pressed twice: what hides or locks what is shown."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

# Two presses of Escape within this time hide everything; a slower pair closes one thing after the other.
TWICE_SECONDS = 0.7
# Hidden, the window may stay so for this long at most: somebody had a reason to hide it.
COVERED_MINUTES = 5
_LOOK_EVERY_MS = 5_000
_ACTS = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress, QEvent.Type.TabletMove,
    }
)  # fmt: skip
_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_Escape,
    }
)  # fmt: skip
Now = Callable[[], float]


class Presence(QObject):
    """`away()` after the minutes told; `hide_asked()`; `returned()` at the first key of somebody who hid all.

    It listens to windows, not to every widget: those hear each key and move once.
    """

    away = Signal()
    hide_asked = Signal()
    returned = Signal()

    def __init__(
        self,
        app: QGuiApplication,
        minutes: Callable[[], int],
        clocks: tuple[Now, Now] = (time.monotonic, time.time),
    ) -> None:
        """Watch the windows that get the focus. The second clock goes on while the PC sleeps."""
        super().__init__(app)
        self._minutes, self._clocks = minutes, clocks
        self._last = self._now()
        self._escaped, self._press_seen = float("-inf"), False
        self.covered = False
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def begin(self) -> None:
        """Count from now: somebody has just come in."""
        self._last = self._now()

    def look(self) -> None:
        """Tell that nobody is there any more, once it has been so long enough."""
        limit = min(self._minutes(), COVERED_MINUTES) if self.covered else self._minutes()
        if max(now - then for now, then in zip(self._now(), self._last, strict=True)) >= limit * 60:
            self.begin()
            self.away.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there; take what is typed or pointed at while all is hidden."""
        kind = event.type()
        if kind not in _ACTS:
            return False
        # While all is hidden, a mouse that is pushed is nobody who came back.
        if not self.covered or isinstance(event, QKeyEvent):
            self.begin()
        if isinstance(event, QKeyEvent):
            return self._take_key(event)
        return self.covered

    def _take_key(self, event: QKeyEvent) -> bool:
        if self.covered:
            if event.type() == QEvent.Type.KeyPress and Qt.Key(event.key()) not in _MODIFIERS:
                self.returned.emit()
            return True
        return event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat() and self._take_escape(event)

    def _take_escape(self, event: QKeyEvent) -> bool:
        """Count a press; where a shortcut took it, its release is all that a window hears."""
        if event.type() == QEvent.Type.KeyRelease and self._press_seen:
            self._press_seen = False
            return False
        self._press_seen = event.type() == QEvent.Type.KeyPress
        now = self._clocks[0]()
        twice, self._escaped = now - self._escaped <= TWICE_SECONDS, now
        if twice:
            self._escaped = float("-inf")
            self.hide_asked.emit()
        return twice and self.covered

    def _watch(self, window: QWindow | None) -> None:
        if window is not None and isValid(window):
            window.installEventFilter(self)

    def _now(self) -> tuple[float, float]:
        return self._clocks[0](), self._clocks[1]()
