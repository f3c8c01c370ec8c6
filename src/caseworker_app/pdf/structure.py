"""Finishing a drawn PDF: structure tree, language, displayed title, dates; no page is read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.tagging import Element, LinkPlace, TaggedCanvas

# A document longer than this opens with its outline shown.
_OUTLINE_FROM_PAGES = 5
# Flag of an annotation that prints (ISO 32000-1, 12.5.3).
_PRINTS = 4


def finish(drawn: bytes, canvas: TaggedCanvas, meta: DocumentMeta) -> bytes:
    """Return the drawn file with its structure and metadata, packed; the same input gives the same bytes."""
    with pikepdf.open(BytesIO(drawn)) as pdf:
        pages = [page.obj for page in pdf.pages]
        _write_tree(pdf, canvas, pages)
        root = pdf.Root
        root.MarkInfo = Dictionary(Marked=True)
        root.Lang = String("fr-FR")
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.PageMode = Name.UseOutlines if len(pages) >= _OUTLINE_FROM_PAGES else Name.UseNone
        _write_metadata(pdf, meta)
        packed = BytesIO()
        pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return packed.getvalue()


def _write_tree(pdf: pikepdf.Pdf, canvas: TaggedCanvas, pages: list[Any]) -> None:
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    written: dict[int, Any] = {}
    tree.K = _written_element(pdf, canvas.root, tree, pages, written)
    numbers = Array()
    for index, (page, marks) in enumerate(zip(pages, canvas.marks_by_page, strict=False)):
        page.StructParents = index
        page.Tabs = Name.S
        numbers.append(index)
        numbers.append(pdf.make_indirect(Array([written[id(element)] for element in marks])))
    links = _number_links(pages, numbers, _links_of(canvas.root, written))
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = len(pages) + links
    pdf.Root.StructTreeRoot = tree


def _written_element(
    pdf: pikepdf.Pdf, element: Element, parent: Any, pages: list[Any], written: dict[int, Any]
) -> Any:
    """Write one element and what it holds; its page is the one of its first piece."""
    entry = {"/S": Name("/" + element.role), "/P": parent}
    first_page = next((child[0] for child in element.children if isinstance(child, tuple)), None)
    if first_page is not None:
        entry["/Pg"] = pages[first_page]
    if element.alt:
        entry["/Alt"] = String(element.alt)
    if element.scope:
        entry["/A"] = Dictionary(O=Name.Table, Scope=Name("/" + element.scope))
    elif element.box:
        box = Array([round(corner, 1) for corner in element.box])
        entry["/A"] = Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
    made = written[id(element)] = pdf.make_indirect(Dictionary(entry))
    kids = [
        _written_element(pdf, child, made, pages, written)
        if isinstance(child, Element)
        else _written_link(child, pages)
        if isinstance(child, LinkPlace)
        else _written_mark(child, first_page, pages)
        for child in element.children
    ]
    if kids:
        made.K = kids[0] if len(kids) == 1 else Array(kids)
    return made


def _links_of(element: Element, written: dict[int, Any]) -> Iterator[tuple[LinkPlace, Any]]:
    for child in element.children:
        if isinstance(child, Element):
            yield from _links_of(child, written)
        elif isinstance(child, LinkPlace):
            yield child, written[id(element)]


def _number_links(pages: list[Any], numbers: Array, links: Iterable[tuple[LinkPlace, Any]]) -> int:
    """Tell each link which element it belongs to, and that it prints; return how many there are."""
    count = 0
    for place, element in links:
        annotation = pages[place.page].Annots[place.index]
        annotation.StructParent = len(pages) + count
        annotation.F = _PRINTS
        numbers.append(len(pages) + count)
        numbers.append(element)
        count += 1
    return count


def _written_mark(mark: tuple[int, int], first_page: int | None, pages: list[Any]) -> Any:
    page, number = mark
    if page == first_page:
        return number
    return Dictionary(Type=Name.MCR, Pg=pages[page], MCID=number)


def _written_link(place: LinkPlace, pages: list[Any]) -> Any:
    page = pages[place.page]
    return Dictionary(Type=Name.OBJR, Pg=page, Obj=page.Annots[place.index])


def _write_metadata(pdf: pikepdf.Pdf, meta: DocumentMeta) -> None:
    stamp = _pdf_date(meta.day)
    pdf.docinfo["/CreationDate"] = stamp
    pdf.docinfo["/ModDate"] = stamp
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = str(pdf.docinfo["/Title"])
        metadata["dc:language"] = {"fr-FR"}
        metadata["dc:creator"] = [str(pdf.docinfo["/Author"])]
        metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = f"{meta.day.isoformat()}T00:00:00Z"
        metadata["xmp:CreatorTool"] = "Passerelle"


def _pdf_date(day: date) -> str:
    return f"D:{day:%Y%m%d}000000Z"
