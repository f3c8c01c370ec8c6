"""What stands around the pages of a follow-up file: running head, internal mark, which copy, when, by whom."""

from __future__ import annotations

from caseworker_app.features.dossier.domain.follow_up_content import Head
from caseworker_app.features.dossier.domain.when import hour_words
from caseworker_app.kernel.dates import format_date
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.meta import DocumentMeta

LONGEST_NAME = 90
TEMPLATE_FILE = "Modèle « Dossier de suivi », rédaction n° 1 du 22 novembre 2026"
TEMPLATE_SYNTHESIS = "Modèle « Synthèse », rédaction n° 1 du 22 novembre 2026"
_MARK = "Interne – ne pas transmettre"


def meta_of(head: Head, identity: Identity, template: str) -> DocumentMeta:
    """Return what stands around the pages: copy, hour and person in the footer, the mark at the head."""
    return DocumentMeta(
        title=f"{head.title} – {shorten(head.household, LONGEST_NAME)}",
        author=identity.name,
        reference=head.reference,
        day=head.at.date(),
        running=f"{head.title} – {head.household}",
        footer=(f"{shorten(identity.footer_name, 40)} · {head.reference} · {printed_words(head)}", template),
        subject="Document interne",
        mark=_MARK,
    )


def printed_words(head: Head) -> str:
    """Return which copy it is, when it was printed and by whom; a preview says it is one."""
    when = f"le {format_date(head.at.date())} à {hour_words(head.at)} par {shorten(head.by, 40)}"
    return f"exemplaire {head.copy} imprimé {when}" if head.copy else f"aperçu affiché {when}"
