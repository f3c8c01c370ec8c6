"""How many points a photo says it has, read without decoding it: a few bytes may ask for all the memory of a PC."""

from __future__ import annotations

import struct

from caseworker_app.features.attachments.domain.file_types import FileRefused, MediaType
from caseworker_app.features.attachments.domain.photo_metadata import (
    jpeg_segments,
    png_chunks,
    webp_chunks,
)

# What has to be decoded whole takes four bytes a point; Qt itself refuses beyond 256 MB.
MOST_WHOLE = 64_000_000
# A plain JPEG is made smaller while it is read; phones make photos of 200 million points.
MOST_JPEG = 250_000_000
# The frames of a JPEG (ITU T.81, table B.1); the second ones come in several passes, and are decoded whole.
_FRAMES = frozenset({*range(0xC0, 0xD0)}) - {0xC4, 0xC8, 0xCC}
_PASSES = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_TOO_LARGE = (
    "Cette image est trop grande pour être affichée\u00a0: enregistrez-la plus petite, "
    "8\u202f000\u00a0points de côté au plus, puis ajoutez-la."
)


def check_size(content: bytes, media_type: MediaType) -> None:
    """Refuse a photo that no PC could show. Raises FileRefused; one whose size is not told is left to others."""
    try:
        wide, high, whole = told_size(content, media_type)
    except (struct.error, ValueError, IndexError):
        return
    if wide * high > (MOST_WHOLE if whole else MOST_JPEG):
        raise FileRefused(_TOO_LARGE)


def told_size(content: bytes, media_type: MediaType) -> tuple[int, int, bool]:
    """Return the width and height a photo says it has, in points, and whether it is decoded whole.

    Raises ValueError, IndexError or struct.error where it does not say.
    """
    return _READERS[media_type](content)


def _of_jpeg(content: bytes) -> tuple[int, int, bool]:
    for marker, body, _data in jpeg_segments(content):
        if marker in _FRAMES:
            high, wide = struct.unpack_from(">HH", body, 1)
            return wide, high, marker in _PASSES
    raise ValueError("no frame")


def _of_png(content: bytes) -> tuple[int, int, bool]:
    body = next((body for _kind, body in png_chunks(content)), b"")
    wide, high = struct.unpack_from(">II", body)
    return wide, high, True


def _of_webp(content: bytes) -> tuple[int, int, bool]:
    kind, body = next(webp_chunks(content), (b"", b""))
    if kind == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little"), True
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", body, 1)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), True
    wide, high = struct.unpack_from("<HH", body, 6)
    return wide & 0x3FFF, high & 0x3FFF, True


_READERS = {MediaType.JPEG: _of_jpeg, MediaType.PNG: _of_png, MediaType.WEBP: _of_webp}
