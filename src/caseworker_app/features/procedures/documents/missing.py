"""What is still to be brought, on one page in large type and plain words, with boxes to tick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from caseworker_app.features.procedures.domain.missing import MissingPapers, MissingPart, ToBring
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import in_sentence, plural
from caseworker_app.pdf.document import render
from caseworker_app.pdf.fitting import fitted
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Gap
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.styles import CELL, LEAD, SECTION
from caseworker_app.pdf.tables import Cell, Column, DataTable, TableLook
from caseworker_app.pdf.text import Text, Words, bold

TITLE = "Pièces à apporter"
TEMPLATE = "modèle «\u00a0Pièces à apporter\u00a0», n°\u00a01"
_LONGEST_NAME = 80
_BOX = "☐"
_INTRO = (
    "Voici les papiers qu’il nous faut encore. Apportez les originaux ou des photos lisibles\u00a0: nous en"
    " faisons des copies et nous vous les rendons."
)
_HELP = "Un papier vous manque, ou vous ne savez pas où le demander\u00a0? Dites-le-nous, nous le cherchons ensemble."


@dataclass(frozen=True, slots=True)
class Room:
    """How much is told, and how large: size of the type in points, papers of each procedure, whether hints are."""

    size: float
    papers: int
    hints: bool = True

    @property
    def padding(self) -> float:
        """The room above and below a row."""
        return 5.0 if self.size > 13 else 3.0


# The largest type first: the page is read by the household, at arm's length.
ROOMS = (
    *(Room(size, 40) for size in (15, 14, 13, 12)),
    *(Room(size, 40, hints=False) for size in (13, 12)),
    *(Room(12, papers, hints=False) for papers in (12, 8, 5, 3, 1)),
)


def render_missing(content: MissingPapers, identity: Identity) -> bytes:
    """Return the list as the bytes of a tagged PDF of one page; nothing is written on disk."""
    page = fitted(lambda room: list(_page(content, identity, room)), ROOMS)
    head = content.head
    name = shorten(head.household, _LONGEST_NAME)
    printed = f"Imprimé le {format_long_date(head.day)} par {shorten(head.printed_by, 40)}"
    meta = DocumentMeta(
        title=f"{TITLE} – {name}", author=identity.name, reference=head.reference, day=head.day,
        running=f"{TITLE} – {name}",
        footer=(f"{shorten(identity.footer_name, 40)} · dossier {head.reference}", f"{printed} · {TEMPLATE}"),
        subject="Document remis au ménage",
    )  # fmt: skip
    return render([page], meta)


def _page(content: MissingPapers, identity: Identity, room: Room) -> Iterator[Block]:
    head = content.head
    short = replace(
        identity, name=shorten(identity.name, 60), lines=tuple(shorten(x, 60) for x in identity.lines[:3])
    )
    about = f"{shorten(head.household, _LONGEST_NAME)} – {format_long_date(head.day)}"
    lead = replace(LEAD, size=room.size, leading=room.size * 1.35)
    yield Letterhead(short, notes=(f"Dossier {shorten(head.reference, 30)}",))
    yield TitleBlock(TITLE, [about])
    yield Text(_INTRO, lead)
    for part in content.parts:
        yield from _part(part, room)
    yield Gap(6)
    yield Text(_HELP, replace(lead, keep_with_next=True))
    called = f"{head.worker}, {in_sentence(head.worker_title)}" if head.worker_title else head.worker
    yield Text(f"Votre contact\u00a0: {shorten(called, 90)}.", lead)


def _part(part: MissingPart, room: Room) -> Iterator[Block]:
    due = f", pour le {part.due}" if part.due else ""
    yield Text(
        f"{shorten(part.label, 60)}{due}", replace(SECTION, size=room.size + 1.5, leading=room.size * 1.5)
    )
    rows: list[list[Cell]] = [[_BOX, _said(paper, room)] for paper in part.papers[: room.papers]]
    more = len(part.papers) - room.papers
    if more > 0:
        rows.append(["", f"Et {plural(more, 'autre pièce', 'autres pièces')}, à voir ensemble"])
    cell = replace(CELL, size=room.size, leading=room.size * 1.28)
    look = TableLook(padding=room.padding, first=cell, cell=cell)
    yield DataTable([Column(0.06), Column(0.94)], rows, look=look, head=False)
    if part.held:
        yield Text(f"{part.held}.", replace(LEAD, size=room.size - 1, keep_with_next=False))


def _said(paper: ToBring, room: Room) -> Words:
    whom = f", pour {shorten(paper.whom, 50)}" if paper.whom else ""
    name = bold(f"{shorten(paper.label, 110)}{whom}")
    if not paper.hint or not room.hints:
        return name
    return [name, f" ({shorten(paper.hint, 150)})"]
