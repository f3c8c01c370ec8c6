"""The only place that decides how background work runs and how its errors are shown.

One writer thread and one reader thread, because a connection never crosses threads and the file has one
writer; work that computes goes to processes, because a thread busy in Python stretches every repaint of the
window. Answers always arrive in the window's thread.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.work import Cancelled, Progress

if TYPE_CHECKING:
    import queue

    from caseworker_app.ui_kit.processes import Processes

T = TypeVar("T")
Then = Callable[[T], None]
Failed = Callable[[CaseworkerError], None]

SLOW_MS = 300
# How long a thread that computes keeps the interpreter from the others, in seconds. Python's own 5 ms, waited
# for at each of the many small calls a screen makes, is what a person would feel while a list is imported.
_TURN_SECONDS = 0.0005
_log = logging.getLogger(__name__)


class Task(QObject):
    """One piece of work under way. `stepped(Step)` as it goes; `ended()` once its answer was given or
    dropped.
    """

    stepped = Signal(object)
    ended = Signal()

    def __init__(self, words: str, *, cancellable: bool, matters: bool = False, unseen: bool = False) -> None:
        """Name the work in French for the line that shows it (« Import de la liste »)."""
        super().__init__()
        # `matters`: stopping it half-way loses something, so that closing the window asks first. `unseen`: nobody
        # waits for it, so that it is not told however long it takes.
        self.words, self.cancellable, self.matters, self.unseen = words, cancellable, matters, unseen
        self._cancel = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Say whether the person cancelled."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next report; its answer will be dropped."""
        self._cancel.set()


class Lane:
    """A thread that does one thing after the other."""

    def __init__(self, name: str) -> None:
        """Start the thread."""
        # With the first work, not with the window.
        import queue

        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def put(self, job: Callable[[], None]) -> None:
        """Add a job, which must not raise."""
        self._jobs.put(job)

    def close(self, seconds: float) -> None:
        """Let what was asked end, then stop; wait so many seconds at most."""
        self._jobs.put(None)
        self._thread.join(seconds)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


class Tasks(QObject):
    """Runs the work of the whole window.

    `slow_started(Task)`: a task has run for 300 ms, show it; `busy_changed(bool)`: something runs, or
    nothing; `refused(str)`: a CaseworkerError nobody took (shown by the window); `crashed(CrashReport)`:
    anything else.
    """

    slow_started = Signal(object)
    busy_changed = Signal(bool)
    refused = Signal(str)
    crashed = Signal(object)
    arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without threads: each begins with its first work."""
        super().__init__(parent)
        self._lanes: dict[str, Lane] = {}
        self._running: set[Task] = set()
        self._processes: Processes | None = None
        self._making = threading.Lock()
        sys.setswitchinterval(_TURN_SECONDS)
        self.arrived.connect(lambda deliver: deliver())

    @property
    def busy(self) -> bool:
        """Say whether anything runs."""
        return bool(self._running)

    @property
    def running(self) -> frozenset[Task]:
        """Return what runs."""
        return frozenset(self._running)

    def run(
        self, work: Callable[[], T], then: Then[T] | None = None, failed: Failed | None = None,
        *, owner: QObject | None = None, words: str = "Enregistrement",
    ) -> Task:  # fmt: skip
        """Run work that writes, on the writer thread.

        `then(answer)` or `failed(error)` are called in the window's thread, unless `owner` is gone by then.
        Without `failed`, the error's sentence goes to `refused`.
        """
        return self._start(
            "writer", lambda _progress: work(), then, failed, owner, Task(words, cancellable=False)
        )

    def run_long(
        self, work: Callable[[Progress], T], then: Then[T] | None = None, failed: Failed | None = None,
        *, owner: QObject | None = None, words: str,
    ) -> Task:  # fmt: skip
        """Run long work that writes and reports how far it is; the person may cancel it."""
        return self._start("writer", work, then, failed, owner, Task(words, cancellable=True, matters=True))

    def background(
        self, work: Callable[[Progress], T], then: Then[T] | None = None, failed: Failed | None = None,
        *, owner: QObject | None = None, words: str, matters: bool = True,
    ) -> Task:  # fmt: skip
        """Run long work made of many short reads (an export, a batch of PDF) on a thread of its own.

        Neither lane waits for it; what computes in it goes through `in_process`. The person may cancel it.
        `matters`: stopping it half-way loses something, so that closing the window asks first.
        """
        task = Task(words, cancellable=True, matters=matters)
        return self._start(None, work, then, failed, owner, task)

    def read(
        self, work: Callable[[], T], then: Then[T] | None = None, failed: Failed | None = None,
        *, owner: QObject | None = None, words: str = "Lecture",
    ) -> Task:  # fmt: skip
        """Run work that only reads, on the reader thread, so that a long write never delays a screen."""
        return self._start(
            "reader", lambda _progress: work(), then, failed, owner, Task(words, cancellable=False)
        )

    def compute(
        self, function: Callable[..., T], *arguments: Any, then: Then[T] | None = None,
        failed: Failed | None = None, owner: QObject | None = None, words: str, matters: bool = False,
        unseen: bool = False,
    ) -> Task:  # fmt: skip
        """Run `function(progress, *arguments)` in another process.

        The function is one of a module (it travels by name); arguments and answer travel by pickle. `matters`:
        stopping it half-way loses something, so that closing the window asks first. `unseen`: nobody waits for it,
        it is never shown as slow.
        """
        processes = self._other_processes()
        task = Task(words, cancellable=True, matters=matters, unseen=unseen)

        def work(progress: Progress) -> T:
            return processes.call(function, arguments, progress)

        # The waiting thread only sleeps; one a task, so that a long import does not hold up a preview.
        return self._start(None, work, then, failed, owner, task)

    def in_process(self, progress: Progress, function: Callable[..., T], *arguments: Any) -> T:
        """Run `function(progress, *arguments)` in another process and wait, from a background thread."""
        return self._other_processes().call(function, arguments, progress)

    def latest(
        self, then: Then[T], failed: Failed | None = None, *, owner: QObject | None = None
    ) -> Latest[T]:
        """Return an asker for search-as-you-type: of several questions in a row, only the last is
        answered.
        """
        return Latest(self, then, failed, owner)

    def close(self, seconds: float = 10) -> None:
        """Let the writer end what was confirmed, drop the rest, stop every thread and process."""
        for task in self._running:
            if task.cancellable:
                task.cancel()
        if self._processes is not None:
            self._processes.close()
        for lane in self._lanes.values():
            lane.close(seconds)
        self._lanes.clear()

    def _start(
        self, lane: str | None, work: Callable[[Progress], T], then: Then[T] | None, failed: Failed | None,
        owner: QObject | None, task: Task,
    ) -> Task:  # fmt: skip
        self._running.add(task)
        if len(self._running) == 1:
            self.busy_changed.emit(True)
        QTimer.singleShot(SLOW_MS, task, lambda: self._say_slow(task))
        give = _Give(self, task, then, failed, owner)

        def job() -> None:
            give(*_outcome(work, task, self.arrived.emit))

        if lane is None:
            threading.Thread(target=job, name="waiter", daemon=True).start()
        else:
            self._lane(lane).put(job)
        return task

    def _other_processes(self) -> Processes:
        from caseworker_app.ui_kit.processes import Processes

        with self._making:
            if self._processes is None:
                self._processes = Processes()
            return self._processes

    def _lane(self, name: str) -> Lane:
        if name not in self._lanes:
            self._lanes[name] = Lane(name)
        return self._lanes[name]

    def _say_slow(self, task: Task) -> None:
        if task in self._running and not task.unseen:
            self.slow_started.emit(task)

    def end(self, task: Task) -> None:
        """Forget a task whose answer was given or dropped (called by its answer)."""
        self._running.discard(task)
        task.ended.emit()
        if not self._running:
            self.busy_changed.emit(False)

    def report_crash(self, error: BaseException) -> None:
        """Log a fault without personal data and tell the window (also used by the interpreter's own
        hooks).
        """
        from caseworker_app.ui_kit.crash import CrashReport

        report = CrashReport.of(error)
        _log.error("fault %s: %s at %s", report.code, report.kind, " < ".join(report.places))
        self.crashed.emit(report)


class _Give:
    """Carries one answer from a thread to the window's thread, where it is judged."""

    def __init__(
        self, tasks: Tasks, task: Task, then: Then[Any] | None, failed: Failed | None, owner: QObject | None
    ) -> None:
        self._tasks, self._task, self._then, self._failed, self._owner = tasks, task, then, failed, owner

    def __call__(self, answer: Any, error: BaseException | None) -> None:
        try:
            self._tasks.arrived.emit(lambda: self._deliver(answer, error))
        except RuntimeError:  # the window is gone; what was written is written
            _log.info("answer dropped: the window is closed")

    def _deliver(self, answer: Any, error: BaseException | None) -> None:
        self._tasks.end(self._task)
        wanted = not self._task.cancelled and (self._owner is None or isValid(self._owner))
        try:
            if error is None:
                if wanted and self._then is not None:
                    self._then(answer)
            elif isinstance(error, CaseworkerError):
                if wanted:
                    self._refuse(error)
            elif not isinstance(error, Cancelled):
                self._tasks.report_crash(error)
        except Exception as fault:  # noqa: BLE001  (a screen that fails to show must not take the window down)
            self._tasks.report_crash(fault)

    def _refuse(self, error: CaseworkerError) -> None:
        if self._failed is None:
            self._tasks.refused.emit(error.sentence)
        else:
            self._failed(error)


def _outcome(
    work: Callable[[Progress], Any], task: Task, post: Callable[[object], None]
) -> tuple[Any, BaseException | None]:
    progress = Progress(lambda step: post(lambda: task.stepped.emit(step)), lambda: task.cancelled)
    try:
        if task.cancelled:
            return None, Cancelled()
        return work(progress), None
    except BaseException as error:  # noqa: BLE001  (judged in the window's thread)
        return None, error


class Latest(Generic[T]):
    """Asks one question at a time on the reader thread; newer questions replace those still waiting."""

    def __init__(self, tasks: Tasks, then: Then[T], failed: Failed | None, owner: QObject | None) -> None:
        """Answer to `then`, in the window's thread, only if nothing newer was asked."""
        self._tasks, self._then, self._failed, self._owner = tasks, then, failed, owner
        self._number = 0
        self._waiting: Callable[[], T] | None = None
        self._under_way = False

    def ask(self, work: Callable[[], T]) -> None:
        """Ask; earlier questions lose their answers."""
        self._number += 1
        self._waiting = work
        if not self._under_way:
            self._next()

    def forget(self) -> None:
        """Want no answer any more."""
        self._number += 1
        self._waiting = None

    def _next(self) -> None:
        if self._waiting is None:
            return
        work, self._waiting, number = self._waiting, None, self._number
        self._under_way = True
        task = self._tasks.read(
            work,
            lambda answer: self._then(answer) if number == self._number else None,
            lambda error: self._refuse(error) if number == self._number else None,
            owner=self._owner,
        )
        task.ended.connect(self._ended)

    def _ended(self) -> None:
        self._under_way = False
        self._next()

    def _refuse(self, error: CaseworkerError) -> None:
        if self._failed is None:
            self._tasks.refused.emit(error.sentence)
        else:
            self._failed(error)
