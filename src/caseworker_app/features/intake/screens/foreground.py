"""The one piece of work the page waits for: named, followed step by step, stopped by the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.tasks import Task
from caseworker_app.ui_kit.work import Step


class RunApart(Protocol):
    """Runs `service(file, *arguments, **options, progress=…)` in another process, on the file open here."""

    def __call__(  # noqa: D102
        self, service: Callable[..., Any], *arguments: Any, options: Mapping[str, Any] | None = None,
        then: Callable[[Any], Any] | None = None, failed: Callable[[CaseworkerError], Any] | None = None,
        owner: QObject | None = None, words: str,
    ) -> Task: ...  # fmt: skip


class Foreground(QObject):
    """`began(words, cancellable)`; `stepped(Step)`; `ended()` once nothing is waited for any more."""

    began = Signal(str, bool)
    stepped = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        """Wait for nothing."""
        super().__init__(parent)
        self._task: Task | None = None

    @property
    def busy(self) -> bool:
        """Say whether something is waited for."""
        return self._task is not None

    def begin(self, words: str, task: Task, *, cancellable: bool = True) -> None:
        """Wait for a task under these words."""
        self.began.emit(words, cancellable)
        self.go_on(task)

    def go_on(self, task: Task) -> None:
        """Wait for the next part of the same work."""
        self._task = task
        task.stepped.connect(self._step)
        task.ended.connect(lambda: self._end(task))

    def cancel(self) -> None:
        """Ask the work to stop."""
        if self._task is not None:
            self._task.cancel()

    def _step(self, step: Step) -> None:
        self.stepped.emit(step)

    def _end(self, task: Task) -> None:
        # The answer comes right after, and may begin the next part.
        QTimer.singleShot(0, self, lambda: self._look(task))

    def _look(self, task: Task) -> None:
        if self._task is task:
            self._task = None
            self.ended.emit()
