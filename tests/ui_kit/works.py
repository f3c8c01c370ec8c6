"""Works for other processes: what they answer, and how they may end."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from caseworker_app.ui_kit.work import Progress


def own_number(_progress: Progress) -> int:
    return os.getpid()


def end_at_once(_progress: Progress) -> None:
    """End as the system ends a process when no memory is left: without a word."""
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(1)


def end_while_it_tells(progress: Progress, after: int) -> None:
    """End amid steps that nobody has heard yet."""
    for number in range(after):
        progress.report(number, 0, "x" * 50_000)
    end_at_once(progress)


def step_for_ever(progress: Progress, begun: str) -> None:
    """Say its number in a file, then go on until it is told to stop."""
    Path(begun + ".new").write_text(str(os.getpid()), encoding="ascii")
    Path(begun + ".new").replace(begun)
    while True:
        progress.report(1, 0)


def wait_for_a_file(progress: Progress, there: str) -> int:
    while not Path(there).exists():
        progress.report(1, 0)
    return os.getpid()


def answer_what_cannot_travel(_progress: Progress) -> object:
    return lambda: None
