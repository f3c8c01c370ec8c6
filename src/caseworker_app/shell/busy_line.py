"""Work under way, shown after 300 ms: what runs, how far it is, and « Arrêter » when it may be stopped."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.states import Progress
from caseworker_app.ui_kit.tasks import Task, Tasks
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import px
from caseworker_app.ui_kit.work import Step

CANCEL_AFTER_MS = 3000


class BusyLine(QWidget):
    """One task at a time, the last that became slow; hidden while nothing is slow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self._task: Task | None = None
        self.words = Label("", 12, tone="muted")
        self.bar = Progress("Avancement", 0)
        self.bar.setFixedWidth(px(80))
        self.stop = Button("Arrêter", "ghost", compact=True)
        self.stop.clicked.connect(self._cancel)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        for part in (self.words, self.bar, self.stop):
            line.addWidget(part)
        self._offer = QTimer(self, singleShot=True, interval=CANCEL_AFTER_MS)
        self._offer.timeout.connect(self._offer_stop)
        self.hide()

    def follow(self, tasks: Tasks) -> None:
        """Show the slow tasks of a window."""
        tasks.slow_started.connect(self.show_task)

    def show_task(self, task: Task) -> None:
        """Show a task until it ends."""
        self._task = task
        self.words.setText(f"{task.words}\u2026")
        self.bar.setRange(0, 0)
        self.bar.setVisible(False)
        self.stop.hide()
        self.show()
        self._offer.start()
        task.stepped.connect(self._step)
        task.ended.connect(lambda: self._done(task))

    def _step(self, step: Step) -> None:
        if self.sender() is not self._task and self._task is not None and self.sender() is not None:
            return
        self.bar.setVisible(step.total > 0)
        self.bar.setRange(0, step.total)
        self.bar.setValue(step.done)
        if step.words:
            self.words.setText(step.words)

    def _offer_stop(self) -> None:
        self.stop.setVisible(self._task is not None and self._task.cancellable)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.words.setText("Arrêt en cours\u2026")
            self.stop.hide()

    def _done(self, task: Task) -> None:
        # The window may be gone, locked, before the work is.
        if isValid(self) and task is self._task:
            self._task = None
            self._offer.stop()
            self.hide()
