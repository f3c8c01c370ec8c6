"""The list of the search in one's writings: whose entry it is, what and when, and the words found, in bold."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Signal
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from caseworker_app.features.diary.domain.entry import MEETING_KINDS
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.directory.domain.writings import Extract, ShownWriting
from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.row_list import Index, ListRing, paint_ground, prepare_view, ring_due
from caseworker_app.ui_kit.row_model import ITEM_ROLE, LazyRows
from caseworker_app.ui_kit.theme import colour, px

_INSET, _LINES = 24, 2
_MORE = " …"
_ICONS = {
    EntryKind.CALL: "phone", EntryKind.UNANSWERED_CALL: "phone", EntryKind.VIDEO_CALL: "phone-call",
    EntryKind.SMS: "message-2", EntryKind.EMAIL: "mail", EntryKind.LETTER: "mail",
    EntryKind.HOME_VISIT: "home", EntryKind.ADDITION: "pencil",
}  # fmt: skip


class WritingsList(ListRing, QListView):
    """A list of ShownWriting. `opened(number)` on Enter or click."""

    opened = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make it empty; `name` says what it lists."""
        super().__init__(parent)
        self.rows = LazyRows(lambda row: (row,), lambda row: row.key)
        self.setAccessibleName(name)
        prepare_view(self)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_WritingDelegate(self))
        self.setModel(self.rows)
        self.activated.connect(lambda index: self.opened.emit(index.row()))
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def seen(self) -> list[int]:
        """Return the numbers of the rows in sight."""
        first = self.indexAt(self.viewport().rect().topLeft()).row()
        last = self.indexAt(self.viewport().rect().bottomLeft()).row()
        count = self.rows.rowCount()
        return list(range(max(0, first), count if last < 0 else last + 1)) if count else []


class _WritingDelegate(QStyledItemDelegate):
    """Paints a ShownWriting: a line of facts, then two lines of the text."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height; the width is the list's."""
        return QSize(px(120), px(84))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, content, the rule under the row, the ring."""
        row, rect = index.data(ITEM_ROLE), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, rect)
        if isinstance(row, ShownWriting):
            _paint_row(painter, rect, row)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colour("line"))
        if ring_due(option):
            paint.ring(painter, rect, inset=1)
        painter.restore()


def _paint_row(painter: QPainter, rect: QRect, row: ShownWriting) -> None:
    left, right, top = rect.x() + px(_INSET), rect.right() - px(_INSET), rect.y() + px(10)
    icon = _ICONS.get(row.kind, "users" if row.kind in MEETING_KINDS else "notes")
    icons.draw(painter, icon, left, top + px(1), px(18), "muted")
    left += px(32)
    icons.draw(painter, "chevron-right", right - px(12), rect.center().y() - px(8), px(16), "muted")
    right -= px(24)
    face = fonts.font(13, fonts.SEMI_BOLD)
    wide = min(paint.width(row.title, face) + 1, (right - left) * 2 // 5)
    paint.text(painter, QRect(left, top, wide, px(20)), row.title, face, "text")
    beside = left + wide + px(8)
    if row.protected:
        icons.draw(painter, "lock", beside, top + px(3), px(14), "note")
        beside += px(20)
    paint.text(painter, QRect(beside, top, right - beside, px(20)), row.facts, fonts.font(12), "muted")
    _paint_extract(painter, QRect(left, top + px(22), right - left, px(2 * 20)), row.extract)


def _paint_extract(painter: QPainter, box: QRect, told: Extract) -> None:
    face = fonts.font(13)
    layout = QTextLayout(told.text, face)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.setFormats([_mark(first, last) for first, last in told.marks])
    left_out = paint.width(_MORE, face)
    layout.beginLayout()
    for number in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(box.width() - (left_out if number == _LINES - 1 else 0))
        line.setPosition(QPointF(0, number * px(19)))
    layout.endLayout()
    painter.setPen(colour("text"))
    at = QPointF(box.x(), box.y())
    layout.draw(painter, at)
    last = layout.lineAt(layout.lineCount() - 1)
    if last.isValid() and last.textStart() + last.textLength() < len(told.text):
        painter.setFont(face)
        painter.drawText(at + QPointF(last.naturalTextWidth(), last.y() + last.ascent()), _MORE)


def _mark(first: int, last: int) -> QTextLayout.FormatRange:
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold)
    look.setBackground(colour("warn_soft"))
    mark = QTextLayout.FormatRange()
    mark.start, mark.length, mark.format = first, last - first, look
    return mark
