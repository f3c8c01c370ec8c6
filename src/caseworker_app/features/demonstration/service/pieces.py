"""Drawing and keeping invented pieces (« pièces inventées »): papers to join, reuse and take out, worth nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import (
    AttachmentForm,
    AttachmentKind,
    NewAttachment,
)
from caseworker_app.features.demonstration.domain.setting import Setting
from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.storage.encrypted_file import EncryptedFile

MARK = "Pièce inventée pour la démonstration"
_SAYS = (
    "Ce papier ne vient d’aucun organisme et ne concerne personne. Il sert à essayer les pièces",
    "d’une démarche\u00a0: joindre, réutiliser, réunir en un seul PDF.",
)
# The face, the size and the height of each line, in points from the foot of the page.
_PLACES = (
    (b"B", 22, 780), (b"R", 12, 756), (b"B", 13, 714), (b"R", 11, 680), (b"R", 11, 664), (b"R", 10, 636),
)  # fmt: skip
# The number of the object of the first page: before it the catalogue, the list of pages and two fonts.
_FIRST = 5


@dataclass(frozen=True, slots=True)
class InventedPiece:
    """A paper to draw: what it is called, of whom, its date, how many pages, how it is sorted."""

    title: str
    whom: str
    dated_on: date
    pages: int = 1
    kind: AttachmentKind = AttachmentKind.PROOF

    @property
    def caption(self) -> str:
        """What it is called among the pieces of the household."""
        return f"{self.title}, {self.whom}" if self.whom else self.title


def keep_piece(
    file: EncryptedFile, setting: Setting, household_id: str, piece: InventedPiece
) -> tuple[str, Changes]:
    """Draw a piece, keep it among those of a household and return its id. Raises what `keep_file` raises."""
    pdf = draw_piece(piece.title, piece.whom, piece.dated_on, piece.pages)
    content, _ = attachments.keep_file(file, setting.who, pdf, f"{piece.title} (inventé).pdf")
    form = AttachmentForm(content.name, piece.kind, piece.caption, piece.dated_on)
    (made,), changes = attachments.add_attachments(
        file, setting.who, household_id, [NewAttachment(content, form)]
    )
    return made, changes


@cache
def draw_piece(title: str, whom: str, dated_on: date, pages: int) -> bytes:
    """Return the PDF of an invented piece: every page says that it is one. Equal words give equal bytes.

    Written here, letter by letter: what lays documents out is heavy, and is loaded only to print.
    """
    about = " – ".join(words for words in (whom, format_long_date(dated_on)) if words)
    contents = [_page((title, about, MARK, *_SAYS, f"Feuille {n} sur {pages}")) for n in range(1, pages + 1)]
    kids = " ".join(f"{_FIRST + 2 * number} 0 R" for number in range(pages))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        *(_font(name) for name in ("Helvetica-Bold", "Helvetica")),
    ]
    for number, content in enumerate(contents):
        drawn = _FIRST + 2 * number + 1
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {drawn} 0 R"
            " /Resources << /Font << /B 3 0 R /R 4 0 R >> >> >>".encode()
        )
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _joined(parts)


def _font(name: str) -> bytes:
    """Return one of the fonts every reader of PDF has."""
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()


def _page(lines: tuple[str, ...]) -> bytes:
    """Return what draws a page: a title, then lines under each other; the mark stands in a box."""
    drawn = [b"0.93 0.95 0.96 rg 56 704 483 30 re f 0.05 0.30 0.39 rg"]
    for (face, size, y), words in zip(_PLACES, lines, strict=True):
        told = words.encode("cp1252", "replace")
        for mark in (b"\\", b"(", b")"):
            told = told.replace(mark, b"\\" + mark)
        drawn.append(
            b"BT /%s %d Tf 1 0 0 1 %d %d Tm (%s) Tj ET" % (face, size, 66 if y == 714 else 56, y, told)
        )
    return b"\n".join(drawn)


def _joined(parts: list[bytes]) -> bytes:
    """Return a whole file of numbered objects, with the table that says where each begins."""
    made, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start, size = len(made), len(parts) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n" % size
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(made) + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
