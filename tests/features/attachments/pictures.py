"""Photos as phones make them: real pictures by Qt, with a place, a date, a device and an orientation put in."""

from __future__ import annotations

import struct
import zlib

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

DEVICE, PLACE_DEGREES = b"Telephone-Invente 12\x00", (50, 41, 27)
TAKEN = b"2026:11:20 14:03:00\x00"


def picture(form: str, width: int = 64, height: int = 48) -> bytes:
    """A picture whose four corners differ, so that turning it is seen."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for x in range(width):
        for y in range(height):
            image.setPixelColor(x, y, QColor(x * 255 // width, y * 255 // height, (x * y) % 256))
    return encoded(image, form)


def encoded(image: QImage, form: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, form, 90)
    return bytes(buffer.data().data())


def exif(orientation: int = 6, *, big_endian: bool = False) -> bytes:
    """An Exif block with orientation, device, day and hour, and a place."""
    order = ">" if big_endian else "<"

    def directory(start: int, entries: list[tuple[int, int, int, bytes]]) -> bytes:
        head = struct.pack(order + "H", len(entries))
        away = start + 2 + 12 * len(entries) + 4
        rows, rest = b"", b""
        for tag, kind, count, value in entries:
            if len(value) <= 4:
                rows += struct.pack(order + "HHI", tag, kind, count) + value.ljust(4, b"\x00")
            else:
                rows += struct.pack(order + "HHII", tag, kind, count, away + len(rest))
                rest += value
        return head + rows + b"\x00\x00\x00\x00" + rest

    def long(value: int) -> bytes:
        return struct.pack(order + "I", value)

    def first(exif_at: int, gps_at: int) -> bytes:
        return directory(
            8,
            [
                (0x0110, 2, len(DEVICE), DEVICE),
                (0x0112, 3, 1, struct.pack(order + "HH", orientation, 0)),
                (0x8769, 4, 1, long(exif_at)),
                (0x8825, 4, 1, long(gps_at)),
            ],
        )

    degrees = b"".join(struct.pack(order + "II", part, 1) for part in PLACE_DEGREES)
    size = len(first(0, 0))
    more = directory(8 + size, [(0x9003, 2, len(TAKEN), TAKEN)])
    place = directory(8 + size + len(more), [(1, 2, 2, b"N\x00"), (2, 5, 3, degrees)])
    head = (b"MM\x00*" if big_endian else b"II*\x00") + long(8)
    return head + first(8 + size, 8 + size + len(more)) + more + place


def jpeg(orientation: int = 6, *, big_endian: bool = False) -> bytes:
    """A JPEG as a phone writes it: Exif, XMP, a comment, a colour profile, and a film after the end."""
    plain = picture("JPEG")

    def segment(marker: int, body: bytes) -> bytes:
        return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body

    added = (
        segment(0xE1, b"Exif\x00\x00" + exif(orientation, big_endian=big_endian))
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>Roubaix 50.69</x:xmpmeta>")
        + segment(0xED, b"Photoshop 3.0\x00IPTC Roubaix")
        + segment(0xFE, b"Roubaix, comment")
    )
    return plain[:2] + added + plain[2:] + b"ftypmp42 film Roubaix " + exif()


def png(orientation: int = 1) -> bytes:
    """A PNG with text, a date and an Exif block."""
    plain = picture("PNG")

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    added = (
        chunk(b"tEXt", b"Location\x00Roubaix")
        + chunk(b"tIME", bytes((7, 234, 11, 20, 14, 3, 0)))
        + chunk(b"eXIf", exif(orientation))
    )
    at = plain.index(b"IDAT") - 4
    return plain[:at] + added + plain[at:] + b"Roubaix after the end"


def large_png(width: int = 3700, height: int = 3600) -> bytes:
    """A grey PNG stored without compression: 40 MB unless told otherwise."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\x00" + b"\x80" * 3 * width) * height, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def bomb(width: int, height: int, form: str = "PNG") -> bytes:
    """A picture of a few hundred bytes that says it has so many points: PNG, JPEG in one pass, JPEG in several."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    if form == "PNG":
        head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
        pixels = zlib.compress(bytes(1_000_000), 9)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    content = picture("JPEG")
    at = content.index(b"\xff\xc0")
    frame = b"\xff\xc2" if form == "JPEG in several" else b"\xff\xc0"
    return (
        content[:at]
        + frame
        + content[at + 2 : at + 5]
        + struct.pack(">HH", height, width)
        + content[at + 9 :]
    )


def webp(orientation: int = 1) -> bytes:
    """A WebP with Exif and XMP, as the extended form writes them."""
    plain = picture("WEBP")
    image = plain[12:]
    flags = 0x08 | 0x04
    size = struct.pack("<I", 63)[:3] + struct.pack("<I", 47)[:3]

    def chunk(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)

    if image[:4] == b"VP8X":
        (length,) = struct.unpack_from("<I", image, 4)
        image = image[8 + length :]
    body = (
        b"WEBP"
        + chunk(b"VP8X", bytes((flags, 0, 0, 0)) + size)
        + image
        + chunk(b"EXIF", exif(orientation))
        + chunk(b"XMP ", b"<x:xmpmeta>Roubaix</x:xmpmeta>")
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def seen(content: bytes) -> QImage:
    """The picture as people see it, turned as it says."""
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QImageReader

    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    image = reader.read()
    assert not image.isNull(), reader.errorString()
    return image.convertToFormat(QImage.Format.Format_RGB32)


def pdf() -> bytes:
    """A PDF of two pages."""
    import io

    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream)
    for words in ("Quittance de loyer", "Page deux"):
        canvas.drawString(80, 700, words)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
