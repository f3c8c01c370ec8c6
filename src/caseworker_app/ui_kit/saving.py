"""Where a file goes: asked once for all screens, in the person's documents at first, with the ending it must have."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

PDF = "Document PDF (*.pdf)"
_ENDINGS = re.compile(r"\*(\.\w+)")


def documents_folder() -> Path:
    """Return the folder of the person's documents."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def ask_place(parent: QWidget, title: str, name: str, kind: str = PDF) -> Path | None:
    """Ask where a file called `name` goes; its ending is added where it is not typed. None when the person gives up.

    `kind` may offer several (« Classeur (*.xlsx);;CSV (*.csv) »): the ending is then that of the one chosen.
    """
    chosen, picked = QFileDialog.getSaveFileName(parent, title, str(documents_folder() / name), kind)
    if not chosen:
        return None
    offered = _ENDINGS.findall(kind) or [Path(name).suffix]
    if any(chosen.lower().endswith(ending) for ending in offered):
        return Path(chosen)
    ending = next(iter(_ENDINGS.findall(picked)), Path(name).suffix)
    return Path(f"{chosen}{ending}")
