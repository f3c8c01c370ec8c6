"""What the frozen program carries of what PyInstaller gathers: the Qt it uses, the data somebody reads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

# What PyInstaller hands over: where it goes in the folder, where it comes from, of what kind.
Entry = tuple[str, str, str]

# The plugins used of each folder. The portal gives the desktop's own file dialogs; compose and ibus type
# accents; offscreen is for machines without a screen. GTK's theme would bring the whole of GTK.
QT_PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qgif", "qico", "qjpeg", "qsvg", "qwebp"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qcocoa", "qoffscreen", "qwayland", "qwindows", "qxcb"},
    "platformthemes": {"qxdgdesktopportal"},
    "printsupport": {"cupsprintersupport", "windowsprintersupport"},
    "wayland-decoration-client": {"bradient"},
    "wayland-shell-integration": {"xdg-shell"},
    "xcbglintegrations": {"qxcb-egl-integration", "qxcb-glx-integration"},
}
# Drawing by the processor for cards without OpenGL, which a window of ours never asks for (Windows).
UNUSED_LIBRARIES = ("d3dcompiler", "opengl32sw")
TRANSLATIONS = {"qt_fr.qm", "qtbase_fr.qm"}
# Faces of printed pages (caseworker_app.pdf.fonts says which) and their licence.
FONT_FILES = (
    "files/LICENSE.txt",
    "files/SourceSansPro-It.ttf",
    "files/SourceSansPro-Regular.ttf",
    "files/SourceSansPro-Semibold.ttf",
)
# python-stdnum brings the registers of the world; the form of an IBAN is the one we look up.
REGISTERS = {"iban.dat"}

EXCLUDED_MODULES = (
    # The bindings of what only Qt itself uses, or nobody.
    "PySide6.QtDBus", "PySide6.QtNetwork", "PySide6.QtOpenGL", "PySide6.QtQml",
    # Where a number was bought and by which operator: 40 MB nobody asks for.
    "phonenumbers.carrierdata", "phonenumbers.geodata", "phonenumbers.tzdata",
    # What libraries offer to others: notebooks, arrays, web pages, their own tests.
    "IPython", "PIL.AvifImagePlugin", "PIL._avif", "doctest", "lxml.isoschematron", "numpy", "pandas",
    "pydoc_data", "pygments", "pytest", "setuptools", "sqlalchemy.testing", "sqlite3", "tkinter", "unittest",
)  # fmt: skip

# Bundled, these would stand before the newer ones that the system's drivers ask for.
_RUNTIMES = ("libgcc_s.", "libstdc++.", "libz.")
_SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")


def kept_binaries(entries: Iterable[Entry]) -> list[Entry]:
    """Return the libraries and plugins to carry: what Python asks for, and the Qt that it or they ask for.

    What only Qt asks of a Linux system is left to that system, whose packages it is updated with.
    """
    known = [entry for entry in entries if _is_wanted(PurePath(entry[0]))]
    roots = [entry for entry in known if not (_is_qt_library(entry) or _of_system(entry))]
    asked = _asked(roots, known)
    asked_by_python = _asked([entry for entry in roots if not _is_qt(entry)], known)

    def kept(entry: Entry) -> bool:
        if _of_system(entry):
            return _name(entry) in asked_by_python and not _name(entry).startswith(_RUNTIMES)
        return not _is_qt_library(entry) or _name(entry) in asked

    return [entry for entry in known if kept(entry)]


def kept_datas(entries: Iterable[Entry], binaries: Iterable[Entry]) -> list[Entry]:
    """Return the data files to carry, with the links to the libraries that are carried."""
    carried = {_name(entry) for entry in binaries}
    return [
        entry
        for entry in entries
        if (_name(entry) in carried if entry[2] == "SYMLINK" else _is_useful_data(PurePath(entry[0])))
    ]


def _is_wanted(path: PurePath) -> bool:
    if "plugins" in path.parts and "PySide6" in path.parts:
        return path.name.split(".")[0].removeprefix("lib") in QT_PLUGINS.get(path.parent.name, set())
    return not path.name.lower().startswith(UNUSED_LIBRARIES)


def _is_useful_data(path: PurePath) -> bool:
    if path.parts[0] == "PySide6":
        return path.name in TRANSLATIONS if "translations" in path.parts else "qml" not in path.parts
    return path.parts[0] != "stdnum" or path.name in REGISTERS


def _is_qt(entry: Entry) -> bool:
    return PurePath(entry[0]).parts[0] in ("PySide6", "shiboken6")


def _is_qt_library(entry: Entry) -> bool:
    return _is_qt(entry) and _name(entry).lower().startswith(("libqt6", "libicu", "qt6"))


def _of_system(entry: Entry) -> bool:
    is_library = entry[2] != "EXTENSION" and not _name(entry).startswith("libpython")
    return is_library and entry[1].startswith(_SYSTEM_FOLDERS)


def _name(entry: Entry) -> str:
    return PurePath(entry[0]).name


def _asked(roots: Iterable[Entry], known: Iterable[Entry]) -> set[str]:
    """Return the names of the libraries that these ask for, directly or through others."""
    by_name = {_name(entry): entry for entry in known}
    waiting = list(roots)
    asked: set[str] = set()
    while waiting:
        for name in _needs(waiting.pop()[1]) - asked:
            asked.add(name)
            if name in by_name:
                waiting.append(by_name[name])
    return asked


def _needs(file: str) -> set[str]:
    from PyInstaller.depend.bindepend import get_imports  # type: ignore[import-untyped]

    return {PurePath(name).name for name, _ in get_imports(file)}
