"""What a window whose pages are made ahead has loaded: what draws printed pages is for the process that draws them."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

# A window as the program opens it, its pages made at once instead of in quiet moments.
READY = """
import sys
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from caseworker_app.bootstrap import readiness
from caseworker_app.bootstrap.file_window import build_main_window
from caseworker_app.bootstrap.office import open_demonstration
from caseworker_app.ui_kit.tasks import Tasks
readiness.IDLE_SECONDS = 0.0
app = QApplication(sys.argv)
tasks = Tasks()
with open_demonstration() as office:
    window = build_main_window(office, tasks)
    window.show()
    ready = readiness.Readiness(window, tasks)
    while not ready.done:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    print(sorted({name.partition(".")[0] for name in sys.modules}), flush=True)
    window.hide()
    tasks.close()
"""
# Twenty megabytes of the memory of a window, and a fifth of a second of its first page.
DRAWING = {"PIL", "pikepdf", "pypdfium2", "reportlab", "xlsxwriter"}


def test_a_window_made_ready_has_loaded_nothing_that_draws_pages() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", READY], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    loaded = set(ast.literal_eval(done.stdout))
    assert {"PySide6", "caseworker_app", "sqlalchemy"} <= loaded
    assert loaded & DRAWING == set()
