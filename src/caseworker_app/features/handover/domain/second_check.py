"""The second check of a whole review: every text a person wrote or left as proposed, find by find."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.features.handover.domain.choices import ReviewChoices
from caseworker_app.features.handover.domain.composing import written_texts
from caseworker_app.features.handover.domain.hits import WordHit
from caseworker_app.features.handover.domain.proposal import ReviewProposal
from caseworker_app.features.handover.domain.word_check import check_words


def hits_of(proposal: ReviewProposal, choices: ReviewChoices) -> tuple[WordHit, ...]:
    """Return the finds in the texts that will print, in the order they print."""
    return tuple(
        hit
        for text in written_texts(proposal, choices)
        for hit in check_words(text.key, text.text, proposal.people, proposal.day, proposal.own_words)
    )


def unsettled(hits: Iterable[WordHit], choices: ReviewChoices) -> tuple[WordHit, ...]:
    """Return the finds that were neither changed nor kept knowingly."""
    return tuple(hit for hit in hits if hit.key not in choices.kept_hits)
