"""Many documents in one file, each under its own entry of the outline; their tags and links stay good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Name

from caseworker_app.pdf.object_writer import ObjectWriter, copy_objects, text_bytes

# Names that stand, in a document being copied, for objects of the file it goes into.
_TO_PAGES, _TO_WHOLE, _TO_ENTRY = "/PasserellePages", "/PasserelleWhole", "/PasserelleEntry"


def merge(documents: Iterable[tuple[str, bytes]], title: str) -> bytes:
    """Return one PDF of documents made by `document.render`, in order, each with its name in the outline.

    They are asked for one at a time and written at once: only the finished bytes are held.
    """
    joined = _Joined()
    for name, data in documents:
        with pikepdf.open(BytesIO(data)) as source:
            joined.add(name, source)
    return joined.finish(title)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document's own entry of the outline: its number, title, first page, sections, how many show."""

    number: int
    title: str
    page: int
    first: int | None
    last: int | None
    shown: int


class _Joined:
    """The file being put together: what each document adds to its pages, its outline and its tags."""

    def __init__(self) -> None:
        self._writer = ObjectWriter()
        self._root, self._pages, self._tree, self._whole = (self._writer.reserve() for _ in range(4))
        self._parents, self._outline = self._writer.reserve(), self._writer.reserve()
        self._information, self._metadata = self._writer.reserve(), self._writer.reserve()
        self._page_nodes: list[tuple[int, int]] = []
        self._parent_nodes: list[int] = []
        self._bodies: list[int] = []
        self._entries: list[_Entry] = []
        self._next_key = 0

    def add(self, name: str, source: pikepdf.Pdf) -> None:
        """Write the pages of a document, its outline and its tags."""
        count = max(thing.objgen[0] for thing in source.objects)
        entry = self._writer.reserve()
        base = self._writer.reserve(count) - 1
        root = source.Root
        tree = root.StructTreeRoot
        self._page_nodes.append((base + root.Pages.objgen[0], len(source.pages)))
        self._parent_nodes.append(base + tree.ParentTree.objgen[0])
        self._bodies.append(base + tree.K.objgen[0])
        title_entry = root.Outlines.First
        self._entries.append(_entry(name, entry, base, source, title_entry))
        left = {
            thing.objgen[0]
            for thing in (root, root.get("/Metadata"), root.Outlines, title_entry, tree, source.docinfo)
            if thing is not None
        }
        root.Pages.Parent = Name(_TO_PAGES)
        tree.K.P = Name(_TO_WHOLE)
        self._renumber_tags(source)
        named = {
            _TO_PAGES.encode(): b"%d 0 R" % self._pages,
            _TO_WHOLE.encode(): b"%d 0 R" % self._whole,
            _TO_ENTRY.encode(): b"%d 0 R" % entry,
        }
        copy_objects(self._writer, source, base, left, named)

    def finish(self, title: str) -> bytes:
        """Write the roots of all, and return the file."""
        write, words = self._writer.write, text_bytes(title)
        self._writer.write_stream(self._metadata, b"/Type /Metadata /Subtype /XML", _packet(title))
        write(
            self._root,
            b"<< /Type /Catalog /Pages %d 0 R /StructTreeRoot %d 0 R /Outlines %d 0 R /Metadata %d 0 R "
            b"/Lang (fr-FR) /MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >> "
            b"/PageMode /UseOutlines >>" % (self._pages, self._tree, self._outline, self._metadata),
        )
        kids = _references([number for number, _ in self._page_nodes])
        total = sum(pages for _, pages in self._page_nodes)
        write(self._pages, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (total, kids))
        write(
            self._tree,
            b"<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d >>"
            % (self._whole, self._parents, self._next_key),
        )
        bodies = _references(self._bodies)
        write(self._whole, b"<< /S /Document /P %d 0 R /K [%s] >>" % (self._tree, bodies))
        write(self._parents, b"<< /Kids [%s] >>" % _references(self._parent_nodes))
        write(self._information, b"<< /Title %s /Creator (Passerelle) >>" % words)
        self._write_outline()
        return self._writer.finish(self._root, self._information)

    def _renumber_tags(self, source: pikepdf.Pdf) -> None:
        """Let pages and links find their elements under keys that no other document has."""
        parents, first = source.Root.StructTreeRoot.ParentTree, self._next_key
        for page in source.pages:
            page.obj.StructParents = int(page.obj.StructParents) + first
            for annotation in page.obj.get("/Annots", ()):
                annotation.StructParent = int(annotation.StructParent) + first
        numbers = list(parents.Nums)
        parents.Nums = Array([int(v) + first if i % 2 == 0 else v for i, v in enumerate(numbers)])
        self._next_key += int(source.Root.StructTreeRoot.ParentTreeNextKey)
        parents.Limits = Array([first, self._next_key - 1])

    def _write_outline(self) -> None:
        entries = self._entries
        ends = b""
        if entries:
            ends = b"/First %d 0 R /Last %d 0 R" % (entries[0].number, entries[-1].number)
        self._writer.write(self._outline, b"<< /Type /Outlines %s /Count %d >>" % (ends, len(entries)))
        for index, entry in enumerate(entries):
            parts = [b"/Title %s /Parent %d 0 R" % (text_bytes(entry.title), self._outline)]
            parts.append(b"/Dest [%d 0 R /Fit]" % entry.page)
            if index:
                parts.append(b"/Prev %d 0 R" % entries[index - 1].number)
            if index + 1 < len(entries):
                parts.append(b"/Next %d 0 R" % entries[index + 1].number)
            if entry.first is not None and entry.last is not None:
                # Negative: closed, so that the names of the households fill the first screen.
                parts.append(
                    b"/First %d 0 R /Last %d 0 R /Count -%d" % (entry.first, entry.last, entry.shown)
                )
            self._writer.write(entry.number, b"<< %s >>" % b" ".join(parts))


def _entry(name: str, number: int, base: int, source: pikepdf.Pdf, title_entry: Any) -> _Entry:
    """Return a document's entry; its sections, until now under the title, are told to hang on it."""
    page = base + source.pages[0].obj.objgen[0]
    first, last = title_entry.get("/First"), title_entry.get("/Last")
    shown, section = 0, first
    while section is not None:
        section.Parent = Name(_TO_ENTRY)
        shown += 1 + max(0, int(section.get("/Count", 0)))
        section = section.get("/Next")
    if first is None or last is None:
        return _Entry(number, name, page, None, None, 0)
    return _Entry(number, name, page, base + first.objgen[0], base + last.objgen[0], shown)


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _packet(title: str) -> bytes:
    """Return the metadata that name the file (XMP)."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        "<dc:language><rdf:Bag><rdf:li>fr-FR</rdf:li></rdf:Bag></dc:language>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()
