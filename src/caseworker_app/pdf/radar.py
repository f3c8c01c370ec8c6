"""Levels by domain at one or two dates, drawn as a star (« radar »); the table under it is its equivalent.

No surface is filled: an area would read as a total, which levels do not have. Lines stop where a domain was
not assessed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseworker_app.pdf import colours
from caseworker_app.pdf.figures import LABEL_SIZE, Figure
from caseworker_app.pdf.fonts import REGULAR, shorten_to_width, text_width
from caseworker_app.pdf.text import plain

if TYPE_CHECKING:
    from caseworker_app.pdf.tagging import TaggedCanvas

# Fewer axes make a line, not a star.
FEWEST_AXES = 3
_RADIUS, _MARGIN = 116.0, 24.0
_DASH = (3, 2.2)


@dataclass(frozen=True, slots=True)
class Axis:
    """A domain and the place of its level from 1 (the innermost ring) at each date; None: not assessed."""

    label: str
    before: int | None
    now: int | None


class Radar(Figure):
    """A star of axes: the earlier date dashed with hollow squares, the later one plain with dots."""

    def __init__(self, axes: Sequence[Axis], rings: int, alt: str) -> None:
        """`rings`: how many levels there are."""
        super().__init__(2 * (_RADIUS + _MARGIN), alt, after=6)
        self._axes, self._rings = list(axes), rings

    def sketch(self, canvas: TaggedCanvas) -> None:
        """Draw the web, the lines, then their names and marks."""
        canvas.translate(self.width / 2, self._own_height / 2)
        self._sketch_web(canvas)
        self._sketch_line(canvas, [axis.before for axis in self._axes], dashed=True)
        self._sketch_line(canvas, [axis.now for axis in self._axes], dashed=False)
        self._sketch_labels(canvas)
        for index, axis in enumerate(self._axes):
            self._sketch_marks(canvas, index, axis)

    def _point(self, index: int, level: float) -> tuple[float, float]:
        angle = math.pi / 2 - 2 * math.pi * index / len(self._axes)
        distance = _RADIUS * level / self._rings
        return distance * math.cos(angle), distance * math.sin(angle)

    def _sketch_web(self, canvas: TaggedCanvas) -> None:
        canvas.setStrokeColor(colours.HAIRLINE)
        canvas.setLineWidth(0.6)
        for level in range(1, self._rings + 1):
            corners = [self._point(index, level) for index in range(len(self._axes))]
            web = canvas.beginPath()
            web.moveTo(*corners[-1])
            for corner in corners:
                web.lineTo(*corner)
            canvas.drawPath(web)
        for index in range(len(self._axes)):
            canvas.line(0, 0, *self._point(index, self._rings))

    def _sketch_line(self, canvas: TaggedCanvas, levels: list[int | None], *, dashed: bool) -> None:
        canvas.setStrokeColor(colours.INTERNAL_TEXT if dashed else colours.ACCENT)
        canvas.setLineWidth(1.5 if dashed else 2)
        if dashed:
            canvas.setDash(*_DASH)
        for index, level in enumerate(levels):
            after = levels[(index + 1) % len(levels)]
            if level is not None and after is not None:
                canvas.line(*self._point(index, level), *self._point(index + 1, after))
        canvas.setDash()

    def _sketch_marks(self, canvas: TaggedCanvas, index: int, axis: Axis) -> None:
        if axis.before is not None:
            # Around the dot where both dates have one level, so that neither hides the other.
            side = 11.0 if axis.before == axis.now else 6.5
            square(canvas, *self._point(index, axis.before), side)
        if axis.now is not None:
            dot(canvas, *self._point(index, axis.now))

    def _sketch_labels(self, canvas: TaggedCanvas) -> None:
        canvas.setFont(REGULAR, LABEL_SIZE)
        canvas.setFillColor(colours.INK)
        for index, axis in enumerate(self._axes):
            x, y = self._point(index, self._rings)
            away = 9 / _RADIUS
            x, y = x * (1 + away), y * (1 + away)
            if abs(x) < 12:
                label = shorten_to_width(plain(axis.label), REGULAR, LABEL_SIZE, self.width / 2)
                canvas.drawCentredString(x, y + (2 if y > 0 else -9), label)
                continue
            label = shorten_to_width(plain(axis.label), REGULAR, LABEL_SIZE, self.width / 2 - abs(x))
            write = canvas.drawString if x > 0 else canvas.drawRightString
            write(x, y - 3.3, label)


class RadarLegend(Figure):
    """Which line is which date, and what the rings mean from the middle outwards."""

    keep_with_next = True

    def __init__(self, before: str, now: str, rings: Sequence[str]) -> None:
        """`before` is empty when one date only is drawn; `rings`: words of the levels, innermost first."""
        self._before, self._now = plain(before), plain(now)
        self._rings = plain(f"Du centre vers l'extérieur : {', '.join(rings)}")
        dashed = f"trait pointillé et carrés vides, {before} ; " if before else ""
        super().__init__(28, f"Légende : {dashed}trait plein et points, {now}. {self._rings}.", after=0)

    def sketch(self, canvas: TaggedCanvas) -> None:
        """Draw a piece of each line and its date, then the levels in words."""
        canvas.setFont(REGULAR, LABEL_SIZE)
        canvas.setFillColor(colours.MUTED)
        canvas.drawString(0, 2.7, self._rings)
        canvas.translate(0, 15)
        x = 0.0
        if self._before:
            canvas.setStrokeColor(colours.INTERNAL_TEXT)
            canvas.setLineWidth(1.5)
            canvas.setDash(*_DASH)
            canvas.line(x, 6, x + 30, 6)
            canvas.setDash()
            square(canvas, x + 15, 6, 6.5)
            x = self._say(canvas, x + 36, self._before) + 24
        canvas.setStrokeColor(colours.ACCENT)
        canvas.setLineWidth(2)
        canvas.line(x, 6, x + 30, 6)
        dot(canvas, x + 15, 6)
        self._say(canvas, x + 36, self._now)

    def _say(self, canvas: TaggedCanvas, x: float, label: str) -> float:
        canvas.setFont(REGULAR, LABEL_SIZE)
        canvas.setFillColor(colours.INK)
        canvas.drawString(x, 2.7, label)
        return x + text_width(label, REGULAR, LABEL_SIZE)


def square(canvas: TaggedCanvas, x: float, y: float, side: float) -> None:
    """Draw the mark of the earlier date."""
    canvas.setFillColor(colours.WHITE)
    canvas.setStrokeColor(colours.INTERNAL_TEXT)
    canvas.setLineWidth(1.5)
    canvas.rect(x - side / 2, y - side / 2, side, side, fill=1)


def dot(canvas: TaggedCanvas, x: float, y: float) -> None:
    """Draw the mark of the later date."""
    canvas.setFillColor(colours.PRIMARY)
    canvas.setStrokeColor(colours.WHITE)
    canvas.setLineWidth(0.8)
    canvas.circle(x, y, 4.2, fill=1)
