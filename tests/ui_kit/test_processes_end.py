"""Processes of a program that was killed end with it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.living import lives

PROGRAM = """
import os, sys, time
from caseworker_app.ui_kit.processes import Processes
from caseworker_app.ui_kit.work import Progress
from tests.ui_kit.test_processes_end import own_number

if __name__ == "__main__":
    print(Processes().call(own_number, (), Progress(lambda step: None, lambda: False)), flush=True)
    time.sleep(60)
"""
PATIENCE_S = 30.0


def own_number(_progress: object) -> int:
    return os.getpid()


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system for a process as Linux tells it")
def test_a_process_at_rest_ends_with_the_program_that_was_killed(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    paths = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, sys.path)])
    with subprocess.Popen(
        [sys.executable, program], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}
    ) as running:
        assert running.stdout is not None
        number = int(running.stdout.readline())
        assert lives(number)
        running.kill()
    end = time.monotonic() + PATIENCE_S
    while lives(number) and time.monotonic() < end:
        time.sleep(0.05)
    assert not lives(number)
