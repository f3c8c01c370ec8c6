"""How long the packaged program takes to show its window, told of programs that do and do not show one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools.packaging import start
from tools.packaging.frozen import PackagingFailed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs of this test are shell scripts")


def _program(folder: Path, line: str) -> Path:
    made = folder / "program"
    made.write_text(f"#!/bin/sh\n{line}\nexec sleep 600\n")
    made.chmod(0o755)
    return made


def test_the_first_picture_ends_the_measure(tmp_path: Path) -> None:
    assert start._first_picture(_program(tmp_path, "echo Flushing >&2"), {}) > 0


def test_a_program_that_shows_nothing_is_ended_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "_DEADLINE_SECONDS", 0.2)
    with pytest.raises(PackagingFailed, match="showed no window"):
        start._first_picture(_program(tmp_path, ""), {})
