"""The type scale of printed pages, in points: nothing under 10 except ordinal superscripts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from caseworker_app.pdf import colours
from caseworker_app.pdf.fonts import BOLD, ITALIC, REGULAR

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT, RIGHT = 22 * mm, 18 * mm
TOP_FIRST, TOP_LATER, BOTTOM = 16 * mm, 24 * mm, 24 * mm
CONTENT_WIDTH = PAGE_WIDTH - LEFT - RIGHT


class Align(Enum):
    """How lines stand in their width."""

    LEFT = 0
    CENTRE = 1
    RIGHT = 2


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text looks and what it is (`role`: its PDF structure type); lengths in points."""

    size: float
    leading: float
    face: str = REGULAR
    colour: Any = colours.INK
    role: str = "P"
    align: Align = Align.LEFT
    before: float = 0
    after: float = 0
    indent: float = 0
    keep_with_next: bool = False
    outline: int | None = None


TITLE = TextStyle(22, 26, BOLD, colours.PRIMARY, role="H1", after=1, keep_with_next=True, outline=0)
SUBTITLE = TextStyle(11.5, 15.5, colour=colours.MUTED, after=8)
SECTION = TextStyle(
    14, 18, BOLD, colours.PRIMARY, role="H2", before=12, after=4.5, keep_with_next=True, outline=1
)
SUBSECTION = TextStyle(11.5, 15, BOLD, role="H3", before=8, after=3, keep_with_next=True, outline=2)
BODY = TextStyle(11, 15, after=5)
# A sentence that announces the table under it.
LEAD = replace(BODY, keep_with_next=True)
BULLET = replace(BODY, after=3, indent=12)
NOTE = TextStyle(10, 13.5, colour=colours.MUTED, before=4, after=4)
CAPTION = TextStyle(10.5, 14, BOLD, before=4, after=4, keep_with_next=True)
QUOTE = TextStyle(11.5, 16, ITALIC, after=4)

CELL = TextStyle(10.5, 13.8)
ROW_HEAD = replace(CELL, face=BOLD)
COLUMN_HEAD = TextStyle(10, 13, BOLD, colours.PRIMARY)
SMALL_CELL = TextStyle(10, 12.5)
SMALL_ROW_HEAD = replace(SMALL_CELL, face=BOLD)
SMALL_HEAD = replace(SMALL_CELL, face=BOLD, colour=colours.PRIMARY)
KEY = TextStyle(10, 14.5, colour=colours.MUTED)
VALUE = TextStyle(11, 14.5)
STRONG_VALUE = replace(VALUE, face=BOLD)

SENDER = TextStyle(12, 15, BOLD, colours.PRIMARY)
SMALL_MUTED = TextStyle(10, 13, colour=colours.MUTED)
REFERENCE = TextStyle(10.5, 15)
TILE_LABEL = TextStyle(10, 12.5, colour=colours.MUTED)
TILE_VALUE = TextStyle(14.5, 18, BOLD, colours.PRIMARY)
BADGE = TextStyle(10, 13, BOLD, after=4)
