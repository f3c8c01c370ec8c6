"""Where the labels of stages stand under their circles: beside one another, aside, or a line further down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Way:
    """Labels placed so far: for each its place on its line, the line, how it stands, its circle; and the cost."""

    cost: int
    places: tuple[tuple[QRect, int, Qt.AlignmentFlag, int], ...] = ()


@dataclass(frozen=True, slots=True)
class LabelPlaces:
    """Where labels may stand: between two edges, clear of the words of today on the first line."""

    left: int
    right: int
    today: QRect

    def place(self, circles: Sequence[tuple[Milestone, int]], top: int) -> list[Placed]:
        """Return the stages with their labels under `top`; the circles come from left to right."""
        ways = [_Way(0)]
        for milestone, middle in circles:
            wide = _label_width(milestone)
            more = [w for way in ways for w in self._ways_on(way, wide, middle)]
            ways = sorted(more, key=lambda way: way.cost)[:_WAYS]
        return [
            Placed(milestone, x, box.translated(0, top + level * line_height()), level, align)
            for (milestone, x), (box, level, align, _x) in zip(circles, ways[0].places, strict=True)
        ]

    def _ways_on(self, way: _Way, wide: int, x: int) -> list[_Way]:
        """Return the ways to place one more label: on each line, in the middle of its circle or beside."""
        lefts = {_CENTRED: x - wide // 2, _BEFORE: x + px(4) - wide, _AFTER: x - px(4)}
        deepest = max((place[1] for place in way.places), default=0)
        found = []
        for align, left in lefts.items():
            box = QRect(held_between(self.left, self.right, left, wide), 0, wide, px(LABEL))
            for level in range(_MOST_LEVELS):
                others = [place[0] for place in way.places if place[1] == level]
                clear = not _collides(box, [*others, self.today] if level == 0 else others)
                cost = way.cost + _COSTS[align] + level + _LINE_COST * max(0, level - deepest)
                cost += _CROSSING_COST * _crossings(way, box, level, x) + (0 if clear else _SHARED_COST)
                found.append(_Way(cost, (*way.places, (box, level, align, x))))
        return found


def held_between(first: int, last: int, left: int, wide: int) -> int:
    """Return where something so wide begins, wanted at `left`, so that it stays between two edges."""
    return max(first, min(left, last - wide))


def line_height() -> int:
    """Return how far one line of labels is from the next."""
    return px(LABEL + 4)


def _label_width(milestone: Milestone) -> int:
    title = paint.width(milestone.title, fonts.font(12, fonts.SEMI_BOLD))
    return max(title, paint.width(milestone.words, fonts.font(12, fonts.MEDIUM)))


def _crossings(way: _Way, box: QRect, level: int, x: int) -> int:
    """Count the labels that a line from a circle down to its own label would run through."""
    through = sum(o.left() < x < o.right() for o, line, _align, _x in way.places if line < level)
    return through + sum(
        box.left() < other < box.right() for _o, line, _a, other in way.places if line > level
    )


def _collides(box: QRect, row: Sequence[QRect]) -> bool:
    return any(
        box.left() - px(_GAP) < other.right() and other.left() - px(_GAP) < box.right() for other in row
    )
