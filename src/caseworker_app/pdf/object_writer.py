"""Writing a PDF object by object, so that a file of thousands of pages never stands in memory as objects.

pikepdf reads, but can only save what it holds whole: about a kilobyte for each of a thousand objects a
document, which for three hundred tagged documents is more than this program may take. Here each document
is written and forgotten. Format: ISO 32000-1, 7.5 (object streams and a cross-reference stream, PDF 1.5).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from io import BytesIO
from typing import Any

import pikepdf

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
# Objects packed in one compressed stream.
_PACKED = 400
# A reference, outside of strings: what stands in parentheses or between angle brackets is matched first.
_REFERENCE = re.compile(rb"\((?:[^\\)]|\\.)*\)|<[0-9A-Fa-f]+>|\b(\d+) 0 R\b", re.DOTALL)


class ObjectWriter:
    """A PDF being written; numbers are handed out by `reserve`, each to be written once or left free."""

    def __init__(self) -> None:
        """Begin with the header."""
        self._out = BytesIO()
        self._out.write(_HEADER)
        self._places: list[tuple[int, int, int]] = [(0, 0, 65535)]
        self._waiting: list[tuple[int, bytes]] = []

    def reserve(self, count: int = 1) -> int:
        """Take `count` numbers in a row and return the first."""
        first = len(self._places)
        self._places += [(0, 0, 0)] * count
        return first

    def write(self, number: int, body: bytes) -> None:
        """Write an object that is no stream; it waits to be packed with others."""
        self._waiting.append((number, body))
        if len(self._waiting) >= _PACKED:
            self._pack()

    def write_stream(self, number: int, entries: bytes, data: bytes) -> None:
        """Write a stream; `entries` is its dictionary without brackets and without length."""
        self._places[number] = (1, self._out.tell(), 0)
        self._out.write(b"%d 0 obj\n<< %s /Length %d >>\nstream\n" % (number, entries, len(data)))
        self._out.write(data)
        self._out.write(b"\nendstream\nendobj\n")

    def finish(self, root: int, information: int) -> bytes:
        """Write the cross-reference stream and return the whole file."""
        self._pack()
        number = self.reserve()
        start = self._out.tell()
        self._places[number] = (1, start, 0)
        table = b"".join(
            kind.to_bytes(1, "big") + where.to_bytes(5, "big") + index.to_bytes(2, "big")
            for kind, where, index in self._places
        )
        mark = hashlib.md5(self._out.getbuffer(), usedforsecurity=False).hexdigest().encode()
        entries = (
            b"/Type /XRef /Size %d /W [1 5 2] /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] /Filter /FlateDecode"
            % (len(self._places), root, information, mark, mark)
        )
        self.write_stream(number, entries, zlib.compress(table))
        self._out.write(b"startxref\n%d\n%%%%EOF\n" % start)
        return self._out.getvalue()

    def _pack(self) -> None:
        if not self._waiting:
            return
        holder = self.reserve()
        heads: list[bytes] = []
        bodies: list[bytes] = []
        offset = 0
        for index, (number, body) in enumerate(self._waiting):
            heads.append(b"%d %d" % (number, offset))
            bodies.append(body)
            offset += len(body) + 1
            self._places[number] = (2, holder, index)
        head = b" ".join(heads) + b"\n"
        entries = b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (len(heads), len(head))
        self._waiting = []
        self.write_stream(holder, entries, zlib.compress(head + b"\n".join(bodies)))


def copy_objects(
    writer: ObjectWriter, source: pikepdf.Pdf, base: int, left: set[int], named: dict[bytes, bytes]
) -> None:
    """Write the objects of a document, its number `n` becoming `base + n`, but for the numbers `left` out.

    `named`: names that stand for objects of the new file (`/ToParent`) and what they become.
    """

    def shifted(found: re.Match[bytes]) -> bytes:
        number = found[1]
        return b"%d 0 R" % (base + int(number)) if number else found[0]

    def rewritten(body: bytes) -> bytes:
        body = _REFERENCE.sub(shifted, body)
        for name, reference in named.items():
            if name in body:
                body = body.replace(name, reference)
        return body

    for thing in source.objects:
        number = thing.objgen[0]
        if number in left or not number:
            continue
        if isinstance(thing, pikepdf.Stream):
            if thing.get("/Type") not in ("/ObjStm", "/XRef"):
                writer.write_stream(base + number, rewritten(_entries(thing)), thing.read_raw_bytes())
        else:
            writer.write(base + number, rewritten(thing.unparse(resolved=True)))


def text_bytes(text: str) -> bytes:
    """Return a text as a PDF string."""
    return pikepdf.String(text).unparse()


def _entries(stream: Any) -> bytes:
    """Return the dictionary of a stream without brackets and without length."""
    entries = pikepdf.Dictionary({key: value for key, value in stream.items() if key != "/Length"})
    whole: bytes = entries.unparse()
    return whole[2:-2]
