"""An attachment (« pièce ») of a household: a file with its kind, caption and date; *interne* unless said otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseworker_app.features.attachments.domain.file_types import IMAGE_TYPES, MediaType
from caseworker_app.kernel.entries import one_line, optional_line
from caseworker_app.kernel.errors import InvalidEntry

MAX_NAME, MAX_CAPTION, MAX_PLACE = 120, 500, 80
# Dropped at once; more is a folder dropped by mistake.
MOST_AT_ONCE = 50


class AttachmentKind(StrEnum):
    """What an attachment is, as people sort their papers."""

    PHOTO = "photo"
    IDENTITY = "identity"
    PROOF = "proof"
    LETTER = "letter"
    CONTRACT = "contract"
    COURT = "court"
    OTHER = "other"


ATTACHMENT_KIND_LABELS = {
    AttachmentKind.PHOTO: "photo",
    AttachmentKind.IDENTITY: "pièce d’identité",
    AttachmentKind.PROOF: "justificatif",
    AttachmentKind.LETTER: "courrier",
    AttachmentKind.CONTRACT: "bail ou contrat",
    AttachmentKind.COURT: "justice, huissier",
    AttachmentKind.OTHER: "autre pièce",
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment. `name`: of the file; `content_hash`: of its content, in `storage.attachments`.

    `dated_on`: the day of the document or photo; `shareable`: may be proposed for outside, else *interne*;
    `entry_id` and `place`: the visit it was taken at, and the room of the dwelling.
    """

    id: str
    version: str
    household_id: str
    content_hash: str
    size_bytes: int
    media_type: MediaType
    name: str
    kind: AttachmentKind
    caption: str | None
    dated_on: date | None
    shareable: bool
    metadata_kept: bool
    added_on: date
    worker_id: str
    entry_id: str | None
    place: str | None

    @property
    def is_image(self) -> bool:
        """Say whether it is shown as a picture."""
        return self.media_type in IMAGE_TYPES

    @property
    def title(self) -> str:
        """What it is called in a list: its caption, or the name of the file."""
        return self.caption or self.name


@dataclass(frozen=True, slots=True)
class KeptContent:
    """A file whose content is kept, and that no household has yet: what a draft holds of a photo."""

    content_hash: str
    size_bytes: int
    media_type: MediaType
    name: str
    taken_on: date | None = None
    metadata_kept: bool = False


@dataclass(frozen=True, slots=True)
class AttachmentForm:
    """What a person says of an attachment."""

    name: str
    kind: AttachmentKind
    caption: str | None = None
    dated_on: date | None = None
    shareable: bool = False
    place: str | None = None


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """A content kept, with what is said of it."""

    content: KeptContent
    form: AttachmentForm


def usual_form(content: KeptContent, place: str | None = None) -> AttachmentForm:
    """Return what is said of a file nobody described yet: a photo for a picture, another piece otherwise."""
    kind = AttachmentKind.PHOTO if content.media_type in IMAGE_TYPES else AttachmentKind.OTHER
    return AttachmentForm(content.name, kind, dated_on=content.taken_on, place=place)


def checked_form(form: AttachmentForm, today: date) -> AttachmentForm:
    """Return a form with its texts on one line. Raises InvalidEntry for no name, or a date to come."""
    name = one_line(form.name, MAX_NAME, "name")
    if not name:
        raise InvalidEntry("Nommez la pièce.", "name")
    if form.dated_on is not None and form.dated_on > today:
        raise InvalidEntry("La date de la pièce est à venir\u00a0: vérifiez-la.", "dated_on")
    return AttachmentForm(
        name, form.kind, optional_line(form.caption, MAX_CAPTION, "caption"), form.dated_on, form.shareable,
        optional_line(form.place, MAX_PLACE, "place"),
    )  # fmt: skip


def check_count(count: int) -> None:
    """Refuse more files at once than a person drops on purpose. Raises InvalidEntry."""
    if count > MOST_AT_ONCE:
        raise InvalidEntry(f"Ajoutez {MOST_AT_ONCE} fichiers au plus à la fois.", "files")
