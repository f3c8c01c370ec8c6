"""The trial of what was built: it must fail for a program that does not work."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tools.packaging import start, trial
from tools.packaging.frozen import PackagingFailed

posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


def program(folder: Path, lines: str) -> Path:
    # Anyone may enter and run: the trial is made without rights.
    folder.chmod(0o755)
    for parent in folder.parents[:3]:
        if parent.name.startswith("pytest-"):
            parent.chmod(0o755)
    made = folder / "program"
    made.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    made.chmod(0o755)
    return made


@posix
def test_a_failing_self_test_is_told_with_what_it_said(tmp_path: Path) -> None:
    broken = program(tmp_path, "echo 'police absente'; exit 1")
    with pytest.raises(PackagingFailed, match="self-test answered 1:\npolice absente"):
        trial.try_program(broken)


@posix
def test_a_program_that_prints_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackagingFailed, match="printed no document"):
        trial.try_program(program(tmp_path, "echo '[]'"))


def test_a_bare_page_is_refused(tmp_path: Path) -> None:
    page = BytesIO()
    canvas = Canvas(page)
    canvas.drawString(72, 700, "Bilan")
    canvas.save()
    (tmp_path / "bare.pdf").write_bytes(page.getvalue())
    with pytest.raises(PackagingFailed, match=r"bare\.pdf is not tagged"):
        trial.check_document(tmp_path / "bare.pdf")


@posix
def test_a_program_that_shows_no_window_is_refused(tmp_path: Path) -> None:
    silent = program(tmp_path, "exit 0")
    with pytest.raises(PackagingFailed, match="showed no window"):
        start._first_picture(silent, {"PATH": "/usr/bin:/bin"})


def test_a_start_is_told_beside_its_floor() -> None:
    assert (
        start.Start(450.0, 300.0, "xcb").sentence() == "450 ms against 300 for an empty window: × 1.50 (xcb)"
    )
