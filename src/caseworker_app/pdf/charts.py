"""Bars a month with their legend; the table printed under them is their text equivalent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseworker_app.kernel.money import format_amount
from caseworker_app.pdf import colours
from caseworker_app.pdf.figures import LABEL_SIZE, Figure
from caseworker_app.pdf.fonts import BOLD, REGULAR, text_width
from caseworker_app.pdf.text import plain

if TYPE_CHECKING:
    from caseworker_app.pdf.tagging import TaggedCanvas

_LABEL_ROW = 13.0


@dataclass(frozen=True, slots=True)
class MonthBar:
    """What one month shows, in cents: `due` None when it is not known; `plan` is paid above the rest."""

    due: int | None
    paid: int
    plan: int = 0

    @property
    def missing(self) -> int:
        """Return what was not paid of what was due, in cents, never negative."""
        return max(0, (self.due or 0) - self.paid)

    @property
    def tallest(self) -> int:
        """Return the height of the bar or of its mark, in cents."""
        return max(self.due or 0, self.paid + self.plan, 0)


class MonthlyBars(Figure):
    """A bar a month, from zero: paid, plan, missing (dashed, with its amount), due (a tick)."""

    def __init__(
        self,
        bars: Sequence[MonthBar],
        alt: str,
        *,
        label_width: float,
        column: float,
        labels: Sequence[str] = (),
    ) -> None:
        """`label_width` is kept for the axis; each month takes `column` points, as in the table below.

        `labels` name the months under their bars where no table stands there to do it.
        """
        super().__init__(128 + (_LABEL_ROW if labels else 0), alt, after=1)
        self._labels, self._base = list(labels), 4 + (_LABEL_ROW if labels else 0)
        self._bars, self._label_width, self._column = list(bars), label_width, column
        self._step, self._top = axis_steps(max((bar.tallest for bar in bars), default=0))

    def sketch(self, canvas: TaggedCanvas) -> None:
        """Draw the axis, then the bars."""
        self._sketch_axis(canvas)
        for index, bar in enumerate(self._bars):
            self._sketch_bar(canvas, bar, self._label_width + index * self._column)
        self._sketch_labels(canvas)

    def _level(self, cents: int) -> float:
        return self._base + max(0, cents) / self._top * 104

    def _sketch_axis(self, canvas: TaggedCanvas) -> None:
        canvas.setFont(REGULAR, LABEL_SIZE)
        canvas.setFillColor(colours.MUTED)
        right = self._label_width + len(self._bars) * self._column
        for cents in range(0, self._top + 1, self._step):
            canvas.setStrokeColor(colours.HAIRLINE if cents else colours.INK)
            canvas.setLineWidth(0.5 if cents else 0.9)
            canvas.line(self._label_width, self._level(cents), right, self._level(cents))
            label = f"{format_amount(cents)[:-3]}\u00a0€"
            canvas.drawRightString(self._label_width - 6, self._level(cents) - 3.3, label)

    def _sketch_labels(self, canvas: TaggedCanvas) -> None:
        widest = max((text_width(label, REGULAR, LABEL_SIZE) for label in self._labels), default=0.0)
        every = math.ceil((widest + 4) / self._column)
        canvas.setFont(REGULAR, LABEL_SIZE)
        canvas.setFillColor(colours.INK)
        for index in range(0, len(self._labels), every):
            x = self._label_width + (index + 0.5) * self._column
            canvas.drawCentredString(x, 3, self._labels[index])

    def _sketch_bar(self, canvas: TaggedCanvas, bar: MonthBar, x: float) -> None:
        side = min(8.0, self._column / 4)
        x, width = x + side, self._column - 2 * side
        base, paid = self._level(0), self._level(bar.paid)
        if paid > base:
            canvas.setFillColor(colours.ACCENT)
            canvas.rect(x, base, width, paid - base, stroke=0, fill=1)
        if bar.plan > 0:
            canvas.setFillColor(colours.DEEP)
            cap = self._level(bar.paid + bar.plan) - paid
            canvas.rect(x, paid + 1, width, max(1.5, cap - 1), stroke=0, fill=1)
        if bar.due is None:
            return
        if bar.missing:
            self._sketch_missing(canvas, bar, x, width)
        canvas.setStrokeColor(colours.INK)
        canvas.setLineWidth(1.8)
        reach = side * 0.44
        canvas.line(x - reach, self._level(bar.due), x + width + reach, self._level(bar.due))

    def _sketch_missing(self, canvas: TaggedCanvas, bar: MonthBar, x: float, width: float) -> None:
        bottom, top = self._level(bar.paid), self._level(bar.due or 0)
        dashed_box(canvas, x + 0.5, bottom, width - 1, top - bottom)
        label = "\u2212" + format_amount(bar.missing)
        if text_width(label, BOLD, LABEL_SIZE) > self._column - 3:
            label = label[:-3]
        if text_width(label, BOLD, LABEL_SIZE) <= self._column - 3:
            canvas.setFont(BOLD, LABEL_SIZE)
            canvas.setFillColor(colours.INTERNAL_TEXT)
            canvas.drawCentredString(
                x + width / 2, self._level(max(bar.due or 0, bar.paid + bar.plan)) + 6, label
            )


def axis_steps(tallest: int) -> tuple[int, int]:
    """Return the step and the top of an axis from zero that holds `tallest` cents in four steps or less."""
    scale = 1_000
    while True:
        for factor in (1, 2, 5):
            step = factor * scale
            if step * 4 >= tallest:
                return step, step * max(1, -(-tallest // step))
        scale *= 10


def dashed_box(canvas: TaggedCanvas, x: float, y: float, width: float, height: float) -> None:
    """Draw what is missing: a dashed box, told apart by its dashes and not only its colour."""
    canvas.setFillColor(colours.INTERNAL_GROUND)
    canvas.setStrokeColor(colours.INTERNAL_TEXT)
    canvas.setLineWidth(0.9)
    canvas.setDash(2.5, 2)
    canvas.rect(x, y, width, height, fill=1)
    canvas.setDash()


class BarsLegend(Figure):
    """What the marks of `MonthlyBars` mean; only those that occur."""

    def __init__(self, bars: Sequence[MonthBar], indent: float, wording: dict[str, str]) -> None:
        """`wording` names the marks: `paid`, `plan`, `missing`, `due`."""
        shown = {
            "paid": any(bar.paid > 0 for bar in bars),
            "plan": any(bar.plan > 0 for bar in bars),
            "missing": any(bar.missing for bar in bars),
            "due": any(bar.due is not None for bar in bars),
        }
        self._entries = [(key, plain(label)) for key, label in wording.items() if shown[key]]
        self._indent = indent
        super().__init__(12, f"Légende : {', '.join(label for _, label in self._entries)}.", after=4)

    def sketch(self, canvas: TaggedCanvas) -> None:
        """Draw each mark and its name, spaced by measured widths."""
        x = self._indent
        for key, label in self._entries:
            self._sketch_mark(canvas, key, x)
            canvas.setFont(REGULAR, LABEL_SIZE)
            canvas.setFillColor(colours.INK)
            canvas.drawString(x + 17, 3.8, label)
            x += 37 + text_width(label, REGULAR, LABEL_SIZE)

    def _sketch_mark(self, canvas: TaggedCanvas, key: str, x: float) -> None:
        if key == "missing":
            dashed_box(canvas, x, 2.5, 11, 9)
        elif key == "due":
            canvas.setStrokeColor(colours.INK)
            canvas.setLineWidth(1.8)
            canvas.line(x - 1, 7, x + 13, 7)
        else:
            canvas.setFillColor(colours.ACCENT if key == "paid" else colours.DEEP)
            canvas.rect(x, 2.5 if key == "paid" else 4.5, 11, 9 if key == "paid" else 5, stroke=0, fill=1)
