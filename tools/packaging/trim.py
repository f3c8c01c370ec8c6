"""What the frozen program carries of what PyInstaller gathers: only the Qt it uses, only data somebody reads."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import PurePath

# What PyInstaller hands over: where it goes in the folder, where it comes from, of what kind.
Entry = tuple[str, str, str]

# The plugins used of each folder. The portal gives the desktop's own file dialogs; compose and ibus type accents;
# offscreen is what self-test and printing without a screen run on. GTK's theme would bring the whole of GTK.
QT_PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qjpeg", "qsvg", "qico", "qgif", "qwebp"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"},
    "platformthemes": {"qxdgdesktopportal"},
    "printsupport": {"cupsprintersupport", "windowsprintersupport"},
    "styles": {"qmodernwindowsstyle", "qwindowsvistastyle"},
    "wayland-decoration-client": {"bradient"},
    "wayland-graphics-integration-client": {"qt-plugin-wayland-egl"},
    "wayland-shell-integration": {"xdg-shell"},
    "xcbglintegrations": {"qxcb-egl-integration", "qxcb-glx-integration"},
}
# Parts of Qt that plugins we drop have brought along.
UNUSED_QT = re.compile(
    r"(lib)?Qt6?(Qml|Quick|Network|VirtualKeyboard|Pdf|EglF|Lottie|Labs|Sql|Test|Designer|Multimedia|WebSockets)"
)
TRANSLATIONS = {"qtbase_fr.qm", "qt_fr.qm"}
# Faces of printed pages (caseworker_app.pdf.fonts says which) and their licence.
FONT_FILES = ("files/SourceSansPro-Regular.ttf", "files/SourceSansPro-Semibold.ttf", "files/SourceSansPro-It.ttf",
              "files/LICENSE.txt")  # fmt: skip
# python-stdnum brings the registers of the world; the form of an IBAN is the one we look up.
REGISTERS = {"iban.dat"}

EXCLUDED_MODULES = (
    "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL",
    # Where a number was bought and by which operator: 40 MB nobody asks for.
    "phonenumbers.carrierdata", "phonenumbers.geodata", "phonenumbers.tzdata",
    "sqlite3",
    # What libraries offer to others: notebooks, arrays, web pages, their own tests.
    "IPython", "PIL.AvifImagePlugin", "PIL._avif", "doctest", "lxml.isoschematron", "numpy", "pandas", "pydoc_data",
    "pytest", "setuptools", "sqlalchemy.testing", "tkinter", "unittest",
)  # fmt: skip

# Bundled, these would stand before the newer ones that the system's drivers ask for.
_RUNTIMES = ("libgcc_s.", "libstdc++.", "libz.")
_SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")


def kept_binaries(entries: Iterable[Entry]) -> list[Entry]:
    """Return the libraries and plugins to carry. What only Qt asks of the system is left to the system."""
    useful = [entry for entry in entries if _is_useful(entry[0])]
    if not sys.platform.startswith("linux"):
        return useful
    asked = _asked_by_python(useful)
    return [entry for entry in useful if not _of_system(entry) or _base(entry) in asked]


def kept_datas(entries: Iterable[Entry]) -> list[Entry]:
    """Return the data files to carry."""
    return [entry for entry in entries if _is_useful_data(PurePath(entry[0]))]


def _is_useful(target: str) -> bool:
    path = PurePath(target)
    if "plugins" in path.parts and "PySide6" in path.parts:
        folder = path.parent.name
        return path.name.split(".")[0].removeprefix("lib") in QT_PLUGINS.get(folder, set())
    return not UNUSED_QT.match(path.name)


def _is_useful_data(path: PurePath) -> bool:
    if path.parts[0] == "PySide6" and "translations" in path.parts:
        return path.name in TRANSLATIONS
    if path.parts[0] == "PySide6" or UNUSED_QT.match(path.name):
        # Links to libraries are among the data too.
        return "qml" not in path.parts and _is_useful(str(path))
    return path.parts[0] != "stdnum" or path.name in REGISTERS


def _of_system(entry: Entry) -> bool:
    return entry[1].startswith(_SYSTEM_FOLDERS) and not _is_extension(entry)


def _is_extension(entry: Entry) -> bool:
    return entry[2] == "EXTENSION" or _base(entry).startswith("libpython")


def _base(entry: Entry) -> str:
    return PurePath(entry[0]).name


def _asked_by_python(entries: list[Entry]) -> set[str]:
    """Return the names of the system's libraries that Python and its extensions need, directly or through others."""
    known = {_base(entry): entry for entry in entries}
    waiting = [entry for entry in entries if not _of_system(entry) and not entry[0].startswith("PySide6")]
    asked: set[str] = set()
    while waiting:
        for name in _needs(waiting.pop()[1]) - asked:
            if name in known and not name.startswith(_RUNTIMES):
                asked.add(name)
                waiting.append(known[name])
    return asked


def _needs(file: str) -> set[str]:
    from PyInstaller.depend.bindepend import get_imports

    return {PurePath(name).name for name, _ in get_imports(file)}
