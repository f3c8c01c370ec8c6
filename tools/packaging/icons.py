"""Draws the program's sign into the icon files that systems ask for."""

from __future__ import annotations

import os
from pathlib import Path

# Windows shows the smaller ones in lists and title bars; a Linux desktop takes the nearest.
SIZES = (16, 24, 32, 48, 64, 128, 256)


def draw(folder: Path) -> list[Path]:
    """Write `passerelle-<size>.png` of each size and `passerelle.ico` holding them all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    pictures = [folder / f"passerelle-{size}.png" for size in SIZES]
    _draw_pictures(pictures)
    return [*pictures, _join(pictures, folder / "passerelle.ico")]


def _draw_pictures(pictures: list[Path]) -> None:
    from PySide6.QtGui import QGuiApplication

    from caseworker_app.shell.logo import window_icon

    application = QGuiApplication.instance() or QGuiApplication([])
    drawn = window_icon()
    for size, path in zip(SIZES, pictures, strict=True):
        if not drawn.pixmap(size, size).save(str(path)):
            raise OSError(f"not written: {path}")
    del application


def _join(pictures: list[Path], target: Path) -> Path:
    from PIL import Image

    opened = [Image.open(path) for path in pictures]
    # Each size as drawn: reduced from the largest, the hangers of the bridge would blur.
    opened[-1].save(target, sizes=[(size, size) for size in SIZES], append_images=opened[:-1])
    return target
