"""What the program loads before its first picture: what that window paints, and nothing that can wait behind it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from typing import NamedTuple

import pytest

from caseworker_app.bootstrap.fresh_start import FOLDER_VARIABLE
from caseworker_app.security.folder_look import DATABASE_NAME

# The program is started as it is; once painted, where it would begin to load the rest, it tells what is there.
STARTED = """
import gc, linecache, os, runpy, sys
def tell():
    from PySide6 import QtCore, QtGui, QtWidgets
    modules, classes = sorted(sys.modules), sorted({*vars(QtCore), *vars(QtGui), *vars(QtWidgets)})
    shown = [type(each).__name__ for each in QtWidgets.QApplication.topLevelWidgets()]
    print((shown, modules, classes, sorted(linecache.cache)), flush=True)
    os._exit(0)
gc.freeze = tell
sys.argv = ["caseworker_app"]
runpy.run_module("caseworker_app", run_name="__main__")
"""

OURS = {
    "bootstrap": {"entrances", "folder_doors", "fresh_start", "long_work", "plain_imports", "window"},
    "kernel": {"errors", "paths"},
    "security": {"folder_look"},
    "shell": {"doorbell", "entrance", "language", "logo", "preferences", "unlock"},
    "ui_kit": {
        "announce", "buttons", "card", "dress", "entries", "fonts", "form", "icons", "mark", "paint", "scroll",
        "tasks", "text", "theme", "work",
    },
}  # fmt: skip
# Each took from one to ten milliseconds of the start before it was put off.
LATER = {
    "alembic", "argon2", "cffi", "configparser", "cryptography", "ctypes", "dataclasses", "hashlib", "hmac", "json",
    "keyring", "multiprocessing", "nacl", "orjson", "phonenumbers", "platformdirs", "secrets", "sqlalchemy",
    "sqlcipher3", "tomllib", "zxcvbn",
}  # fmt: skip
# PySide makes a class with all its enumerations when it is first named, or when a call must tell it from others.
LATER_CLASSES = {
    "QAccessible", "QDialog", "QFileDialog", "QGradient", "QIcon", "QRegularExpression", "QStyle", "QTextEdit",
}  # fmt: skip


class Loaded(NamedTuple):
    """What is there with the first picture; `sources` are the files whose text was read."""

    shown: list[str]
    modules: set[str]
    classes: set[str]
    sources: list[str]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Start the program on a folder that has a file to unlock."""
    folder = tmp_path_factory.mktemp("fichier")
    (folder / DATABASE_NAME).touch()
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(sys.path),
        FOLDER_VARIABLE: str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-c", STARTED], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    shown, modules, classes, sources = ast.literal_eval(done.stdout)
    return Loaded(shown, set(modules), set(classes), sources)


def test_the_unlock_window_is_what_is_shown(loaded: Loaded) -> None:
    assert "UnlockWindow" in loaded.shown


def test_of_ours_only_what_the_window_is_made_of_is_there(loaded: Loaded) -> None:
    allowed = {"caseworker_app"}
    for room, modules in OURS.items():
        allowed |= {f"caseworker_app.{room}", *(f"caseworker_app.{room}.{name}" for name in modules)}
    assert {name for name in loaded.modules if name.startswith("caseworker_app")} <= allowed


def test_no_heavy_library_is_there(loaded: Loaded) -> None:
    assert {name.split(".")[0] for name in loaded.modules} & LATER == set()


def test_no_class_of_qt_is_made_for_nothing(loaded: Loaded) -> None:
    assert loaded.classes & LATER_CLASSES == set()


def test_no_source_is_read_again(loaded: Loaded) -> None:
    """PySide reads the text of every module imported after it, unless Python has its own `import` back."""
    assert [path for path in loaded.sources if "caseworker_app" in path] == []
