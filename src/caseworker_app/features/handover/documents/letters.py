"""Letters as pages: what they share (window, title, signature, what stands around), and which function draws which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from caseworker_app.features.handover.documents.orientation_letter import orientation_body
from caseworker_app.features.handover.documents.part_sheet import part_body
from caseworker_app.features.handover.documents.referral_answer import answer_body
from caseworker_app.features.handover.domain.kinds import Letter
from caseworker_app.features.handover.domain.orientation_letter import OrientationLetter
from caseworker_app.features.handover.domain.part_sheet import PartSheet
from caseworker_app.features.handover.domain.referral_answer import ReferralAnswer
from caseworker_app.kernel.dates import format_long_date
from caseworker_app.kernel.french import typeset
from caseworker_app.pdf.document import render
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, Gap, Together
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.panels import Signature, SignatureBoxes

_ORIENTATION = "Lettre d’orientation"
_PART = "Fiche de liaison"
_ANSWERS = {True: "Réponse à votre demande", False: "Accusé de réception"}


def render_letter(content: Letter, identity: Identity) -> bytes:
    """Return a letter as the bytes of a tagged PDF; nothing is written on disk."""
    if isinstance(content, OrientationLetter):
        return render_orientation_letter(content, identity)
    if isinstance(content, PartSheet):
        return render_part_sheet(content, identity)
    return render_referral_answer(content, identity)


def render_orientation_letter(content: OrientationLetter, identity: Identity) -> bytes:
    """Return the letter that sends a household to a partner."""
    about = f"Objet\u00a0: orientation vers votre service. {content.about}"
    meta = _meta(content, identity, (_ORIENTATION, "Orientation vers un partenaire"), _ORIENTATION)
    return render(_story(content, identity, (_ORIENTATION, about), orientation_body(content)), meta)


def render_part_sheet(content: PartSheet, identity: Identity) -> bytes:
    """Return the sheet of a body that follows a household for a part."""
    about = f"Objet\u00a0: votre part dans l’accompagnement de {content.about}"
    meta = _meta(content, identity, (_PART, "Ce qui revient à un intervenant"), _PART)
    return render(_story(content, identity, (_PART, about), part_body(content)), meta)


def render_referral_answer(content: ReferralAnswer, identity: Identity) -> bytes:
    """Return the answer to whoever referred: that it came, or what was decided."""
    title = _ANSWERS[content.tells_decision]
    meta = _meta(
        content, identity, (title, "Réponse à une demande d’accompagnement"), "Réponse à une demande"
    )
    return render(_story(content, identity, (title, content.about), answer_body(content)), meta)


def _meta(content: Letter, identity: Identity, told: tuple[str, str], model: str) -> DocumentMeta:
    title, subject = told
    made = f"{identity.footer_name} · {content.reference} · {format_long_date(content.day)}"
    return DocumentMeta(
        title=f"{title} – {content.reference}",
        author=identity.name,
        reference=content.reference,
        day=content.day,
        running=title,
        footer=(made, f"Modèle «\u00a0{model}\u00a0», n°\u00a01"),
        subject=subject,
    )


def _story(content: Letter, identity: Identity, heads: Sequence[str], body: Iterable[Block]) -> list[Block]:
    title, about = heads
    *words, last = body
    signed = SignatureBoxes([Signature(content.job_title or "Pour l’association", content.signatory)])
    return [
        Letterhead(
            identity,
            recipient=content.recipient,
            references=(("Référence", content.reference), ("Date", format_long_date(content.day))),
        ),
        TitleBlock(title, [typeset(about)]),
        Gap(8),
        *words,
        # Signed on the page of its last words: a signature alone could be that of any letter.
        Together([last, Gap(14), signed]),
    ]
