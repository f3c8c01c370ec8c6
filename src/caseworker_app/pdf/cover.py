"""The first page of a file (« page de garde »): a band with the association and the title, edge to edge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from caseworker_app.pdf import colours
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Stack
from caseworker_app.pdf.letterhead import LONGEST_LINE, Logo
from caseworker_app.pdf.styles import LEFT, PAGE_WIDTH, SENDER, SMALL_MUTED, TITLE, TOP_FIRST
from caseworker_app.pdf.text import Text

if TYPE_CHECKING:
    from caseworker_app.pdf.tagging import TaggedCanvas

_BAND = 210.0
# The room a title has to the left of the arch, and where each thing stands from the top of the page.
_TITLE_WIDTH, _TITLE_DROP, _SENDER_DROP = 270.0, 128.0, 44.0
_COVER_TITLE = replace(TITLE, size=32, leading=38, colour=colours.WHITE, keep_with_next=False)
_COVER_NAME = replace(SENDER, colour=colours.WHITE)
_COVER_LINE = replace(SMALL_MUTED, colour=colours.TINT)


class Cover(Block):
    """The band at the top of the first page; it must be the first block of the story."""

    def __init__(self, identity: Identity, title: str) -> None:
        """The title is the document's first-level heading."""
        super().__init__(0, 30)
        self._logo = Logo(identity, on_dark=True)
        self._name = Stack(
            [
                Text(shorten(identity.name, 60), _COVER_NAME),
                *(Text(shorten(line, 70), _COVER_LINE) for line in identity.lines[:1] if line.strip()),
            ]
        )
        self._title = Text(shorten(title, LONGEST_LINE // 4), _COVER_TITLE)

    def measure(self, width: float) -> float:
        """Return what the band takes of the frame, which starts below the top of the page."""
        self._name.measure(width - self._logo.width - 22)
        self._title.measure(_TITLE_WIDTH)
        return float(_BAND - TOP_FIRST)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw the band and its arch as artifacts, then association and title."""
        page_top = top + TOP_FIRST
        with canvas.artifact():
            canvas.setFillColor(colours.PRIMARY)
            canvas.rect(x - LEFT, page_top - _BAND, PAGE_WIDTH, _BAND, stroke=0, fill=1)
            _arch(canvas, x - LEFT, page_top)
        self._logo.paint(canvas, x, page_top - _SENDER_DROP)
        self._name.paint(canvas, x + self._logo.width + 12, page_top - _SENDER_DROP - 4)
        self._title.paint(canvas, x, page_top - _TITLE_DROP)


def _arch(canvas: TaggedCanvas, left: float, top: float) -> None:
    """Draw a footbridge (« passerelle »): deck, arch and hangers, leaving the page at the right."""
    deck, start, end, rise = top - 167, left + 333, left + PAGE_WIDTH + 30, 68.0
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(left, top - _BAND, PAGE_WIDTH, _BAND)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setStrokeColor(colours.ACCENT)
    canvas.setLineWidth(1)
    middle, half = (start + end) / 2, (end - start) / 2
    for index in range(1, 10):
        at = start + (end - start) * index / 10
        canvas.line(at, deck, at, deck + rise * (1 - ((at - middle) / half) ** 2) - 1)
    canvas.setLineWidth(2.2)
    arch = canvas.beginPath()
    arch.moveTo(start, deck - 1)
    # A quadratic arc written as a cubic one.
    arch.curveTo(
        start + half * 2 / 3, deck + rise * 4 / 3, end - half * 2 / 3, deck + rise * 4 / 3, end, deck - 1
    )
    canvas.drawPath(arch)
    canvas.setLineWidth(3.4)
    canvas.line(start - 20, deck, end, deck)
    canvas.restoreState()
