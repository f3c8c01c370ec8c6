"""`python3 run.py package`: freezes the program, packs it, tries each package, prints sizes and start."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tools.packaging import debian, frozen, icons, names, start, trial, windows
from tools.packaging.frozen import PackagingFailed

T = TypeVar("T")

_ICONS = names.WORK / "icons"


def main() -> int:
    """Build and try all that this system can build; answer 1 when something is not fit to be handed over."""
    options = argparse.ArgumentParser(prog="run.py package", description=__doc__)
    told = "only make the installer of this folder, frozen on Windows"
    options.add_argument("--windows", type=Path, metavar="FOLDER", help=told)
    folder = options.parse_args().windows
    begun = time.perf_counter()
    try:
        icons.draw(_ICONS)
        _everything() if folder is None else _windows_installer(folder.absolute())
    except PackagingFailed as error:
        print(error, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"This did not succeed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    print(f"Packaged in {time.perf_counter() - begun:.0f} s.")
    return 0


def _everything() -> None:
    folder = _step("frozen", _freeze)
    if sys.platform.startswith("linux"):
        _step("Debian package", lambda: _debian_package(folder))
        _step("Windows script", lambda: _try_windows_script(folder))
        _step("start", lambda: _measure_start(folder))


def _freeze() -> Path:
    folder = frozen.freeze()
    print(f"{_shown(folder)}: {_megabytes(frozen.folder_size(folder))}")
    with _elsewhere() as place:
        shutil.copytree(folder, Path(place) / folder.name, symlinks=True)
        print(trial.try_program(Path(place) / folder.name / names.executable(_terminal_program())))
    return folder


def _debian_package(folder: Path) -> None:
    package = debian.build(folder)
    print(f"{_shown(package)}: {_megabytes(package.stat().st_size)}")
    with _elsewhere() as place:
        subprocess.run(["dpkg-deb", "--extract", str(package), place], check=True)
        print(trial.try_program(Path(place) / "usr" / "bin" / names.COMMAND))


def _windows_installer(folder: Path) -> None:
    target = names.RESULTS / windows.installer_name()
    windows.build(folder, _ICONS / "passerelle.ico", target)
    _check_contents(target, folder)
    print(f"{_shown(target)}: {_megabytes(target.stat().st_size)}")


def _try_windows_script(folder: Path) -> None:
    """Compile the Windows script over the Linux folder: nothing to hand over, but the script holds."""
    staged = windows.stage(folder, names.WORK / "windows")
    installer = windows.build(
        staged, _ICONS / "passerelle.ico", names.WORK / windows.installer_name(), quick=True
    )
    count = _check_contents(installer, staged)
    print(f"passerelle.nsi compiles and holds the folder's {count} files (on Linux; not run on Windows).")


def _check_contents(installer: Path, folder: Path) -> int:
    held, expected = windows.contents(installer), windows.files(folder)
    if held != expected:
        raise PackagingFailed(f"The installer and the folder differ: {sorted(held ^ expected)[:10]}")
    return len(held)


def _measure_start(folder: Path) -> None:
    print(start.measure(folder / names.executable(), frozen.floor_program()).sentence())


def _terminal_program() -> str:
    return names.COMMAND if sys.platform == "win32" else names.PROGRAM


def _step(name: str, step: Callable[[], T]) -> T:
    begun = time.perf_counter()
    print(f"── {name}", flush=True)
    answer = step()
    print(f"   {time.perf_counter() - begun:.0f} s", flush=True)
    return answer


def _elsewhere() -> tempfile.TemporaryDirectory[str]:
    place = tempfile.TemporaryDirectory(prefix="passerelle-installed-", ignore_cleanup_errors=True)
    # Anyone may enter, as in /usr: the trial is made without rights.
    Path(place.name).chmod(0o755)
    return place


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"


def _shown(path: Path) -> str:
    return path.relative_to(names.ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(main())
