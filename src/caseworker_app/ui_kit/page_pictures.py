"""From a PDF to pictures of its pages; free of Qt on purpose."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass

POINTS_PER_INCH = 72
# Four bytes each. A page of the size of a wall would fill the memory of the PC otherwise.
_MOST_PIXELS = 40_000_000
# Pdfium keeps state of its own: one thread at a time, whoever asks.
_pdfium = threading.Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels: four bytes each (blue, green, red, unused), and its words for who cannot see it."""

    width: int
    height: int
    stride: int
    pixels: bytes
    words: str


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def picture(pdf: bytes, number: int, dots_per_inch: float, *, words: bool = False) -> Picture:
    """Return a page (from 0) as pixels, and its words when asked; a page of several metres comes smaller."""
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[number]
            wide, high = page.get_size()
            scale = min(dots_per_inch / POINTS_PER_INCH, math.sqrt(_MOST_PIXELS / max(1, wide * high)))
            bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            text = page.get_textpage().get_text_range() if words else ""
            return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), text)
        finally:
            document.close()


def pictures(pdf: bytes, dots_per_inch: float) -> tuple[Picture, ...]:
    """Return every page as pixels, with its words."""
    return tuple(picture(pdf, number, dots_per_inch, words=True) for number in range(page_count(pdf)))
