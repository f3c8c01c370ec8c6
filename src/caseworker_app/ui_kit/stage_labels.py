"""Where the labels of stages stand under their circles: beside one another, aside, or a line further down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt

from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.stage_times import Milestone
from caseworker_app.ui_kit.theme import px

# The size of a circle, the height of a label and the least room between two, at 100 %.
CIRCLE, LABEL, _GAP = 18, 36, 10
# Labels that collide step aside, else go down a line; past this many, the last line is shared.
_MOST_LEVELS = 4
# How a label stands to its circle, and what each way costs against going down a line.
_CENTRED, _BEFORE, _AFTER = (
    Qt.AlignmentFlag.AlignHCenter,
    Qt.AlignmentFlag.AlignRight,
    Qt.AlignmentFlag.AlignLeft,
)
_COSTS = {_CENTRED: 0, _BEFORE: 2, _AFTER: 2}
_LINE_COST, _CROSSING_COST, _SHARED_COST = 5, 3, 40
# How many ways of placing the labels are carried along.
_WAYS = 8


@dataclass(frozen=True, slots=True)
class Placed:
    """A milestone with the middle of its circle and the place of its label."""

    milestone: Milestone
    x: int
    label: QRect
    level: int
    align: Qt.AlignmentFlag


class _Label(NamedTuple):
    """A label placed: its edges on its line, the line, how it stands, and the middle of its circle."""

    left: int
    right: int
    level: int
    align: Qt.AlignmentFlag
    x: int


@dataclass(frozen=True, slots=True)
class _Way:
    """Labels placed so far, how deep they go down, and the cost."""

    cost: int
    labels: tuple[_Label, ...] = ()
    deepest: int = 0


@dataclass(frozen=True, slots=True)
class LabelPlaces:
    """Where labels may stand: between two edges, clear of the words of today on the first line."""

    left: int
    right: int
    today: QRect

    def place(self, circles: Sequence[tuple[Milestone, int]], top: int) -> list[Placed]:
        """Return the stages with their labels under `top`; the circles come from left to right."""
        ways, gap = [_Way(0)], px(_GAP)
        widths = [_label_width(milestone) for milestone, _middle in circles]
        reach = 2 * max(widths, default=0) + gap
        for number, (_milestone, middle) in enumerate(circles):
            # Circles come in order: a label further back than twice the widest is out of reach.
            near = sum(middle - x <= reach for _m, x in circles[:number])
            more = [w for way in ways for w in self._ways_on(way, widths[number], middle, near, gap)]
            best = sorted(more, key=itemgetter(0))[:_WAYS]
            ways = [_Way(cost, (*way.labels, at), max(way.deepest, at.level)) for cost, way, at in best]
        return [
            Placed(
                milestone,
                x,
                QRect(at.left, top + at.level * line_height(), wide, px(LABEL)),
                at.level,
                at.align,
            )
            for (milestone, x), wide, at in zip(circles, widths, ways[0].labels, strict=True)
        ]

    def _ways_on(
        self, way: _Way, wide: int, x: int, near: int, gap: int
    ) -> Iterator[tuple[int, _Way, _Label]]:
        """Yield the ways to place one more label, what each costs in all, and what it goes on from.

        On each line, in the middle of its circle or beside.
        """
        lefts = {_CENTRED: x - wide // 2, _BEFORE: x + px(4) - wide, _AFTER: x - px(4)}
        others = way.labels[len(way.labels) - near :]
        for align, wanted in lefts.items():
            left = held_between(self.left, self.right, wanted, wide)
            for level in range(_MOST_LEVELS):
                label = _Label(left, left + wide - 1, level, align, x)
                clear = not self._collides(label, others, gap)
                cost = way.cost + _COSTS[align] + level + _LINE_COST * max(0, level - way.deepest)
                cost += _CROSSING_COST * _crossings(label, others) + (0 if clear else _SHARED_COST)
                yield cost, way, label

    def _collides(self, label: _Label, others: Sequence[_Label], gap: int) -> bool:
        left, right = label.left - gap, label.right + gap
        if label.level == 0 and left < self.today.right() and self.today.left() < right:
            return True
        return any(o.level == label.level and left < o.right and o.left < right for o in others)


def held_between(first: int, last: int, left: int, wide: int) -> int:
    """Return where something so wide begins, wanted at `left`, so that it stays between two edges."""
    return max(first, min(left, last - wide))


def line_height() -> int:
    """Return how far one line of labels is from the next."""
    return px(LABEL + 4)


def _label_width(milestone: Milestone) -> int:
    title = paint.width(milestone.title, fonts.font(12, fonts.SEMI_BOLD))
    return max(title, paint.width(milestone.words, fonts.font(12, fonts.MEDIUM)))


def _crossings(label: _Label, others: Sequence[_Label]) -> int:
    """Count the labels that a line from a circle down to its own label would run through."""
    level, x = label.level, label.x
    through = sum(o.level < level and o.left < x < o.right for o in others)
    return through + sum(o.level > level and label.left < o.x < label.right for o in others)
