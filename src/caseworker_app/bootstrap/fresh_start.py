"""After the lock the program begins anew, in a memory of its own: nothing that was read or typed is left in it.

Python can wipe neither its texts nor what its libraries copied (ADR 15). The system can: it gives a process that
begins an empty memory, and none of what the former one held.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path

# Which folder's entrance is shown; a path that the command line of the PC does not show.
FOLDER_VARIABLE = "CASEWORKER_ENTRANCE"
_PATIENCE_SECONDS = 2.0
# Where libraries are looked for: as PyInstaller's starter set it, and as it was before.
_LIBRARIES, _LIBRARIES_BEFORE = "LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"


def entrance_asked(environment: MutableMapping[str, str] | None = None) -> Path | None:
    """Return the folder a former process asked to be shown the entrance of, and forget it; None for none."""
    folder = (os.environ if environment is None else environment).pop(FOLDER_VARIABLE, "")
    return Path(folder) if folder else None


def begin_anew(folder: Path) -> None:
    """Begin the program anew at the entrance of `folder`, whose file is closed.

    On POSIX the new program takes this process's place, and the call does not return. On Windows it is another process,
    as it is where the system refuses; whoever calls then ends this one.
    """
    _end_helpers()
    environment = environment_anew(os.environ, folder, frozen=getattr(sys, "frozen", False))
    command = _command()
    with suppress(OSError):
        if os.name == "nt":
            import subprocess

            subprocess.Popen(command, env=environment, close_fds=True)
        else:
            os.execve(command[0], command, environment)  # noqa: S606 - ourselves


def environment_anew(environment: Mapping[str, str], folder: Path, *, frozen: bool) -> dict[str, str]:
    """Return what the new program is given: the environment this one was started in, and whose entrance it shows."""
    given = {**environment, FOLDER_VARIABLE: str(folder)}
    if frozen:
        # What PyInstaller left there would make the new program take itself for a helper of this one, and its own
        # libraries, added once more at each lock, would be those of the programs it opens pieces in.
        given["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
        before = given.pop(_LIBRARIES_BEFORE, None)
        given.pop(_LIBRARIES, None)
        if before is not None:
            given[_LIBRARIES] = before
    return given


def _command() -> list[str]:
    """Return what this program was started by."""
    return [sys.executable, *(sys.argv[1:] if getattr(sys, "frozen", False) else sys.orig_argv[1:])]


def _end_helpers() -> None:
    """End the processes that worked for this one: they hold what they were given."""
    import multiprocessing

    helpers = multiprocessing.active_children()
    for helper in helpers:
        helper.terminate()
    for helper in helpers:
        helper.join(_PATIENCE_SECONDS)
