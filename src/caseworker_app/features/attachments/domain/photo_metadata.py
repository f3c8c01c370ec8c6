"""Removing from photos what tells where, when and with what they were taken, without touching the pixels.

Segments are left out of the file; nothing is decoded nor compressed again. The orientation stays, since it says
how the picture is seen, and so does the colour profile. What follows the picture (a film, a second picture)
goes too: phones keep the place there as well. Exif is read as TIFF 6.0 and Exif 2.32 write it.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.attachments.domain.file_types import FileRefused, MediaType

# Exif: the tags that are looked at.
_ORIENTATION, _EXIF, _GPS, _TAKEN, _CHANGED = 0x0112, 0x8769, 0x8825, 0x9003, 0x0132
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
_MOST_TAGS = 1000

# JPEG: markers without a length, and the one after which compressed data comes.
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_SOS, _EOI, _COMMENT = 0xDA, 0xD9, 0xFE
# The marks of a frame; C4, C8 and CC among them are tables.
_FRAMES = frozenset({*range(0xC0, 0xD0)}) - {0xC4, 0xC8, 0xCC}
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_PNG_KEPT = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs",
    b"cICP", b"acTL", b"fcTL", b"fdAT",
})  # fmt: skip
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_PIXELS = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04


@dataclass(frozen=True, slots=True)
class Exif:
    """What a photo says of itself: its orientation (1 to 8), the day it was taken, whether it tells the place."""

    orientation: int = 1
    taken_on: date | None = None
    has_place: bool = False


def read_exif(content: bytes, media_type: MediaType) -> Exif:
    """Return what a photo says of itself; an unreadable or absent Exif says nothing."""
    raw = next((exif for exif in _exif_blocks(content, media_type)), b"")
    try:
        return _read_tiff(raw) if raw else Exif()
    except (struct.error, ValueError, IndexError):
        return Exif()


def without_metadata(content: bytes, media_type: MediaType) -> bytes:
    """Return a photo without its metadata, its pixels and its orientation as they were.

    Raises FileRefused for a file that is cut, torn or without any picture: what cannot be read cannot be cleaned.
    """
    orientation = read_exif(content, media_type).orientation
    clean = {MediaType.JPEG: _clean_jpeg, MediaType.PNG: _clean_png, MediaType.WEBP: _clean_webp}[media_type]
    try:
        return clean(content, orientation)
    except (struct.error, ValueError, IndexError) as error:
        raise FileRefused(
            "Cette photo est incomplète ou abîmée\u00a0: copiez-la de nouveau depuis l’appareil, puis ajoutez-la."
        ) from error


def _exif_blocks(content: bytes, media_type: MediaType) -> Iterator[bytes]:
    try:
        if media_type is MediaType.JPEG:
            for marker, body, _data in jpeg_segments(content):
                if marker == 0xE1 and body.startswith(b"Exif\x00\x00"):
                    yield body[6:]
        elif media_type is MediaType.PNG:
            yield from (body for kind, body in png_chunks(content) if kind == b"eXIf")
        else:
            yield from (_bare(body) for kind, body in webp_chunks(content) if kind == b"EXIF")
    except (struct.error, ValueError, IndexError):
        return


def _bare(body: bytes) -> bytes:
    """Return the Exif of a WebP, which some programs write with the prefix of a JPEG's."""
    return body[6:] if body.startswith(b"Exif\x00\x00") else body


def _read_tiff(raw: bytes) -> Exif:
    order = {b"II": "<", b"MM": ">"}.get(raw[:2])
    if order is None:
        raise ValueError("no byte order")
    (first,) = struct.unpack_from(order + "I", raw, 4)
    tags = _read_tags(raw, order, first)
    more = _read_tags(raw, order, _number(tags[_EXIF], order)) if _EXIF in tags else {}
    orientation = _number(tags[_ORIENTATION], order) if _ORIENTATION in tags else 1
    taken = _day(more.get(_TAKEN, b"")) or _day(tags.get(_CHANGED, b""))
    return Exif(orientation if 1 <= orientation <= 8 else 1, taken, _GPS in tags)


def _read_tags(raw: bytes, order: str, start: int) -> dict[int, bytes]:
    """Return the values of a directory by tag, as bytes; those that lie outside the block are left out."""
    (count,) = struct.unpack_from(order + "H", raw, start)
    found = {}
    for number in range(min(count, _MOST_TAGS)):
        at = start + 2 + 12 * number
        tag, kind, length = struct.unpack_from(order + "HHI", raw, at)
        size = _SIZES.get(kind, 1) * length
        (away,) = struct.unpack_from(order + "I", raw, at + 8)
        value = raw[at + 8 : at + 8 + size] if size <= 4 else raw[away : away + size]
        if len(value) == size:
            found[tag] = value
    return found


def _number(value: bytes, order: str) -> int:
    return int.from_bytes(value, "little" if order == "<" else "big")


def _day(value: bytes) -> date | None:
    """Read « 2026:11:24 14:03:00 »."""
    try:
        year, month, day = (int(part) for part in value[:10].split(b":"))
        return date(year, month, day)
    except ValueError:
        return None


def _orientation_block(orientation: int) -> bytes:
    """Return an Exif block that says the orientation and nothing else."""
    entry = struct.pack("<HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    return b"II*\x00" + struct.pack("<IH", 8, 1) + entry + b"\x00\x00\x00\x00"


def _clean_jpeg(content: bytes, orientation: int) -> bytes:
    made, ended, seen = [b"\xff\xd8"], False, set[int]()
    if orientation != 1:
        block = b"Exif\x00\x00" + _orientation_block(orientation)
        made.append(b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block)
    for marker, body, data in jpeg_segments(content):
        if marker == _EOI:
            ended = True
        elif (kept := _kept_segment(marker, body)) is not None:
            made.append(bytes((0xFF, marker)) + struct.pack(">H", len(kept) + 2) + kept + data)
        seen.add(marker)
    if not ended or _SOS not in seen or not seen & _FRAMES:
        raise ValueError("no end of image, or no image")
    return b"".join((*made, b"\xff\xd9"))


def _kept_segment(marker: int, body: bytes) -> bytes | None:
    """Return what stays of a segment: tables and frames whole, of the rest only what colours need."""
    if marker == 0xE0:
        # The density, without the small picture that may show what was cut from the large one.
        return body[:12] + b"\x00\x00" if body.startswith(b"JFIF\x00") and len(body) >= 14 else None
    if marker == 0xE2:
        return body if body.startswith(b"ICC_PROFILE\x00") else None
    if marker == 0xEE:
        return body if body.startswith(b"Adobe") else None
    return None if 0xE0 <= marker <= 0xEF or marker == _COMMENT else body


def jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield each segment's marker, its body, and the compressed data after it; the last one is the end mark.

    Raises ValueError, IndexError or struct.error where the file is torn or cut.
    """
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker")
        while content[at] == 0xFF:
            at += 1
        marker, at = content[at], at + 1
        if marker == _EOI:
            yield marker, b"", b""
            return
        if marker in _ALONE:
            continue
        (length,) = struct.unpack_from(">H", content, at)
        if length < 2 or at + length > len(content):
            raise ValueError("a segment is cut")
        body, at = content[at + 2 : at + length], at + length
        begin = at
        if marker == _SOS:
            found = _NEXT_MARKER.search(content, at)
            if found is None:
                raise ValueError("the data is cut")
            at = found.start()
        yield marker, body, content[begin:at]


def _clean_png(content: bytes, orientation: int) -> bytes:
    made, seen = [content[:8]], set[bytes]()
    for kind, body in png_chunks(content):
        seen.add(kind)
        if kind == b"IDAT" and orientation != 1:
            made.append(_png_chunk(b"eXIf", _orientation_block(orientation)))
            orientation = 1
        if kind in _PNG_KEPT:
            made.append(_png_chunk(kind, body))
    if not {b"IHDR", b"IDAT"} <= seen:
        raise ValueError("no image")
    return b"".join(made)


def png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each chunk's kind and body. Raises ValueError or struct.error where the file is torn or cut."""
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + length]
        (checked,) = struct.unpack_from(">I", content, at + 8 + length)
        if zlib.crc32(kind + body) != checked:
            raise ValueError("a chunk is torn")
        at += 12 + length
        yield kind, body


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _clean_webp(content: bytes, orientation: int) -> bytes:
    made, seen = b"WEBP", set[bytes]()
    for kind, body in webp_chunks(content):
        seen.add(kind)
        if kind == b"VP8X":
            flags = body[0] & ~(_WEBP_EXIF | _WEBP_XMP) | (_WEBP_EXIF if orientation != 1 else 0)
            body = bytes((flags,)) + body[1:]  # noqa: PLW2901  (the same chunk, with less said in it)
        if kind in _WEBP_KEPT:
            made += _webp_chunk(kind, body)
    if seen.isdisjoint(_WEBP_PIXELS):
        raise ValueError("no image")
    if orientation != 1:
        made += _webp_chunk(b"EXIF", _orientation_block(orientation))
    return b"RIFF" + struct.pack("<I", len(made)) + made


def webp_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each chunk's kind and body. Raises ValueError or struct.error where the file is cut."""
    (size,) = struct.unpack_from("<I", content, 4)
    at, end = 12, 8 + size
    if end > len(content) + 1:
        raise ValueError("the file is cut")
    while at + 8 <= end:
        kind, length = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + length]
        if len(body) != length:
            raise ValueError("a chunk is cut")
        at += 8 + length + length % 2
        yield kind, body


def _webp_chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)
