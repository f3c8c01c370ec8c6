"""What the libraries of a folder ask of the Linux system they run on: other libraries, and how new a libc."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_ELF = b"\x7fELF"
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)
_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)")
# What debuggers read; nobody else does, and some wheels and Pythons carry tens of megabytes of it.
_DEBUG_SECTION = ".debug_info"


class Needs(NamedTuple):
    """The libraries a folder asks for and does not hold, each with a file asking; the oldest libc to do."""

    libraries: dict[str, str]
    libc: tuple[int, int]


def elf_files(folder: Path) -> Iterator[Path]:
    """Yield the programs and libraries of a folder, each once."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                if stream.read(4) == _ELF:
                    yield path


def needs(folder: Path) -> Needs:
    """Read what a folder asks of the system."""
    held = {path.name for path in folder.rglob("*")}
    libraries: dict[str, str] = {}
    libc = (0, 0)
    for path in elf_files(folder):
        headers = _objdump("-p", path)
        for name in _NEEDED.findall(headers):
            if name not in held:
                libraries.setdefault(name, path.name)
        libc = max([libc, *((int(major), int(minor)) for major, minor in _GLIBC.findall(headers))])
    return Needs(libraries, libc)


def strip_debugging(folder: Path) -> int:
    """Take out what only debuggers read; return the bytes saved."""
    saved = 0
    for path in elf_files(folder):
        if _DEBUG_SECTION in _objdump("-h", path):
            before = path.stat().st_size
            subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)
            saved += before - path.stat().st_size
    return saved


def _objdump(what: str, path: Path) -> str:
    command = ["objdump", what, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
