"""Where a file goes: asked once for all screens, in the person's documents at first, with the ending it must have."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

PDF = "Document PDF (*.pdf)"


def documents_folder() -> Path:
    """Return the folder of the person's documents."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def ask_place(parent: QWidget, title: str, name: str, kind: str = PDF) -> Path | None:
    """Ask where a file called `name` goes; its ending is added where it is not typed. None when the person gives up."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(documents_folder() / name), kind)
    if not chosen:
        return None
    ending = Path(name).suffix
    return Path(chosen) if chosen.lower().endswith(ending) else Path(f"{chosen}{ending}")
