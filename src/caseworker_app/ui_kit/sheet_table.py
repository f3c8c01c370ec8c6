"""The table a sheet stands on: its rows and columns, the place one stands at, the cell being typed into."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit.scroll import slim
from caseworker_app.ui_kit.sheet_editor import SheetEditor, SheetSentence, Step
from caseworker_app.ui_kit.sheet_fill import SheetEntry
from caseworker_app.ui_kit.sheet_model import Index, SheetColumn, SheetModel, SheetRow
from caseworker_app.ui_kit.sheet_paint import HEADER_HEIGHT, ROW_HEIGHT, SheetDelegate, SheetHeader
from caseworker_app.ui_kit.theme import px

# Names are read first: other columns give way before one is cut.
_LEAST_NAME = 222


class SheetTable(QTableView):
    """What one types into; `SheetView` adds the keys, the clipboard and the pointer.

    `check(row_key, text)` raises InvalidEntry for what a cell may not hold. `entered(tuple of SheetEntry)`:
    confirmed cells.
    """

    entered = Signal(object)

    def __init__(self, name: str, check: Callable[[str, str], None], parent: QWidget | None = None) -> None:
        """Make it empty; `name` says what the sheet holds."""
        super().__init__(parent)
        self.sheet = SheetModel()
        self._check = check
        # The cell being typed into, by its keys, and what it held.
        self._editing: tuple[str, str, str] | None = None
        # Texts that were refused and wait in their cells, each with its sentence.
        self._refused: dict[tuple[str, str], tuple[str, str]] = {}
        self._kept: tuple[str, str, int] = ("", "", 0)
        self._tab_column: int | None = None
        self.setAccessibleName(name)
        self.editor = SheetEditor(self.viewport())
        self.editor.left.connect(self._editor_left)
        self.editor.given_up.connect(self._give_up)
        self.sentence = SheetSentence(self)
        self._dress()
        self.setModel(self.sheet)
        self.sheet.modelAboutToBeReset.connect(self._keep_place)
        self.sheet.modelReset.connect(self._return_to_place)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(self._follow)
        self.selectionModel().currentChanged.connect(self._say_refusal)

    @property
    def several_chosen(self) -> bool:
        """Say whether more than the current cell is chosen."""
        block = self.block()
        return block.width() * block.height() > 1

    @property
    def editing(self) -> bool:
        """Say whether a cell is being typed into."""
        return self._editing is not None

    def block(self) -> QRect:
        """Return what is chosen, in columns and rows; empty without a current cell."""
        found, chosen = QRect(), self.selectionModel().selection()
        for number in range(chosen.size()):
            part = chosen.at(number)
            found |= QRect(part.left(), part.top(), part.width(), part.height())
        here = self.currentIndex()
        return found if found.isValid() or not here.isValid() else QRect(here.column(), here.row(), 1, 1)

    def show_sheet(self, columns: Sequence[SheetColumn], rows: Sequence[SheetRow]) -> None:
        """Show other columns and rows; the current cell and what is being typed stay."""
        anew = tuple(columns) != self.sheet.columns
        self.sheet.show_rows(columns, rows)
        if anew:
            self._fit_columns()
        self._follow()

    def stand_on(self, row_key: str, column_key: str) -> bool:
        """Make a cell the current one; say whether it is shown."""
        index = self.sheet.place(row_key, column_key)
        if index.isValid():
            self.setCurrentIndex(index)
        return index.isValid()

    def stand_on_first(self) -> None:
        """Stand on the first cell to type into, in the column one works in."""
        strong = [number for number, column in enumerate(self.sheet.columns) if column.strong]
        for number, row in enumerate(self.sheet.rows):
            for column in strong:
                if row.cells[column].editable:
                    self.setCurrentIndex(self.sheet.index(number, column))
                    self.scrollToTop()
                    return

    def refuse(self, entry: SheetEntry, sentence: str) -> None:
        """Show that what a cell was given is refused, and why; the text waits there to be corrected."""
        self._refused[entry.row, entry.column] = (entry.text, sentence)
        if self.stand_on(entry.row, entry.column):
            self.scrollTo(self.currentIndex())
            self.say_here(sentence)
        self.viewport().update()

    def say_here(self, sentence: str) -> None:
        """Show a sentence beside the current cell."""
        self.sentence.say(sentence, lambda: self._rect_in_view(self.currentIndex()))

    def refused_text(self, row_key: str, column_key: str) -> str | None:
        """Return the refused text that waits in a cell, None where there is none."""
        return self._refused.get((row_key, column_key), (None, ""))[0]

    def is_current(self, index: Index) -> bool:
        """Say whether a cell is the current one."""
        here = self.currentIndex()
        return (here.row(), here.column()) == (index.row(), index.column())

    def forget_refusals(self) -> None:
        """Drop refused texts and what is being typed: another household is shown."""
        self._refused.clear()
        self._close_editor()
        self.sentence.hide()

    def finish(self) -> bool:
        """Confirm the cell being typed into; say whether nothing refused is left."""
        self._editor_left(None)
        return not self._refused

    def begin_edit(self, index: Index, text: str | None = None) -> None:
        """Type into a cell: over it (`text`, the first key) or in what it holds (None)."""
        if not index.isValid() or not self.sheet.cell(index.row(), index.column()).editable:
            return
        row, column = self.sheet.rows[index.row()], self.sheet.columns[index.column()]
        cell = row.cells[index.column()]
        waiting = self._refused.get((row.key, column.key), (cell.typed, ""))[0]
        self.scrollTo(index)
        self.sentence.hide()
        self._editing = (row.key, column.key, cell.typed)
        name = f"{row.cells[0].words}, {column.spoken or column.title}"
        self.editor.begin(
            self._editor_rect(index), name, waiting if text is None else text, replacing=text is not None
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a cell as soon as the sheet has the focus."""
        # Before Qt, which would stand on a name.
        if not self.currentIndex().isValid():
            self.stand_on_first()
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rest of the width to the names."""
        super().resizeEvent(event)
        self._fit_columns()
        self._follow()

    def sizeHint(self) -> QSize:
        """Ask for the rows there are."""
        rows = max(8, len(self.sheet.rows))
        return QSize(px(640), px(HEADER_HEIGHT) + px(ROW_HEIGHT) * rows + 2)

    def minimumSizeHint(self) -> QSize:
        """Give way down to a few rows."""
        return QSize(px(300), px(HEADER_HEIGHT) + px(ROW_HEIGHT) * 6)

    def _editor_left(self, step: Step | None) -> None:
        """Confirm what is typed, or say why not; `step` None: the focus went elsewhere."""
        if self._editing is None:
            return
        row_key, column_key, before = self._editing
        text = self.editor.text().strip()
        if text != before:
            try:
                self._check(row_key, text)
            except InvalidEntry as error:
                self._typing_refused(text, error.sentence, stays=step is not None)
                return
        self._refused.pop((row_key, column_key), None)
        self._close_editor()
        self.sentence.hide()
        if step is not None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if text != before:
            self.entered.emit((SheetEntry(row_key, column_key, text),))
        if step is not None:
            self._go(step)

    def _typing_refused(self, text: str, sentence: str, *, stays: bool) -> None:
        if self._editing is None:
            return
        if stays:
            self.editor.set_refused(refused=True)
            self.editor.setAccessibleDescription(sentence)
            self.say_here(sentence)
            return
        self._refused[self._editing[:2]] = (text, sentence)
        self._close_editor()

    def _give_up(self) -> None:
        if self._editing is not None:
            self._refused.pop(self._editing[:2], None)
        self._close_editor()
        self.sentence.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_editor(self) -> None:
        self._editing = None
        self.editor.hide()
        if not self._refused:
            # What is confirmed, or given up, is no longer on its way: nothing to give back at the next opening.
            self.editor.setModified(False)
        self.viewport().update()

    def _go(self, step: Step) -> None:
        """Go on from a confirmed cell: sideways to its neighbour, down to the next one to type into, under
        where Tab began.
        """
        here, rows = self.currentIndex(), step.rows
        if step.tab:
            self.tab(step.columns)
            return
        column = here.column() if self._tab_column is None else self._tab_column
        self._tab_column = None
        if step.columns:
            beside = min(len(self.sheet.columns) - 1, max(0, here.column() + step.columns))
            self.setCurrentIndex(self.sheet.index(here.row(), beside))
            return
        row = here.row() + rows
        while 0 <= row < len(self.sheet.rows):
            if self.sheet.cell(row, column).editable:
                self.setCurrentIndex(self.sheet.index(row, column))
                return
            row += rows

    def tab(self, step: int) -> bool:
        """Go to the next cell that can be typed into, or the one before; say whether there is one."""
        index, wide = self.currentIndex(), len(self.sheet.columns)
        if self._tab_column is None:
            self._tab_column = index.column()
        place = index.row() * wide + index.column() + step
        while 0 <= place < wide * len(self.sheet.rows):
            row, column = divmod(place, wide)
            if self.sheet.cell(row, column).editable:
                self.setCurrentIndex(self.sheet.index(row, column))
                return True
            place += step
        return False

    def _keep_place(self) -> None:
        index = self.currentIndex()
        row = column = ""
        if index.isValid() and index.row() < len(self.sheet.rows):
            row, column = self.sheet.rows[index.row()].key, self.sheet.columns[index.column()].key
        self._kept = (row, column, self.verticalScrollBar().value())

    def _return_to_place(self) -> None:
        row, column, scrolled = self._kept
        index = self.sheet.place(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._fit_columns()
        self.verticalScrollBar().setValue(scrolled)

    def _say_refusal(self) -> None:
        """Say again, when one comes back to a refused cell, why it is refused."""
        index = self.currentIndex()
        if index.isValid() and index.row() < len(self.sheet.rows):
            place = self.sheet.rows[index.row()].key, self.sheet.columns[index.column()].key
            if place in self._refused:
                self.say_here(self._refused[place][1])
                return
        self.sentence.hide()

    def _follow(self) -> None:
        """Keep the editor and the sentence over their cell, which scrolled or moved."""
        if self.sentence.sentence and self.currentIndex().isValid():
            self.say_here(self.sentence.sentence)
        if self._editing is None:
            return
        index = self._editing_index()
        if index.isValid():
            self.editor.setGeometry(self._editor_rect(index))
        else:
            self._close_editor()

    def _editing_index(self) -> Index:
        return QModelIndex() if self._editing is None else self.sheet.place(*self._editing[:2])

    def _editor_rect(self, index: Index) -> QRect:
        return self.visualRect(index).adjusted(0, 0, 0, -1)

    def _rect_in_view(self, index: Index) -> QRect:
        rect = self.visualRect(index)
        return QRect(self.viewport().mapTo(self, rect.topLeft()), rect.size())

    def _fit_columns(self) -> None:
        columns, room = self.sheet.columns, self.viewport().width()
        if not columns:
            return
        shown = list(range(len(columns)))
        for number in reversed(range(1, len(columns))):
            fixed = sum(px(columns[i].width) for i in shown[1:])
            if columns[number].optional and fixed + px(_LEAST_NAME) > room:
                shown.remove(number)
        fixed = sum(px(columns[i].width) for i in shown[1:])
        for number, column in enumerate(columns):
            self.setColumnHidden(number, number not in shown)
            wide = px(column.width) if number else max(px(_LEAST_NAME - 40), room - fixed)
            self.setColumnWidth(number, wide)

    def _dress(self) -> None:
        slim(self)
        self.setShowGrid(False)
        self.setItemDelegate(SheetDelegate(self))
        self.setHorizontalHeader(SheetHeader(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(px(ROW_HEIGHT))
        self.verticalHeader().setDefaultSectionSize(px(ROW_HEIGHT))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
