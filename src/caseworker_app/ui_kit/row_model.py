"""Rows of lists and tables, fetched page by page, so that 55,000 of them cost no more than the ones seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

Index = QModelIndex | QPersistentModelIndex

ITEM_ROLE = Qt.ItemDataRole.UserRole
# Asked for every cell painted; combining Qt's enumerations each time costs as much as reading the cell.
_CHOOSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
PAGE = 64
_PAGES_KEPT = 48


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its width in pixels at 100 % (0: takes the rest), its key when
    sortable.

    `optional` columns give way, the last first, where the others need the room (large text, small window).
    """

    title: str
    width: int = 0
    sort_key: str = ""
    right: bool = False
    optional: bool = False


class LazyRows(QAbstractTableModel):
    """Knows how many rows there are and holds the pages around those seen.

    `cells(row)` turns one row of the service into one value per column (Cell, Row…), each with a `spoken`
    text; `key(row)` gives its id. When a row is drawn that is not held, `page_wanted(generation, first,
    count)` asks for its page: answer, now or later, with `fill(generation, first, rows)`; late answers of an
    older list are dropped.
    """

    page_wanted = Signal(int, int, int)
    ticks_changed = Signal()

    def __init__(
        self,
        cells: Callable[[Any], Sequence[Any]],
        key: Callable[[Any], str],
        columns: Sequence[Column] = (Column(""),),
        *,
        ticks: bool = False,
    ) -> None:
        """Make an empty list; `ticks` lets the first column tick rows."""
        super().__init__()
        self.columns = tuple(columns)
        self.ticks = ticks
        self.ticked: set[str] = set()
        self.generation = 0
        self._cells, self._key = cells, key
        self._total = 0
        self._pages: OrderedDict[int, list[tuple[Any, Sequence[Any]]]] = OrderedDict()
        self._wanted: set[int] = set()
        self._asked: set[int] = set()
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._ask)

    def start(self, total: int, first_rows: Sequence[Any] = ()) -> int:
        """Show another list of `total` rows, of which the first are at hand; return its generation."""
        self.beginResetModel()
        self.generation += 1
        self._total = total
        self._pages.clear()
        self._wanted.clear()
        self._asked.clear()
        self._keep(0, first_rows)
        self.endResetModel()
        return self.generation

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show a short list, all of it at hand."""
        self.start(len(rows), rows)

    def fill(self, generation: int, first: int, rows: Sequence[Any]) -> None:
        """Take a page that was asked for; dropped when the list has changed since."""
        if generation != self.generation:
            return
        self._keep(first, rows)
        self._asked.discard(first // PAGE)
        last = min(first + len(rows), self._total) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def row_at(self, index: int) -> Any | None:
        """Return a row as the service gave it, or None when its page is not held."""
        held = self._held(index)
        return None if held is None else held[0]

    def value_at(self, index: int, column: int) -> Any | None:
        """Return what one cell shows, or None when its page is not held.

        What `data` gives for ITEM_ROLE, without the way through Qt, which costs as much as painting a word.
        """
        held = self._held(index)
        return None if held is None else held[1][column]

    def key_at(self, index: int) -> str:
        """Return the id of a row, empty when its page is not held."""
        row = self.row_at(index)
        return "" if row is None else self._key(row)

    def tick(self, index: int, ticked: bool) -> None:
        """Tick or untick a row."""
        key = self.key_at(index)
        if not key:
            return
        (self.ticked.add if ticked else self.ticked.discard)(key)
        self.dataChanged.emit(self.index(index, 0), self.index(index, len(self.columns) - 1))
        self.ticks_changed.emit()

    def tick_keys(self, keys: Iterable[str]) -> None:
        """Tick rows by their ids, held or not."""
        self.ticked.update(keys)
        self._ticks_moved()

    def untick_all(self) -> None:
        """Untick everything."""
        self.ticked.clear()
        self._ticks_moved()

    def _ticks_moved(self) -> None:
        if self._total:
            self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, len(self.columns) - 1))
        self.ticks_changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        """Return how many rows the list has."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns the list has."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the value to paint, the words to read aloud, or the tick."""
        if role == ITEM_ROLE:
            held = self._held(index.row())
            return None if held is None else held[1][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            held = self._held(index.row())
            return "" if held is None else held[1][index.column()].spoken
        if role == Qt.ItemDataRole.CheckStateRole and self.ticks and index.column() == 0:
            ticked = self.key_at(index.row()) in self.ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every row be chosen."""
        return _CHOOSABLE

    def _held(self, index: int) -> tuple[Any, Sequence[Any]] | None:
        page = index // PAGE
        rows = self._pages.get(page)
        if rows is not None and index % PAGE < len(rows):
            return rows[index % PAGE]
        if page not in self._asked:
            self._wanted.add(page)
            self._asking.start()
        return None

    def _keep(self, first: int, rows: Sequence[Any]) -> None:
        for offset in range(0, len(rows), PAGE):
            page = (first + offset) // PAGE
            self._pages[page] = [(row, self._cells(row)) for row in rows[offset : offset + PAGE]]
            self._pages.move_to_end(page)
        # A short list given whole stays whole; otherwise pages far from what is seen are let go.
        while len(self._pages) > max(_PAGES_KEPT, -(-len(rows) // PAGE)):
            self._pages.popitem(last=False)

    def _ask(self) -> None:
        # What was drawn last comes first: someone who drags the bar wants the end of the gesture.
        wanted, self._wanted = self._wanted, set()
        for page in sorted(wanted):
            self._asked.add(page)
            self.page_wanted.emit(self.generation, page * PAGE, min(PAGE, self._total - page * PAGE))
