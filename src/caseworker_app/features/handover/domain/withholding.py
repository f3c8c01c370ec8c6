"""What stays in the association when this review goes out: never proposed, not agreed to, or taken out."""

from __future__ import annotations

from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.held_back import Withheld, taken_out
from caseworker_app.features.handover.domain.proposal import ReviewProposal

NO_CHOICES = ReviewChoices()


def withheld(proposal: ReviewProposal, choices: ReviewChoices = NO_CHOICES) -> tuple[Withheld, ...]:
    """Return what stays, each with its reason: from the file, then what the writer took out."""
    out = sum(not choices.keeps(item) for item in proposal.items)
    return (*proposal.kept_back, *taken_out(out))
