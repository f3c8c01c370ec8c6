"""Many documents in one file, each under its own entry of the outline; their tags and links stay good."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from caseworker_app.pdf.styles import PAGE_HEIGHT


def merge(documents: Iterable[tuple[str, bytes]], title: str) -> bytes:
    """Return one PDF of documents made by `document.render`, in order, each with its name in the outline.

    They are asked for one at a time: only their finished bytes are held.
    """
    with pikepdf.new() as merged, ExitStack() as sources:
        joined = _Joined(merged)
        for name, data in documents:
            # Streams are copied when the whole is saved: until then each source must stay open.
            joined.add(name, sources.enter_context(pikepdf.open(BytesIO(data))))
        joined.finish(title)
        packed = BytesIO()
        merged.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return packed.getvalue()


class _Joined:
    """The file being put together: its outline, its structure tree, where each page's tags are found."""

    def __init__(self, merged: pikepdf.Pdf) -> None:
        self._pdf = merged
        self._entries: list[tuple[str, int, list[Any]]] = []
        self._tree = merged.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._documents, self._numbers = Array(), Array()
        self._next_key = 0

    def add(self, name: str, source: pikepdf.Pdf) -> None:
        """Add the pages of a document, its outline and its tags."""
        first = len(self._pdf.pages)
        places = {page.obj.objgen: index for index, page in enumerate(source.pages)}
        with source.open_outline() as outline:
            sections = [_section(item, places, first) for root in outline.root for item in root.children]
        targets = [_link_targets(page, places) for page in source.pages]
        self._pdf.pages.extend(source.pages)
        pages = [page.obj for page in self._pdf.pages[first:]]
        self._add_tags(source, pages)
        for page, found in zip(pages, targets, strict=True):
            for annotation, (index, top) in zip(page.get("/Annots", ()), found, strict=False):
                annotation.Dest = Array([pages[index], Name.XYZ, 0, top, 0])
        self._entries.append((name, first, sections))

    def finish(self, title: str) -> None:
        """Write the outline, the tree and what a reader is told of the whole."""
        root = self._pdf.Root
        with self._pdf.open_outline() as outline:
            for name, first, sections in self._entries:
                item = OutlineItem(name, first)
                item.is_closed = True
                item.children.extend(sections)
                outline.root.append(item)
        self._tree.K = self._documents
        self._tree.ParentTree = self._pdf.make_indirect(Dictionary(Nums=self._numbers))
        self._tree.ParentTreeNextKey = self._next_key
        root.StructTreeRoot = self._tree
        root.MarkInfo = Dictionary(Marked=True)
        root.Lang = String("fr-FR")
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.PageMode = Name.UseOutlines
        with self._pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:language"] = {"fr-FR"}

    def _add_tags(self, source: pikepdf.Pdf, pages: list[Any]) -> None:
        """Copy the tree of a document, and renumber where each page and each link finds its elements."""
        copied = self._pdf.copy_foreign(source.Root.StructTreeRoot)
        copied.K.P = self._tree
        self._documents.append(copied.K)
        for key, value in enumerate(copied.ParentTree.Nums):
            self._numbers.append(value + self._next_key if key % 2 == 0 else value)
        for page in pages:
            page.StructParents = page.StructParents + self._next_key
            for annotation in page.get("/Annots", ()):
                annotation.StructParent = annotation.StructParent + self._next_key
        self._next_key += int(copied.ParentTreeNextKey)


def _section(item: OutlineItem, places: dict[Any, int], first: int) -> OutlineItem:
    destination = item.destination
    page, top = first, PAGE_HEIGHT
    if isinstance(destination, pikepdf.Array):
        page, top = first + places[destination[0].objgen], float(str(destination[3]))
    return OutlineItem(item.title, page, "XYZ", top=top, left=0)


def _link_targets(page: Any, places: dict[Any, int]) -> list[tuple[int, Any]]:
    """Return, for each link of a page, the place of the page it leads to and how high."""
    found = []
    for annotation in page.obj.get("/Annots", ()):
        destination = annotation.Dest
        found.append((places[destination[0].objgen], destination[3]))
    return found
