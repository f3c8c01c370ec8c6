"""What the papers of this room share: head, titles, who signs, what stands around the pages."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.features.goals.domain.papers import PaperHead
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.panels import Signature, SignatureBoxes

LONGEST_NAME = 90
INTERNAL = ("Document interne", "À ne pas transmettre tel quel")


def meta_of(
    head: PaperHead, identity: Identity, title: str, template: str, *, internal: bool
) -> DocumentMeta:
    """Return what stands around the pages; an internal paper carries its mark on every page."""
    printed = f"imprimé le {format_long_date(head.day)} par {shorten(head.printed_by, 40)}"
    return DocumentMeta(
        title=f"{title} – {shorten(head.household, LONGEST_NAME)}",
        author=identity.name,
        reference=head.reference,
        day=head.day,
        running=f"{title} – {shorten(head.household, LONGEST_NAME)}",
        footer=(f"{shorten(identity.footer_name, 40)} · dossier {head.reference} · {printed}", template),
        subject="Document interne" if internal else "Document remis au ménage",
        mark="Interne – ne pas transmettre" if internal else "",
    )


def opening(head: PaperHead, identity: Identity, title: str, *, internal: bool) -> list[Block]:
    """Return the letterhead and the title."""
    short = replace(
        identity, name=shorten(identity.name, 60), lines=tuple(shorten(x, 60) for x in identity.lines[:3])
    )
    about = f"{shorten(head.household, LONGEST_NAME)} – {format_long_date(head.day)}"
    mark = INTERNAL if internal else ()
    notes = (f"Dossier {shorten(head.reference, 30)}",)
    return [Letterhead(short, mark=mark, notes=notes), TitleBlock(title, [about])]


def signatures(head: PaperHead, room: float) -> list[Block]:
    """Return where everybody signs, three boxes a line."""
    boxes = [Signature("Pour le ménage", shorten(name, LONGEST_NAME)) for name in head.signers]
    if head.protector:
        boxes.append(Signature("Mesure de protection", shorten(head.protector, LONGEST_NAME)))
    title = head.worker_title or "Intervenant·e"
    boxes.append(Signature("Pour l’association", shorten(head.worker, LONGEST_NAME), shorten(title, 60)))
    return [SignatureBoxes(boxes[start : start + 3], room=room) for start in range(0, len(boxes), 3)]
