"""A ReportLab canvas that remembers what it draws: marked content, and the tree of elements it belongs to.

ReportLab writes no structure tree. Here each drawn piece opens a numbered marked-content sequence and is
hung in a tree of `Element`, which `structure` writes into the file afterwards. All else is an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from caseworker_app.pdf.fonts import BOLD, REGULAR, text_width

Mark = tuple[int, int]  # page index from 0, marked-content number on that page


class Element:
    """A node of the structure tree: `role` is a standard PDF structure type (H2, P, Table…).

    An element may be drawn in several pieces, on several pages: whoever splits keeps the same element,
    and the file has one paragraph or one table however many pages it runs over.
    """

    __slots__ = ("alt", "attached", "box", "children", "parent", "role", "scope")

    def __init__(self, role: str, *, parent: Element | None = None, alt: str = "", scope: str = "") -> None:
        """`alt` is read aloud in place of a figure; `scope` (Row, Column) says what a header cell heads."""
        self.role, self.parent, self.alt, self.scope = role, parent, alt, scope
        self.box: tuple[float, float, float, float] | None = None
        self.children: list[Element | Mark] = []
        self.attached = False


class TaggedCanvas(Canvas):
    """A canvas with a structure tree, an outline, and page numbers filled in once the count is known."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take what ReportLab's canvas takes; the first face is ours, so that Helvetica is never declared."""
        self.root = Element("Document")
        self.root.attached = True
        self.marks_by_page: list[list[Element]] = [[]]
        self._parents = [self.root]
        self._in_content = False
        self._headings = 0
        self._folios: list[tuple[str, int, float, float]] = []
        options["initialFontName"] = REGULAR
        super().__init__(*args, **options)

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Close the page; marked content is numbered afresh on the next."""
        super().showPage()
        self.marks_by_page.append([])

    def attach(self, element: Element) -> None:
        """Hang an element where the drawing stands, or under the parent it names; once only."""
        if element.attached:
            return
        element.attached = True
        if element.parent is not None:
            self.attach(element.parent)
        (element.parent or self._parents[-1]).children.append(element)

    @contextmanager
    def within(self, element: Element) -> Iterator[None]:
        """Hang what is drawn meanwhile under `element`."""
        self.attach(element)
        self._parents.append(element)
        try:
            yield
        finally:
            self._parents.pop()

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """Draw a piece of `element`; inside another piece it simply belongs to that one."""
        if self._in_content:
            yield
            return
        self._open_content(element)
        try:
            yield
        finally:
            self._code.append("EMC")
            self._in_content = False

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Draw what is read by nobody: rules, tints, page furniture, repeated table heads."""
        if self._in_content:
            yield
            return
        self._code.append("/Artifact BMC")
        self._in_content = True
        try:
            yield
        finally:
            self._code.append("EMC")
            self._in_content = False

    def note_heading(self, text: str, level: int, top: float) -> None:
        """Add a heading to the outline (« signets »); `top` is its top edge in page coordinates."""
        key = f"h{self._headings}"
        self._headings += 1
        self.bookmarkHorizontalAbsolute(key, top)
        self.addOutlineEntry(text, key, level, closed=False)

    def draw_folio(self, right: float, baseline: float) -> None:
        """Reserve « Page x/y » ending at `right`; drawn once the last page is known: one pass is enough."""
        name = f"folio{self.getPageNumber()}"
        self._folios.append((name, self.getPageNumber(), right, baseline))
        self.doForm(name)

    def save(self) -> None:
        """Fill in the page numbers and close the file."""
        if self._code:
            self.showPage()
        for name, number, right, baseline in self._folios:
            self._fill_folio(name, f"Page\u00a0{number}/{len(self.marks_by_page) - 1}", right, baseline)
        super().save()

    def _fill_folio(self, name: str, text: str, right: float, baseline: float) -> None:
        x = right - text_width(text, BOLD, 10)
        self.beginForm(name, x - 1, baseline - 4, right + 1, baseline + 11)
        self.setFont(BOLD, 10)
        self.drawString(x, baseline, text)
        self.endForm()

    def _open_content(self, element: Element) -> None:
        self.attach(element)
        marks = self.marks_by_page[-1]
        element.children.append((len(self.marks_by_page) - 1, len(marks)))
        self._code.append(f"/{element.role} <</MCID {len(marks)}>> BDC")
        marks.append(element)
        self._in_content = True
