"""A process that imported everything, and forks a day at each order: a start costs nothing, and hundreds can be killed.

Orders come on the standard input, a line of JSON each (`Order`); one line answers each once everybody is dead.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import select
import signal
import sys
import tempfile
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from caseworker_app.bootstrap.stores import load_stores
from tests.endurance import day
from tests.endurance.ground import make_folder


@dataclass(frozen=True, slots=True)
class Order:
    """A day to begin, and after how many seconds it is killed: the program alone, or with what it began.

    `aimed`: the seconds count from the beginning of its first act, once the file is open.
    """

    start: dict[str, Any]
    seconds: float
    whole_group: bool
    aimed: bool


class ForkedApart:
    """Runs functions one after the other in a process forked before this one had any thread."""

    def __init__(self, pipe: Connection) -> None:
        """Speak through a pipe."""
        self._pipe = pipe

    def __call__(self, function: Any, *arguments: Any) -> Future[Any]:
        """Begin one."""
        done: Future[Any] = Future()
        self._pipe.send((function.__name__, arguments))
        threading.Thread(target=self._wait, args=(done,), name="waiter", daemon=True).start()
        return done

    def _wait(self, done: Future[Any]) -> None:
        answer, error = self._pipe.recv()
        if error is None:
            done.set_result(answer)
        else:
            done.set_exception(error)


def serve_apart(pipe: Connection, asked_by: int) -> None:
    """Be the other process: answer until nobody asks any more."""
    day.asked_by = asked_by
    while True:
        try:
            name, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        answer, error = None, None
        try:
            answer = getattr(day, name)(*arguments)
        except Exception as raised:  # noqa: BLE001  (the one who asked weighs it)
            error = raised
        try:
            pipe.send((answer, error))
        except OSError:
            return


def be_killed(start: day.Start) -> None:
    """Live a day in this freshly forked process, with another one beside it."""
    os.setpgid(0, 0)
    ours, theirs = Pipe()
    asked_by = os.getpid()
    if os.fork() == 0:
        ours.close()
        serve_apart(theirs, asked_by)
        os._exit(0)
    theirs.close()
    day.live(start, ForkedApart(ours))
    os._exit(1)


def obey(order: Order) -> bool:
    """Begin a day, kill it, wait until nobody of it is left; say whether it was alive when it was killed."""
    read, write = os.pipe()
    journal = Path(order.start["journal"])
    started = journal.stat().st_size if journal.exists() else 0
    child = os.fork()
    if child == 0:
        os.close(read)
        be_killed(day.Start(**order.start))
    os.close(write)
    # On both sides, since either may come first.
    with contextlib.suppress(OSError):
        os.setpgid(child, child)
    if order.aimed:
        wait_for_act(journal, started)
    time.sleep(order.seconds)
    alive = os.waitpid(child, os.WNOHANG)[0] == 0
    if alive:
        kill = os.killpg if order.whole_group else os.kill
        kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    answer(alive=alive)
    # The write end lives in the day and in the process beside it: it is closed once both are gone.
    select.select([read], [], [])
    os.close(read)
    answer(gone=True)
    return alive


def answer(**facts: bool) -> None:
    """Answer the one who orders, at once."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def wait_for_act(journal: Path, since: int) -> None:
    """Wait until a day tells its first act after the opening, or a fault."""
    for _ in range(20_000):
        lines = journal.read_bytes()[since:] if journal.exists() else b""
        if lines.count(b'"act"') > 1 or b'"fault"' in lines:
            return
        time.sleep(0.0005)


def warm_up() -> None:
    """Import and compile whatever a day uses, by living each act of one, without any thread left behind."""
    for name in ("alembic.command", "filelock", "argon2.low_level", "nacl.bindings"):
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        make_folder(folder, older=True)
        (Path(scratch) / "lists").mkdir()
        start = day.Start(str(folder), f"{scratch}/lists", f"{scratch}/journal", 0, 1, "note")
        lived = day.Day(start, day.Journal(Path(start.journal)), day.here)
        for name in day.ACTS:
            lived.act(name)
        lived.rest()


def main() -> None:
    """Obey until the input ends."""
    load_stores()
    warm_up()
    answer(ready=True)
    for line in sys.stdin:
        obey(Order(**json.loads(line)))


if __name__ == "__main__":
    main()
