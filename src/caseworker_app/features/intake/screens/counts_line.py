"""The counts at the foot of an import: what becomes of every row of the file; they always add up to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.kernel.french import NARROW
from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.flow import Flow
from caseworker_app.ui_kit.theme import px

_ICON, _GAP = 16, 6


@dataclass(frozen=True, slots=True)
class Tally:
    """One count: how many, of what (« à corriger »), its icon and tone."""

    count: int
    words: str
    icon: str
    tone: str


class _TallyMark(QWidget):
    """One count, painted: icon, figure in bold, words."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self._tally = tally
        self._figure = f"{tally.count:,}".replace(",", NARROW)
        self.setAccessibleName(f"{self._figure} {tally.words}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = (
            px(_ICON + 2 * _GAP)
            + paint.width(self._figure, _bold())
            + paint.width(self._tally.words, _plain())
        )
        return QSize(wide, px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        top = (self.height() - px(_ICON)) / 2
        icons.draw(painter, self._tally.icon, 0, top, px(_ICON), self._tally.tone)
        left = px(_ICON + _GAP)
        paint.text(painter, self.rect().adjusted(left, 0, 0, 0), self._figure, _bold())
        left += paint.width(self._figure, _bold()) + px(_GAP)
        paint.text(painter, self.rect().adjusted(left, 0, 0, 0), self._tally.words, _plain(), "muted")
        painter.end()


class CountsLine(QWidget):
    """The counts side by side, on a second line where room is short; read aloud as one sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.tallies: tuple[Tally, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._line = Flow(gap=16)
        column.addStretch(1)
        column.addLayout(self._line)
        column.addStretch(1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_tallies(self, tallies: Sequence[Tally]) -> None:
        """Show other counts."""
        if tuple(tallies) == self.tallies:
            return
        self.tallies = tuple(tallies)
        while (item := self._line.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for tally in self.tallies:
            mark = _TallyMark(tally)
            self._line.addWidget(mark)
            mark.show()
        self.setAccessibleName(", ".join(f"{tally.count} {tally.words}" for tally in self.tallies))
        self.updateGeometry()


def _bold() -> QFont:
    return fonts.font(14, fonts.SEMI_BOLD, tabular=True)


def _plain() -> QFont:
    return fonts.font(13)
