"""The rows and cells that a sheet shows, spoken as sentences to screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from caseworker_app.ui_kit.row_model import ITEM_ROLE

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["band", "group", "line", "total"]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its width at 100 % (the first one takes the rest), `amounts` when its cells hold figures.

    `strong`: the column one works in; `tinted`: what is only supposed, never in the file; `optional`: gives
    way where the others need the room.
    """

    key: str
    title: str
    width: int
    amounts: bool = True
    strong: bool = False
    tinted: bool = False
    optional: bool = False
    icon: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell: the words shown; `typed`: the text one edits and copies; `changed`: differs from its base."""

    words: str = ""
    typed: str = ""
    editable: bool = False
    changed: bool = False
    muted: bool = False
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row; `folded` None: nothing folds under it. `indent` in steps, `opens`: Enter on its name opens it."""

    key: str
    kind: Kind
    cells: tuple[SheetCell, ...]
    indent: int = 0
    folded: bool | None = None
    opens: bool = False


class SheetModel(QAbstractTableModel):
    """Rows of a sheet, replaced whole; where rows and columns keep their keys, the view keeps its place."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.columns: tuple[SheetColumn, ...] = ()
        self.rows: tuple[SheetRow, ...] = ()

    def show_rows(self, columns: Sequence[SheetColumn], rows: Sequence[SheetRow]) -> None:
        """Show other rows: cell by cell where the sheet keeps its shape, else anew."""
        columns, rows = tuple(columns), tuple(rows)
        same = [r.key for r in rows] == [r.key for r in self.rows] and columns == self.columns
        if same:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))
            return
        self.beginResetModel()
        self.columns, self.rows = columns, rows
        self.endResetModel()

    def cell(self, row: int, column: int) -> SheetCell:
        """Return a cell by its place."""
        return self.rows[row].cells[column]

    def place(self, row_key: str, column_key: str) -> Index:
        """Return where a cell stands, an invalid index when it is not shown."""
        row = next((n for n, each in enumerate(self.rows) if each.key == row_key), -1)
        column = next((n for n, each in enumerate(self.columns) if each.key == column_key), -1)
        return self.index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many columns are shown."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that a cell can be chosen, and whether it can be typed into."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.cell(index.row(), index.column()).editable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell itself, its words, what is read aloud."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        cell = self.cell(index.row(), index.column())
        if role == ITEM_ROLE:
            return cell
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "" if self.columns[index.column()].amounts else cell.words
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return cell.words if role == Qt.ItemDataRole.DisplayRole else cell.typed
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            column = self.columns[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return column.title
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return column.spoken or column.title
        return None

    def _spoken(self, index: Index) -> str:
        row, column = self.rows[index.row()], self.columns[index.column()]
        cell = row.cells[index.column()]
        if not column.amounts:
            folded = {None: "", True: "replié", False: "déplié"}[row.folded] if not index.column() else ""
            return ", ".join(part for part in (cell.spoken or cell.words, folded) if part)
        name = row.cells[0].spoken or row.cells[0].words
        words = cell.spoken or cell.words or "vide"
        return f"{name}, {column.spoken or column.title}\u00a0: {words}"
