"""The doorbell: one answers for a folder, a second start rings it; what a killed one left is in nobody's way."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from caseworker_app.shell import doorbell
from caseworker_app.shell.doorbell import Doorbell, address, ring

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the sockets looked at here are files of POSIX")
HOLDER = """
import sys, time
from pathlib import Path
from caseworker_app.shell.doorbell import Doorbell
bell = Doorbell()
print(bell.answer(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The session's own folder: short, for the system bounds the length of such a name."""
    with tempfile.TemporaryDirectory(prefix="cloche-") as made:
        monkeypatch.setenv("XDG_RUNTIME_DIR", made)
        yield Path(made)


@pytest.fixture
def bell(place: Path) -> Iterator[Doorbell]:
    made = Doorbell()
    yield made
    made.take_down()


def test_nobody_answers_for_a_folder_that_is_not_open(place: Path, tmp_path: Path) -> None:
    assert not ring(tmp_path)


def test_a_ring_is_heard_and_answered(bell: Doorbell, tmp_path: Path, qtbot: QtBot) -> None:
    assert bell.answer(tmp_path)
    with qtbot.waitSignal(bell.rung):
        assert ring(tmp_path)


def test_each_folder_has_its_own(bell: Doorbell, tmp_path: Path) -> None:
    assert bell.answer(tmp_path / "un")
    assert not ring(tmp_path / "deux")


def test_going_to_another_folder_leaves_the_first(bell: Doorbell, tmp_path: Path) -> None:
    assert bell.answer(tmp_path / "un")
    assert bell.answer(tmp_path / "deux")
    assert not ring(tmp_path / "un")
    assert ring(tmp_path / "deux")


def test_taken_down_nothing_is_left(bell: Doorbell, place: Path, tmp_path: Path) -> None:
    assert bell.answer(tmp_path)
    assert len(list(place.iterdir())) == 1
    bell.take_down()
    assert list(place.iterdir()) == []
    assert not ring(tmp_path)


def test_one_that_answers_elsewhere_is_told(bell: Doorbell, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        assert not bell.answer(tmp_path)
        assert ring(tmp_path)
        other.kill()
        other.wait()
        # Its socket is left behind; nobody answers, and the next one takes the place.
        assert address(tmp_path) is not None
        assert Path(str(address(tmp_path))).exists()
        assert not ring(tmp_path)
        assert bell.answer(tmp_path)
        assert ring(tmp_path)


def test_its_name_tells_nothing_and_only_this_person_reaches_it(
    bell: Doorbell, place: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Coffre de Maïwenn"
    assert bell.answer(folder)
    (made,) = place.iterdir()
    assert made.name.startswith("passerelle-")
    assert "coffre" not in made.name.lower()
    assert not place.stat().st_mode & 0o077


def test_a_folder_that_others_may_write_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_to_all = tmp_path / "tous"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(open_to_all))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert Path(str(address(tmp_path))).parent == tmp_path / f"passerelle-{os.getuid()}"
    (tmp_path / f"passerelle-{os.getuid()}").chmod(0o755)
    assert address(tmp_path) is None
    assert not ring(tmp_path)
    assert Doorbell().answer(tmp_path)


def test_words_of_others_and_callers_who_leave_are_not_minded(
    bell: Doorbell, tmp_path: Path, qtbot: QtBot
) -> None:
    assert bell.answer(tmp_path)
    for word in (b"", b"\x00\x00\x00\x05hello", b"\x7f\xff\xff\xff", b"\xff" * 40):
        with socket.socket(socket.AF_UNIX) as caller:
            caller.connect(str(address(tmp_path)))
            caller.sendall(word)
    with qtbot.waitSignal(bell.rung):
        assert ring(tmp_path)


def test_the_token_of_the_desktop_is_handed_over(
    bell: Doorbell, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bell.answer(tmp_path)
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "kde-1234")
    given: list[str] = []
    monkeypatch.setattr(bell, "_come", lambda token: (given.append(token), bell.rung.emit()))
    with qtbot.waitSignal(bell.rung):
        assert ring(tmp_path)
    assert given == ["kde-1234"]


def test_a_path_too_long_for_a_socket_does_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / ("l" * 120)
    long.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    assert Doorbell().answer(tmp_path)
    assert not doorbell.ring(tmp_path)
