"""The cover page of the pieces put together (« bordereau »): their order, their pages, what is not joined."""

from __future__ import annotations

from caseworker_app.features.procedures.domain.pieces_file import JoinedPiece, PiecesCover
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import plural
from caseworker_app.pdf.document import render
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.styles import LEAD, SECTION
from caseworker_app.pdf.tables import Cell, Column, DataTable
from caseworker_app.pdf.text import Text

TITLE = "Bordereau des pièces"
TEMPLATE = "modèle «\u00a0Bordereau des pièces\u00a0», n°\u00a01"
_LONGEST = 90


def render_cover(content: PiecesCover, identity: Identity) -> bytes:
    """Return the cover as the bytes of a tagged PDF; nothing is written on disk."""
    title = f"{shorten(content.procedure, 60)}\u00a0: pièces jointes"
    made = f"Réuni le {format_long_date(content.day)} par {shorten(content.worker, 40)}"
    meta = DocumentMeta(
        title=f"{title} – {shorten(content.household, _LONGEST)}", author=identity.name,
        reference=content.reference, day=content.day, running=title,
        footer=(f"{shorten(identity.footer_name, 40)} · dossier {content.reference}", f"{made} · {TEMPLATE}"),
        subject=TITLE,
    )  # fmt: skip
    pages = sum(each.pages for each in content.joined)
    whom = f" Pour {shorten(content.recipient, _LONGEST)}." if content.recipient else ""
    said = (
        f"{plural(len(content.joined), 'pièce')}, {plural(pages, 'page')} à la suite de ce bordereau.{whom}"
    )
    story: list[Block] = [
        Letterhead(identity, notes=(f"Dossier {shorten(content.reference, 30)}",)),
        TitleBlock(title, [shorten(content.about, _LONGEST)]),
        Text(said, LEAD),
        _contents(content.joined),
    ]
    if content.left_out:
        story += [Text("Pièces qui ne sont pas jointes", SECTION), _left_out(content)]
    return render(story, meta)


def _contents(joined: tuple[JoinedPiece, ...]) -> DataTable:
    columns = [Column(0.07, "N°"), Column(0.43, "Pièce"), Column(0.26, "De"), Column(0.24, "Pages")]
    rows: list[list[Cell]] = [
        [str(number), shorten(each.paper, 110), shorten(each.whom, 60) or "Ménage", _pages(each)]
        for number, each in enumerate(joined, 1)
    ]
    return DataTable(columns, rows, head_columns=(0,))


def _pages(of: JoinedPiece) -> str:
    last = of.first_page + of.pages - 1
    return f"page {of.first_page}" if of.pages == 1 else f"pages {of.first_page} à {last}"


def _left_out(content: PiecesCover) -> DataTable:
    rows: list[list[Cell]] = [[shorten(each.paper, 160), shorten(each.why, 200)] for each in content.left_out]
    return DataTable([Column(0.45, "Pièce"), Column(0.55, "Pourquoi")], rows, head_columns=(0,))
