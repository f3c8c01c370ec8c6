"""The same page content drawn by bare ReportLab: its own paragraphs and tables, one pass, no tags, nothing checked.

What stands on the page is taken from the blocks of `pdf` once, as plain data; making ReportLab's flowables from it and
building the document is what is timed. Choices of the pages that ReportLab has no word for (milestones, signature
boxes) become tables of as many paragraphs.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, KeepTogether, PageTemplate, Paragraph, Table
from reportlab.platypus.flowables import Flowable

from caseworker_app.pdf import figures, layout, letterhead, panels, tables, text
from caseworker_app.pdf.layout import Block, Stack
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.styles import CONTENT_WIDTH, TextStyle

Make = Callable[[], list[Flowable]]

_GREY, _TINT, _LINE = "#6D7B87", "#EDF3F5", "#C5CFD6"


class Drawing(Flowable):  # type: ignore[misc]
    """A figure drawn by the same strokes, without its tags."""

    def __init__(self, figure: figures.Figure) -> None:
        """Take the figure."""
        super().__init__()
        self._figure, self.height = figure, figure._own_height

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the whole width."""
        self.width = self._figure.width = width
        return width, self.height

    def draw(self) -> None:
        """Draw the strokes."""
        self.canv.saveState()
        self._figure.sketch(self.canv)
        self.canv.restoreState()


def recipe(block: Block) -> Make:
    """Return what makes the flowables of a block, its content taken out of it now."""
    for kind, read in _READERS:
        if isinstance(block, kind):
            return read(block)
    raise TypeError(f"{type(block).__name__} has no bare form")


def build(makes: list[Make], meta: DocumentMeta) -> bytes:
    """Build the document."""
    out = io.BytesIO()

    def page(canvas: Any, _document: Any) -> None:
        canvas.setFont("SourceSansPro", 10)
        for line, height in zip(meta.footer, (40, 27), strict=False):
            canvas.drawString(22 * mm, height, line)
        canvas.drawRightString(A4[0] - 18 * mm, 40, f"Page {canvas.getPageNumber()}")
        canvas.line(22 * mm, 52, A4[0] - 18 * mm, 52)

    document = BaseDocTemplate(
        out, pagesize=A4, title=meta.title, initialFontName="SourceSansPro", pageCompression=1
    )
    frame = Frame(22 * mm, 24 * mm, CONTENT_WIDTH, A4[1] - 40 * mm, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("page", [frame], onPage=page)])
    document.build([flowable for make in makes for flowable in make()])
    return out.getvalue()


@cache
def _style(style: TextStyle) -> ParagraphStyle:
    return ParagraphStyle(
        f"style{id(style)}", fontName=style.face, fontSize=style.size, leading=style.leading,
        textColor=style.colour, alignment=style.align.value, spaceBefore=style.before, spaceAfter=style.after,
        bulletFontName=style.face,
    )  # fmt: skip


def _paragraph(block: text.Text) -> Make:
    markup, style = "".join(_markup(run, block.style) for run in block._runs), _style(block.style)
    return lambda: [Paragraph(markup, style)]


def _markup(run: Any, style: TextStyle) -> str:
    words = escape(run.text).replace("\n", "<br/>")
    if run.rise:
        return f'<super rise="{run.rise}" size="{run.size}">{words}</super>'
    return f'<font name="{run.face}">{words}</font>' if run.face != style.face else words


def _figure(block: figures.Figure) -> Make:
    return lambda: [Drawing(block)]


def _table(block: tables.DataTable) -> Make:
    rows = [[recipe(cell) for cell in row.cells] for row in block._all_rows()]
    widths, heads, look = block._widths(CONTENT_WIDTH), int(bool(block._head)), block.look
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), look.side), ("RIGHTPADDING", (0, 0), (-1, -1), look.side),
        ("TOPPADDING", (0, 0), (-1, -1), look.padding), ("BOTTOMPADDING", (0, 0), (-1, -1), look.padding),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE), ("BACKGROUND", (0, 0), (-1, heads - 1), _TINT),
    ]  # fmt: skip
    return lambda: [
        Table([[cell() for cell in row] for row in rows], colWidths=widths, repeatRows=heads, style=style)
    ]


def _panel(block: panels.Panel) -> Make:
    inside, style = recipe(block._stack), [("BACKGROUND", (0, 0), (-1, -1), _TINT)]
    return lambda: [Table([[inside()]], colWidths=[CONTENT_WIDTH], style=style)]


def _boxes(*rows: list[Make]) -> Make:
    width = CONTENT_WIDTH / len(rows[0])
    style = [("BOX", (0, 0), (-1, -1), 0.8, _GREY), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    cells = [width] * len(rows[0])
    return lambda: [Table([[box() for box in row] for row in rows], colWidths=cells, style=style)]


def _tiles(block: panels.Tiles) -> Make:
    return _boxes([recipe(stack) for stack in block._stacks])


def _signatures(block: panels.SignatureBoxes) -> Make:
    return _boxes([recipe(stack) for stack in block._heads], [recipe(stack) for stack in block._feet])


def _choice(block: figures.Choice) -> Make:
    box, words = _figure(block._box), recipe(block._text)
    return lambda: [Table([[box(), words()]], colWidths=[17, CONTENT_WIDTH - 17])]


def _milestones(block: figures.Milestones) -> Make:
    block.measure(CONTENT_WIDTH)
    return _boxes([recipe(stack) for stack in block._labels[0]])


def _letterhead(block: letterhead.Letterhead) -> Make:
    return _after(block._sender, block._references, block._recipient)


def _section(block: layout.Section) -> Make:
    inside = _after(*block.children)
    return lambda: [KeepTogether(inside())]


def _after(*blocks: Block) -> Make:
    makes = [recipe(block) for block in blocks]
    return lambda: [flowable for make in makes for flowable in make()]


# The first that fits: what is more than a stack stands before stacks.
_READERS: tuple[tuple[type, Callable[[Any], Make]], ...] = (
    (text.Text, _paragraph),
    (figures.Choice, _choice),
    (figures.Milestones, _milestones),
    (figures.Figure, _figure),
    (tables.DataTable, _table),
    (panels.Panel, _panel),
    (panels.Tiles, _tiles),
    (panels.SignatureBoxes, _signatures),
    (letterhead.Letterhead, _letterhead),
    (letterhead.TitleBlock, lambda block: recipe(block._stack)),
    (layout.Section, _section),
    (Stack, lambda block: _after(*block.children)),
)
