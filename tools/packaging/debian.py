"""Makes the Debian package of the frozen program, without root."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from pathlib import Path
from string import Template

from tools.packaging import elf, icons, manual, names
from tools.packaging.frozen import PackagingFailed, folder_size

_TEMPLATES = names.INSTALLER / "linux"
# Where the program is once installed; commands are links to it.
HOME = Path("usr/lib/passerelle")
_LIBC = "libc6"
# Read when a window opens, though no library asks for them: where fonts lie, how keyboards are laid out.
_LOADED_BY_NAME = ("fontconfig-config", "xkb-data")


def build(frozen: Path) -> Path:
    """Make the package of a frozen folder and return its path under `dist/`."""
    root = names.WORK / "deb"
    shutil.rmtree(root, ignore_errors=True)
    # Links are kept as links: each stands for a library of tens of megabytes.
    shutil.copytree(frozen, root / HOME, symlinks=True)
    _lay_desktop(root)
    _lay_documentation(root)
    _write_control(root)
    _settle(root)
    target = names.RESULTS / names.deb_name()
    # Every file is root's once installed, whoever builds.
    # zstd: a fifth larger than xz, eleven times sooner made; every system with the libc we need reads it.
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", str(root), str(target)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(names.made_at().timestamp()))}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return target


def packages_of(libraries: dict[str, str]) -> list[str]:
    """Name the packages that bring libraries to this system. Raises PackagingFailed for one nobody brings."""
    places = _library_places()
    found = set()
    for library, asker in libraries.items():
        if library not in places:
            raise PackagingFailed(
                f"{asker} asks for {library}, which is neither in the folder nor on this system."
            )
        found.add(_package_of(places[library]))
    return sorted(found)


def _lay_desktop(root: Path) -> None:
    for command in (names.PROGRAM, names.COMMAND):
        link = root / "usr/bin" / command
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(Path("..") / HOME.relative_to("usr") / names.PROGRAM)
    _copy(_TEMPLATES / "passerelle.desktop", root / "usr/share/applications/passerelle.desktop")
    for size in icons.SIZES:
        picture = names.WORK / "icons" / f"passerelle-{size}.png"
        _copy(picture, root / f"usr/share/icons/hicolor/{size}x{size}/apps/passerelle.png")
    words = {"version": names.VERSION, "date": f"{names.made_at():%Y-%m-%d}"}
    _write(
        root / "usr/share/metainfo/example.passerelle.Passerelle.metainfo.xml",
        _filled("passerelle.metainfo.xml.in", words),
    )


def _lay_documentation(root: Path) -> None:
    documents = root / "usr/share/doc/passerelle"
    _copy(_TEMPLATES / "copyright", documents / "copyright")
    _copy(names.ROOT / "LICENSE", documents / "LICENSE")
    _copy(_TEMPLATES / "lintian-overrides", root / "usr/share/lintian/overrides/passerelle")
    _write_gz(documents / "changelog.gz", _changelog())
    for command in (names.PROGRAM, names.COMMAND):
        _write_gz(root / f"usr/share/man/fr/man1/{command}.1.gz", manual.page())


def _changelog() -> str:
    """Return what Debian wants to read; what changed is in the project's own changelog."""
    moment = names.made_at().strftime("%a, %d %b %Y %H:%M:%S +0000")
    head = f"{names.PROGRAM} ({names.VERSION}) unstable; urgency=medium"
    change = f"  * Passerelle {names.VERSION}."
    return f"{head}\n\n{change}\n\n -- Passerelle <paquets@passerelle.example>  {moment}\n"


def _write_control(root: Path) -> None:
    needs = elf.needs(root / HOME)
    libc = f"{_LIBC} (>= {needs.libc[0]}.{needs.libc[1]})"
    depends = [libc, *_LOADED_BY_NAME, *(name for name in packages_of(needs.libraries) if name != _LIBC)]
    words = {
        "version": names.VERSION,
        "architecture": names.debian_machine(),
        "kibibytes": str(folder_size(root) // 1024),
        "depends": ", ".join(depends),
    }
    _write(root / "DEBIAN/control", _filled("control.in", words))


def _library_places() -> dict[str, Path]:
    """Return where the system's loader finds each library."""
    command = [shutil.which("ldconfig") or "/sbin/ldconfig", "-p"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    places: dict[str, Path] = {}
    for line in lines:
        name, _, place = line.strip().partition(" => ")
        if place and "x32" not in name:
            places.setdefault(name.split()[0], Path(place))
    return places


def _package_of(library: Path) -> str:
    """Ask dpkg under both names a library has where /lib is a link to /usr/lib."""
    for place in (library, library.resolve(), Path("/", *library.resolve().parts[2:])):
        answer = subprocess.run(["dpkg-query", "-S", str(place)], capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            return answer.stdout.split(":")[0]
    raise PackagingFailed(f"No package of this system brings {library}: install Debian's, then start again.")


def _settle(root: Path) -> None:
    """Give folders and files the modes of an installed system, whatever those of who builds."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == root / HOME / names.PROGRAM else 0o644)


def _filled(template: str, words: dict[str, str]) -> str:
    return Template((_TEMPLATES / template).read_text(encoding="utf-8")).substitute(words)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _write_gz(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # No time in the header: built again, the same bytes.
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
