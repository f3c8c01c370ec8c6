"""PySide’s own files, compiled for the packages: taken before those folded in its library."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tools.packaging.unfolded import FOLDER, support_files

TOLD = "import shiboken6.Shiboken, shibokensupport.signature.loader as loader; print(loader.__file__)"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where they were made."""
    made = tmp_path_factory.mktemp("unfolded")
    assert support_files(made) == [(str(made / "shiboken6" / FOLDER), f"shiboken6/{FOLDER}")]
    return made


def test_only_bytecode_is_left(place: Path) -> None:
    files = {path.suffix for path in (place / "shiboken6" / FOLDER).rglob("*") if path.is_file()}
    assert files == {".pyc"}


def test_pyside_takes_them_before_its_own(place: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(place)}
    done = subprocess.run(
        [sys.executable, "-c", TOLD], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert Path(done.stdout.strip()).is_relative_to(place)


def test_what_is_installed_is_left_as_it_is(place: Path) -> None:
    found = find_spec("shiboken6")
    assert found is not None
    assert found.origin is not None
    assert place not in Path(found.origin).parents
    assert not (Path(found.origin).parent / FOLDER).exists()
