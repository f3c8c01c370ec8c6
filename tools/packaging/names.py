"""Names, places and version of what is built: said once, for every system."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
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
# The empty window that starts are measured against; never handed over.
FLOOR = "empty-window"

_SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
_MACHINES = {"amd64": "x86_64", "aarch64": "arm64"}
_DEBIAN_MACHINES = {"x86_64": "amd64"}


def machine() -> str:
    """Return the processor's family under one name on every system."""
    found = platform.machine().lower()
    return _MACHINES.get(found, found)


def debian_machine() -> str:
    """Return the processor's family under Debian's name."""
    return _DEBIAN_MACHINES.get(machine(), machine())


def full_name(system: str = _SYSTEMS.get(sys.platform, sys.platform)) -> str:
    """Return « passerelle-0.1.0-linux-x86_64 », the name of the frozen folder and of what is made of it."""
    return f"{PROGRAM}-{VERSION}-{system}-{machine()}"


def deb_name() -> str:
    """Return « passerelle_0.1.0_amd64.deb », the form Debian reads."""
    return f"{PROGRAM}_{VERSION}_{debian_machine()}.deb"


def executable(name: str = PROGRAM) -> str:
    """Return the file name of a program of the folder on this system."""
    return f"{name}.exe" if sys.platform == "win32" else name


def made_at() -> datetime:
    """Return the moment written into what is built: the last commit's, so that it can be built the same."""
    told = os.environ.get("SOURCE_DATE_EPOCH") or _last_commit() or "0"
    return datetime.fromtimestamp(int(told), UTC)


def _last_commit() -> str:
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
