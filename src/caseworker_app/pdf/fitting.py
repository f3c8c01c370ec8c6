"""Holding on one page: the fullest of several versions that fits, from long to short."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from caseworker_app.pdf.layout import Block, Stack
from caseworker_app.pdf.styles import BOTTOM, CONTENT_WIDTH, PAGE_HEIGHT, TOP_FIRST, TOP_LATER

T = TypeVar("T")
FIRST_PAGE_ROOM = float(PAGE_HEIGHT - BOTTOM - TOP_FIRST)
LATER_PAGE_ROOM = float(PAGE_HEIGHT - BOTTOM - TOP_LATER)


def holds(blocks: Sequence[Block]) -> bool:
    """Say whether blocks stand on one first page."""
    return Stack(blocks).measure(CONTENT_WIDTH) <= FIRST_PAGE_ROOM


def fitted(made: Callable[[T], Sequence[Block]], versions: Sequence[T]) -> Block:
    """Return, as one block, the first of the versions that holds on a first page, else the last one.

    `versions` go from the fullest to the tersest, which must be short by itself.
    """
    for version in versions:
        whole = Stack(made(version))
        if whole.measure(CONTENT_WIDTH) <= FIRST_PAGE_ROOM:
            break
    return whole
