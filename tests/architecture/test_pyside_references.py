"""PySide6 keeps count of `None`: 6.12.0 lost one reference per void call on Python <= 3.11, then aborted."""

from __future__ import annotations

import os
import subprocess
import sys

CALLS = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
for number in range(20_000):
    label.setText("a")
print("alive")
"""


def test_twenty_thousand_void_calls_do_not_abort() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # In a process of its own: the fault ends in an abort, which no test would outlive.
    outcome = subprocess.run(
        [sys.executable, "-c", CALLS], env=environment, check=False, capture_output=True, text=True
    )
    assert outcome.stdout == "alive\n", outcome.stderr
