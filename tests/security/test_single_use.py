"""One process per data folder, seen from a second real process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from caseworker_app.security import network_share, single_use
from caseworker_app.security.errors import AlreadyOpen, FolderNotHeld, OnNetworkShare
from caseworker_app.security.single_use import hold_folder

HOLDER = """
import sys
from pathlib import Path
from caseworker_app.security.single_use import hold_folder
hold = hold_folder(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""
# Its child speaks: by then it has let go of what it inherited.
FORKING = HOLDER.replace('print("held", flush=True)', "import os; os.fork() or os.write(1, b'held\\n')")


@contextmanager
def another_process(folder: Path, program: str = HOLDER) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", program, str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_folder_held_by_another_process_is_refused_until_it_ends(tmp_path: Path) -> None:
    with another_process(tmp_path) as holder:
        with pytest.raises(AlreadyOpen) as told:
            hold_folder(tmp_path)
        assert "fenêtre" in told.value.sentence
        holder.communicate("")
        hold_folder(tmp_path).release()


def test_a_killed_process_frees_the_folder(tmp_path: Path) -> None:
    with another_process(tmp_path) as holder:
        holder.kill()
        holder.wait()
        hold_folder(tmp_path).release()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked on POSIX only")
def test_a_killed_process_frees_the_folder_although_its_child_lives(tmp_path: Path) -> None:
    with another_process(tmp_path, FORKING) as holder:
        holder.kill()
        holder.wait()
        hold_folder(tmp_path).release()


def test_another_process_is_refused_while_this_one_holds(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with hold_folder(tmp_path):
        second = subprocess.run(command, capture_output=True, encoding="utf-8", input="", check=False)
        assert "AlreadyOpen" in second.stderr
    assert (
        subprocess.run(command, capture_output=True, encoding="utf-8", input="", check=False).returncode == 0
    )


def test_this_process_does_not_hold_a_folder_twice(tmp_path: Path) -> None:
    with hold_folder(tmp_path), pytest.raises(AlreadyOpen):
        hold_folder(tmp_path)
    with hold_folder(tmp_path) as hold:
        hold.release()
        hold.release()
        hold_folder(tmp_path).release()


def test_two_folders_are_held_side_by_side(tmp_path: Path) -> None:
    with hold_folder(tmp_path / "un"), hold_folder(tmp_path / "deux"):
        for name in ("un", "deux"):
            with pytest.raises(AlreadyOpen):
                hold_folder(tmp_path / name)


def test_a_folder_that_is_a_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("x")
    with pytest.raises(FolderNotHeld):
        hold_folder(tmp_path / "fichier")


@pytest.mark.skipif(os.name == "nt", reason="the table of mounts is Linux's")
def test_a_folder_on_a_share_is_refused_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"srv:/partage {tmp_path.resolve()} nfs4 rw 0 0\n")
    monkeypatch.setattr(network_share, "_MOUNTS", table)
    with pytest.raises(OnNetworkShare) as told:
        single_use.hold_folder(tmp_path / "coffre")
    assert "synchronisation" in told.value.sentence
    assert not (tmp_path / "coffre").exists()
