"""PySide's own Python files, compiled once in the packages: folded in its library, they are compiled at every start."""

from __future__ import annotations

import compileall
import os
import py_compile
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tools.packaging.frozen import PackagingFailed

# Where shiboken6 looks for them before it unfolds its own, beside itself, and the switch that makes it write them:
# https://doc.qt.io/qtforpython-6/developer/embed.html
FOLDER = "files.dir"
_SWITCH = {"SBK_EMBED": "0"}
_PACKAGE = "shiboken6"


def support_files(place: Path) -> list[tuple[str, str]]:
    """Make them in `place` and return what PyInstaller is told of them. Raises PackagingFailed without any."""
    package = _copied_package(place)
    environment = {**os.environ, **_SWITCH, "PYTHONPATH": str(place)}
    subprocess.run([sys.executable, "-c", f"import {_PACKAGE}.Shiboken"], env=environment, check=True)
    folder = package / FOLDER
    if not any(folder.rglob("*.py")):
        raise PackagingFailed("PySide wrote none of its support files: see its page on embedding.")
    _compile(folder)
    return [(str(folder), f"{_PACKAGE}/{FOLDER}")]


def _copied_package(place: Path) -> Path:
    """Copy shiboken6: it writes beside itself, and what is installed is left as it is."""
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise PackagingFailed(f"{_PACKAGE} is not installed.")
    shutil.rmtree(place, ignore_errors=True)
    package = place / _PACKAGE
    shutil.copytree(Path(found.origin).parent, package)
    return package


def _compile(folder: Path) -> None:
    """Leave bytecode in place of sources, the same whenever and wherever it is made."""
    for caches in list(folder.rglob("__pycache__")):
        shutil.rmtree(caches)
    compileall.compile_dir(
        folder, quiet=1, legacy=True, stripdir=str(folder),
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )  # fmt: skip
    for source in list(folder.rglob("*.py")):
        source.unlink()
