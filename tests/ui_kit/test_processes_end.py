"""Processes end with their program, however it ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.living import lives

BEGINS = """
import os, sys, threading, time
from pathlib import Path
from caseworker_app.ui_kit.processes import Processes
from caseworker_app.ui_kit.work import Progress
from tests.ui_kit.works import own_number, step_for_ever

if __name__ == "__main__":
    processes, unheard = Processes(), Progress(lambda step: None, lambda: False)
"""
AT_REST = """
    print(processes.call(own_number, (), unheard), flush=True)
"""
AT_WORK = """
    begun = Path(sys.argv[1])
    threading.Thread(target=processes.call, args=(step_for_ever, (sys.argv[1],), unheard), daemon=True).start()
    while not begun.exists():
        time.sleep(0.01)
    print(begun.read_text(), flush=True)
"""
STAYS = """
    time.sleep(600)
"""
PATIENCE_S = 60.0


@contextmanager
def program(text: str, place: Path) -> Iterator[subprocess.Popen[str]]:
    written = place / "program.py"
    written.write_text(BEGINS + text, encoding="utf-8")
    paths = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, sys.path)])
    with subprocess.Popen(
        [sys.executable, written, place / "begun"], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": paths},
    ) as running:  # fmt: skip
        try:
            yield running
        finally:
            running.kill()


def helper(running: subprocess.Popen[str]) -> int:
    assert running.stdout is not None
    return int(running.stdout.readline())


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system for a process as Linux tells it")
@pytest.mark.parametrize("what", [AT_REST, AT_WORK], ids=["rest", "work"])
def test_a_process_ends_with_the_program_that_was_killed(tmp_path: Path, what: str) -> None:
    with program(what + STAYS, tmp_path) as running:
        number = helper(running)
        assert lives(number)
        running.kill()
    end = time.monotonic() + PATIENCE_S
    while lives(number) and time.monotonic() < end:
        time.sleep(0.05)
    assert not lives(number)


@pytest.mark.parametrize("what", [AT_REST, AT_WORK], ids=["rest", "work"])
def test_a_program_that_closes_nothing_ends_all_the_same(tmp_path: Path, what: str) -> None:
    with program(what, tmp_path) as running:
        assert helper(running)
        assert running.wait(PATIENCE_S) == 0
