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
    "Ce papier ne vient d’aucun organisme et ne concerne personne. Il sert à essayer les pièces d’une démarche"
    "\u00a0: joindre, réutiliser, réunir en un seul PDF."
)


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
    """Return the PDF of an invented piece: every page says that it is one. Equal words give equal bytes."""
    # Drawing costs a fifth of a second to import: only where pieces are drawn.
    from caseworker_app.pdf.document import render
    from caseworker_app.pdf.layout import Block, NewPage
    from caseworker_app.pdf.letterhead import TitleBlock
    from caseworker_app.pdf.meta import DocumentMeta
    from caseworker_app.pdf.panels import notice
    from caseworker_app.pdf.styles import LEAD, NOTE
    from caseworker_app.pdf.text import Text

    story: list[Block] = []
    for number in range(1, pages + 1):
        about = [words for words in (whom, format_long_date(dated_on)) if words]
        story += [NewPage()] if number > 1 else []
        story += [TitleBlock(title, [" – ".join(about)]), notice(MARK, LEAD), Text(_SAYS, LEAD)]
        story += [Text(f"Feuille {number} sur {pages}", NOTE)] if pages > 1 else []
    meta = DocumentMeta(
        title=f"{title} – {MARK}", author="Démonstration", reference="SANS VALEUR", day=dated_on,
        running=title, footer=(f"{MARK}, sans valeur", ""), subject=MARK,
    )  # fmt: skip
    return render(story, meta)
