"""What happened, from the oldest to what is to come (« parcours »): a line down the page with its marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from caseworker_app.pdf import colours
from caseworker_app.pdf.figures import LABEL_SIZE, Figure
from caseworker_app.pdf.fonts import REGULAR, text_width
from caseworker_app.pdf.layout import Block, Stack
from caseworker_app.pdf.styles import CELL, ROW_HEAD, Align
from caseworker_app.pdf.tagging import Element
from caseworker_app.pdf.text import Text, plain

if TYPE_CHECKING:
    from caseworker_app.pdf.tagging import TaggedCanvas

_LINE, _WORDS, _ROW_GAP = 105.0, 124.0, 11.0
_WHEN = replace(CELL, align=Align.RIGHT)
_DETAIL = replace(CELL, colour=colours.MUTED)


class MarkShape(Enum):
    """The mark of a kind of event: told by its shape as much as by its colour."""

    DISC = colours.PRIMARY
    SQUARE = colours.ACCENT
    DIAMOND = colours.SHAREABLE_TEXT
    TRIANGLE = colours.INTERNAL_TEXT
    RING = colours.MUTED


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; a ring is still to come."""

    when: str
    what: str
    detail: str
    shape: MarkShape


class TimelineLegend(Figure):
    """What the marks mean; only those that occur."""

    keep_with_next = True

    def __init__(self, names: Sequence[tuple[MarkShape, str]]) -> None:
        """Take the marks that occur, each with its name."""
        self._names = [(shape, plain(name)) for shape, name in names]
        super().__init__(14, f"Légende : {', '.join(name for _, name in self._names)}.", after=6)

    def sketch(self, canvas: TaggedCanvas) -> None:
        """Draw each mark and its name."""
        x = 6.0
        for shape, name in self._names:
            _mark(canvas, shape, x, 6)
            canvas.setFont(REGULAR, LABEL_SIZE)
            canvas.setFillColor(colours.INK)
            canvas.drawString(x + 11, 2.7, f"{name} ")
            x += text_width(name, REGULAR, LABEL_SIZE) + 34


def timeline(events: Sequence[Event]) -> list[Block]:
    """Return a row an event, each an item of one list; dashes lead to what is to come."""
    whole = Element("L")
    rows: list[Block] = []
    for index, event in enumerate(events):
        following = events[index + 1] if index + 1 < len(events) else None
        rows.append(_EventRow(event, following, whole))
    return rows


class _EventRow(Block):
    """One event: its date at the left of the line, its mark, its words."""

    def __init__(self, event: Event, following: Event | None, whole: Element) -> None:
        super().__init__(0, 0)
        self._event, self._following = event, following
        body = Element("LBody", parent=Element("LI", parent=whole))
        self._when = Text(event.when, _WHEN, element=Element("P", parent=body))
        lines = [
            Text(event.what, ROW_HEAD, element=Element("P", parent=body)),
            Text(event.detail, _DETAIL, element=Element("P", parent=body)),
        ]
        self._words = Stack([line for line in lines if not line.is_empty])
        self._goes_on = False

    def measure(self, width: float) -> float:
        """Lay the words out at the right of the line."""
        self._when.width = _LINE - 14
        tallest = max(self._when.measure(_LINE - 14), self._words.measure(width - _WORDS))
        return tallest + (_ROW_GAP if self._following else 2)

    def cut(self, width: float, height: float) -> tuple[Block, Block] | None:
        """Cut the words of an event; date and mark stay with their beginning."""
        parts = self._words.cut(width - _WORDS, height - _ROW_GAP)
        if parts is None:
            return None
        return self.twin(_words=Stack([parts[0]])), self.twin(_words=Stack([parts[1]]), _goes_on=True)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw the line to the next event, the mark, then date and words."""
        with canvas.artifact():
            if self._following:
                coming = self._following.shape is MarkShape.RING
                canvas.setStrokeColor(colours.BORDER if coming else colours.TRACK)
                canvas.setLineWidth(1 if coming else 2)
                if coming:
                    canvas.setDash(3, 2.5)
                canvas.line(x + _LINE, top - 7, x + _LINE, top - 7 - self.height)
                canvas.setDash()
            if not self._goes_on:
                _mark(canvas, self._event.shape, x + _LINE, top - 7)
        if not self._goes_on:
            self._when.paint(canvas, x, top)
        self._words.paint(canvas, x + _WORDS, top)


def _mark(canvas: TaggedCanvas, shape: MarkShape, x: float, y: float) -> None:
    canvas.setFillColor(colours.WHITE if shape is MarkShape.RING else shape.value)
    canvas.setStrokeColor(colours.WHITE if shape is not MarkShape.RING else shape.value)
    canvas.setLineWidth(2 if shape is MarkShape.RING else 0.8)
    if shape in (MarkShape.DISC, MarkShape.RING):
        canvas.circle(x, y, 4.4 if shape is MarkShape.RING else 5.4, fill=1)
        return
    if shape is MarkShape.SQUARE:
        canvas.rect(x - 5, y - 5, 10, 10, fill=1)
        return
    corners = [(0, 6.4), (6.4, 0), (0, -6.4), (-6.4, 0)]
    if shape is MarkShape.TRIANGLE:
        corners = [(0, 6), (6.6, -5), (-6.6, -5)]
    path = canvas.beginPath()
    path.moveTo(x + corners[0][0], y + corners[0][1])
    for across, up in corners[1:]:
        path.lineTo(x + across, y + up)
    path.close()
    canvas.drawPath(path, fill=1)
