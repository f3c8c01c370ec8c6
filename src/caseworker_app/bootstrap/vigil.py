"""Joins what watches over an open file: nobody there, the session left, Escape twice; and what the lock closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.kernel.clock import SystemClock, today
from caseworker_app.shell.clipboard import OwnClipboard
from caseworker_app.shell.cover import Covering
from caseworker_app.shell.presence import Presence
from caseworker_app.shell.session_watch import SessionWatch
from caseworker_app.ui_kit import paint
from caseworker_app.ui_kit.draft_keeper import DraftKeeper

if TYPE_CHECKING:
    from caseworker_app.shell.main_window import MainWindow

# The threads that listen to the session load the bus: the first page comes before them.
_LISTEN_AFTER_MS = 300


class Vigil(QObject):
    """Watches over one window at a time, from `begin` to `end`."""

    def __init__(self, app: QApplication, minutes: Callable[[], int], parent: QObject) -> None:
        """Listen to the application, and once it is at rest to the session."""
        super().__init__(parent)
        self._window: MainWindow | None = None
        self.covering = Covering()
        self.clipboard = OwnClipboard(app)
        self.presence = Presence(app, minutes)
        for part in (self.clipboard, self.presence):
            part.setParent(self)
        self.session = SessionWatch(self)
        self.presence.away.connect(self.lock)
        self.presence.hide_asked.connect(self.hide_all)
        self.presence.returned.connect(self.show_again)
        self.session.left.connect(self.lock)
        QTimer.singleShot(_LISTEN_AFTER_MS, self, self.session.listen)

    def begin(self, window: MainWindow) -> None:
        """Watch over a window that has just opened."""
        self._window = window
        self.presence.begin()
        self.session.watch_window(int(window.winId()))

    def end(self) -> None:
        """Say that the file is closed: the PC may sleep."""
        self._window = None
        self.session.ready_to_sleep()

    def lock(self) -> None:
        """Lock at once; what is typed is kept."""
        if self._window is None:
            self.session.ready_to_sleep()
            return
        self._window.lock()

    def hide_all(self) -> None:
        """Cover every window by a neutral page."""
        if self._window is not None and self._window.isVisible():
            self.covering.cover(self._window, self._window.content, today(SystemClock()))
            self.presence.covered = True

    def show_again(self) -> None:
        """Show everything as it was."""
        self.presence.covered = False
        self.covering.uncover()

    def close_all(self, main: QWidget) -> None:
        """Keep what is typed anywhere, then close every window but the main one, and forget what was copied or drawn.

        Dialogs are hidden, not refused: a refusal would throw their draft away. They go with the main window.
        """
        others = [each for each in QApplication.topLevelWidgets() if each is not main and each.isVisible()]
        for window in [main, *others]:
            for keeper in window.findChildren(DraftKeeper):
                keeper.keep_before_leaving()
        for window in others:
            window.hide()
        main.hide()
        self.presence.covered = False
        self.covering.uncover()
        self.clipboard.empty()
        QPixmapCache.clear()
        paint.forget_lines()
