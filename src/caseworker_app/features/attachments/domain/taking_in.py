"""A file as it comes from outside, made ready to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.features.attachments.domain.attachment import MAX_NAME
from caseworker_app.features.attachments.domain.file_types import IMAGE_TYPES, MediaType, media_type_of
from caseworker_app.features.attachments.domain.photo_metadata import read_exif, without_metadata
from caseworker_app.features.attachments.domain.picture_size import check_size

_FORBIDDEN = frozenset('<>:"/\\|?*')


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file made ready: what will be kept of it. `place_removed`: it told where it was taken."""

    content: bytes
    media_type: MediaType
    name: str
    taken_on: date | None = None
    metadata_kept: bool = False
    place_removed: bool = False


def make_ready(content: bytes, name: str, *, keep_metadata: bool = False) -> ReadyFile:
    """Return what will be kept of a file: a photo without its place, date and device unless asked otherwise.

    Raises FileRefused, also for a photo that is cut, torn, empty, or larger than a PC can show.
    """
    media_type, name = media_type_of(content, name), file_name(name)
    if media_type not in IMAGE_TYPES:
        return ReadyFile(content, media_type, name)
    check_size(content, media_type)
    exif, clean = read_exif(content, media_type), without_metadata(content, media_type)
    if keep_metadata:
        return ReadyFile(content, media_type, name, exif.taken_on, metadata_kept=True)
    return ReadyFile(clean, media_type, name, place_removed=exif.has_place)


def file_name(name: str) -> str:
    """Return a name that every system takes, at most 120 characters, its ending kept."""
    kept = "".join(c for c in name if c.isprintable() and c not in _FORBIDDEN)
    clean = " ".join(kept.split()).strip(". ") or "Pièce"
    stem, dot, ending = clean.rpartition(".")
    if len(clean) <= MAX_NAME or not dot or len(ending) > 8:
        return clean[:MAX_NAME]
    return f"{stem[: MAX_NAME - len(ending) - 1]}.{ending}"
