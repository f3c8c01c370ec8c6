"""How long the frozen program takes to show its first window, beside an empty window frozen the same way."""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools.packaging.frozen import PackagingFailed

TIMES = 11
_DEADLINE_SECONDS = 120
# Qt says this of itself when a window's first picture goes to the screen: the program is measured as it is.
_LOGGING = {"QT_LOGGING_RULES": "qt.widgets.painting.info=true", "QT_LOGGING_TO_CONSOLE": "1"}
_PAINTED = b"Flushing"


class Start(NamedTuple):
    """Medians in milliseconds, from the start of the process to the first picture."""

    program: float
    floor: float
    platform: str

    def sentence(self) -> str:
        """Say it in one line."""
        ratio = self.program / self.floor
        measured = f"{self.program:.0f} ms against {self.floor:.0f} for an empty window"
        return f"{measured}: × {ratio:.2f} ({self.platform})"


def measure(program: Path, floor: Path) -> Start:
    """Start both in turns, on a virtual screen where there is one, with a file to unlock."""
    with tempfile.TemporaryDirectory(prefix="passerelle-start-") as home, _screen() as screen:
        environment = _environment(Path(home), screen)
        _create_file(program, environment)
        for warm in (program, floor):
            _first_picture(warm, environment)
        pairs = [
            (_first_picture(program, environment), _first_picture(floor, environment)) for _ in range(TIMES)
        ]
    ours, floors = zip(*pairs, strict=True)
    return Start(statistics.median(ours), statistics.median(floors), environment["QT_QPA_PLATFORM"])


def _environment(home: Path, screen: str | None) -> dict[str, str]:
    environment = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "XDG_DATA_HOME": str(home / "data"),
        **_LOGGING,
    }
    if screen is None:
        return {**environment, "QT_QPA_PLATFORM": "offscreen"}
    return {**environment, "QT_QPA_PLATFORM": "xcb", "DISPLAY": screen}


def _create_file(program: Path, environment: dict[str, str]) -> None:
    command = [str(program), "create", "--association", "Les Amarres", "--worker", "Claire Lenoir"]
    secret = {**environment, "CASEWORKER_PASSPHRASE": "phrase de la mesure"}
    subprocess.run(command, env=secret, check=True, stdout=subprocess.DEVNULL)


def _first_picture(program: Path, environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    process = subprocess.Popen(
        [str(program)], env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    assert process.stderr is not None
    with _in_time(process):
        for line in process.stderr:
            if _PAINTED in line:
                return (time.perf_counter() - begun) * 1000
    raise PackagingFailed(f"{program.name} started, but showed no window.")


@contextlib.contextmanager
def _in_time(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Read what a process says until its time is up, then end it: one that says nothing must not be waited for."""
    deadline = threading.Timer(_DEADLINE_SECONDS, process.kill)
    deadline.start()
    try:
        yield
    finally:
        deadline.cancel()
        process.kill()
        process.communicate()


@contextlib.contextmanager
def _screen() -> Iterator[str | None]:
    """Lend a virtual screen, or None where none can be made."""
    if not shutil.which("Xvfb"):
        yield None
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    try:
        yield f":{process.stdout.readline().decode().strip()}"
    finally:
        process.terminate()
        process.communicate(timeout=_DEADLINE_SECONDS)
