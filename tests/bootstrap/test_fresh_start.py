"""After the lock the packaged program begins anew too: the same command, in the environment it was started in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from caseworker_app.bootstrap import fresh_start
from caseworker_app.bootstrap.fresh_start import FOLDER_VARIABLE, environment_anew

ROOT = Path(__file__).parents[2]
FROZEN = sorted((ROOT / "dist").glob("passerelle-*-linux-*/passerelle"))
FOLDER = Path("/ailleurs")


def test_from_sources_only_the_folder_is_told() -> None:
    given = {"HOME": "/moi", "LD_LIBRARY_PATH": "/à moi"}
    assert environment_anew(given, FOLDER, frozen=False) == {**given, FOLDER_VARIABLE: str(FOLDER)}


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({"LD_LIBRARY_PATH": "/paquet"}, {}),
        (
            {"LD_LIBRARY_PATH": "/paquet:/à moi", "LD_LIBRARY_PATH_ORIG": "/à moi"},
            {"LD_LIBRARY_PATH": "/à moi"},
        ),
        ({}, {}),
    ],
)
def test_packaged_its_own_libraries_are_not_handed_on(given: dict[str, str], left: dict[str, str]) -> None:
    found = environment_anew(given, FOLDER, frozen=True)
    assert found == {**left, FOLDER_VARIABLE: str(FOLDER), "PYINSTALLER_RESET_ENVIRONMENT": "1"}


def test_packaged_the_command_is_the_program_and_its_arguments(monkeypatch) -> None:
    """What is frozen has no interpreter before it: its own name comes once."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/passerelle/passerelle")
    monkeypatch.setattr(sys, "argv", ["passerelle", "--data", "/un dossier"])
    assert fresh_start._command() == ["/opt/passerelle/passerelle", "--data", "/un dossier"]


# Runs, in a process of the packaged program, this tree's `begin_anew`; what begins anew is `self-test`.
_INSIDE = """
import multiprocessing, sys, time
from pathlib import Path
program, source = sys.argv[1:]
code = Path(source).read_text(encoding="utf-8").replace("from __future__ import annotations", "")
code += '''
print("first", os.getpid(), getattr(sys, "frozen", False), flush=True)
begin_anew(Path("/ailleurs"))
'''
sys.frozen, sys.executable, sys.argv = True, program, ["passerelle", "self-test"]
begun = multiprocessing.get_context("spawn").Process(target=exec, args=(code, {"__name__": "anew"}))
begun.start()
command, said = Path(f"/proc/{begun.pid}/cmdline"), Path(f"/proc/{begun.pid}/environ")
while b"self-test" not in command.read_bytes():
    time.sleep(0.01)
libraries = [each for each in said.read_bytes().split(b"\\0") if each.startswith(b"LD_LIBRARY_PATH=")]
begun.join()
print("second", begun.pid, begun.exitcode, len(libraries), flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(not FROZEN, reason="no packaged program in dist/")
def test_the_packaged_program_takes_its_own_place(tmp_path: Path) -> None:
    source = Path(fresh_start.__file__)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
    }
    ran = subprocess.run(
        [sys.executable, "-c", _INSIDE, str(FROZEN[-1]), str(source)],
        capture_output=True, text=True, check=True, env=environment,
    )  # fmt: skip
    lines = ran.stdout.splitlines()
    first = next(line for line in lines if line.startswith("first")).split()
    second = next(line for line in lines if line.startswith("second")).split()
    assert first[1:] == [second[1], "True"]
    assert second[2] == "0"
    assert "Tout fonctionne." in lines
