"""Drawn figures, each with its text alternative: level scales, gauges, check boxes, milestones, marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from caseworker_app.pdf import colours
from caseworker_app.pdf.fonts import BOLD, REGULAR, text_width
from caseworker_app.pdf.layout import Block, Stack
from caseworker_app.pdf.styles import BODY, CONTENT_WIDTH, Align, TextStyle
from caseworker_app.pdf.tagging import Element
from caseworker_app.pdf.text import Text, Words, plain

if TYPE_CHECKING:
    from caseworker_app.pdf.tagging import TaggedCanvas

LABEL_SIZE = 10.0
_LABEL_GAP = 8.0


class Figure(Block):
    """A drawing of fixed height, tagged as a figure that reads its alternative aloud."""

    def __init__(self, height: float, alt: str, *, element: Element | None = None, after: float = 0) -> None:
        """`alt` says in words all that the drawing shows."""
        super().__init__(0, after)
        self._own_height = height
        self.element = element or Element("Figure")
        self.element.alt = plain(alt)

    def measure(self, width: float) -> float:
        """Return the fixed height."""
        return self._own_height

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw inside the figure element, whose box is kept for readers that show it."""
        bottom = top - self._own_height
        corners = (*canvas.absolutePosition(x, bottom), *canvas.absolutePosition(x + self.width, top))
        self.element.box = corners
        with canvas.content(self.element):
            canvas.saveState()
            canvas.translate(x, bottom)
            self.sketch(canvas)
            canvas.restoreState()

    def sketch(self, canvas: TaggedCanvas) -> None:
        """Draw with the origin at the bottom left corner."""
        raise NotImplementedError


class LevelScale(Figure):
    """A row of dots from the lowest level to the highest: hollow for before, full for now, a bar between."""

    def __init__(self, levels: int, before: int | None, now: int | None, alt: str) -> None:
        """Positions count from 0 at the left; None when nothing was said at that date."""
        super().__init__(14, alt)
        self._levels, self._before, self._now = levels, before, now

    def sketch(self, canvas: TaggedCanvas) -> None:
        """Draw the track, then the two positions."""
        step, y = (self.width - 14) / max(1, self._levels - 1), 7.0
        canvas.setStrokeColor(colours.TRACK)
        canvas.setLineWidth(3)
        canvas.line(7, y, self.width - 7, y)
        for index in range(self._levels):
            _dot(canvas, 7 + index * step, y, 3, colours.HAIRLINE, 1)
        if self._before is not None and self._now is not None and self._before != self._now:
            canvas.setStrokeColor(colours.ACCENT)
            canvas.setLineWidth(2.2)
            canvas.line(7 + self._before * step, y, 7 + self._now * step, y)
        if self._before is not None and self._before != self._now:
            _dot(canvas, 7 + self._before * step, y, 4.4, colours.PRIMARY, 1.6)
        if self._now is not None:
            _dot(canvas, 7 + self._now * step, y, 5.6, colours.PRIMARY, 1.6, colours.PRIMARY)


class ScaleLegend(Figure):
    """What the two dots of a `LevelScale` mean, and the names of its levels."""

    keep_with_next = True

    def __init__(self, before: str, now: str, levels: Sequence[str]) -> None:
        """`before` is empty when nothing is compared."""
        self._before, self._now = plain(before), plain(now)
        self._levels = plain(f"De gauche à droite : {', '.join(levels)}")
        hollow = f"cercle vide, {before} ; " if before else ""
        super().__init__(13, f"Légende : {hollow}cercle plein, {now}. {self._levels}.", after=4)
        dots = sum(text_width(label, REGULAR, LABEL_SIZE) for label in (self._before, self._now)) + 60
        self._two_lines = dots + text_width(self._levels, REGULAR, LABEL_SIZE) > CONTENT_WIDTH
        self._own_height += 13 if self._two_lines else 0

    def sketch(self, canvas: TaggedCanvas) -> None:
        """Draw the dots used, then the levels in words at the right or, for want of room, below."""
        x = 6.0
        canvas.setFillColor(colours.MUTED)
        canvas.setFont(REGULAR, LABEL_SIZE)
        if self._two_lines:
            canvas.drawString(0, 2.7, self._levels)
            canvas.translate(0, 13)
        else:
            canvas.drawRightString(self.width, 2.7, self._levels)
        if self._before:
            _dot(canvas, x, 6, 4.4, colours.PRIMARY, 1.6)
            x = self._say(canvas, x + 9, self._before) + 20
        _dot(canvas, x, 6, 5.4, colours.PRIMARY, 1.6, colours.PRIMARY)
        self._say(canvas, x + 10, self._now)

    def _say(self, canvas: TaggedCanvas, x: float, label: str) -> float:
        canvas.setFillColor(colours.INK)
        canvas.drawString(x, 2.7, label)
        return x + text_width(label, REGULAR, LABEL_SIZE)


class StepGauge(Figure):
    """Small blocks, so many of them filled: steps done out of steps agreed."""

    def __init__(self, done: int, total: int, alt: str) -> None:
        """Beyond eight steps the blocks narrow so as to hold in the column."""
        super().__init__(12, alt)
        self._done, self._total = done, total

    def sketch(self, canvas: TaggedCanvas) -> None:
        """Draw the blocks from the left."""
        block = min(21.0, (self.width - 2 * (self._total - 1)) / max(1, self._total))
        canvas.setLineWidth(1)
        for index in range(self._total):
            filled = index < self._done
            canvas.setFillColor(colours.ACCENT if filled else colours.WHITE)
            canvas.setStrokeColor(colours.ACCENT if filled else colours.BORDER)
            canvas.roundRect(index * (block + 2) + 0.5, 2, max(1.0, block - 1), 8, min(2, block / 3), fill=1)


def _dot(
    canvas: TaggedCanvas, x: float, y: float, radius: float, edge: Any, thickness: float, ground: Any = None
) -> None:
    canvas.setFillColor(ground or colours.WHITE)
    canvas.setStrokeColor(edge)
    canvas.setLineWidth(thickness)
    canvas.circle(x, y, radius, fill=1)


class _Box(Figure):
    """A printed check box."""

    def __init__(self, chosen: bool, element: Element) -> None:
        super().__init__(13, "Choix retenu" if chosen else "Choix non retenu", element=element)
        self._chosen = chosen

    def sketch(self, canvas: TaggedCanvas) -> None:
        edge = colours.PRIMARY if self._chosen else colours.BORDER
        canvas.setStrokeColor(edge)
        canvas.setFillColor(edge if self._chosen else colours.WHITE)
        canvas.setLineWidth(1.1)
        canvas.roundRect(0.6, 0.2, 10.4, 10.4, 1.8, fill=1)
        if self._chosen:
            tick(canvas, 0.6, 0.2, 10.4, colours.WHITE)


class Choice(Block):
    """A check box and its wording, an item of a list; the state is also said in words."""

    def __init__(self, chosen: bool, words: Words, whole: Element) -> None:
        """`whole` is the list element shared by the choices."""
        super().__init__(0, 4)
        item = Element("LI", parent=whole)
        self._continues = False
        self._box = _Box(chosen, Element("Figure", parent=Element("Lbl", parent=item)))
        self._text = Text(words, BODY, element=Element("LBody", parent=item))

    def measure(self, width: float) -> float:
        """Lay the wording out beside the box."""
        self._box.width, self._text.width = 12, width - 19
        return max(15.0, self._text.measure(width - 19))

    def cut(self, width: float, height: float) -> tuple[Block, Block] | None:
        """Cut a very long wording; the box stays with its beginning."""
        parts = self._text.cut(width - 19, height)
        return (self.twin(_text=parts[0]), self.twin(_text=parts[1], _continues=True)) if parts else None

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw the box, then the wording."""
        if not self._continues:
            self._box.paint(canvas, x, top - 0.5)
        self._text.paint(canvas, x + 19, top)


def choices(options: Sequence[tuple[bool, Words]]) -> list[Block]:
    """Return a list of printed check boxes (« cases à cocher »)."""
    whole = Element("L")
    return [Choice(chosen, words, whole) for chosen, words in options]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A point of a line of dates; `reached` fills its dot."""

    when: str
    what: str
    reached: bool = False


class Milestones(Block):
    """A line of dates (« calendrier »), evenly spaced, its labels wrapped so that they never collide."""

    def __init__(self, points: Sequence[Milestone]) -> None:
        """Beyond five points the line goes on below."""
        super().__init__(8, 6)
        self._rows = [list(points[start : start + 5]) for start in range(0, len(points), 5)]
        self._labels: list[list[Stack]] = []

    def measure(self, width: float) -> float:
        """Wrap the labels in equal columns."""
        self._labels = [self._row_labels(row) for row in self._rows]
        return sum(self._row_height(labels, width) for labels in self._labels)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw each line, then its labels."""
        for row, labels in zip(self._rows, self._labels, strict=True):
            column = self.width / len(row)
            with canvas.artifact():
                self._paint_line(canvas, row, x, top - 7, column)
            for index, label in enumerate(labels):
                spare = 0.0 if index == 0 else _LABEL_GAP if index == len(row) - 1 else _LABEL_GAP / 2
                label.paint(canvas, x + index * column + spare, top - 17)
            top -= self._row_height(labels, self.width)

    def _row_labels(self, row: list[Milestone]) -> list[Stack]:
        labels = []
        for index, point in enumerate(row):
            align = Align.LEFT if index == 0 else Align.RIGHT if index == len(row) - 1 else Align.CENTRE
            element = Element("P")
            when = TextStyle(10.5, 13.5, BOLD, align=align)
            what = TextStyle(10.5, 13.5, colour=colours.MUTED, align=align)
            labels.append(
                Stack([Text(point.when, when, element=element), Text(point.what, what, element=element)])
            )
        return labels

    def _row_height(self, labels: list[Stack], width: float) -> float:
        return 21 + max(label.measure(width / len(labels) - _LABEL_GAP) for label in labels)

    def _paint_line(
        self, canvas: TaggedCanvas, row: list[Milestone], x: float, y: float, column: float
    ) -> None:
        canvas.setStrokeColor(colours.ACCENT)
        canvas.setLineWidth(2)
        canvas.line(x, y, x + self.width, y)
        for index, point in enumerate(row):
            at = x + (index + 0.5) * column
            if index == 0:
                at = x + 5
            elif index == len(row) - 1:
                at = x + self.width - 5
            ground = colours.PRIMARY if point.reached else colours.WHITE
            _dot(canvas, at, y, 4.6, colours.PRIMARY, 1.6, ground)


def tick(canvas: TaggedCanvas, x: float, y: float, size: float, colour: Any) -> None:
    """Draw a tick in a square of `size` points."""
    canvas.saveState()
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(size * 0.16)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    path.moveTo(x + size * 0.2, y + size * 0.52)
    path.lineTo(x + size * 0.42, y + size * 0.27)
    path.lineTo(x + size * 0.82, y + size * 0.76)
    canvas.drawPath(path)
    canvas.restoreState()


def padlock(canvas: TaggedCanvas, x: float, y: float, colour: Any) -> None:
    """Draw a closed padlock about 9 points wide and 11 high."""
    canvas.saveState()
    canvas.setStrokeColor(colour)
    canvas.setFillColor(colour)
    canvas.setLineWidth(1.3)
    canvas.roundRect(x, y, 9, 6.6, 1.1, stroke=0, fill=1)
    path = canvas.beginPath()
    path.moveTo(x + 2.1, y + 6)
    path.lineTo(x + 2.1, y + 8)
    path.curveTo(x + 2.1, y + 11.4, x + 6.9, y + 11.4, x + 6.9, y + 8)
    path.lineTo(x + 6.9, y + 6)
    canvas.drawPath(path)
    canvas.restoreState()
