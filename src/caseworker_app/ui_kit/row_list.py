"""Lists of two-line rows: next steps, documents, results of a search; one delegate paints what is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.row_model import ITEM_ROLE, LazyRows
from caseworker_app.ui_kit.scroll import slim
from caseworker_app.ui_kit.states import State, draw_pill, pill_width
from caseworker_app.ui_kit.theme import colour, px

Index = QModelIndex | QPersistentModelIndex
_INSET = 16


@dataclass(frozen=True, slots=True)
class Row:
    """A two-line row: icon, title, then a strong remark (`mark`, in its tone) and the detail; at right words
    or a pill.

    `done` greys the title; `chevron` says that the row opens something; `level`: where some rows of a list open
    something and others do not, what stands at right is under what stands above all the same.
    """

    key: str
    title: str
    detail: str = ""
    mark: State | None = None
    icon: str = ""
    icon_tone: str = "muted"
    trailing: str = ""
    pill: State | None = None
    chevron: bool = True
    done: bool = False
    level: bool = False

    @property
    def spoken(self) -> str:
        """Return what a screen reader says."""
        parts = (self.title, self.mark.words if self.mark else "", self.detail, self.trailing)
        return ", ".join(p for p in (*parts, self.pill.words if self.pill else "") if p)


class RowDelegate(QStyledItemDelegate):
    """Paints a Row, 50 high by default."""

    def __init__(self, height: int, parent: QWidget) -> None:
        """Paint rows `height` pixels high at 100 %."""
        super().__init__(parent)
        self.height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height; the width is the list's."""
        return QSize(px(120), px(self.height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, content, the rule under the row, the ring."""
        row = index.data(ITEM_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, rect)
        if isinstance(row, Row):
            self._paint_row(painter, rect, row)
        if index.row() < index.model().rowCount() - 1:
            painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colour("line"))
        if ring_due(option):
            paint.ring(painter, rect, inset=1)
        painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        left, right = rect.x() + px(_INSET), rect.right() - px(_INSET)
        if row.icon:
            icons.draw(
                painter, row.icon, left, rect.y() + (rect.height() - px(20)) // 2, px(20), row.icon_tone
            )
            left += px(32)
        if row.level and not row.chevron:
            right -= px(16)
        if row.chevron:
            right -= px(16)
            icons.draw(
                painter,
                "chevron-right",
                right + px(2),
                rect.y() + (rect.height() - px(16)) // 2,
                px(16),
                "muted",
            )
        right = self._paint_right(painter, rect, row, right)
        two = bool(row.detail or row.mark)
        top = QRect(left, rect.center().y() - px(18 if two else 10), right - left, px(20))
        tone = "muted" if row.done else "text"
        paint.text(
            painter, top, row.title, fonts.font(13, fonts.MEDIUM if row.done else fonts.SEMI_BOLD), tone
        )
        if two:
            self._paint_second(painter, top.translated(0, px(18)), row)

    def _paint_right(self, painter: QPainter, rect: QRect, row: Row, right: int) -> int:
        if row.pill:
            wide, tall = pill_width(row.pill), px(20)
            right -= wide
            draw_pill(painter, QRect(right, rect.center().y() - tall // 2, wide, tall), row.pill)
            right -= px(8)
        if row.trailing:
            face = fonts.font(12, tabular=True)
            wide = paint.width(row.trailing, face)
            right -= wide
            paint.text(painter, QRect(right, rect.y(), wide + 1, rect.height()), row.trailing, face, "muted")
            right -= px(8)
        return right

    def _paint_second(self, painter: QPainter, box: QRect, row: Row) -> None:
        if row.mark:
            if row.mark.icon:
                icons.draw(painter, row.mark.icon, box.x(), box.y() + px(3), px(14), row.mark.tone)
                box.setLeft(box.left() + px(18))
            face = fonts.font(12, fonts.SEMI_BOLD)
            paint.text(painter, box, row.mark.words, face, row.mark.tone)
            box.setLeft(box.left() + paint.width(row.mark.words, face))
        if row.detail:
            words = f"\u00a0· {row.detail}" if row.mark else row.detail
            paint.text(painter, box, words, fonts.font(12), "muted")


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
    """Paint the ground of a row: soft accent when chosen, sunken under the pointer."""
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, colour("accent_soft"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, colour("sunken"))


def ring_due(option: QStyleOptionViewItem) -> bool:
    """Say whether a row wears the focus ring: it has the focus, brought by the keyboard."""
    view: Any = option.widget
    return bool(option.state & QStyle.StateFlag.State_HasFocus) and getattr(view, "ring_shown", False)


class ListRing:
    """Says whether a list shows its focus ring: once keys are used in it."""

    ring_shown = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the focus came by keyboard, and stand on a row."""
        keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.ring_shown = keyboard
        view: Any = self
        if keyboard and not view.currentIndex().isValid() and view.model() and view.model().rowCount():
            view.setCurrentIndex(view.model().index(0, 0))
        super().focusInEvent(event)  # type: ignore[misc]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row with Enter; show the ring."""
        self.ring_shown = True
        view: Any = self
        view.viewport().update()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and view.currentIndex().isValid():
            view.activated.emit(view.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)  # type: ignore[misc]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hide the ring: the pointer is in use."""
        self.ring_shown = False
        super().mousePressEvent(event)  # type: ignore[misc]


class RowList(ListRing, QListView):
    """A list of Row. `opened(key)` on Enter or click, `stood_on(key)` when the person moves.

    With `fit=True` the list is as tall as its rows and the page scrolls, not the list.
    """

    opened = Signal(str)
    stood_on = Signal(str)

    def __init__(
        self, name: str, *, height: int = 50, fit: bool = False, parent: QWidget | None = None
    ) -> None:
        """Make an empty list; `name` says what it lists."""
        super().__init__(parent)
        self._fit, self._row_height = fit, height
        self.rows = LazyRows(lambda row: (row,), lambda row: row.key)
        self.setAccessibleName(name)
        prepare_view(self)
        self.setUniformItemSizes(True)
        self.setItemDelegate(RowDelegate(height, self))
        self.setModel(self.rows)
        self.rows.modelReset.connect(self._fit_height)
        self.activated.connect(lambda index: self._tell(self.opened, index))
        self.clicked.connect(lambda index: self._tell(self.opened, index))
        self.selectionModel().currentChanged.connect(lambda index, _before: self._tell(self.stood_on, index))

    def set_rows(self, rows: list[Row]) -> None:
        """Show rows that are all at hand (for long lists use `rows.start` and `rows.fill`)."""
        self.rows.set_rows(rows)

    def stand_on(self, key: str) -> None:
        """Put the current row on a key, if it is held."""
        for number in range(self.rows.rowCount()):
            if self.rows.key_at(number) == key:
                self.setCurrentIndex(self.rows.index(number, 0))
                return

    def _tell(self, signal: Any, index: QModelIndex) -> None:
        key = self.rows.key_at(index.row()) if index.isValid() else ""
        if key:
            signal.emit(key)

    def _fit_height(self) -> None:
        if self._fit:
            self.setFixedHeight(px(self._row_height) * self.rows.rowCount())


def prepare_view(view: QAbstractItemView) -> None:
    """Give a view our bars, its ground see-through, hover and single selection."""
    slim(view)
    view.setMouseTracking(True)
    view.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
    view.viewport().setAutoFillBackground(False)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setTabKeyNavigation(False)
