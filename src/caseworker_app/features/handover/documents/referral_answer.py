"""What the answer to a referral (« accusé de réception », « décision ») says, as blocks of its page."""

from __future__ import annotations

from caseworker_app.features.handover.domain.referral_answer import ReferralAnswer
from caseworker_app.kernel.french import typeset
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.styles import BODY
from caseworker_app.pdf.text import Text


def answer_body(content: ReferralAnswer) -> list[Block]:
    """Return its paragraphs."""
    return [Text(typeset(words), BODY) for words in ("Madame, Monsieur,", *content.paragraphs)]
