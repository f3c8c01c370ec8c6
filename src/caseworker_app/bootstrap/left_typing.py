"""Keeps, encrypted, what is typed where no form keeps a draft, and gives it back at the next opening."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.ui_kit.draft_keeper import EVERY_MS
from caseworker_app.ui_kit.unkept_typing import LeftText, unkept

if TYPE_CHECKING:
    from caseworker_app.shell.left_typing_dialog import LeftTypingDialog
    from caseworker_app.storage.drafts import Draft, Drafts
    from caseworker_app.ui_kit.tasks import Tasks

KEY = "left-typing"


class LeftTyping(QObject):
    """Looks every two seconds, and before the file is closed. `dialog`: what gives it back, while it is shown."""

    def __init__(self, drafts: Drafts, window: QWidget, tasks: Tasks) -> None:
        """Watch over a window and the dialogs that stand over it, once what was left before is known."""
        super().__init__(window)
        self._drafts, self._window, self._tasks = drafts, window, tasks
        self._earlier: list[LeftText] = []
        self._kept: list[LeftText] = []
        self.dialog: LeftTypingDialog | None = None
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        tasks.read(lambda: drafts.find(KEY), self._begin, owner=self, words="Brouillon")

    def look(self) -> None:
        """Keep what is typed, or forget it once it was written; nothing when nothing changed."""
        left = self._left()
        if left != self._kept:
            self._kept = left
            self._tasks.read(lambda: self._keep(left), owner=self, words="Brouillon")

    def hold_on(self) -> None:
        """Hold what is typed until it is given back: what it was typed in is about to go."""
        self._earlier = self._left()
        self.look()

    def keep_before_leaving(self) -> None:
        """Keep what is typed on the writer's thread: the file is closed there, after what was asked."""
        if not self._timer.isActive():
            return  # what was left before is not known yet: nobody had time to type
        self._timer.stop()
        left = self._left()
        # Without an owner: the window goes before this is done.
        self._tasks.run(lambda: self._keep(left), words="Brouillon")

    def resume(self) -> None:
        """Look again: the window stays after all."""
        self._timer.start()

    def _left(self) -> list[LeftText]:
        over = [
            each for each in QApplication.topLevelWidgets() if each is not self._window and each.isVisible()
        ]
        return [
            *self._earlier,
            *(each for each in unkept([self._window, *over]) if each not in self._earlier),
        ]

    def _keep(self, left: list[LeftText]) -> None:
        if left:
            self._drafts.keep(KEY, {"texts": [asdict(each) for each in left]})
        else:
            self._drafts.forget(KEY)

    def _begin(self, found: Draft | None) -> None:
        self._earlier = self._kept = _texts(found.content) if found is not None else []
        self._timer.start()
        if self._earlier:
            self._give_back()

    def _give_back(self) -> None:
        from caseworker_app.shell.left_typing_dialog import LeftTypingDialog

        dialog = self.dialog = LeftTypingDialog(self._earlier, self._window)

        def answered(answer: int) -> None:
            self.dialog = None
            dialog.deleteLater()
            if answer == LeftTypingDialog.DONE:
                self._earlier = []
                self.look()

        dialog.finished.connect(answered)
        dialog.open()


def _texts(content: dict[str, Any]) -> list[LeftText]:
    found = content.get("texts", [])
    return [LeftText(str(each["where"]), str(each["label"]), str(each["text"])) for each in found]
