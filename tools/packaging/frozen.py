"""Freezes the program into one folder that needs no Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.packaging import elf, names

_PLACE = names.WORK / "frozen"


class PackagingFailed(Exception):
    """What was built is not fit to be handed over; the message says why."""


def freeze() -> Path:
    """Build the frozen program, check that it is whole, and return its folder under `dist/`."""
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": f"{int(names.made_at().timestamp())}",
        # Modules are unpacked each time they are loaded; the packages compress the whole once.
        "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0",
    }
    command = [sys.executable, "-m", "PyInstaller", str(names.INSTALLER / "passerelle.spec"), "--noconfirm"]
    command += [
        "--log-level",
        "ERROR",
        "--distpath",
        str(_PLACE),
        "--workpath",
        str(names.WORK / "pyinstaller"),
    ]
    subprocess.run(command, env=environment, cwd=names.ROOT, check=True)
    made = _PLACE / names.full_name()
    if sys.platform.startswith("linux"):
        elf.strip_debugging(made)
        elf.strip_debugging(floor_program().parent)
    return _handed_over(made)


def floor_program() -> Path:
    """Return the empty window frozen beside the program."""
    return _PLACE / names.FLOOR / names.executable(names.FLOOR)


def folder_size(folder: Path) -> int:
    """Return the bytes of the files of a folder, links not followed."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def _handed_over(made: Path) -> Path:
    target = names.RESULTS / made.name
    shutil.rmtree(target, ignore_errors=True)
    names.RESULTS.mkdir(exist_ok=True)
    return Path(shutil.move(made, target))
