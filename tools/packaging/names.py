"""Names, places and version of what is built: said once, for every system."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from caseworker_app import __version__

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "installer"
# What is thrown away, and what is handed over: git sees neither.
WORK, RESULTS = ROOT / "build" / "package", ROOT / "dist"

VERSION = __version__
PROGRAM = "passerelle"
# The command line under the name it has in the documentation and in the wheel.
COMMAND = "caseworker-app"
APPLICATION_ID = "fr.passerelle.Passerelle"
HOMEPAGE = "https://passerelle.example/"
MAINTAINER = "Passerelle <paquets@passerelle.example>"

_SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
_MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}
_DEBIAN_MACHINES = {"x86_64": "amd64", "arm64": "arm64"}


def machine() -> str:
    """Return the processor's family under one name on every system."""
    found = platform.machine().lower()
    return _MACHINES.get(found, found)


def full_name(system: str | None = None) -> str:
    """Return « passerelle-0.1.0-linux-x86_64 »: the folder of the frozen program, and what is made of it."""
    return f"{PROGRAM}-{VERSION}-{system or _SYSTEMS.get(sys.platform, sys.platform)}-{machine()}"


def deb_name() -> str:
    """Return « passerelle_0.1.0_amd64.deb », the form Debian reads."""
    return f"{PROGRAM}_{VERSION}_{debian_machine()}.deb"


def debian_machine() -> str:
    """Return the processor's family under Debian's name."""
    return _DEBIAN_MACHINES.get(machine(), machine())


def executable(name: str = PROGRAM) -> str:
    """Return the file name of a program of the folder on this system."""
    return f"{name}.exe" if sys.platform == "win32" else name


def frozen_folder() -> Path:
    """Return the folder of the frozen program."""
    return RESULTS / full_name()
