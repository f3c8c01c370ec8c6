"""What stands around a paper about one household: letterhead and title, running head, footer, internal mark."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Protocol

from caseworker_app.kernel.dates import format_date, format_long_date
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta

LONGEST_NAME = 90
INTERNAL = ("Document interne", "À ne pas transmettre tel quel")


class PaperAbout(Protocol):
    """Whom a paper is about, under which number of file, when and by whom it is printed."""

    @property
    def household(self) -> str:
        """The name at the head."""

    @property
    def reference(self) -> str:
        """The number of the file."""

    @property
    def day(self) -> date:
        """The day it is printed."""

    @property
    def printed_by(self) -> str:
        """Who prints it."""


def meta_of(
    head: PaperAbout, identity: Identity, title: str, template: str, *, internal: bool
) -> DocumentMeta:
    """Return what stands around the pages; an internal paper carries its mark on every page."""
    printed = f"Imprimé le {format_date(head.day)} par {shorten(head.printed_by, 40)}"
    return DocumentMeta(
        title=f"{title} – {shorten(head.household, LONGEST_NAME)}",
        author=identity.name,
        reference=head.reference,
        day=head.day,
        running=f"{title} – {shorten(head.household, LONGEST_NAME)}",
        footer=(f"{shorten(identity.footer_name, 40)} · dossier {head.reference}", f"{printed} · {template}"),
        subject="Document interne" if internal else "Document remis au ménage",
        mark="Interne – ne pas transmettre" if internal else "",
    )


def opening(
    head: PaperAbout, identity: Identity, title: str, *, internal: bool, about: str = ""
) -> list[Block]:
    """Return the letterhead and the title; `about`: what stands beside the name, the day it is printed unless told."""
    short = replace(
        identity, name=shorten(identity.name, 60), lines=tuple(shorten(x, 60) for x in identity.lines[:3])
    )
    told = f"{shorten(head.household, LONGEST_NAME)} – {about or format_long_date(head.day)}"
    mark = INTERNAL if internal else ()
    notes = (f"Dossier {shorten(head.reference, 30)}",)
    return [Letterhead(short, mark=mark, notes=notes), TitleBlock(title, [told])]
