"""The body of the tab: sheet at the left, figures, course and debts at the right, or below where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from caseworker_app.features.budget.screens.debts_card import DebtsCard
from caseworker_app.features.budget.screens.figures_side import FiguresSide
from caseworker_app.features.budget.screens.sheet_card import SheetCard
from caseworker_app.ui_kit.scroll import ScrollBody
from caseworker_app.ui_kit.sheet_paint import HEADER_HEIGHT, ROW_HEIGHT
from caseworker_app.ui_kit.theme import px

WIDE = 980
# The side holds two tiles abreast; beyond that it takes its share of a large screen.
_SIDE, _SIDE_SHARE = 468, 0.4
_LEAST_ROWS = 6
# What Qt takes for « as tall as it likes ».
_NO_LIMIT = 16_777_215


class BudgetBody(QWidget):
    """Holds the sheet, the figures and the debts, side by side or one above the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make them empty."""
        super().__init__(parent)
        self.sheet, self.figures, self.debts = SheetCard(), FiguresSide(), DebtsCard()
        self._side = QWidget()
        self._pile = QVBoxLayout(self._side)
        self._pile.setSpacing(px(12))
        self._pile.addWidget(self.figures)
        self._pile.addWidget(self.debts)
        self._pile.addStretch(1)
        self._beside, self._below = QWidget(), QWidget()
        self._row = QHBoxLayout(self._beside)
        self._row.setContentsMargins(24, 0, 0, 16)
        self._row.setSpacing(16)
        self._side_scroll = ScrollBody(QWidget())
        self._left = QVBoxLayout()
        self._row.addLayout(self._left, 1)
        self._row.addWidget(self._side_scroll)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(24, 0, 12, 16)
        self._column.setSpacing(16)
        whole = QVBoxLayout(self._below)
        whole.setContentsMargins(0, 0, 0, 0)
        self._below_scroll = ScrollBody(content)
        whole.addWidget(self._below_scroll)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._beside)
        self._stack.addWidget(self._below)
        self._wide: bool | None = None
        self.sheet.view.selectionModel().currentChanged.connect(self._reveal_sheet)
        # Below first: it asks for no width of its own before the window has one.
        self._arrange(wide=False)

    def _reveal_sheet(self) -> None:
        if not self._wide and self.sheet.view.hasFocus():
            self._below_scroll.ensureWidgetVisible(self.sheet, 0, 0)

    def reveal_debt(self, debt_id: str) -> None:
        """Stand on a debt, and bring it in sight."""
        self.debts.stand_on(debt_id)
        scroll = self._side_scroll if self._wide else self._below_scroll
        scroll.ensureWidgetVisible(self.debts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the figures beside the sheet where there is room for both."""
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= px(WIDE))
        if not self._wide:
            # As tall as what is seen: the sheet scrolls by itself, what follows is a page below.
            self.sheet.setFixedHeight(max(px(HEADER_HEIGHT + ROW_HEIGHT * _LEAST_ROWS), self.height() - 16))
        self._side_scroll.setFixedWidth(max(px(_SIDE), round(self.width() * _SIDE_SHARE)))

    def _arrange(self, *, wide: bool) -> None:
        if wide is self._wide:
            return
        self._wide = wide
        # Moved to another place, a widget loses the focus.
        standing = QApplication.focusWidget()
        self.sheet.hints.setVisible(wide)
        if wide:
            self.sheet.setMinimumHeight(0)
            self.sheet.setMaximumHeight(_NO_LIMIT)
            self._left.addWidget(self.sheet)
            self._side_scroll.setWidget(self._side)
            self._pile.setContentsMargins(0, 0, px(12), 0)
        else:
            self._side_scroll.takeWidget()
            self._column.addWidget(self.sheet)
            self._pile.setContentsMargins(0, 0, 0, 0)
            self._column.addWidget(self._side)
        self._stack.setCurrentWidget(self._beside if wide else self._below)
        self._side.show()
        self.sheet.show()
        if standing is not None and self.isAncestorOf(standing):
            standing.setFocus(Qt.FocusReason.OtherFocusReason)
