"""From contents to PDF in another process; free of Qt on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from caseworker_app.features.diary.domain.report_content import VisitReport
from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.composing import compose
from caseworker_app.features.handover.domain.follow_up_material import FollowUpMaterial
from caseworker_app.features.handover.domain.hits import WordHit
from caseworker_app.features.handover.domain.kinds import (
    Paper,
    RenderFollowUp,
    RenderPaper,
    RenderReview,
    RenderVisit,
)
from caseworker_app.features.handover.domain.proposal import ReviewProposal
from caseworker_app.features.handover.domain.second_check import hits_of
from caseworker_app.features.handover.domain.transmission import fingerprint
from caseworker_app.pdf.identity import Identity


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A document as it will print; `hits`: words to look at, `fingerprint`: which review it is."""

    pdf: bytes
    hits: tuple[WordHit, ...] = ()
    fingerprint: str = ""


def lay_out_review(
    _progress: Any, render: RenderReview, proposal: ReviewProposal, choices: ReviewChoices, identity: Identity
) -> LaidOut:
    """Compose and render a review marked « APERÇU », with the finds of the second check."""
    content = compose(proposal, choices)
    return LaidOut(render(content, identity), hits_of(proposal, choices), fingerprint(content))


def lay_out_visit(_progress: Any, render: RenderVisit, content: VisitReport, identity: Identity) -> LaidOut:
    """Render a visit report."""
    return LaidOut(render(content, identity))


def lay_out_paper(_progress: Any, render: RenderPaper, content: Paper, identity: Identity) -> LaidOut:
    """Render a paper of a household."""
    return LaidOut(render(content, identity))


def lay_out_follow_up(
    _progress: Any, render: RenderFollowUp, material: FollowUpMaterial, identity: Identity
) -> LaidOut:
    """Render a follow-up file."""
    return LaidOut(render(material, identity))
