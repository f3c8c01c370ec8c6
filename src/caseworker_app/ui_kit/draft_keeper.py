"""Keeps what is being typed: two seconds after a key at most, when the focus leaves, on leaving the page."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from caseworker_app.ui_kit.tasks import Task, Tasks

EVERY_MS = 2000
Content = dict[str, Any]


class _Keeping:
    """One writing of a draft under way."""

    def __init__(self, content: Content, keep: Callable[[Content], str]) -> None:
        self.content, self._keep = content, keep
        self.done = threading.Event()
        self.task: Task | None = None

    def write(self) -> str:
        saved_at = self._keep(self.content)
        self.done.set()
        return saved_at

    def write_unless_done(self) -> str:
        """Write in place of the reader's thread, had it no time; never over what was kept since."""
        if self.task is not None:
            self.task.cancel()
        return "" if self.done.is_set() else self.write()


class DraftKeeper(QObject):
    """Watches one form. `kept(str, content)`: the instant (UTC text) a content was written, once it was.

    `content` makes what to keep, `keep` writes it and returns the instant: it runs in the background, on the
    reader's thread, because the drafts have a file of their own and must not wait behind a long import.
    """

    kept = Signal(str, object)

    def __init__(
        self, form: QWidget, tasks: Tasks, content: Callable[[], Content], keep: Callable[[Content], str]
    ) -> None:
        """Watch a form, at rest until `touch`."""
        super().__init__(form)
        self._form, self._tasks, self._content, self._keep = form, tasks, content, keep
        self._touched = False
        self._under_way: _Keeping | None = None
        self._timer = QTimer(self, singleShot=True, interval=EVERY_MS)
        self._timer.timeout.connect(self.keep_now)
        self._watch_focus()

    @property
    def touched(self) -> bool:
        """Say whether something was typed since the last writing."""
        return self._touched

    def touch(self) -> None:
        """Say that something was typed; the wait is not begun again at each key: a long run is kept too."""
        self._touched = True
        if not self._timer.isActive():
            self._timer.start()

    def rest(self) -> None:
        """Forget that something was typed: it was confirmed, thrown away, or another form is shown."""
        self._touched = False
        self._timer.stop()

    def keep_now(self) -> None:
        """Write what was typed since the last writing, if anything was."""
        if not self._touched:
            return
        self.rest()
        keeping = self._under_way = _Keeping(self._content(), self._keep)
        keeping.task = self._tasks.read(
            keeping.write, lambda at: self.kept.emit(at, keeping.content), owner=self, words="Brouillon"
        )

    def keep_before_leaving(self) -> None:
        """Write, and have the writer's thread see to it: the file is closed there, after what was asked."""
        self.keep_now()
        keeping = self._under_way
        if keeping is not None and not keeping.done.is_set():
            self._tasks.run(keeping.write_unless_done, owner=self, words="Brouillon")

    def focus_left(self, left: QWidget | None) -> None:
        """Write when the focus left a field of the form."""
        if left is not None and self._touched and isValid(self._form) and self._form.isAncestorOf(left):
            self.keep_now()

    def _watch_focus(self) -> None:
        """Follow the focus by a plain function: a form that goes with the focus loses its methods first."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        known = weakref.ref(self)

        def moved(left: QWidget | None, _entered: QWidget | None) -> None:
            keeper = known()
            if keeper is not None and isValid(keeper):
                keeper.focus_left(left)

        link = app.focusChanged.connect(moved)
        self.destroyed.connect(lambda: QObject.disconnect(link))
