"""The program started twice, in two real processes: the first window comes to front and the second start ends."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from caseworker_app.bootstrap.office import create_office
from caseworker_app.features.team.domain import NewOffice
from caseworker_app.kernel.paths import default_data_folder
from caseworker_app.security.passphrase import THROW_AWAY

PASSPHRASE = "girafe tambour cerise lampadaire"
# Reached by a test that fails, and by no other.
PATIENCE_S = 240
# The program itself; it tells which window is brought to front, and ends when told to.
TELLING = """
import sys, threading
from caseworker_app.shell import doorbell
show = doorbell.bring_to_front
def told(window):
    show(window)
    print(type(window).__name__, window.isVisible(), flush=True)
doorbell.bring_to_front = told
from PySide6.QtCore import QTimer
from caseworker_app.bootstrap import window
hang = window.Program.hang_doorbell
def hung(program):
    hang(program)
    answer = program._bell.answer
    def answered(folder):
        if answer(folder):
            print("at the door", flush=True)
            return True
        return False
    program._bell.answer = answered
    if sys.argv[1]:
        from caseworker_app.bootstrap.office import open_office
        QTimer.singleShot(0, lambda: program.tasks.run(
            lambda: open_office(program.folder, sys.argv[1]), program.enter, words="x"))
    heard = threading.Thread(target=lambda: (sys.stdin.readline(), program.entrances.left.emit()), daemon=True)
    heard.start()
window.Program.hang_doorbell = hung
sys.exit(window.open_window([]))
"""


@pytest.fixture
def place() -> Iterator[dict[str, str]]:
    """The variables of a person's session: their data, their own folder of sockets."""
    with tempfile.TemporaryDirectory(prefix="cloche-") as made:
        yield os.environ | {
            "XDG_DATA_HOME": made, "XDG_RUNTIME_DIR": made, "LOCALAPPDATA": made, "QT_QPA_PLATFORM": "offscreen",
        }  # fmt: skip


@contextmanager
def first(place: dict[str, str], passphrase: str = "") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", TELLING, passphrase]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=place
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def second(place: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "caseworker_app"], env=place, capture_output=True, encoding="utf-8",
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_the_entrance_comes_to_front_and_the_second_start_ends(place: dict[str, str]) -> None:
    with first(place) as process:
        assert heard(process) == "at the door"
        again = second(place)
        assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
        assert heard(process) == "FirstRunWindow True"
        process.communicate("end\n", timeout=PATIENCE_S)
    assert process.returncode == 0
    assert [each for each in Path(place["XDG_RUNTIME_DIR"]).iterdir() if each.is_socket()] == []


@pytest.mark.skipif(os.name == "nt", reason="the data folder is moved by a variable of Linux")
def test_the_main_window_comes_to_front_before_any_passphrase(
    place: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", place["XDG_DATA_HOME"])
    office = NewOffice("Les Amarres", "Claire Lenoir")
    create_office(default_data_folder(), PASSPHRASE, office, kdf=THROW_AWAY)[0].close()
    with first(place, PASSPHRASE) as process:
        assert heard(process) == "at the door"
        assert heard(process) == "at the door"
        assert second(place).returncode == 0
        assert heard(process) == "MainWindow True"
