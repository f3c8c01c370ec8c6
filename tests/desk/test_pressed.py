"""The program started as people start it, its keys pressed from outside: what it leaves behind, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.bootstrap.office import open_office
from caseworker_app.features.diary import service as diary
from caseworker_app.features.directory import service as directory
from tests.desk import pressing

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
NEEDED = ("dbus-run-session", "xvfb-run", "xdotool", "setxkbmap")
missing = [name for name in NEEDED if shutil.which(name) is None] + (
    [] if LAUNCHER.exists() else [LAUNCHER.name]
)
pytestmark = [
    pytest.mark.screen,
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing), reason=f"needs {missing} (Linux, installed by run.py test)"),
]


def _plain() -> dict[str, str]:
    """Return the little a session has: what other tests left in this process must not reach the program."""
    return {
        name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR", "USER") if name in os.environ
    }


def _live(story: str, folder: Path) -> dict[str, Any]:
    folder.chmod(0o700)
    answer, told = folder / "answer.json", folder / "told.txt"
    # Without a reset, which would take the French keyboard back as soon as nobody looks at the screen any more.
    command = [
        "dbus-run-session",
        "--",
        "xvfb-run",
        "-a",
        "-s",
        "-screen 0 1600x1000x24 -noreset",
        sys.executable,
    ]
    # Into a file: the buses outlive who began them, and would hold a pipe open.
    with told.open("w") as stream:
        subprocess.run(
            [*command, "-m", "tests.desk.pressing", story, str(folder), str(answer)],
            env=_plain() | {"XDG_RUNTIME_DIR": str(folder)}, cwd=Path(__file__).parents[2],
            stdout=stream, stderr=stream, timeout=400, check=False,
        )  # fmt: skip
    assert answer.exists(), told.read_text()[-2000:]
    found: dict[str, Any] = json.loads(answer.read_text())
    return found


def test_a_file_made_by_keys_alone_holds_the_note_and_its_accents(tmp_path: Path) -> None:
    assert _live("file", tmp_path) == {"code": 0, "crashed": False}
    with open_office(tmp_path / "Passerelle", pressing.PASSPHRASE) as office:
        assert office.who.name == pressing.WORKER
        with office.file.reading() as connection:
            found = directory.search(connection, office.who, pressing.LAST_NAME, 2)
            entries = diary.entries_of(connection, office.who, found[0].household_id)
    assert len(found) == 1
    assert [entry.observed for entry in entries] == [pressing.NOTED]


def test_the_demonstration_ends_without_a_trace(tmp_path: Path) -> None:
    assert _live("demonstration", tmp_path) == {"code": 0, "crashed": False}
    assert list(tmp_path.glob("passerelle-demonstration-*")) == []
    assert not (tmp_path / "Passerelle" / "passerelle.db").exists()
