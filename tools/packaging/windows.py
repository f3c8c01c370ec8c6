"""Makes the Windows installer of a frozen folder with NSIS (which runs on Linux too), and reads it back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.packaging import names

SCRIPT = names.INSTALLER / "windows" / "passerelle.nsi"
# What NSIS itself adds: its plug-ins, the pictures of its pages, the program that uninstalls.
_OF_NSIS = re.compile(r"^(\$|Desinstaller Passerelle\.exe$|\[NSIS\])")


def installer_name() -> str:
    """Return « passerelle-0.1.0-windows-x86_64-setup.exe »."""
    return f"{names.full_name('windows')}-setup.exe"


def stage(frozen: Path, target: Path) -> Path:
    """Lay a folder frozen on Linux out as on Windows (program names, no links), to try the script on it."""
    shutil.rmtree(target, ignore_errors=True)
    for source in sorted(frozen.rglob("*")):
        if source.is_file() and not source.is_symlink():
            _place(source, target / source.relative_to(frozen))
    program = target / names.PROGRAM
    _place(program, target / f"{names.COMMAND}.exe")
    program.rename(target / f"{names.PROGRAM}.exe")
    return target


def build(folder: Path, icon: Path, target: Path, *, quick: bool = False) -> Path:
    """Compile the installer of a folder (`quick`: not squeezed, to try the script); warnings are failures."""
    told = [f"VERSION={names.VERSION}", f"SOURCE={folder}", f"ICON={icon}", f"OUTPUT={target}"]
    told += ["QUICK"] if quick else []
    target.parent.mkdir(parents=True, exist_ok=True)
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8"]
    subprocess.run([*command, *(f"-D{one}" for one in told), str(SCRIPT)], check=True)
    return target


def contents(installer: Path) -> set[str]:
    """List the files an installer holds for the program, as paths under its folder."""
    command = ["7z", "l", "-slt", "-ba", str(installer)]
    listing = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    found = (line.removeprefix("Path = ") for line in listing.splitlines() if line.startswith("Path = "))
    return {path.replace("\\", "/") for path in found if not _OF_NSIS.match(path)}


def files(folder: Path) -> set[str]:
    """List the files of a folder the same way."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
