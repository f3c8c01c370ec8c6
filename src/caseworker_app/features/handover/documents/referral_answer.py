"""The answer to a referral (« accusé de réception », « décision ») as a one-page letter: content in, tagged PDF out."""

from __future__ import annotations

from caseworker_app.features.handover.domain.referral_answer import ReferralAnswer
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import typeset
from caseworker_app.pdf.document import render
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Gap
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.panels import Signature, SignatureBoxes
from caseworker_app.pdf.styles import BODY
from caseworker_app.pdf.text import Text

_TITLES = {True: "Réponse à votre demande", False: "Accusé de réception"}


def render_referral_answer(content: ReferralAnswer, identity: Identity) -> bytes:
    """Return the letter as the bytes of a tagged PDF; nothing is written on disk."""
    return render(_story(content, identity), _meta(content, identity))


def _meta(content: ReferralAnswer, identity: Identity) -> DocumentMeta:
    title = _TITLES[content.tells_decision]
    made = f"{identity.footer_name} · {content.reference} · établi le {format_long_date(content.day)}"
    return DocumentMeta(
        title=f"{title} – {content.reference}",
        author=identity.name,
        reference=content.reference,
        day=content.day,
        running=title,
        footer=(made, "modèle «\u00a0Réponse à une demande\u00a0», n°\u00a01"),
        subject="Réponse à une demande d’accompagnement",
    )


def _story(content: ReferralAnswer, identity: Identity) -> list[Block]:
    quality = content.job_title or "Pour l’association"
    return [
        Letterhead(
            identity,
            recipient=content.recipient,
            references=(("Référence", content.reference), ("Date", format_long_date(content.day))),
        ),
        TitleBlock(_TITLES[content.tells_decision], [typeset(content.about)]),
        Gap(8),
        *(Text(typeset(words), BODY) for words in ("Madame, Monsieur,", *content.paragraphs)),
        Gap(14),
        SignatureBoxes([Signature(quality, content.signatory)]),
    ]
