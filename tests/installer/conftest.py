"""What packaging tests share: a small folder standing for the frozen program, and places of their own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tools.packaging import icons, names


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let packages be built in a temporary folder; the icons are already drawn."""
    monkeypatch.setattr(names, "WORK", tmp_path / "work")
    monkeypatch.setattr(names, "RESULTS", tmp_path / "results")
    names.RESULTS.mkdir()
    icons.draw(names.WORK / "icons")
    return tmp_path


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A folder with a real program, a library, a link to it, data, and a name with accents and a space."""
    folder = tmp_path / "frozen"
    (folder / "_internal" / "lib").mkdir(parents=True)
    shutil.copyfile(Path(sys.executable).resolve(), folder / names.PROGRAM)
    for path in ("_internal/lib/libone.so.1", "_internal/données du poste.toml"):
        (folder / path).write_text("contenu", encoding="utf-8")
    (folder / "_internal" / "libone.so.1").symlink_to("lib/libone.so.1")
    return folder


def needs_program(*programs: str) -> pytest.MarkDecorator:
    """Skip where a program is absent; `run.py package`, which CI runs, installs them all."""
    absent = [program for program in programs if not shutil.which(program)]
    return pytest.mark.skipif(bool(absent), reason=f"not installed: {', '.join(absent)}")
