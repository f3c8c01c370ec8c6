"""Keeps what is being typed: two seconds after the first key at the latest, when the focus leaves, on
leaving the page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.ui_kit.tasks import Tasks

EVERY_MS = 2000
Content = dict[str, Any]


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
        self._timer = QTimer(self, singleShot=True, interval=EVERY_MS)
        self._timer.timeout.connect(self.keep_now)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @property
    def touched(self) -> bool:
        """Say whether something was typed since the last writing."""
        return self._touched

    def touch(self) -> None:
        """Say that something was typed; not started again at each key, so that a long run of keys is kept
        too.
        """
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
        content = self._content()
        self._tasks.read(
            lambda: self._keep(content), lambda at: self.kept.emit(at, content), owner=self, words="Brouillon"
        )

    def _focus_moved(self, left: QWidget | None, _entered: QWidget | None) -> None:
        if left is not None and self._touched and self._form.isAncestorOf(left):
            self.keep_now()
