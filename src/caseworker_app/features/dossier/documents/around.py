"""What stands around the pages of a follow-up file: internal mark, which copy, when, by whom."""

from __future__ import annotations

from caseworker_app.features.dossier.domain.follow_up_content import Head
from caseworker_app.features.dossier.domain.when import hour_words
from caseworker_app.kernel.dates import format_date
from caseworker_app.pdf.fonts import shorten
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.meta import DocumentMeta

LONGEST_NAME = 90
TEMPLATE_FILE = "modèle « Dossier de suivi », n° 1"
TEMPLATE_SYNTHESIS = "modèle « Synthèse », n° 1"
_MARK = "Interne – ne pas transmettre"


def meta_of(head: Head, identity: Identity, template: str) -> DocumentMeta:
    """Return what stands around the pages: copy, hour and person in the footer, the mark at the head."""
    return DocumentMeta(
        title=f"{head.title} – {shorten(head.household, LONGEST_NAME)}",
        author=identity.name,
        reference=head.reference,
        day=head.at.date(),
        running=f"{head.title} – {head.household}",
        footer=(
            f"{shorten(identity.footer_name, 40)} · dossier {head.reference}{_copy_words(head)}",
            f"{_printed_words(head)} · {template}",
        ),
        subject="Document interne",
        mark=_MARK,
    )


def _copy_words(head: Head) -> str:
    return f" · exemplaire {head.copy}" if head.copy else " · aperçu"


def _printed_words(head: Head) -> str:
    """Return when a copy was printed and by whom; a preview was only shown."""
    when = f"le {format_date(head.at.date())} à {hour_words(head.at)} par {shorten(head.by, 40)}"
    return f"Imprimé {when}" if head.copy else f"Affiché {when}"
