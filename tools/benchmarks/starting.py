"""From the start of the process to the unlock window painted, against an empty window of the same toolkit."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tools.benchmarks.table import Line, p50, ratio_line

TIMES = 12

_EMPTY = """
import os, sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time(), flush=True)
        os._exit(0)
window = Window(); window.resize(900, 620); window.show(); app.exec()
"""

# The window's own paint tells: an event filter in Python would be called for every event, and cost what it measures.
_UNLOCK = """
import os, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from caseworker_app.bootstrap.window import Program
app = QApplication(sys.argv)
program = Program(app, Path(sys.argv[1]))
from caseworker_app.shell.entrance import EntranceWindow
paint = EntranceWindow.paintEvent
def painted(self, event):
    paint(self, event)
    print(time.time(), flush=True)
    os._exit(0)
EntranceWindow.paintEvent = painted
program.begin(); app.exec()
"""


def measure(folder: Path) -> list[Line]:
    """Return the row of starting, with the vault of `folder` to unlock."""
    ours, floor = [], []
    for _ in range(TIMES):
        floor.append(_wall(_EMPTY))
        ours.append(_wall(_UNLOCK, str(folder)))
    return [ratio_line("process start → unlock window painted", p50(ours), p50(floor), 1.5)]


def _wall(program: str, *arguments: str) -> float:
    """Return the milliseconds from the start of a process to what it prints at its first paint."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.time()
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environment, capture_output=True, text=True, check=True
    )
    return (float(done.stdout.split()[0]) - start) * 1000


