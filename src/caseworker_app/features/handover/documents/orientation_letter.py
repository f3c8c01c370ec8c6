"""The letter that sends a household to a partner (« lettre d’orientation »): content in, tagged PDF out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from caseworker_app.features.handover.domain.orientation_letter import OrientationLetter
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import typeset
from caseworker_app.pdf.document import render
from caseworker_app.pdf.fonts import BOLD
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Gap
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.panels import Signature, SignatureBoxes
from caseworker_app.pdf.styles import BODY
from caseworker_app.pdf.text import Text

_TITLE = "Lettre d’orientation"


def render_orientation_letter(content: OrientationLetter, identity: Identity) -> bytes:
    """Return the letter as the bytes of a tagged PDF; nothing is written on disk."""
    return render(_story(content, identity), _meta(content, identity))


def _meta(content: OrientationLetter, identity: Identity) -> DocumentMeta:
    made = f"{identity.footer_name} · {content.reference} · établie le {format_long_date(content.day)}"
    return DocumentMeta(
        title=f"{_TITLE} – {content.reference}",
        author=identity.name,
        reference=content.reference,
        day=content.day,
        running=_TITLE,
        footer=(made, f"modèle «\u00a0{_TITLE}\u00a0», n°\u00a01"),
        subject="Orientation vers un partenaire",
    )


def _story(content: OrientationLetter, identity: Identity) -> list[Block]:
    reason: list[Block] = []
    if content.reason:
        reason = [Text("Motif de l’orientation", replace(BODY, face=BOLD, keep_with_next=True))]
        reason += _paragraphs(content.reason)
    return [
        Letterhead(
            identity,
            recipient=content.recipient,
            references=(("Référence", content.reference), ("Date", format_long_date(content.day))),
        ),
        TitleBlock(_TITLE, [typeset(f"Objet\u00a0: orientation vers votre service. {content.about}")]),
        Gap(8),
        *_paragraphs(("Madame, Monsieur,", *content.before)),
        *reason,
        *_paragraphs(content.after),
        Gap(14),
        SignatureBoxes([Signature(content.job_title or "Pour l’association", content.signatory)]),
    ]


def _paragraphs(lines: Iterable[str]) -> list[Block]:
    return [Text(typeset(line), BODY) for line in lines]
