"""Somebody at the keyboard of the real window: real keys, counted; what is typed counted apart; pauses measured."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.shell.main_window import MainWindow
from caseworker_app.ui_kit.tasks import Tasks
from tools.benchmarks.heart import Heart
from tools.benchmarks.turns import Turns

LONGEST_WAIT_S = 60.0
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
# Long enough for what is shown late (a preview, a sheet's height) to be counted as a pause of its stage.
_QUIET_LOOKS = 5


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the day: keys that command something, letters typed, longest time without an answer, and longest turn
    of the window's thread on the processor (both ms).
    """

    name: str
    actions: int
    typed: int
    pause: float
    turn: float


class Hands:
    """Presses keys where the focus is, as a person does: never on a widget chosen for them."""

    def __init__(self, app: QApplication, window: MainWindow, tasks: Tasks) -> None:
        """Sit before a window that is shown."""
        self._app, self.window, self._tasks = app, window, tasks
        self.heart, self.turns = Heart(), Turns()
        self.stages: list[Stage] = []
        self._actions = self._typed = 0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count and measure what is done inside, until everything asked was answered."""
        self.rest()
        self._actions = self._typed = 0
        self.heart.restart()
        self.turns.restart()
        yield
        self.rest()
        measured = (self.heart.longest, self.turns.longest)
        self.stages.append(Stage(name, self._actions, self._typed, *measured))

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """Press a key that commands something; each press is an action."""
        for _ in range(times):
            QTest.keyClick(self._focus(), key, modifiers)
            self._actions += 1
            self._turn()

    def write(self, words: str) -> None:
        """Type words: plain letters by their keys, others as an input method commits them."""
        for letter in words:
            focus = self._focus()
            if letter.isascii():
                QTest.keyClick(focus, letter)
            else:
                committed = QInputMethodEvent()
                committed.setCommitString(letter)
                QApplication.sendEvent(focus, committed)
            self._typed += 1
            self._turn()

    def go(self, words: str) -> None:
        """Find by Ctrl+K what the words name, and open the first line."""
        self.press(Qt.Key.Key_K, CTRL)
        self.write(words)
        self.until(self._answered, f"the palette answers « {words} »")
        self.press(Qt.Key.Key_Return)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Look at the window until something shows; `condition` looks at widgets only, it must not read the file."""
        end = time.perf_counter() + LONGEST_WAIT_S
        while not condition():
            # Without a longest time, which would spin; the heart's beats wake it.
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() > end:
                raise TimeoutError(f"it never came: {what}")

    def rest(self) -> None:
        """Let everything asked be answered and painted."""
        quiet = [0]

        def settled() -> bool:
            quiet[0] = 0 if self._tasks.busy else quiet[0] + 1
            return quiet[0] > _QUIET_LOOKS

        self.until(settled, "the window comes to rest")

    def _answered(self) -> bool:
        finder = self.window.finder
        return finder._answered == finder._query() and self.window.results.current is not None

    def _focus(self) -> QWidget:
        if QApplication.activeWindow() is None:
            # What a window system does when a dialog closes, and the offscreen one does not.
            self.window.activateWindow()
            self.until(self.window.isActiveWindow, "the window is the one in front")
        focus = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
        if focus is None:
            raise RuntimeError("nothing takes keys")
        return focus

    def _turn(self) -> None:
        self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
