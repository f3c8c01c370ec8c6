"""A document from its story to its bytes: frames, running head, footer, metadata; one pass, tagged."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from caseworker_app.pdf import colours
from caseworker_app.pdf.figures import padlock
from caseworker_app.pdf.fonts import BOLD, REGULAR, shorten_to_width, text_width
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.structure import finish
from caseworker_app.pdf.styles import (
    BOTTOM,
    CONTENT_WIDTH,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    TOP_FIRST,
    TOP_LATER,
)
from caseworker_app.pdf.tagging import TaggedCanvas
from caseworker_app.pdf.text import plain
from caseworker_app.pdf.writing import write_atomically

# Text encodings of binary streams cost time and size and serve no reader of today.
rl_config.useA85 = 0

_SIZE = 10.0
_FOOT = 39.7  # the first line of the footer, above the bottom of the page


def render(story: Sequence[Block], meta: DocumentMeta) -> bytes:
    """Return the document as the bytes of a tagged PDF, nothing written on disk.

    The blocks remember where they were drawn: a story serves once.
    """
    stream, made = BytesIO(), []

    def canvas(*arguments: Any, **options: Any) -> TaggedCanvas:
        made.append(TaggedCanvas(*arguments, **options))
        return made[-1]

    template = _DocumentFrame(stream, meta)
    template.build(list(story), canvasmaker=canvas)
    return finish(stream.getvalue(), made[0], meta)


def build(story: Sequence[Block], meta: DocumentMeta, out: Path) -> None:
    """Write the document at `out`, whole or not at all.

    Raises PlaceNotWritable with a French sentence when the place cannot be written.
    """
    write_atomically(render(story, meta), out)


class _DocumentFrame(BaseDocTemplate):
    """The two page models: the first carries the letterhead, the others a running head."""

    def __init__(self, stream: BytesIO, meta: DocumentMeta) -> None:
        super().__init__(
            stream,
            pagesize=A4,
            title=plain(meta.title),
            author=plain(meta.author),
            subject=plain(meta.subject),
            creator="Passerelle",
            lang="fr-FR",
            pageCompression=1,
            invariant=1,
        )
        self.addPageTemplates(
            [
                PageTemplate(
                    "first",
                    [_frame(TOP_FIRST)],
                    onPage=partial(_first_page, meta),
                    autoNextPageTemplate="later",
                ),
                PageTemplate("later", [_frame(TOP_LATER)], onPage=partial(_later_page, meta)),
            ]
        )


def _frame(top: float) -> Any:
    return Frame(LEFT, BOTTOM, CONTENT_WIDTH, PAGE_HEIGHT - BOTTOM - top, 0, 0, 0, 0)


def _first_page(meta: DocumentMeta, canvas: TaggedCanvas, _: Any) -> None:
    with canvas.artifact():
        _show_footer(meta, canvas)


def _later_page(meta: DocumentMeta, canvas: TaggedCanvas, _: Any) -> None:
    with canvas.artifact():
        canvas.repeat("head", partial(_draw_running_head, meta))
        _show_footer(meta, canvas)


def _show_footer(meta: DocumentMeta, canvas: TaggedCanvas) -> None:
    canvas.repeat("foot", partial(_draw_footer, meta))
    canvas.setFont(REGULAR, _SIZE)
    canvas.setFillColor(colours.MUTED)
    canvas.draw_folio(PAGE_WIDTH - RIGHT, _FOOT)


def _draw_running_head(meta: DocumentMeta, canvas: TaggedCanvas) -> None:
    y, reference = PAGE_HEIGHT - 42.5, plain(meta.reference)
    room = CONTENT_WIDTH - text_width(reference, REGULAR, _SIZE) - 20
    mark = LEFT + CONTENT_WIDTH / 2 - _mark_width(meta) / 2
    if meta.mark:
        # In the middle, unless the title at its left needs the room that the reference leaves.
        furthest = LEFT + room - _mark_width(meta)
        mark = min(furthest, max(mark, LEFT + text_width(plain(meta.running), REGULAR, _SIZE) + 12))
        room = mark - LEFT - 10
    canvas.setFont(REGULAR, _SIZE)
    canvas.setFillColor(colours.MUTED)
    canvas.drawString(LEFT, y, shorten_to_width(plain(meta.running), REGULAR, _SIZE, room))
    canvas.drawRightString(PAGE_WIDTH - RIGHT, y, reference)
    _draw_hairline(canvas, y - 6)
    if meta.mark:
        _draw_mark(meta, canvas, mark, y)


def _mark_width(meta: DocumentMeta) -> float:
    return text_width(plain(meta.mark), BOLD, _SIZE) + 30


def _draw_mark(meta: DocumentMeta, canvas: TaggedCanvas, x: float, y: float) -> None:
    width = _mark_width(meta)
    canvas.setFillColor(colours.INTERNAL_GROUND)
    canvas.roundRect(x, y - 4.5, width, 15, 3, stroke=0, fill=1)
    padlock(canvas, x + 8, y - 1.5, colours.INTERNAL_TEXT)
    canvas.setFillColor(colours.INTERNAL_TEXT)
    canvas.setFont(BOLD, _SIZE)
    canvas.drawString(x + 22, y, plain(meta.mark))


def _draw_footer(meta: DocumentMeta, canvas: TaggedCanvas) -> None:
    y = _FOOT
    _draw_hairline(canvas, y + 12)
    canvas.setFont(REGULAR, _SIZE)
    canvas.setFillColor(colours.MUTED)
    for index, line in enumerate(meta.footer):
        room = CONTENT_WIDTH - (70 if index == 0 else 0)
        canvas.drawString(LEFT, y - 12.5 * index, shorten_to_width(plain(line), REGULAR, _SIZE, room))


def _draw_hairline(canvas: TaggedCanvas, y: float) -> None:
    canvas.setStrokeColor(colours.HAIRLINE)
    canvas.setLineWidth(0.6)
    canvas.line(LEFT, y, PAGE_WIDTH - RIGHT, y)
