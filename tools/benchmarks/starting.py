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
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time(), open('/proc/self/statm').read().split()[1] if sys.platform == 'linux' else 0, flush=True)
        app.quit()
window = Window(); window.resize(900, 620); window.show(); app.exec()
"""

_UNLOCK = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from caseworker_app.bootstrap.window import Program
app = QApplication(sys.argv)
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWindow():
            print(time.time(), 0, flush=True)
            import os; os._exit(0)
        return False
watch = Watch(); program = Program(app, Path(sys.argv[1]))
app.installEventFilter(watch); program.begin(); app.exec()
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


