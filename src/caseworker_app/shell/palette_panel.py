"""The list under the search field: groups, matched letters marked, shortcuts; the cursor stays in the field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from caseworker_app.kernel.marking import marks_in
from caseworker_app.shell.palette_found import GROUP_LABELS, Found, Group
from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.card import Surface
from caseworker_app.ui_kit.row_list import paint_ground, prepare_view
from caseworker_app.ui_kit.row_model import ITEM_ROLE
from caseworker_app.ui_kit.text import Label
from caseworker_app.ui_kit.theme import colour, px

_ROW, _HEAD, _INSET = 46, 28, 16
# Wider than its field, so that a name and where it was found stand side by side.
WIDTH, _TALLEST = 640, 520
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class GroupTitle:
    """The line that names a group."""

    group: Group

    @property
    def spoken(self) -> str:
        """Return what a screen reader says."""
        return GROUP_LABELS[self.group]


Line = Found | GroupTitle


class PaletteRows(QAbstractListModel):
    """The lines, each group under its title."""

    def __init__(self, parent: QWidget) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.lines: list[Line] = []

    def show_lines(self, found: Sequence[Found]) -> None:
        """Show lines that come group by group."""
        self.beginResetModel()
        self.lines = []
        group = None
        for each in found:
            if each.group is not group:
                group = each.group
                self.lines.append(GroupTitle(group))
            self.lines.append(each)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        """Return how many lines there are, titles of groups included."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the line to paint, or its words."""
        line = self.lines[index.row()]
        if role == ITEM_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every line be chosen but titles."""
        if isinstance(self.lines[index.row()], GroupTitle):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def found_at(self, row: int) -> Found | None:
        """Return a line that can be chosen, None for a title."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, Found) else None


class _Delegate(QStyledItemDelegate):
    """Paints a title of group, or a line: icon, title, detail, keys."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(120), px(_HEAD if isinstance(index.data(ITEM_ROLE), GroupTitle) else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, rect = index.data(ITEM_ROLE), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, GroupTitle):
            words = rect.adjusted(px(_INSET), px(6), -px(_INSET), 0)
            paint.text(painter, words, line.spoken, fonts.font(12, fonts.SEMI_BOLD), "muted")
        elif isinstance(line, Found):
            paint_ground(painter, option, rect)
            self._paint_line(painter, rect, line)
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRect, line: Found) -> None:
        left, right = rect.x() + px(_INSET), rect.right() - px(_INSET)
        icons.draw(painter, line.icon or "users", left, rect.center().y() - px(9), px(18), "muted")
        left += px(30)
        if line.keys:
            right = _paint_keys(painter, rect, line.keys, right) - px(12)
        title_face, detail_face = fonts.font(13, fonts.SEMI_BOLD), fonts.font(12)
        whole = QRect(left, rect.y(), right - left, rect.height())
        if not line.detail:
            _paint_marked(painter, whole, line.title, title_face, "text", line.sought)
            return
        top = QRect(left, rect.center().y() - px(19), right - left, px(20))
        _paint_marked(painter, top, line.title, title_face, "text", line.sought)
        _paint_marked(painter, top.translated(0, px(18)), line.detail, detail_face, "muted", line.sought)


def _paint_keys(painter: QPainter, rect: QRect, keys: str, right: int) -> int:
    face = fonts.font(11, fonts.MEDIUM)
    wide, tall = paint.width(keys, face) + px(12), px(20)
    cap = QRect(right - wide, rect.center().y() - tall // 2, wide, tall)
    paint.rounded(painter, cap, "sunken", "border", 4)
    paint.text(painter, cap, keys, face, "muted", Qt.AlignmentFlag.AlignHCenter)
    return cap.left()


def _paint_marked(
    painter: QPainter, rect: QRect, words: str, face: QFont, tone: str, sought: Sequence[str]
) -> None:
    """Write a line, the letters that were found on a tint and underlined."""
    metrics = QFontMetrics(face)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    height = min(rect.height(), metrics.height() + px(2))
    top = rect.y() + (rect.height() - height) // 2
    for start, end in marks_in(shown, sought):
        left = rect.x() + metrics.horizontalAdvance(shown[:start])
        wide = rect.x() + metrics.horizontalAdvance(shown[:end]) - left
        paint.rounded(painter, QRect(left - 1, top, wide + 2, height), "accent_soft", None, 3)
        painter.fillRect(left, top + height - px(2), wide, px(1.5), colour("accent"))
    paint.text(painter, rect, shown, face, tone)


class PalettePanel(Surface):
    """Floats under the search field. `opened(Found)` when a line is chosen."""

    opened = Signal(object)

    def __init__(self, window: QWidget) -> None:
        """Float over a window, hidden."""
        super().__init__("raised", "field", parent=window)
        self._window = window
        self.asking = Label("", 13, fonts.MEDIUM, "accent", wrap=True)
        self.asking.setContentsMargins(16, px(8), 16, px(4))
        self.list = QListView()
        self.rows = PaletteRows(self.list)
        self._prepare_list()
        self.nothing = Label("", 13, tone="muted", wrap=True)
        self.nothing.setContentsMargins(16, px(12), 16, px(12))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.setSpacing(0)
        for part in (self.asking, self.list, self.nothing):
            column.addWidget(part)
        self.hide()

    def show_found(self, found: Sequence[Found], nothing: str, under: QWidget, asking: str = "") -> None:
        """Show lines under a field, the first one ready for Enter; `nothing` is said when there are none."""
        self.rows.show_lines(found)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.nothing.setText(nothing)
        self.asking.setVisible(bool(asking))
        self.asking.setText(asking)
        self._place(under)
        self.show()
        self.raise_()
        if found:
            self._stand_on(1)
            self.list.scrollToTop()

    def step(self, by: int) -> None:
        """Move to another line, over the titles of groups; from the last one to the first."""
        chosen = [row for row in range(self.rows.rowCount()) if self.rows.found_at(row)]
        if not self.isVisible() or not chosen:
            return
        here = self.list.currentIndex().row()
        place = chosen.index(here) if here in chosen else 0
        single = abs(by) == 1
        after = (place + by) % len(chosen) if single else min(len(chosen) - 1, max(0, place + by))
        self._stand_on(chosen[after])

    @property
    def current(self) -> Found | None:
        """The line one stands on."""
        return self.rows.found_at(self.list.currentIndex().row()) if self.isVisible() else None

    def open_current(self) -> None:
        """Open the line one stands on."""
        if (found := self.current) is not None:
            self._open(found)

    def _prepare_list(self) -> None:
        prepare_view(self.list)
        self.list.setAccessibleName("Résultats de la recherche")
        self.list.setModel(self.rows)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._clicked)

    def _place(self, under: QWidget) -> None:
        corner = under.mapTo(self._window, QPoint(0, under.height() + 4))
        wide = min(max(under.width(), px(WIDTH)), self._window.width() - corner.x() - 12)
        heights = [px(_HEAD if isinstance(line, GroupTitle) else _ROW) for line in self.rows.lines]
        room = min(px(_TALLEST), self._window.height() - corner.y() - px(60))
        self.list.setFixedHeight(max(px(_ROW), min(sum(heights), room)))
        self.setFixedWidth(wide)
        self.adjustSize()
        self.move(corner)

    def _stand_on(self, row: int) -> None:
        self.list.setCurrentIndex(self.rows.index(row, 0))
        # The focus stays in the field: screen readers are told which line one stands on.
        event = QAccessibleEvent(self.list, QAccessible.Event.Focus)
        event.setChild(row)
        QAccessible.updateAccessibility(event)

    def _clicked(self, index: QModelIndex) -> None:
        found = self.rows.found_at(index.row())
        if found is not None:
            self._open(found)

    def _open(self, found: Found) -> None:
        self.opened.emit(found)
