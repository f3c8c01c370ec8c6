"""From contents to PDF in another process; free of Qt on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.composing import compose
from caseworker_app.features.handover.domain.hits import WordHit
from caseworker_app.features.handover.domain.kinds import RenderReview
from caseworker_app.features.handover.domain.proposal import ReviewProposal
from caseworker_app.features.handover.domain.second_check import hits_of
from caseworker_app.features.handover.domain.transmission import fingerprint
from caseworker_app.pdf.identity import Identity

T = TypeVar("T")


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


def lay_out(
    _progress: Any, render: Callable[[T, Identity], bytes], content: T, identity: Identity
) -> LaidOut:
    """Render a document from its content."""
    return LaidOut(render(content, identity))
