"""What the letter that sends a household to a partner (« lettre d’orientation ») says, as blocks of its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from caseworker_app.features.handover.domain.orientation_letter import OrientationLetter
from caseworker_app.kernel.french import typeset
from caseworker_app.pdf.fonts import BOLD
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.styles import BODY
from caseworker_app.pdf.text import Text


def orientation_body(content: OrientationLetter) -> list[Block]:
    """Return the paragraphs, the reason under its own title where it is written."""
    reason: list[Block] = []
    if content.reason:
        reason = [Text("Motif de l’orientation", replace(BODY, face=BOLD, keep_with_next=True))]
        reason += _paragraphs(content.reason)
    return [
        *_paragraphs(("Madame, Monsieur,", *content.before)),
        *reason,
        *_paragraphs(content.after),
    ]


def _paragraphs(lines: Iterable[str]) -> list[Block]:
    return [Text(typeset(line), BODY) for line in lines]
