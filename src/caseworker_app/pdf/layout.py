"""Blocks that stack, stay together and split: the only layout the printed documents need."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, Any, Self

from reportlab.platypus.flowables import Flowable

if TYPE_CHECKING:
    from caseworker_app.pdf.tagging import TaggedCanvas

# Above this height a block may be cut in two rather than sent whole to the next page (points).
MOVABLE = 300.0
_WHOLE_PAGE = 690.0
# What announces a block stays with it up to this height.
_TALLEST_LEAD = 200.0
_SLACK = 0.01


class Block(Flowable):
    """A piece of page: `wrap` measures, `paint` draws it from its top left corner, `cut` divides it."""

    canv: TaggedCanvas
    width: float = 0
    height: float = 0
    keep_with_next = False

    def __init__(self, before: float = 0, after: float = 0) -> None:
        """Keep the room wanted before and after, in points; between two blocks the larger counts."""
        super().__init__()
        self.spaceBefore, self.spaceAfter = before, after

    def measure(self, width: float) -> float:
        """Lay the block out in `width` points and return its height."""
        raise NotImplementedError

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw the block, measured before, its top left corner at (`x`, `top`)."""
        raise NotImplementedError

    def cut(self, width: float, height: float) -> tuple[Block, Block] | None:
        """Return what fits in `height` and what remains, or None when the block cannot be cut there."""
        return None

    def twin(self, **changes: Any) -> Self:
        """Return a changed copy, a part of the whole, without ReportLab's note that it was sent on."""
        part = copy(self)
        part.__dict__.pop("_postponed", None)
        part.__dict__.update(changes)
        return part

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Answer ReportLab: the size taken in that width."""
        self.width = available_width
        self.height = self.measure(available_width)
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Any]:
        """Answer ReportLab: the two parts, or nothing when the whole goes to the next page."""
        return list(self.cut(available_width, available_height) or ())

    def draw(self) -> None:
        """Answer ReportLab, which has moved the origin to the bottom left corner."""
        self.paint(self.canv, 0, self.height)


class Gap(Block):
    """Empty room of a given height."""

    def __init__(self, height: float) -> None:
        """Take the height in points."""
        super().__init__()
        self._gap = height

    def measure(self, width: float) -> float:
        """Return the height."""
        return self._gap

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw nothing."""


class NewPage(Block):
    """The end of a page: what follows stands on the next one."""

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Take all the room that is left."""
        return available_width, max(0.0, available_height - _SLACK)

    def measure(self, width: float) -> float:
        """Take no room of its own."""
        return 0.0

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw nothing."""


class Stack(Block):
    """Blocks one under the other; a heading never ends a part."""

    def __init__(self, children: Sequence[Block]) -> None:
        """Take room before from the first child and after from the last."""
        first, last = (children[0].spaceBefore, children[-1].spaceAfter) if children else (0, 0)
        super().__init__(first, last)
        self.children = list(children)
        self._measured: list[tuple[float, float]] = []
        self._for_width = -1.0

    def measure(self, width: float) -> float:
        """Measure each child once for a width and return the sum with the gaps."""
        if width != self._for_width:
            self._for_width, self._measured, previous = width, [], 0.0
            for index, child in enumerate(self.children):
                gap = max(previous, child.spaceBefore) if index else 0.0
                child.width = width
                child.height = child.measure(width)
                self._measured.append((gap, child.height))
                previous = child.spaceAfter
        return sum(gap + height for gap, height in self._measured)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw the children from the top."""
        for child, (gap, height) in zip(self.children, self._measured, strict=True):
            top -= gap
            child.paint(canvas, x, top)
            top -= height

    def cut(self, width: float, height: float) -> tuple[Block, Block] | None:
        """Cut between two children, or inside the one that crosses the limit."""
        self.measure(width)
        left, index = height + _SLACK, 0
        for gap, taken in self._measured:
            if gap + taken > left:
                break
            left -= gap + taken
            index += 1
        if index == len(self.children):
            return None
        parts = self.children[index].cut(width, left - self._measured[index][0])
        if parts:
            first, rest = [*self.children[:index], parts[0]], [parts[1], *self.children[index + 1 :]]
            return Stack(first), Stack(rest)
        return self._cut_before(index)

    def _cut_before(self, index: int) -> tuple[Block, Block] | None:
        """Cut before a child, or before what announces it while that is short."""
        start = index
        while start and self.children[start - 1].keep_with_next:
            start -= 1
        if sum(gap + height for gap, height in self._measured[start:index]) > _TALLEST_LEAD:
            start = index
        return (Stack(self.children[:start]), Stack(self.children[start:])) if start else None


class Together(Stack):
    """Blocks that lose their sense apart (a chart and its table): cut only when no page could hold them."""

    def cut(self, width: float, height: float) -> tuple[Block, Block] | None:
        """Refuse to cut what the next page holds."""
        return None if self.measure(width) <= _WHOLE_PAGE else super().cut(width, height)


class Section(Stack):
    """A heading and what it announces: kept on one page while it is short, cut sensibly when it is long."""

    def cut(self, width: float, height: float) -> tuple[Block, Block] | None:
        """Refuse to cut a section that would fit well on the next page."""
        return None if self.measure(width) <= MOVABLE else super().cut(width, height)


class SideBySide(Block):
    """Two blocks beside each other, of equal widths; each goes on where a page end cuts it."""

    def __init__(self, left: Block, right: Block, gap: float = 14) -> None:
        """Read the left one first."""
        super().__init__(0, max(left.spaceAfter, right.spaceAfter))
        self._pair, self._gap = (Stack([left]), Stack([right])), gap

    def measure(self, width: float) -> float:
        """Return the height of the taller one."""
        return max(side.measure(self._share(width)) for side in self._pair)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw the left one, then the right one."""
        for side in self._pair:
            side.paint(canvas, x, top)
            x += self._share(self.width) + self._gap

    def cut(self, width: float, height: float) -> tuple[Block, Block] | None:
        """Cut whichever does not fit."""
        share = self._share(width)
        halves = [_halves(side, share, height) for side in self._pair]
        if any(half is None for half in halves):
            return None
        (first, second) = (half for half in halves if half is not None)
        return self.twin(_pair=(first[0], second[0])), self.twin(_pair=(first[1], second[1]))

    def _share(self, width: float) -> float:
        return (width - self._gap) / 2


def _halves(side: Stack, width: float, height: float) -> tuple[Stack, Stack] | None:
    """Return what fits of a column and what remains, possibly nothing; None when it cannot be cut there."""
    if side.measure(width) <= height + _SLACK:
        return side, Stack([])
    parts = side.cut(width, height)
    return (Stack([parts[0]]), Stack([parts[1]])) if parts else None
