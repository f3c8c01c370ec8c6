"""A ReportLab canvas that remembers what it draws: marked content, and the tree of elements it belongs to.

ReportLab writes no structure tree. Here each drawn piece opens a numbered marked-content sequence and is
hung in a tree of `Element`, which `structure` writes into the file afterwards. All else is an artifact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from caseworker_app.pdf.fonts import BOLD, REGULAR, text_width

Mark = tuple[int, int]  # page index from 0, marked-content number on that page


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """Where a link of the page lies: page index from 0, place among the links of that page."""

    page: int
    index: int


@dataclass(frozen=True, slots=True)
class _Later:
    """A page number drawn once it is known; `anchor` None: that of the page it stands on, out of all."""

    name: str
    page: int
    anchor: str | None
    right: float
    baseline: float
    face: str
    colour: Any


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
        self.children: list[Element | Mark | LinkPlace] = []
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
        self._later: list[_Later] = []
        self._pages_of: dict[str, int] = {}
        self._repeated: dict[str, Callable[[TaggedCanvas], None]] = {}
        self._links = 0
        options["initialFontName"] = REGULAR
        super().__init__(*args, **options)

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Close the page; marked content is numbered afresh on the next."""
        super().showPage()
        self.marks_by_page.append([])
        self._links = 0

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

    def note_heading(self, text: str, level: int, top: float, anchor: str = "") -> None:
        """Add a heading to the outline (« signets »); `top` is its top edge where the drawing stands.

        `anchor` names it for `link_to` and `draw_page_of`.
        """
        key = anchor or f"h{self._headings}"
        self._headings += 1
        self._pages_of[key] = self.getPageNumber()
        self.bookmarkHorizontalAbsolute(key, self.absolutePosition(0, top)[1])
        self.addOutlineEntry(text, key, level, closed=False)

    def link_to(self, anchor: str, words: str, corners: tuple[float, ...], element: Element) -> None:
        """Let a rectangle of the page (absolute corners) lead to a heading, drawn before or after it."""
        self.attach(element)
        self.linkAbsolute(words, anchor, Rect=corners, thickness=0)
        element.children.append(LinkPlace(len(self.marks_by_page) - 1, self._links))
        self._links += 1

    def draw_folio(self, right: float, baseline: float) -> None:
        """Reserve « Page x/y » ending at `right`; drawn once the last page is known: one pass is enough."""
        self._draw_later(None, right, baseline, BOLD, None)

    def draw_page_of(self, anchor: str, right: float, baseline: float, face: str, colour: Any) -> None:
        """Reserve the page number of a heading, ending at `right`; drawn at the end, like the folio."""
        self._draw_later(anchor, right, baseline, face, colour)

    def repeat(self, name: str, draw: Callable[[TaggedCanvas], None]) -> None:
        """Show on this page what is the same on many: drawn once, at the end, however many pages show it."""
        self._repeated.setdefault(name, draw)
        self.doForm(name)

    def save(self) -> None:
        """Draw what repeats, fill in the page numbers and close the file."""
        if self._code:
            self.showPage()
        for name, draw in self._repeated.items():
            self.beginForm(name, 0, 0, *self._pagesize)
            draw(self)
            self.endForm()
        for place in self._later:
            self._fill_in(place)
        super().save()

    def _draw_later(self, anchor: str | None, right: float, baseline: float, face: str, colour: Any) -> None:
        name = f"later{len(self._later)}"
        self._later.append(_Later(name, self.getPageNumber(), anchor, right, baseline, face, colour))
        self.doForm(name)

    def _fill_in(self, place: _Later) -> None:
        if place.anchor is None:
            text = f"Page\u00a0{place.page}/{len(self.marks_by_page) - 1}"
        else:
            text = str(self._pages_of[place.anchor])
        x = place.right - text_width(text, place.face, 10)
        self.beginForm(place.name, x - 1, place.baseline - 4, place.right + 1, place.baseline + 11)
        self.setFont(place.face, 10)
        if place.colour is not None:
            self.setFillColor(place.colour)
        self.drawString(x, place.baseline, text)
        self.endForm()

    def _open_content(self, element: Element) -> None:
        self.attach(element)
        marks = self.marks_by_page[-1]
        element.children.append((len(self.marks_by_page) - 1, len(marks)))
        self._code.append(f"/{element.role} <</MCID {len(marks)}>> BDC")
        marks.append(element)
        self._in_content = True
