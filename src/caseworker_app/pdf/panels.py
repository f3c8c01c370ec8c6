"""Boxes: internal and shareable zones, notices, the household's words, tiles of key facts, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from caseworker_app.pdf import colours
from caseworker_app.pdf.figures import padlock, tick
from caseworker_app.pdf.layout import Block, Gap, Stack
from caseworker_app.pdf.styles import (
    BADGE,
    KEY,
    SMALL_CELL,
    SMALL_MUTED,
    STRONG_VALUE,
    TILE_LABEL,
    TILE_VALUE,
)
from caseworker_app.pdf.tagging import Element
from caseworker_app.pdf.text import Text, Words

if TYPE_CHECKING:
    from caseworker_app.pdf.tagging import TaggedCanvas


class PanelKind(Enum):
    """What a box says: ground, rule and text colours; the first two also carry a word and a mark."""

    INTERNAL = (colours.INTERNAL_GROUND, colours.INTERNAL_RULE, colours.INTERNAL_TEXT)
    SHAREABLE = (colours.SHAREABLE_GROUND, colours.SHAREABLE_RULE, colours.SHAREABLE_TEXT)
    NOTICE = (colours.TINT, colours.ACCENT, colours.PRIMARY)
    QUIET = (colours.TINT, colours.HAIRLINE, colours.MUTED)

    @property
    def ground(self) -> Any:
        """Return the colour behind."""
        return self.value[0]

    @property
    def rule(self) -> Any:
        """Return the colour of the rule at the left."""
        return self.value[1]

    @property
    def text(self) -> Any:
        """Return the colour of the badge."""
        return self.value[2]


_MARK_WIDTH = 15.5


class Panel(Block):
    """A tinted box with a rule at the left and, for zones, a badge; it can be cut anywhere a text can."""

    def __init__(
        self,
        children: Sequence[Block],
        kind: PanelKind = PanelKind.NOTICE,
        badge: str = "",
        *,
        element: Element | None = None,
        padding: float = 9,
    ) -> None:
        """`badge` is the word beside the mark (« Interne »)."""
        super().__init__(2, 8)
        self._stack, self._kind, self._badge, self._padding = Stack(children), kind, badge, padding
        self.element = element or Element("Div")
        self._badge_text = Text(badge, replace(BADGE, colour=kind.text)) if badge else None

    def measure(self, width: float) -> float:
        """Measure the badge and the blocks inside the padding."""
        inner = self._inner(width)
        return self._stack.measure(inner) + self._badge_height(inner) + 2 * self._padding

    def cut(self, width: float, height: float) -> tuple[Block, Block] | None:
        """Cut the content; the second box says « (suite) »."""
        chrome = self.measure(width) - self._stack.measure(self._inner(width))
        parts = self._stack.cut(self._inner(width), height - chrome)
        if parts is None:
            return None
        again = f"{self._badge.removesuffix(' (suite)')} (suite)" if self._badge else ""
        return self._like(parts[0], self._badge), self._like(parts[1], again)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw the box as an artifact, then its content as one division."""
        with canvas.artifact():
            canvas.setFillColor(self._kind.ground)
            canvas.roundRect(x, top - self.height, self.width, self.height, 3, stroke=0, fill=1)
            canvas.setFillColor(self._kind.rule)
            canvas.rect(x, top - self.height, 3, self.height, stroke=0, fill=1)
        x, top = x + self._padding + 3, top - self._padding
        with canvas.within(self.element):
            if self._badge_text:
                self._paint_badge(canvas, self._badge_text, x, top)
                top -= self._badge_height(self._inner(self.width))
            self._stack.paint(canvas, x, top)

    @property
    def _mark_width(self) -> float:
        return _MARK_WIDTH if self._kind in (PanelKind.INTERNAL, PanelKind.SHAREABLE) else 0.0

    def _inner(self, width: float) -> float:
        return width - 2 * self._padding - 3

    def _badge_height(self, inner: float) -> float:
        badge = self._badge_text
        return badge.measure(inner - self._mark_width) + badge.spaceAfter if badge else 0.0

    def _like(self, content: Block, badge: str) -> Panel:
        return Panel([content], self._kind, badge, element=self.element, padding=self._padding)

    def _paint_badge(self, canvas: TaggedCanvas, badge: Text, x: float, top: float) -> None:
        with canvas.artifact():
            if self._kind is PanelKind.INTERNAL:
                padlock(canvas, x, top - 10.5, self._kind.text)
            elif self._kind is PanelKind.SHAREABLE:
                tick(canvas, x, top - 11.5, 11, self._kind.text)
        badge.paint(canvas, x + self._mark_width, top)


@dataclass(frozen=True, slots=True)
class Tile:
    """A key fact: what it is, its value in words, a note; `good` draws it in green besides saying so."""

    label: str
    value: str
    note: str = ""
    good: bool = False


class Tiles(Block):
    """A strip of key facts, words first; each is read as one paragraph."""

    _GAP, _SIDE = 8.0, 8.0

    def __init__(self, tiles: Sequence[Tile]) -> None:
        """Two to five tiles share the width."""
        super().__init__(0, 4)
        self._tiles = list(tiles)
        self._stacks = [self._content(tile) for tile in tiles]

    def measure(self, width: float) -> float:
        """Return the height of the tallest tile."""
        inner = self._share(width) - 2 * self._SIDE
        return 13 + max(stack.measure(inner) for stack in self._stacks)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw grounds and top rules as artifacts, then the facts from left to right."""
        share = self._share(self.width)
        for tile, stack in zip(self._tiles, self._stacks, strict=True):
            with canvas.artifact():
                canvas.setFillColor(colours.TINT)
                canvas.rect(x, top - self.height, share, self.height, stroke=0, fill=1)
                canvas.setFillColor(_tile_colour(tile))
                canvas.rect(x, top - 0.8, share, 1.6, stroke=0, fill=1)
            stack.paint(canvas, x + self._SIDE, top - 6)
            x += share + self._GAP

    def _share(self, width: float) -> float:
        return (width - self._GAP * (len(self._tiles) - 1)) / len(self._tiles)

    def _content(self, tile: Tile) -> Stack:
        element = Element("P")
        value = replace(TILE_VALUE, colour=_tile_colour(tile))
        parts = [
            Text(tile.label, TILE_LABEL, element=element),
            Text(tile.value, value, element=element),
            Text(tile.note, SMALL_MUTED, element=element),
        ]
        return Stack([part for part in parts if not part.is_empty])


def _tile_colour(tile: Tile) -> Any:
    return colours.SHAREABLE_TEXT if tile.good else colours.PRIMARY


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: in what quality, name, a mention (« Relu, un exemplaire reçu »)."""

    quality: str
    name: str
    mention: str = ""


class SignatureBoxes(Block):
    """Equal boxes that are never cut; date and signature lines stand at one height."""

    _GAP, _SIDE = 10.0, 8.0

    def __init__(self, signatures: Sequence[Signature], room: float = 46) -> None:
        """`room` is the height left to sign, in points; two or three boxes share the width, one takes half of it."""
        super().__init__(0, 0)
        self._heads = [self._head(signature) for signature in signatures]
        self._feet = [self._foot() for _ in signatures]
        self._room = room

    def measure(self, width: float) -> float:
        """Return the height of the tallest box."""
        inner = self._share(width) - 2 * self._SIDE
        feet = max(foot.measure(inner) for foot in self._feet)
        return 15 + self._head_height(inner) + feet + self._room

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw each frame, then who signs in it."""
        share = self._share(self.width)
        head = self._head_height(share - 2 * self._SIDE)
        for above, below in zip(self._heads, self._feet, strict=True):
            with canvas.artifact():
                canvas.setStrokeColor(colours.BORDER)
                canvas.setLineWidth(0.8)
                canvas.rect(x, top - self.height, share, self.height)
            above.paint(canvas, x + self._SIDE, top - 5)
            below.paint(canvas, x + self._SIDE, top - 13 - head)
            x += share + self._GAP

    def _share(self, width: float) -> float:
        boxes = max(2, len(self._heads))
        return (width - self._GAP * (boxes - 1)) / boxes

    def _head_height(self, inner: float) -> float:
        return max(head.measure(inner) for head in self._heads)

    def _head(self, signature: Signature) -> Stack:
        parts = [
            Text(signature.quality, replace(KEY, leading=13)),
            Text(signature.name, STRONG_VALUE),
            Text(signature.mention, SMALL_MUTED),
        ]
        return Stack([part for part in parts if not part.is_empty] or [Gap(14)])

    def _foot(self) -> Stack:
        line = replace(SMALL_CELL, leading=15.5)
        return Stack([Text("Date :", line), Text("Signature :", line)])


def notice(words: Words, style: Any, kind: PanelKind = PanelKind.QUIET) -> Panel:
    """Return a one-paragraph box."""
    return Panel([Text(words, style)], kind, padding=6)
