"""From contents to PDF in another process, and from PDF to pictures of its pages; free of Qt on purpose."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from caseworker_app.features.diary.domain.report_content import VisitReport
from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.composing import compose
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial
from caseworker_app.features.handover.domain.kinds import RenderFollowUp, RenderReview, RenderVisit
from caseworker_app.features.handover.domain.proposal import ReviewProposal
from caseworker_app.features.handover.domain.second_check import hits_of
from caseworker_app.features.handover.domain.transmission import fingerprint
from caseworker_app.features.handover.domain.word_check import WordHit
from caseworker_app.pdf.identity import Identity

POINTS_PER_INCH = 72
# Pdfium keeps state of its own: one thread at a time.
_pdfium = threading.Lock()


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A document as it will print; `hits`: words to look at, `fingerprint`: which review it is."""

    pdf: bytes
    hits: tuple[WordHit, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels: four bytes each (blue, green, red, unused), and its words for who cannot see it."""

    width: int
    height: int
    stride: int
    pixels: bytes
    words: str


def lay_out_review(
    _progress: Any, render: RenderReview, proposal: ReviewProposal, choices: ReviewChoices, identity: Identity
) -> LaidOut:
    """Compose and render a review marked « APERÇU », with the finds of the second check."""
    content = compose(proposal, choices)
    return LaidOut(render(content, identity), hits_of(proposal, choices), fingerprint(content))


def lay_out_visit(_progress: Any, render: RenderVisit, content: VisitReport, identity: Identity) -> LaidOut:
    """Render a visit report."""
    return LaidOut(render(content, identity))


def lay_out_follow_up(
    _progress: Any, render: RenderFollowUp, material: FollowUpMaterial, identity: Identity
) -> LaidOut:
    """Render a follow-up file."""
    return LaidOut(render(material, identity))


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def picture(pdf: bytes, number: int, dots_per_inch: float, *, words: bool = False) -> Picture:
    """Return a page (from 0) as pixels, and its words when asked."""
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[number]
            bitmap = page.render(scale=dots_per_inch / POINTS_PER_INCH, rev_byteorder=False, prefer_bgrx=True)
            text = page.get_textpage().get_text_range() if words else ""
            return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), text)
        finally:
            document.close()


def pictures(pdf: bytes, dots_per_inch: float) -> tuple[Picture, ...]:
    """Return every page as pixels, with its words."""
    return tuple(picture(pdf, number, dots_per_inch, words=True) for number in range(page_count(pdf)))
