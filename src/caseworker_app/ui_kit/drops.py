"""Files of the disk held over a widget."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def dropped_paths(mime: QMimeData) -> list[Path]:
    """Return the files of the disk that are held over a widget; none for a text or a picture of a page."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
