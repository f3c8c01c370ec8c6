"""Tables with horizontal rules only, real header cells, and one table element over however many pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from caseworker_app.pdf import colours
from caseworker_app.pdf.layout import Block, Stack
from caseworker_app.pdf.styles import CELL, COLUMN_HEAD, KEY, ROW_HEAD, VALUE, TextStyle
from caseworker_app.pdf.tagging import Element
from caseworker_app.pdf.text import Text, Words

if TYPE_CHECKING:
    from caseworker_app.pdf.tagging import TaggedCanvas

Cell = Words | Block | Sequence[Block]

# A row taller than this may be cut in two by a page end; shorter ones go whole to the next page (points).
_TALLEST_WHOLE_ROW = 180.0
_THIN, _THICK = 0.5, 0.8
# Rows below which a table may leave one alone, and the room left (points) that is called the foot of a page.
_FEWEST_CUT, _NEAR_FOOT = 4, 300.0


@dataclass(frozen=True, slots=True)
class TableLook:
    """The measures and faces of a table; lengths in points."""

    padding: float = 4.2
    side: float = 6.0
    head: TextStyle = COLUMN_HEAD
    first: TextStyle = ROW_HEAD
    cell: TextStyle = CELL
    edge: Any = colours.ACCENT
    edge_width: float = _THICK
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its share of the width, and the style of its cells when they are not the table's."""

    share: float
    head: Words = ""
    style: TextStyle | None = None
    head_style: TextStyle | None = None


@dataclass(slots=True)
class _Row:
    """A row ready to lay out; `element` is its TR, shared by the two halves of a row that was cut."""

    cells: list[Stack]
    elements: list[Element]
    element: Element
    ground: Any = None
    height: float = 0.0


class DataTable(Block):
    """Rows under a tinted head that repeats; some columns (the first, usually) head their row."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        *,
        look: TableLook | None = None,
        head_columns: tuple[int, ...] = (),
        head: bool = True,
        grounds: Sequence[Any] = (),
        width: float | None = None,
    ) -> None:
        """`grounds` tints rows (None: none); `head=False` leaves out the column heads; `width` in points."""
        super().__init__(0, 4)
        self.columns, self.look = list(columns), look or TableLook()
        self.element = Element("Table")
        self._own_width = width
        self._head_columns = head_columns
        self._head = self._head_row() if head else None
        self._rows = [
            self._body_row(row, grounds[index] if index < len(grounds) else None)
            for index, row in enumerate(rows)
        ]
        self._continues = False

    def measure(self, width: float) -> float:
        """Lay every row out and return the height of all."""
        widths = self._widths(width)
        for row in self._all_rows():
            row.height = self._row_height(row, widths)
        return sum(row.height for row in self._all_rows())

    def cut(self, width: float, height: float) -> tuple[Block, Block] | None:
        """Cut between rows, or inside one that is very tall; the head is repeated."""
        self.measure(width)
        left, index = height - (self._head.height if self._head else 0.0), 0
        while index < len(self._rows) and self._rows[index].height <= left + 0.01:
            left -= self._rows[index].height
            index += 1
        if index == len(self._rows):
            return None
        halves = self._cut_row(self._rows[index], width, left)
        if halves:
            return self._part([*self._rows[:index], halves[0]], False), self._part(
                [halves[1], *self._rows[index + 1 :]], True
            )
        index = self._apart(index, height)
        if not index:
            return None
        return self._part(self._rows[:index], False), self._part(self._rows[index:], True)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw grounds and rules as artifacts, then the cells row by row."""
        self._paint_rules(canvas, x, top)
        widths = self._widths(self.width)
        with canvas.within(self.element):
            for row in self._all_rows():
                if row is self._head and self._continues:
                    with canvas.artifact():
                        self._paint_cells(canvas, row, widths, x, top)
                else:
                    self._paint_row(canvas, row, widths, x, top)
                top -= row.height

    def _all_rows(self) -> list[_Row]:
        return [self._head, *self._rows] if self._head else self._rows

    def _widths(self, width: float) -> list[float]:
        total = sum(column.share for column in self.columns)
        width = self._extent(width)
        return [width * column.share / total for column in self.columns]

    def _apart(self, index: int, height: float) -> int:
        """Return where to cut so that no row stands alone at the foot of a page, nor at the head of the next."""
        if len(self._rows) < _FEWEST_CUT:
            return index
        if len(self._rows) - index == 1:
            return index - 1
        # Near the foot all of it goes on; a page of its own it could not hold anyway is cut where it must.
        return 0 if index == 1 and height < _NEAR_FOOT else index

    def _extent(self, width: float) -> float:
        return min(width, self._own_width or width)

    def _head_row(self) -> _Row:
        cells = [(column.head, column.head_style or self.look.head) for column in self.columns]
        return self._row(cells, lambda _: Element("TH", scope="Column"), colours.TINT)

    def _body_row(self, row: Sequence[Cell], ground: Any) -> _Row:
        styles = [
            column.style or (self.look.first if index in self._head_columns else self.look.cell)
            for index, column in enumerate(self.columns)
        ]
        return self._row(list(zip(row, styles, strict=True)), self._body_element, ground)

    def _body_element(self, index: int) -> Element:
        return Element("TH", scope="Row") if index in self._head_columns else Element("TD")

    def _row(self, cells: list[tuple[Any, TextStyle]], made: Callable[[int], Element], ground: Any) -> _Row:
        line = Element("TR")
        elements = [made(index) for index in range(len(cells))]
        stacks = [_cell(value, style, e) for (value, style), e in zip(cells, elements, strict=True)]
        return _Row(stacks, elements, line, ground)

    def _row_height(self, row: _Row, widths: list[float]) -> float:
        inner = [width - 2 * self.look.side for width in widths]
        tallest = max(cell.measure(w) for cell, w in zip(row.cells, inner, strict=True))
        return max(tallest, self.look.cell.leading) + 2 * self.look.padding

    def _paint_row(self, canvas: TaggedCanvas, row: _Row, widths: list[float], x: float, top: float) -> None:
        with canvas.within(row.element):
            for element in row.elements:
                canvas.attach(element)
            self._paint_cells(canvas, row, widths, x, top)

    def _paint_cells(
        self, canvas: TaggedCanvas, row: _Row, widths: list[float], x: float, top: float
    ) -> None:
        for cell, element, width in zip(row.cells, row.elements, widths, strict=True):
            inner = width - 2 * self.look.side
            drop = self.look.padding
            if self.look.middle and row is not self._head:
                drop = (row.height - cell.measure(inner)) / 2
            with canvas.within(element):
                cell.paint(canvas, x + self.look.side, top - drop)
            x += width

    def _paint_rules(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.artifact():
            self._paint_grounds(canvas, x, top)
            rows = self._all_rows()
            edges: list[float] = [top]
            between: list[float] = []
            for row in rows:
                top -= row.height
                (edges if row is self._head or row is rows[-1] else between).append(top)
            self._rules(canvas, x, between, colours.HAIRLINE, _THIN)
            self._rules(canvas, x, edges, self.look.edge, self.look.edge_width)

    def _paint_grounds(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for row in self._all_rows():
            top -= row.height
            if row.ground is not None:
                canvas.setFillColor(row.ground)
                canvas.rect(x, top, self._extent(self.width), row.height, stroke=0, fill=1)

    def _rules(
        self, canvas: TaggedCanvas, x: float, heights: Sequence[float], colour: Any, thickness: float
    ) -> None:
        """Draw rules of one look in one stroke."""
        if heights:
            right = x + self._extent(self.width)
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(thickness)
            canvas.lines([(x, y, right, y) for y in heights])

    def _part(self, rows: list[_Row], continues: bool) -> DataTable:
        after = self.spaceAfter if continues else 0
        return self.twin(_rows=rows, _continues=continues or self._continues, spaceAfter=after)

    def _cut_row(self, row: _Row, width: float, left: float) -> tuple[_Row, _Row] | None:
        room = left - 2 * self.look.padding
        if row.height <= _TALLEST_WHOLE_ROW or room < 3 * self.look.cell.leading:
            return None
        first, rest = [], []
        for cell, column in zip(row.cells, self._widths(width), strict=True):
            inner = column - 2 * self.look.side
            parts = cell.cut(inner, room) if cell.measure(inner) > room else (cell, Stack([]))
            if parts is None:
                return None
            first.append(Stack([parts[0]]))
            rest.append(Stack([parts[1]]))
        return (
            _Row(first, row.elements, row.element, row.ground),
            _Row(rest, row.elements, row.element, row.ground),
        )


def key_values(rows: Sequence[Sequence[Words]], shares: Sequence[float] = (0.2135, 0.7865)) -> DataTable:
    """Return a calm table of keys and values, alternating (« Logement », « T3… »), one or two pairs a row."""
    look = TableLook(padding=3, side=0, first=KEY, cell=VALUE, edge=colours.HAIRLINE, edge_width=_THIN)
    keys = tuple(range(0, len(shares), 2))
    return DataTable([Column(share) for share in shares], rows, look=look, head_columns=keys, head=False)


def _cell(value: Cell, style: TextStyle, element: Element) -> Stack:
    """Put a cell's content in a stack; words go straight into the cell's own element."""
    if isinstance(value, Block):
        return Stack([value])
    if isinstance(value, list | tuple) and value and isinstance(value[0], Block):
        return Stack(list(value))
    text = Text(value, style, element=element)
    return Stack([] if text.is_empty else [text])
