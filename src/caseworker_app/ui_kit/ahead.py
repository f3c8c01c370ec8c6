"""Parts of pages made ahead of the page they go into: making a page whole would keep the window from answering.

A part is a widget made without arguments. Each is taken once, by the first page of its kind; whatever is never taken is
forgotten with the window (`forget_parts`).
"""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)

_MADE: dict[type[QWidget], Any] = {}


def make_part(kind: type[QWidget]) -> None:
    """Make a part now, for the page that will take it; one that waits already is enough."""
    if kind not in _MADE:
        _MADE[kind] = kind()


def take_part(kind: type[W]) -> W:
    """Return the part made ahead, or make it."""
    found: W | None = _MADE.pop(kind, None)
    return kind() if found is None else found


def forget_parts() -> None:
    """Remove the parts that no page took: another window, or another size of text, makes its own."""
    for part in _MADE.values():
        part.deleteLater()
    _MADE.clear()
