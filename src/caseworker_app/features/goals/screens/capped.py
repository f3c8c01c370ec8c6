"""Content that stays readable on a wide screen: one column, no wider than a cap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.ui_kit.scroll import PAGE_INSETS
from caseworker_app.ui_kit.theme import px

# Against a stretch of 1: all the room, to the pixel, until the cap.
_MOST = 100_000


def capped(parts: Sequence[QWidget], widest: int, gap: int) -> QWidget:
    """Return a page of parts one below the other, `widest` pixels at most (at 100 %).

    The cap is on a column beside a stretch: a cap on a part itself would leave its height counted for the
    whole width of the page.
    """
    body, inner = QWidget(), QWidget()
    inner.setMaximumWidth(px(widest))
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    line = QHBoxLayout(body)
    line.setContentsMargins(*PAGE_INSETS)
    line.setSpacing(0)
    line.addWidget(inner, _MOST)
    line.addStretch(1)
    return body
