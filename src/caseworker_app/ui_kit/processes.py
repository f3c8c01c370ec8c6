"""Processes for work that computes (parsing, matching, batches of PDF), with progress and cancelling.

Each has a pipe of its own and shares no lock with the others: one that the system ends, whatever it was doing, leaves
nobody waiting, and the next call has another.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from multiprocessing.util import Finalize
from typing import Any, TypeVar

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.crash import CrashReport, RemoteFault
from caseworker_app.ui_kit.priority import give_way
from caseworker_app.ui_kit.work import Cancelled, Progress, Step

T = TypeVar("T")
_POLL_SECONDS = 0.05
# What the flag of a process tells it; it looks at each of its steps.
_GO, _STOP, _LEAVE = 0, 1, 2


class WorkLost(CaseworkerError):
    """The system ended the process that worked: no memory was left, most often."""

    def __init__(self) -> None:
        """Say what happened and what to do."""
        super().__init__(
            "Ce travail a été interrompu par l’ordinateur, souvent faute de mémoire\u00a0: fermez d’autres programmes,"
            " puis recommencez."
        )


class Processes:
    """Spawned processes, each begun when a call finds none at rest."""

    def __init__(self) -> None:
        """Begin none yet."""
        # Spawn on every system: a forked child would inherit Qt and the open file.
        self._context = multiprocessing.get_context("spawn")
        # One core is left to the window, but a long import never makes a preview wait for its end.
        self._most = max(2, (os.cpu_count() or 2) - 1)
        self._changed = threading.Condition()
        self._resting: list[_Worker] = []
        self._at_work: set[_Worker] = set()
        self._closed = False
        # Before the interpreter waits for its children, which wait for work.
        self._end = Finalize(self, _dismiss, (self._resting, self._at_work), exitpriority=1)

    def call(self, function: Callable[..., T], arguments: tuple[Any, ...], progress: Progress) -> T:
        """Run `function(progress, *arguments)` there and wait. Raises what it raised, Cancelled, or WorkLost."""
        asked = bytes(ForkingPickler.dumps((function, arguments)))
        while True:
            worker = self._take(progress)
            try:
                kind, value = worker.do(asked, progress)
            except _EndedAtRest:
                continue
            finally:
                self._let_go(worker)
            return _read(kind, value)  # type: ignore[no-any-return]

    def close(self) -> None:
        """Call off what runs and stop."""
        with self._changed:
            self._closed = True
            self._end()
            self._changed.notify_all()

    def _take(self, progress: Progress) -> _Worker:
        with self._changed:
            while True:
                if self._closed or progress.cancelled:
                    raise Cancelled
                if self._resting or len(self._at_work) < self._most:
                    worker = self._resting.pop() if self._resting else _Worker(self._context)
                    worker.flag.value = _GO
                    self._at_work.add(worker)
                    return worker
                self._changed.wait(_POLL_SECONDS)

    def _let_go(self, worker: _Worker) -> None:
        with self._changed:
            self._at_work.discard(worker)
            if self._closed or not worker.ready:
                worker.leave()
            else:
                self._resting.append(worker)
            self._changed.notify()


class _EndedAtRest(Exception):
    """A process that had worked before is gone, and took nothing of the call with it."""


class _Worker:
    """One process and the pipe to it; used by one thread at a time."""

    def __init__(self, context: multiprocessing.context.SpawnContext) -> None:
        """Begin it. Raises OSError where the system gives none."""
        self.flag = context.RawValue("b", _GO)
        # Whether it waits for a call, or may be taken to.
        self.ready = True
        self._has_worked = False
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self.flag), name="work")
        try:
            self._process.start()
        finally:
            # Held here too, its end would never tell that the process is gone.
            theirs.close()

    def do(self, asked: bytes, progress: Progress) -> tuple[str, Any]:
        """Have a call made; tell its steps until it is answered. Raises WorkLost where it never will be."""
        self.ready, begun = False, False
        try:
            self._pipe.send_bytes(asked)
            while True:
                kind, value = self._heard(progress)
                if kind == "step":
                    _tell(progress, value)
                elif kind == "begun":
                    begun = True
                else:
                    self.ready = self._has_worked = True
                    return kind, value
        except (EOFError, OSError) as error:
            if self._has_worked and not begun:
                raise _EndedAtRest from error
            raise WorkLost from error

    def leave(self) -> None:
        """Have it end: at once where it waits, else after the step it is at. Only who took it may, or none did."""
        self.flag.value = _LEAVE
        self._pipe.close()

    def _heard(self, progress: Progress) -> tuple[str, Any]:
        while not self._pipe.poll(_POLL_SECONDS):
            if progress.cancelled:
                self._stop()
            if not self._process.is_alive() and not self._pipe.poll(0):
                raise EOFError
        if progress.cancelled:
            self._stop()
        told: tuple[str, Any] = self._pipe.recv()
        return told

    def _stop(self) -> None:
        if self.flag.value == _GO:
            self.flag.value = _STOP


def _dismiss(resting: list[_Worker], at_work: set[_Worker]) -> None:
    for worker in tuple(at_work):
        worker.flag.value = _LEAVE
    while resting:
        resting.pop().leave()


def _tell(progress: Progress, step: Step) -> None:
    with contextlib.suppress(Cancelled):
        progress.report(step.done, step.total, step.words)


def _read(kind: str, value: Any) -> Any:
    if kind == "refused":
        raise value
    if kind == "crashed":
        raise RemoteFault(value)
    if kind == "cancelled":
        raise Cancelled
    return value


# --- In the process --------------------------------------------------------------------------------------------------


def _serve(pipe: Connection, flag: Any) -> None:
    """Make the calls that come, until the program is gone (killed included: the pipe ends with it) or has no more."""
    # On two cores an import would else take as much of them as the window that is being used beside it.
    give_way()
    with contextlib.suppress(EOFError, OSError):
        while flag.value != _LEAVE:
            pipe.send_bytes(_answer(pipe, flag))


def _answer(pipe: Connection, flag: Any) -> bytes:
    """Wait for a call and make it; return its answer, or the report of a fault, packed to travel."""
    # Work may tell its steps from threads of its own.
    one_at_a_time = threading.Lock()

    def tell(step: Step) -> None:
        with one_at_a_time:
            pipe.send(("step", step))

    try:
        function, arguments = pipe.recv()
        pipe.send(("begun", None))
        progress = Progress(tell, lambda: flag.value != _GO or _orphaned())
        return bytes(ForkingPickler.dumps(_outcome(function, arguments, progress)))
    except (EOFError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  (what cannot travel is a fault as well)
        return bytes(ForkingPickler.dumps(("crashed", CrashReport.of(error))))


def _outcome(function: Callable[..., Any], arguments: tuple[Any, ...], progress: Progress) -> tuple[str, Any]:
    """Run the work. Faults come back as what may be told of them: not every exception survives the journey."""
    try:
        return "answer", function(progress, *arguments)
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
