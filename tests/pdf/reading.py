"""Reading a made PDF back: structure tree, fonts, content streams; poppler where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

_SHOWING = {"Tj", "TJ", "'", '"', "f", "f*", "S", "B", "Do"}


@dataclass
class Node:
    """An element of the structure tree as read back."""

    role: str
    alt: str = ""
    scope: str = ""
    pages: set[int] = field(default_factory=set)
    marks: list[tuple[int, int]] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def all(self, role: str) -> list[Node]:
        """Return the elements of a role, at any depth, in reading order."""
        found = [self] if self.role == role else []
        return found + [node for child in self.children for node in child.all(role)]


def links(data: bytes) -> list[tuple[int, int, float]]:
    """Return page, target page and height of the target of every link, in order."""
    with pikepdf.open(BytesIO(data)) as pdf:
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        return [
            (index, pages[link.Dest[0].objgen], float(str(link.Dest[3])))
            for index, page in enumerate(pdf.pages)
            for link in page.obj.get("/Annots", ())
        ]


def structure(data: bytes) -> Node:
    """Return the structure tree of a PDF."""
    with pikepdf.open(BytesIO(data)) as pdf:
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        return _node(pdf.Root.StructTreeRoot.K, pages)


def _node(element: Any, pages: dict[Any, int]) -> Node:
    node = Node(str(element.S)[1:], str(element.get("/Alt", "")))
    if "/A" in element and "/Scope" in element.A:
        node.scope = str(element.A.Scope)[1:]
    kids = element.get("/K")
    for kid in [] if kids is None else kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            node.children.append(_node(kid, pages))
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            node.links.append(kid.Obj.objgen)
        else:
            owner, mark = (
                (kid.Pg, int(kid.MCID)) if isinstance(kid, pikepdf.Dictionary) else (element.Pg, int(kid))
            )
            node.marks.append((pages[owner.objgen], mark))
            node.pages.add(pages[owner.objgen])
    return node


def text(data: bytes) -> str:
    """Return the text of all pages, as pypdf reads it, no-break spaces made ordinary."""
    words = "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    return " ".join(words.replace("\u00a0", " ").replace("\u202f", " ").split())


def page_count(data: bytes) -> int:
    """Return the number of pages."""
    return len(PdfReader(BytesIO(data)).pages)


def fonts(data: bytes) -> dict[str, bool]:
    """Return every font any page or form declares, and whether its file is inside."""
    found: dict[str, bool] = {}
    with pikepdf.open(BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                described = thing.get("/FontDescriptor", {})
                found[str(thing.BaseFont)] = "/FontFile2" in described
    return found


def marks_drawn(data: bytes) -> list[list[int]]:
    """Return the marked-content numbers of each page, failing on anything drawn outside of a mark."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [list(_marks(page)) for page in pdf.pages]


def _marks(page: Any) -> Iterator[int]:
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            depth += 1
            assert depth == 1, "marked content is never nested"
            if name == "BDC":
                yield int(operands[1].MCID)
        elif name == "EMC":
            depth -= 1
        elif name in _SHOWING:
            assert depth == 1, f"{name} draws outside of marked content"
    assert depth == 0


def poppler(tool: str, *arguments: str | Path) -> str:
    """Run a poppler tool and return what it prints; skip where poppler is not installed."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} (poppler-utils) is not installed")
    done = subprocess.run([tool, *map(str, arguments)], capture_output=True, check=True)
    assert done.stderr == b"", done.stderr
    return done.stdout.decode()


def assert_sound(data: bytes) -> Node:
    """Check what every document keeps to; return its structure."""
    tree = structure(data)
    assert fonts(data), "a document without a font"
    assert all(fonts(data).values()), fonts(data)
    drawn = marks_drawn(data)
    held = [mark for node in _every(tree) for mark in node.marks]
    assert len(held) == len(set(held)), "a mark belongs to one element"
    assert set(held) == {(page, mark) for page, marks in enumerate(drawn) for mark in marks}
    assert len(tree.all("H1")) == 1
    assert all(node.alt for node in tree.all("Figure"))
    for table in tree.all("Table"):
        assert len({len(row.children) for row in table.children}) == 1, "a regular table"
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.Root.Lang == "fr-FR"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        for index, page in enumerate(pdf.pages):
            assert page.obj.StructParents == index == numbers[2 * index]
            assert len(numbers[2 * index + 1]) == len(drawn[index])
        _assert_links_are_tagged(pdf, dict(zip(list(numbers)[::2], list(numbers)[1::2], strict=True)))
    return tree


def _assert_links_are_tagged(pdf: pikepdf.Pdf, parents: dict[int, Any]) -> None:
    """Check that each link says where it leads, prints, and is found from its element and back."""
    for page in pdf.pages:
        for link in page.obj.get("/Annots", ()):
            assert str(link.Contents)
            assert link.F == 4
            element = parents[link.StructParent]
            assert element.S == "/Link"
            assert any(
                isinstance(kid, pikepdf.Dictionary)
                and kid.get("/Type") == "/OBJR"
                and kid.Obj.objgen == link.objgen
                for kid in element.K
            )


def _every(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _every(child)
