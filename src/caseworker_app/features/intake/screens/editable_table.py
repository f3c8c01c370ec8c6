"""Tables whose values are corrected in place: a field opens over the cell, Enter keeps, Escape gives up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from caseworker_app.ui_kit import fonts, icons, paint
from caseworker_app.ui_kit.entries import Entry
from caseworker_app.ui_kit.row_model import Column, LazyRows
from caseworker_app.ui_kit.row_table import Cell, CellDelegate, RowTable
from caseworker_app.ui_kit.theme import colour, px

FIELD_HEIGHT = 30
PAD, VALUE_LINE = 8, 17
_LINE = 16
_MOST_LINES = 4


class Editable(Protocol):
    """A row with one value that may be typed anew; `place` says aloud where it is, `why` what is wrong."""

    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> str: ...  # noqa: D102
    @property
    def editable(self) -> bool: ...  # noqa: D102
    @property
    def place(self) -> str: ...  # noqa: D102
    @property
    def why(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class FieldCell(Cell):
    """A value in the frame of the field it becomes; `framed` False: shown plain, a field only once one types."""

    framed: bool = True


@dataclass(frozen=True, slots=True)
class SentenceCell(Cell):
    """A sentence on two lines, its icon before it."""


@dataclass(frozen=True, slots=True)
class ActionCell(Cell):
    """What a press does, drawn as the button it is."""


@dataclass(frozen=True, slots=True)
class ValueCell(Cell):
    """A value written whole, on as many lines as it takes."""


class EditableDelegate(CellDelegate):
    """Paints fields, sentences, actions and long values besides plain cells."""

    def _paint_cell(self, painter: QPainter, rect: QRect, cell: Cell, *, right: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(cell, FieldCell):
            _paint_field(painter, rect, cell)
        elif isinstance(cell, SentenceCell):
            _paint_sentence(painter, rect, cell)
        elif isinstance(cell, ActionCell):
            _paint_action(painter, rect, cell)
        elif isinstance(cell, ValueCell):
            _paint_value(painter, rect, cell)
        else:
            super()._paint_cell(painter, rect, cell, right=right)


def field_rect(rect: QRect) -> QRect:
    """Return where a field or an action stands in its cell."""
    tall = px(FIELD_HEIGHT)
    return QRect(rect.x() + px(6), rect.y() + (rect.height() - tall) // 2, rect.width() - px(12), tall)


class EditableTable(RowTable):
    """A table on rows held in memory, whose column `value_column` is typed in place.

    F2, a click in the field or any letter opens it. `typed(key, text)` once another value was entered.
    """

    typed = Signal(str, str)

    def __init__(
        self, name: str, cells: Callable[[Any], Sequence[Cell]], columns: Sequence[Column], value_column: int,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Make it empty."""
        self.listed: Sequence[Any] = ()
        self.editor: Entry | None = None
        self._value_column = value_column
        self._place = QPersistentModelIndex()
        self._before: Editable | None = None
        super().__init__(name, LazyRows(cells, lambda row: row.key, columns), parent)
        self.setItemDelegate(EditableDelegate(self))
        self.rows.page_wanted.connect(self._give_page)

    @property
    def current(self) -> Any | None:
        """Return the row one stands on."""
        row = self.currentIndex().row()
        return self.listed[row] if 0 <= row < len(self.listed) else None

    def show_listed(self, listed: Sequence[Any]) -> None:
        """Show other rows, standing where one stood: on the same row, or on the one that took its place."""
        self.end_typing(keep=False)
        here, row = self.current, self.currentIndex().row()
        top = self.verticalScrollBar().value()
        self.listed = listed
        self.rows.start(len(listed), listed[: 2 * 64])
        if here is not None:
            found = next((i for i, one in enumerate(listed) if one.key == here.key), row)
            self.stand_on(found)
            self.verticalScrollBar().setValue(top)

    def stand_on(self, row: int) -> None:
        """Stand on a row, on the last one when there are fewer."""
        if self.listed:
            self.setCurrentIndex(self.rows.index(max(0, min(row, len(self.listed) - 1)), 0))

    def begin_typing(self, text: str | None = None) -> None:
        """Open the field of the current row, with its value selected, or with what was just typed."""
        row = self.current
        if row is None or not row.editable or self.editor is not None:
            return
        index = self.rows.index(self.currentIndex().row(), self._value_column)
        self.scrollTo(index)
        editor = self.editor = Entry(height=FIELD_HEIGHT, distinct=True)
        editor.setAccessibleName(row.place)
        editor.setAccessibleDescription(row.why)
        editor.setText(row.value if text is None else text)
        self._place, self._before = QPersistentModelIndex(index), row
        editor.installEventFilter(self)
        self.setIndexWidget(index, _Frame(editor))
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if text is None:
            editor.selectAll()

    def end_typing(self, *, keep: bool) -> None:
        """Close the field; `keep`: what is typed is told by `typed`."""
        editor, before = self.editor, self._before
        if editor is None or before is None:
            return
        self.editor, self._before = None, None
        text, had_focus = editor.text(), editor.hasFocus()
        editor.removeEventFilter(self)
        if self._place.isValid():
            index = self.rows.index(self._place.row(), self._value_column)
            holder = self.indexWidget(index)
            if holder is not None:
                self.setIndexWidget(index, None)  # type: ignore[arg-type]
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if keep and text != before.value:
            self.typed.emit(before.key, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter and Escape of the open field, and keep what is typed when one leaves it."""
        if self.editor is None or watched is not self.editor:
            return False
        if event.type() == QEvent.Type.FocusOut:
            self.end_typing(keep=True)
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.end_typing(keep=True)
        elif key == Qt.Key.Key_Escape:
            self.end_typing(keep=False)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin to type with F2, Enter or the first letter itself."""
        if self.current is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.begin_typing()
        elif event.text().strip() and event.text().isprintable() and not _is_command(event):
            self.begin_typing(event.text())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the field that was clicked."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        inside = index.isValid() and field_rect(self.visualRect(index)).contains(point)
        if inside and event.button() == Qt.MouseButton.LeftButton:
            self.pressed_in(index.row(), index.column())

    def pressed_in(self, row: int, column: int) -> None:
        """Take a click inside the frame of a cell."""
        if column == self._value_column:
            self.begin_typing()

    def _give_page(self, generation: int, first: int, count: int) -> None:
        self.rows.fill(generation, first, self.listed[first : first + count])


class _Frame(QWidget):
    """Holds the open field where the painted one stood."""

    def __init__(self, editor: Entry) -> None:
        super().__init__()
        self._editor = editor
        editor.setParent(self)
        self.setFocusProxy(editor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._editor.setGeometry(field_rect(self.rect()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect().adjusted(0, 0, 0, -1), colour("surface"))
        painter.end()


def wrapped(words: str, face: QFont, room: int) -> list[str]:
    """Cut a value in lines no wider than `room`, at its own line ends and at spaces; the last is cut when painted."""
    metrics = QFontMetrics(face)
    lines: list[str] = []
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and metrics.horizontalAdvance(longer) > room:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return (
        lines
        if len(lines) <= _MOST_LINES
        else [*lines[: _MOST_LINES - 1], " ".join(lines[_MOST_LINES - 1 :])]
    )


def value_face(cell: Cell) -> QFont:
    """Return the face a value is written in."""
    return fonts.font(13, fonts.SEMI_BOLD if cell.strong else fonts.REGULAR)


def _paint_value(painter: QPainter, rect: QRect, cell: ValueCell) -> None:
    face = value_face(cell)
    lines = wrapped(cell.words, face, rect.width() - 2 * px(PAD))
    top = rect.center().y() - px(VALUE_LINE) * len(lines) // 2 + 1
    for number, line in enumerate(lines):
        box = QRect(
            rect.x() + px(PAD), top + number * px(VALUE_LINE), rect.width() - 2 * px(PAD), px(VALUE_LINE)
        )
        paint.text(painter, box, line, face, cell.tone)


def _paint_field(painter: QPainter, rect: QRect, cell: FieldCell) -> None:
    box = field_rect(rect)
    if cell.framed:
        paint.rounded(painter, box, "surface", "field", paint.CONTROL_RADIUS)
        if cell.tone in ("danger", "warn"):
            paint.ring(painter, box, token=cell.tone)
    words, tone = (cell.words, "text") if cell.words else ("vide", "muted")
    face = fonts.font(13, distinct=True)
    paint.text(painter, box.adjusted(px(10), 0, -px(8), 0), words, face, tone)


def _paint_sentence(painter: QPainter, rect: QRect, cell: SentenceCell) -> None:
    face = fonts.font(12, fonts.MEDIUM)
    box = rect.adjusted(px(8 + 20), 0, -px(6), 0)
    metrics = QFontMetrics(face)
    whole = metrics.horizontalAdvance(cell.words) <= box.width()
    lines = [cell.words] if whole else _two_lines(cell.words, metrics, box.width())
    top = rect.center().y() - px(_LINE) * len(lines) // 2 + 1
    icons.draw(painter, cell.icon, rect.x() + px(8), top + px(1), px(14), cell.tone)
    for number, line in enumerate(lines):
        line_box = QRect(box.x(), top + number * px(_LINE), box.width(), px(_LINE))
        paint.text(painter, line_box, line, face, cell.tone)


def _two_lines(words: str, metrics: QFontMetrics, room: int) -> list[str]:
    """Cut a sentence in two at a space; what is left over is cut with an ellipsis when painted."""
    first, rest = "", words.split(" ")
    while rest and metrics.horizontalAdvance(f"{first} {rest[0]}".strip()) <= room:
        first = f"{first} {rest.pop(0)}".strip()
    return [first, " ".join(rest)] if first and rest else [words]


def _paint_action(painter: QPainter, rect: QRect, cell: ActionCell) -> None:
    if not cell.words:
        return
    box = field_rect(rect)
    paint.rounded(painter, box, "surface", "border", paint.CONTROL_RADIUS)
    face, inner = fonts.font(13, fonts.MEDIUM, distinct=True), box.adjusted(px(8), 0, -px(8), 0)
    paint.text(painter, inner, cell.words, face, "text", Qt.AlignmentFlag.AlignHCenter)


def _is_command(event: QKeyEvent) -> bool:
    held = event.modifiers()
    return bool(held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
