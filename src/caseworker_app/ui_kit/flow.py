"""Layouts that go to the next line when a row is full, so that large text never pushes anything out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from caseworker_app.ui_kit.theme import px


class _Lines(QLayout):
    """What both layouts share: items, a height that depends on the width.

    Qt asks for the same measures dozens of times a layout; they are kept until something in it changes.
    """

    def __init__(self, parent: QWidget | None, gap: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._heights: dict[int, int] = {}
        self._hint: QSize | None = None
        self._least: QSize | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def invalidate(self) -> None:
        """Measure again: something changed."""
        self._forget()
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item (called by addWidget)."""
        self._items.append(item)
        self._forget()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item back."""
        self._forget()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Grow in no direction."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Height depends on width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height all lines take in a width."""
        if width not in self._heights:
            inset = self.contentsMargins()
            inner = QRect(0, 0, width - inset.left() - inset.right(), 0)
            self._heights[width] = self._place(inner, move=False) + inset.top() + inset.bottom()
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """Return one line with everything."""
        if self._hint is None:
            self._hint = self._measured_hint()
        return self._hint

    def minimumSize(self) -> QSize:
        """Return the widest item."""
        if self._least is None:
            self._least = self._measured_least()
        return self._least

    def setGeometry(self, rect: QRect) -> None:
        """Place everything."""
        super().setGeometry(rect)
        self._place(rect.marginsRemoved(self.contentsMargins()), move=True)

    def _forget(self) -> None:
        self._heights.clear()
        self._hint = self._least = None

    def _measured_hint(self) -> QSize:
        wide = sum(item.sizeHint().width() + self._gap for item in self._items) - self._gap
        inset = self.contentsMargins()
        return QSize(max(0, wide) + inset.left() + inset.right(), self.minimumSize().height())

    def _measured_least(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items]
        inset = self.contentsMargins()
        wide, tall = (
            max(ways, default=0) for ways in ([s.width() for s in sizes], [s.height() for s in sizes])
        )
        return QSize(wide + inset.left() + inset.right(), tall + inset.top() + inset.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Place the items in a rectangle, or only measure; return the height taken."""
        raise NotImplementedError


class Flow(_Lines):
    """Lays widgets out from left to right at their own size, then below: chips, pills, buttons."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8, *, even: bool = False) -> None:
        """Keep `gap` pixels (at 100 %) between widgets, both ways; `even`: all as wide as the widest, in columns."""
        super().__init__(parent, px(gap))
        self._even = even

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, tall = rect.x(), rect.y(), 0
        # What is hidden takes no gap of its own either.
        shown = [item for item in self._items if not item.isEmpty()]
        widest = max((item.sizeHint().width() for item in shown), default=0) if self._even else 0
        for item in shown:
            size = item.sizeHint().expandedTo(QSize(widest, 0))
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, tall = rect.x(), y + tall + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            tall = max(tall, size.height())
        return y + tall - rect.y()


class Columns(_Lines):
    """Lays widgets out in columns that share the width, on as many lines as their least widths need.

    `weights` share the width of a line where all stand side by side (392 and 718 for the two cards of a
    household's page); on several lines they share it equally. Widgets of a line are equally tall.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 16, weights: Sequence[int] = ()) -> None:
        """Keep `gap` pixels between widgets, both ways; without weights all are equally wide."""
        super().__init__(parent, gap)
        self._weights = tuple(weights)

    def _place(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        shown = [item for item in self._items if not item.isEmpty()]
        for line in self._lines(shown, rect.width()):
            widths = self._widths(line, rect.width(), whole=len(line) == len(shown))
            tall = max(_height(item, width) for item, width in zip(line, widths, strict=True))
            x = rect.x()
            for item, width in zip(line, widths, strict=True):
                if move:
                    item.setGeometry(QRect(x, y, width, tall))
                x += width + self._gap
            y += tall + self._gap
        return max(0, y - self._gap - rect.y())

    def _lines(self, items: list[QLayoutItem], width: int) -> list[list[QLayoutItem]]:
        """Cut the items in lines of equal counts: 4, else 2 and 2, else one below the other."""
        for lines in range(1, len(items) + 1):
            each = -(-len(items) // lines)
            cut = [items[i : i + each] for i in range(0, len(items), each)]
            if all(self._fits(line, width) for line in cut):
                return cut
        return [[item] for item in items]

    def _fits(self, line: list[QLayoutItem], width: int) -> bool:
        return sum(item.minimumSize().width() + self._gap for item in line) - self._gap <= width

    def _widths(self, line: list[QLayoutItem], width: int, *, whole: bool) -> list[int]:
        """Share by weight; where that is too little for one, give each what it asks for before sharing the
        rest.
        """
        weights = self._weights if whole and len(self._weights) == len(line) else (1,) * len(line)
        room = width - self._gap * (len(line) - 1)
        shared = _share(room, weights)
        least = [item.minimumSize().width() for item in line]
        if all(have >= need for have, need in zip(shared, least, strict=True)):
            return shared
        asked = [max(item.sizeHint().width(), need) for item, need in zip(line, least, strict=True)]
        if sum(asked) <= room:
            return [a + b for a, b in zip(asked, _share(room - sum(asked), weights), strict=True)]
        more = [a - b + 1 for a, b in zip(asked, least, strict=True)]
        return [a + b for a, b in zip(least, _share(max(0, room - sum(least)), more), strict=True)]


def _share(room: int, weights: Sequence[int]) -> list[int]:
    edges = [room * sum(weights[:i]) // sum(weights) for i in range(len(weights) + 1)]
    return [b - a for a, b in pairwise(edges)]


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
