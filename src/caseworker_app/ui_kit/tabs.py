"""Tabs of a page, with counts where they help; read aloud as tabs, moved through with the arrows."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from caseworker_app.ui_kit import fonts, paint
from caseworker_app.ui_kit.theme import colour, px

# Between two tabs, and how near they come to each other where the row would not fit (large text).
_GAP, _LEAST_GAP = 24, 7
_COUNT_GAP = 6
# The words of tabs, how small they get, and when figures give way (they are still spoken), before arrows appear.
_DRESSES = ((13, True), (12, True), (12, False), (11, True), (11, False), (10, False))
# What Qt keeps of the row for itself before it brings its arrows.
_SLACK = 4


class Tabs(paint.KeyboardRing, QTabBar):
    """A row of tabs 38 high, underlined where one stands; `chosen(key)` when the person moves."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make an empty row; `name` says what the tabs are of (« Pages du dossier »)."""
        super().__init__(parent)
        self._keys: list[str] = []
        self._gap = px(_GAP)
        # Where even the least gap would not do, the words are a little smaller, or stand without figures.
        self._size, self._counted = _DRESSES[0]
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFont(fonts.font(13, fonts.MEDIUM))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.currentChanged.connect(self._moved)

    def add(self, key: str, words: str, count: int | None = None) -> None:
        """Add a tab."""
        self._keys.append(key)
        index = self.addTab(words)
        self.set_count(key, count)
        self.setTabToolTip(index, "")

    def set_count(self, key: str, count: int | None) -> None:
        """Change the figure after the words (None: no figure)."""
        index = self._keys.index(key)
        self.setTabData(index, count)
        spoken = self.tabText(index) if count is None else f"{self.tabText(index)}, {count}"
        self.setAccessibleTabName(index, spoken)
        # QTabBar lays its tabs out again only when a text or an icon changes.
        self.setTabText(index, self.tabText(index))
        self.update()

    def choose(self, key: str) -> None:
        """Stand on a tab."""
        self.setCurrentIndex(self._keys.index(key))

    def current_key(self) -> str:
        """Return the key of the tab one stands on (empty without tabs)."""
        return self._keys[self.currentIndex()] if self._keys else ""

    def tabSizeHint(self, index: int) -> QSize:
        """Return the room of words, figure and gap."""
        words = paint.width(self.tabText(index), self._face(here=True))
        return QSize(words + self._count_width(index) + self._gap, px(38))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Never cut: arrows appear at the end of a row that is too long."""
        return self.tabSizeHint(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Bring the tabs nearer to each other where they would not fit."""
        self._fit(event.size().width())
        super().resizeEvent(event)

    def tabLayoutChange(self) -> None:
        """Fit again when a figure or a word changed."""
        self._fit(self.width())

    def _fit(self, room: int) -> None:
        count = self.count()
        if not count:
            return
        before = (self._gap, self._size, self._counted)
        for self._size, self._counted in _DRESSES:
            if self._words() + count * px(_LEAST_GAP) <= room - _SLACK:
                break
        self._gap = max(px(_LEAST_GAP), min(px(_GAP), (room - _SLACK - self._words()) // count))
        if (self._gap, self._size, self._counted) != before:
            # QTabBar lays its tabs out again only when a text or an icon changes.
            self.setTabText(0, self.tabText(0))

    def _words(self) -> int:
        return sum(self.tabSizeHint(index).width() - self._gap for index in range(self.count()))

    def _face(self, *, here: bool) -> QFont:
        return fonts.font(self._size, fonts.SEMI_BOLD if here else fonts.MEDIUM)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint every tab."""
        painter = paint.begin(self)
        for index in range(self.count()):
            self._paint_tab(painter, index)
        painter.end()

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        here = index == self.currentIndex()
        rect = self.tabRect(index)
        rect.setWidth(rect.width() - self._gap)
        ink = "accent" if here else "muted"
        face = self._face(here=here)
        words = rect.adjusted(0, 0, -self._count_width(index), 0)
        paint.text(painter, words, self.tabText(index), face, ink)
        count = self.tabData(index)
        if count is not None and self._counted:
            box = QRect(words.right() + 1, rect.y(), self._count_width(index), rect.height())
            paint.text(painter, box, str(count), face, ink, Qt.AlignmentFlag.AlignRight)
        if here:
            painter.fillRect(rect.x(), self.height() - 2, rect.width(), 2, colour("accent"))
            if self.hasFocus() and self.ring_shown:
                paint.ring(painter, rect.adjusted(-px(6), px(4), px(6), -px(4)))

    def _count_width(self, index: int) -> int:
        count = self.tabData(index)
        if count is None or not self._counted:
            return 0
        return paint.width(str(count), self._face(here=True)) + px(_COUNT_GAP)

    def _moved(self, index: int) -> None:
        if 0 <= index < len(self._keys):
            self.chosen.emit(self._keys[index])
