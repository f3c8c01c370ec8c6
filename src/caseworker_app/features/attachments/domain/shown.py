"""How attachments read in lists: sizes, kinds, dates, and what adding some of them did."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.features.attachments.domain.attachment import ATTACHMENT_KIND_LABELS, Attachment
from caseworker_app.features.attachments.domain.file_types import MEDIA_TYPE_LABELS
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import plural


def size_words(size_bytes: int) -> str:
    """Return « 340 ko » or « 1,2 Mo », counted in thousands as systems of today show it."""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))}\u00a0ko"
    tenths = round(size_bytes / 100_000)
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest}\u00a0Mo" if rest else f"{whole}\u00a0Mo"


def detail_words(attachment: Attachment) -> str:
    """Return what stands under the title: kind, date, place, sort of file and size."""
    kind = ATTACHMENT_KIND_LABELS[attachment.kind].capitalize()
    day = f"du {format_date(attachment.dated_on)}" if attachment.dated_on else ""
    file = f"{MEDIA_TYPE_LABELS[attachment.media_type]}, {size_words(attachment.size_bytes)}"
    added = f"ajoutée le {format_date(attachment.added_on)}"
    parts = (f"{kind} {day}".strip(), attachment.place or "", file, added)
    return " · ".join(part for part in parts if part)


def total_words(attachments: Sequence[Attachment]) -> str:
    """Return « 3 pièces, 4,2 Mo »."""
    size = sum(each.size_bytes for each in attachments)
    return f"{plural(len(attachments), 'pièce')}, {size_words(size)}" if attachments else ""


def added_words(count: int, places_removed: int) -> str:
    """Return the sentence that says what was added, and what was removed from photos."""
    done = "Pièce ajoutée" if count == 1 else f"{count}\u00a0pièces ajoutées"
    if not places_removed:
        return done
    whose = "de la photo" if places_removed == 1 else f"de {places_removed}\u00a0photos"
    return f"{done}\u202f; le lieu, la date et l’appareil {whose} ont été retirés"


def photos_words(count: int) -> str:
    """Return « 2 photos », empty for none."""
    return plural(count, "photo") if count else ""
