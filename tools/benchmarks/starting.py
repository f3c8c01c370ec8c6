"""From the start of the process to the unlock window painted, against an empty window of the same toolkit."""

from __future__ import annotations

import time
from pathlib import Path

from tools.benchmarks.children import run
from tools.benchmarks.table import Line, p50, ratio_line

TIMES = 14

# A window paints itself before what stands in it: both tell the time from the turn of the loop that comes after.
_EMPTY = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
def told():
    print(time.time(), flush=True)
    os._exit(0)
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, told)
app = QApplication(sys.argv)
window = Window(); window.resize(900, 620); window.show(); app.exec()
"""

# The program as it is started, but for the window's own paint, which tells the time: an event filter in Python
# would be called for every event, and cost what it measures.
_UNLOCK = """
import os, runpy, sys, time
from pathlib import Path
from caseworker_app.kernel import paths
folder, usual_folder = Path(sys.argv[1]), paths.default_data_folder
def default_data_folder():
    usual_folder()
    return folder
paths.default_data_folder = default_data_folder
def told():
    print(time.time(), flush=True)
    os._exit(0)
class Teller:
    def find_spec(self, name, path=None, target=None):
        if name != "caseworker_app.shell.unlock":
            return None
        sys.meta_path.remove(self)
        from PySide6.QtCore import QTimer
        from caseworker_app.shell.entrance import EntranceWindow
        paint = EntranceWindow.paintEvent
        def painted(window, event):
            paint(window, event)
            QTimer.singleShot(0, told)
        EntranceWindow.paintEvent = painted
        return None
sys.meta_path.insert(0, Teller())
sys.argv = ["caseworker_app"]
runpy.run_module("caseworker_app", run_name="__main__")
"""


def starting(folder: Path) -> list[Line]:
    """Return the row of starting, with the vault of `folder` to unlock; the two are started in turns."""
    ours, floor = [], []
    for _ in range(TIMES + 1):
        floor.append(_until_painted(_EMPTY, folder))
        ours.append(_until_painted(_UNLOCK, folder))
    # The first of each compiles what was never run.
    return [ratio_line("process start → unlock window painted", p50(ours[1:]), p50(floor[1:]), 1.5)]


def _until_painted(program: str, folder: Path) -> float:
    """Return the milliseconds from the start of a process to what it prints at its first paint."""
    start = time.time()
    painted = run(["-c", program, str(folder)])
    return (float(painted.split()[0]) - start) * 1000
