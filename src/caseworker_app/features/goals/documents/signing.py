"""Who signs the papers of this room."""

from __future__ import annotations

from caseworker_app.features.goals.domain.papers import PaperHead
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.panels import Signature, SignatureBoxes
from caseworker_app.pdf.paper import LONGEST_NAME


def signatures(head: PaperHead, room: float) -> list[Block]:
    """Return where everybody signs, three boxes a line."""
    boxes = [Signature("Pour le ménage", shorten(name, LONGEST_NAME)) for name in head.signers]
    if head.protector:
        boxes.append(Signature("Mesure de protection", shorten(head.protector, LONGEST_NAME)))
    title = head.worker_title or "Intervenant·e"
    boxes.append(Signature("Pour l’association", shorten(head.worker, LONGEST_NAME), shorten(title, 60)))
    return [SignatureBoxes(boxes[start : start + 3], room=room) for start in range(0, len(boxes), 3)]
