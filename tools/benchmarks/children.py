"""Processes that are measured from outside, or whose memory is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

# As the program starts: Python does not look through its memory by itself, and PySide does not keep the text of every
# module imported after it, which is a sixth of the memory of a window.
_AS_THE_PROGRAM = """
import gc, runpy, sys
gc.disable()
from caseworker_app.bootstrap.plain_imports import import_plainly
import_plainly()
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__")
"""


def run(arguments: list[str]) -> str:
    """Run Python with these arguments, without a screen; return what it printed, and show why it failed if it did."""
    places = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": places}
    # Where compiled modules may not be kept, every start would compile the whole program again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.stderr.write(done.stderr)
        done.check_returncode()
    return done.stdout


def answer_of(module: str, *arguments: str) -> dict[str, Any]:
    """Run a module of these benchmarks as a process, started as the program is, and return what it answers."""
    told = run(["-c", _AS_THE_PROGRAM, module, *arguments])
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


def resident_megabytes() -> float | None:
    """Return the memory this process holds now, None where the system does not tell it so."""
    status = Path("/proc/self/statm")
    if not status.is_file():
        return None
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1_000_000
