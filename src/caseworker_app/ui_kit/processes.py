"""Processes for work that computes (parsing, matching, batches of PDF), with progress and cancelling."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from typing import Any, TypeVar

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.crash import CrashReport, RemoteFault
from caseworker_app.ui_kit.priority import give_way
from caseworker_app.ui_kit.work import Cancelled, Progress, Step

T = TypeVar("T")
_POLL_SECONDS = 0.05

# In a worker process: where its steps go, and the flags of what was cancelled.
_told: Any = None
_flags: Any = None
# Held while something runs there.
_working = threading.Lock()


class Processes:
    """A pool of spawned processes, begun with the first call."""

    SLOTS = 32

    def __init__(self) -> None:
        """Begin none yet."""
        # Spawn on every system: a forked child would inherit Qt and the open file.
        context = multiprocessing.get_context("spawn")
        self._lock = threading.Lock()
        self._free = list(range(self.SLOTS))
        self._flags = context.Array("b", self.SLOTS, lock=False)
        self._told = context.SimpleQueue()
        self._steps: dict[int, Progress] = {}
        # One core is left to the window, but a long import never makes a preview wait for its end.
        workers = max(2, (os.cpu_count() or 2) - 1)
        self._pool = ProcessPoolExecutor(
            workers, mp_context=context, initializer=_begin, initargs=(self._told, self._flags)
        )
        threading.Thread(target=self._listen, name="steps", daemon=True).start()

    def call(self, function: Callable[..., T], arguments: tuple[Any, ...], progress: Progress) -> T:
        """Run `function(progress, *arguments)` there and wait. Raises what it raised, or Cancelled."""
        with self._lock:
            slot = self._free.pop()  # the pool is never given as many calls as there are slots
        self._flags[slot] = 0
        self._steps[slot] = progress
        try:
            future = self._pool.submit(_call, slot, function, arguments)
            answer: T = self._wait(future, slot, progress)
            return answer
        finally:
            del self._steps[slot]
            with self._lock:
                self._free.append(slot)

    def close(self) -> None:
        """Cancel what runs and stop."""
        for slot in range(self.SLOTS):
            self._flags[slot] = 1
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._told.put(None)

    def _wait(self, future: Future[tuple[str, Any]], slot: int, progress: Progress) -> Any:
        while True:
            try:
                return _read(*future.result(_POLL_SECONDS))
            except CancelledError as error:
                raise Cancelled from error
            except StillRunning:
                if progress.cancelled:
                    self._flags[slot] = 1
                    future.cancel()

    def _listen(self) -> None:
        while (told := self._told.get()) is not None:
            slot, step = told
            progress = self._steps.get(slot)
            if progress is not None:
                with contextlib.suppress(Cancelled):
                    progress.report(step.done, step.total, step.words)


def _begin(told: Any, flags: Any) -> None:
    global _told, _flags
    _told, _flags = told, flags
    # On two cores an import would else take as much of them as the window that is being used beside it.
    give_way()
    threading.Thread(target=_leave_with_the_program, name="parent", daemon=True).start()


def _leave_with_the_program() -> None:
    """End this process once the program is gone, killed included, and what runs here has been called off.

    The pipe it waits on would never tell: this process holds both of its ends.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        with _working:
            os._exit(0)


def _call(slot: int, function: Callable[..., T], arguments: tuple[Any, ...]) -> tuple[str, Any]:
    """Run the work there. Faults come back as what may be told of them: not every exception survives the journey."""

    def tell(step: Step) -> None:
        _told.put((slot, step))

    try:
        with _working:
            return "answer", function(Progress(tell, lambda: bool(_flags[slot]) or _orphaned()), *arguments)
    except Cancelled:
        return "cancelled", None
    except CaseworkerError as error:
        return "refused", error
    except Exception as error:  # noqa: BLE001  (whatever it is, only its places may leave the process)
        return "crashed", CrashReport.of(error)


def _orphaned() -> bool:
    """Say whether the program that asked is gone: what nobody waits for must not go on writing."""
    parent = multiprocessing.parent_process()
    return parent is not None and not parent.is_alive()


def _read(kind: str, value: Any) -> Any:
    if kind == "refused":
        raise value
    if kind == "crashed":
        raise RemoteFault(value)
    if kind == "cancelled":
        raise Cancelled
    return value
