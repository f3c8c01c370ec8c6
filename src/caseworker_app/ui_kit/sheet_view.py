"""A sheet of amounts edited like a spreadsheet: typed into, copied, pasted, filled, folded, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit import paint, sheet_clip
from caseworker_app.ui_kit.sheet_fill import SheetEntry, fill_cells, fill_entries, paste_entries
from caseworker_app.ui_kit.sheet_model import Index
from caseworker_app.ui_kit.sheet_table import SheetTable
from caseworker_app.ui_kit.theme import colour, px

_HANDLE = 7
_KEYS_TOLD = (
    "Flèches pour se déplacer, Entrée ou F2 pour modifier, Tab pour la case suivante, "
    "Ctrl+D et Ctrl+R pour recopier, Échap puis Tab pour sortir de la feuille."
)
_FOLDING = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}


class SheetView(SheetTable):
    """A SheetTable with the keys, the clipboard and the pointer of a spreadsheet.

    `entered`: typed, pasted, filled or emptied cells, to be saved as one change. `toggled(row_key)`: a row
    that folds; `row_opened(row_key)`: the line itself; `menu_asked(row_key, point)`: its menu;
    `undo_asked()`: Ctrl+Z; `noticed(sentence)`: something to know.
    """

    toggled = Signal(str)
    row_opened = Signal(str)
    menu_asked = Signal(str, QPoint)
    undo_asked = Signal()
    noticed = Signal(str)

    def __init__(self, name: str, check: Callable[[str, str], None], parent: QWidget | None = None) -> None:
        """Make it empty; `name` says what the sheet holds."""
        super().__init__(name, check, parent)
        self.setAccessibleDescription(_KEYS_TOLD)
        # What is being filled from, in columns and rows; Escape lets the next Tab leave the sheet.
        self._filling: QRect | None = None
        self._leaving = False
        # What was copied must not outlive the sheet, which the lock destroys.
        self.destroyed.connect(sheet_clip.forget)

    def copy(self) -> None:
        """Copy the amounts chosen; names never go to the clipboard."""
        rows, columns = self._chosen()
        if not columns:
            self.noticed.emit("Seuls les montants se copient\u00a0: choisissez des cases de montants.")
            return
        cells = [[self.sheet.cell(row, column) for column in columns] for row in rows]
        typed = [[cell.typed if cell.editable else "" for cell in row] for row in cells]
        sheet_clip.put([[cell.typed for cell in row] for row in cells], typed)

    def paste(self) -> None:
        """Paste amounts from the current cell on, all of them or none."""
        rows, columns = self._chosen()
        self._enter(lambda: paste_entries(self.sheet, sheet_clip.taken(), rows, columns, self._check))

    def clear_chosen(self) -> None:
        """Empty the chosen cells."""
        rows, columns = self._chosen()
        places = [(row, column) for row in rows for column in columns]
        entries = [self._entry(row, column, "") for row, column in places]
        held = [entry for entry, place in zip(entries, places, strict=True) if self._is_held(*place)]
        self._enter(lambda: tuple(held))

    def fill(self, *, down: bool) -> None:
        """Fill the chosen cells from their first row (`down`) or column; of one cell, from its neighbour."""
        rows, columns = self._chosen()
        if not columns:
            return
        if down and len(rows) == 1:
            above = next((r for r in reversed(range(rows[0])) if self.sheet.rows[r].kind == "line"), None)
            rows = rows if above is None else [above, *rows]
        if not down and len(columns) == 1 and self.sheet.columns[columns[0] - 1].amounts:
            columns = [columns[0] - 1, *columns]
        self._enter(lambda: fill_entries(self.sheet, rows, columns, down=down))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a spreadsheet does with each key."""
        leaving, self._leaving = self._leaving, event.key() == Qt.Key.Key_Escape
        command = self._command_of(event)
        if command is not None:
            self.sentence.hide()
            command()
        elif not (self._place_key(event, leaving=leaving) or self._typing_key(event)):
            self._tab_column = None
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+Z, Ctrl+D and Ctrl+R before the window's own shortcuts, and Tab before Qt moves on."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._command_of(event) is not None:
                event.accept()
                return True
            tab = event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            if event.type() == QEvent.Type.KeyPress and tab and self._tab_taken(event):
                return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Begin a cell with what an input method commits."""
        if event.commitString():
            self.begin_edit(self.currentIndex(), event.commitString())
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to fill from the handle, fold from a name, or choose cells."""
        point, left = event.position().toPoint(), event.button() == Qt.MouseButton.LeftButton
        if left and self._handle().contains(point):
            self._filling = self.block()
            return
        self.sentence.hide()
        super().mousePressEvent(event)
        index = self.indexAt(point)
        if left and index.isValid() and index.column() == 0:
            self._toggle(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stretch what is filled, or what is chosen."""
        point = event.position().toPoint()
        if self._filling is not None:
            index = self.indexAt(point)
            if index.isValid():
                self._choose(_stretched(self._filling, index))
            return
        over = self._handle().contains(point)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fill what the handle was drawn over."""
        if self._filling is None:
            super().mouseReleaseEvent(event)
            return
        source, self._filling = self._filling, None
        pairs = _repeated(source, self.block())
        self._enter(lambda: fill_cells(self.sheet, pairs))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Type into a cell, or open the line of a name."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.sheet.rows[index.row()].folded is None:
            self._open(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a row, at the pointer or under the current cell."""
        by_keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keyboard else self.indexAt(event.pos())
        if index.isValid():
            under = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            point = under if by_keyboard else event.globalPos()
            self.menu_asked.emit(self.sheet.rows[index.row()].key, point)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, then the handle that fills."""
        super().paintEvent(event)
        handle = self._handle()
        if handle.isValid() and (self.hasFocus() or self._filling is not None):
            painter = paint.begin(self.viewport())
            painter.fillRect(handle, colour("surface"))
            painter.fillRect(handle.adjusted(1, 1, 0, 0), colour("accent"))
            painter.end()

    def _command_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        standard = QKeySequence.StandardKey
        for keys, command in (
            (standard.Copy, self.copy),
            (standard.Cut, self._cut),
            (standard.Paste, self.paste),
            (standard.Undo, self.undo_asked.emit),
        ):
            if event.matches(keys):
                return command
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            if event.key() == Qt.Key.Key_D:
                return lambda: self.fill(down=True)
            if event.key() == Qt.Key.Key_R:
                return lambda: self.fill(down=False)
        return None

    def _tab_taken(self, event: QKeyEvent) -> bool:
        """Go to the next cell; past the last one, or after Escape, Tab leaves the sheet."""
        leaving, self._leaving = self._leaving, False
        self.sentence.hide()
        return not leaving and self.tab(-1 if event.key() == Qt.Key.Key_Backtab else 1)

    def _place_key(self, event: QKeyEvent, *, leaving: bool) -> bool:
        """Take the keys that concern the row or the cell one stands on."""
        key, index = Qt.Key(event.key()), self.currentIndex()
        if not index.isValid():
            return False
        row = self.sheet.rows[index.row()]
        if key == Qt.Key.Key_Escape and not leaving:
            column = self.sheet.columns[index.column()]
            self._refused.pop((row.key, column.key), None)
            self.sentence.hide()
            self.viewport().update()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open(index)
            return True
        turns = _FOLDING.get(key) if index.column() == 0 and not event.modifiers() else None
        if (turns is not None and row.folded is turns) or key == Qt.Key.Key_Space:
            self._toggle(index)
            return True
        return False

    def _typing_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_chosen()
            return True
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        # AltGr, which types « € », comes as Ctrl and Alt together.
        if not event.text() or not event.text().isprintable() or (held and event.text() != "€"):
            return False
        self.begin_edit(self.currentIndex(), event.text())
        return True

    def _open(self, index: Index) -> None:
        row = self.sheet.rows[index.row()]
        if self.sheet.cell(index.row(), index.column()).editable:
            self.begin_edit(index)
        elif row.folded is not None:
            self._toggle(index)
        elif row.opens and not self.sheet.columns[index.column()].amounts:
            self.row_opened.emit(row.key)

    def _toggle(self, index: Index) -> None:
        row = self.sheet.rows[index.row()]
        if row.folded is not None:
            self.toggled.emit(row.key)

    def _cut(self) -> None:
        self.copy()
        self.clear_chosen()

    def _enter(self, make: Callable[[], Sequence[SheetEntry]]) -> None:
        try:
            entries = tuple(make())
        except InvalidEntry as error:
            self.say_here(error.sentence)
            return
        for entry in entries:
            self._refused.pop((entry.row, entry.column), None)
        if entries:
            self.entered.emit(entries)

    def _chosen(self) -> tuple[list[int], list[int]]:
        """Return the rows chosen, and the columns of amounts among those chosen."""
        block = self.block()
        columns = range(block.left(), block.right() + 1) if block.isValid() else ()
        rows = list(range(block.top(), block.bottom() + 1)) if block.isValid() else []
        return rows, [column for column in columns if self.sheet.columns[column].amounts]

    def _entry(self, row: int, column: int, text: str) -> SheetEntry:
        return SheetEntry(self.sheet.rows[row].key, self.sheet.columns[column].key, text)

    def _is_held(self, row: int, column: int) -> bool:
        cell = self.sheet.cell(row, column)
        return cell.editable and bool(cell.typed)

    def _choose(self, block: QRect) -> None:
        first, last = (
            self.sheet.index(block.top(), block.left()),
            self.sheet.index(block.bottom(), block.right()),
        )
        self.selectionModel().select(
            QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def _handle(self) -> QRect:
        block = self.block()
        if not block.isValid() or self.editing or block.bottom() >= len(self.sheet.rows):
            return QRect()
        if not all(self.sheet.columns[c].amounts for c in range(block.left(), block.right() + 1)):
            return QRect()
        corner = self.visualRect(self.sheet.index(block.bottom(), block.right())).bottomRight()
        side = px(_HANDLE)
        return QRect(corner.x() - side + 1, corner.y() - side, side, side)


def _stretched(source: QRect, index: Index) -> QRect:
    """Stretch a block to a cell, down or up, or sideways: the way the pointer went further."""
    down = max(index.row() - source.bottom(), source.top() - index.row())
    across = max(index.column() - source.right(), source.left() - index.column())
    if max(down, across) <= 0:
        return QRect(source)
    if down >= across:
        return source | QRect(source.left(), index.row(), source.width(), 1)
    return source | QRect(index.column(), source.top(), 1, source.height())


def _repeated(source: QRect, whole: QRect) -> list[tuple[int, int, int, int]]:
    """Pair each cell around a block with the one of the block that it repeats."""
    pairs = []
    for row in range(whole.top(), whole.bottom() + 1):
        for column in range(whole.left(), whole.right() + 1):
            if not source.contains(column, row):
                from_row = source.top() + (row - source.top()) % source.height()
                from_column = source.left() + (column - source.left()) % source.width()
                pairs.append((from_row, from_column, row, column))
    return pairs
