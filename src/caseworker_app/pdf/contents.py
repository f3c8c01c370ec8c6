"""Numbered chapters and their table of contents (« sommaire »): page numbers and links, in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseworker_app.pdf import colours
from caseworker_app.pdf.fonts import BOLD, REGULAR, shorten_to_width, text_width
from caseworker_app.pdf.layout import Block, Section
from caseworker_app.pdf.styles import SECTION, SUBSECTION
from caseworker_app.pdf.tagging import Element
from caseworker_app.pdf.text import Text, plain

if TYPE_CHECKING:
    from caseworker_app.pdf.tagging import TaggedCanvas

_SIZE = 10.5
_PAGE_ROOM = 26.0
_DOT = 3.4


@dataclass(frozen=True, slots=True)
class Chapter:
    """A numbered part and its own numbered parts; `lead` stands between the heading and the first of them."""

    title: str
    lead: tuple[Block, ...] = ()
    parts: tuple[tuple[str, Sequence[Block]], ...] = ()

    @property
    def said(self) -> tuple[tuple[str, Sequence[Block]], ...]:
        """Return the parts that hold something."""
        return tuple(part for part in self.parts if part[1])


# Room above a chapter's line, in points.
_LOOSE, _TIGHT = 9.0, 4.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: depth from 0, words, and the name of the heading it leads to."""

    depth: int
    words: str
    anchor: str


def chapters(wanted: Sequence[Chapter]) -> tuple[list[Block], list[Entry]]:
    """Return the blocks of the chapters that hold something, numbered, and their table of contents."""
    blocks: list[Block] = []
    entries: list[Entry] = []
    held = [chapter for chapter in wanted if chapter.lead or chapter.said]
    for number, chapter in enumerate(held, start=1):
        made, listed = _chapter(number, chapter)
        blocks += made
        entries += listed
    return blocks, entries


def contents(entries: Sequence[Entry], *, tight: bool = False) -> list[Block]:
    """Return the lines of the table of contents, tagged as such, each a link; `tight`: closer to each other."""
    whole = Element("TOC")
    return [_ContentsLine(entry, whole, _TIGHT if tight else _LOOSE) for entry in entries]


def _chapter(number: int, chapter: Chapter) -> tuple[list[Block], list[Entry]]:
    title, anchor = f"{number}. {chapter.title}", f"c{number}"
    blocks: list[Block] = [Text(title, SECTION, anchor=anchor), *chapter.lead]
    entries = [Entry(0, plain(title), anchor)]
    for index, (name, inside) in enumerate(chapter.said, start=1):
        title, anchor = f"{number}.{index} {name}", f"c{number}.{index}"
        entries.append(Entry(1, plain(title), anchor))
        blocks += [Text(title, SUBSECTION, anchor=anchor), *inside]
    return _announced(blocks), entries


def _announced(blocks: Sequence[Block]) -> list[Block]:
    """Put each block with the headings that announce it; the others, maybe hundreds, are cut one by one."""
    made: list[Block] = []
    waiting: list[Block] = []
    for block in blocks:
        waiting.append(block)
        if not block.keep_with_next:
            made.append(block if len(waiting) == 1 else Section(waiting))
            waiting = []
    return [*made, *waiting]


class _ContentsLine(Block):
    """One line: words, dots, page number; the whole line leads to its heading."""

    def __init__(self, entry: Entry, whole: Element, before: float) -> None:
        super().__init__(before if entry.depth == 0 else 0, 0)
        self._entry = entry
        self._link = Element(
            "Link", parent=Element("Reference", parent=Element("TOCI", parent=whole)), alt=entry.words
        )
        self._face = BOLD if entry.depth == 0 else REGULAR
        self._colour = colours.PRIMARY if entry.depth == 0 else colours.INK

    def measure(self, width: float) -> float:
        """Return the height of a line."""
        return 18.0

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw the dots as an artifact, then words and number inside the link."""
        right, baseline = x + self.width, top - 13
        x += 16.0 * self._entry.depth
        words = shorten_to_width(self._entry.words, self._face, _SIZE, right - x - _PAGE_ROOM)
        end = x + text_width(words, self._face, _SIZE)
        with canvas.artifact():
            _dots(canvas, end + 6, right - _PAGE_ROOM, baseline)
        corners = (*canvas.absolutePosition(x, top - 18), *canvas.absolutePosition(right, top))
        with canvas.content(self._link):
            canvas.setFont(self._face, _SIZE)
            canvas.setFillColor(self._colour)
            canvas.drawString(x, baseline, f"{words} ")
            canvas.draw_page_of(self._entry.anchor, right, baseline, self._face, self._colour)
        canvas.link_to(self._entry.anchor, self._entry.words, corners, self._link)


def _dots(canvas: TaggedCanvas, start: float, end: float, y: float) -> None:
    """Draw the leader dots, on one grid for every line so that they stand under each other."""
    if end <= start:
        return
    canvas.setStrokeColor(colours.HAIRLINE)
    canvas.setLineWidth(0.8)
    canvas.setLineCap(1)
    canvas.setDash(0.01, _DOT)
    canvas.line(end - (end - start) // _DOT * _DOT, y + 0.5, end, y + 0.5)
    canvas.setDash()
    canvas.setLineCap(0)
