"""Pieces of any kind put together in one file of A4 pages: pictures turned upright, PDFs as they are, numbered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Name
from PIL import Image, ImageOps, UnidentifiedImageError
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.pdf import colours
from caseworker_app.pdf.fonts import REGULAR, shorten_to_width, text_width

# A picture is printed at 200 dots per inch at most: sharper serves nobody, and mail refuses large files.
_MOST_DOTS = (1654, 2339)
_MOST_PIXELS = 120_000_000
_QUALITY = 85
_MARGIN = 10 * mm
_MOST_PAGES = 300
_STAMP_SIZE = 8.5


class PieceNotJoined(CaseworkerError):
    """A piece that cannot be put among the others; its sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece to join: what stands at the foot of its pages, its content, whether it is a picture."""

    title: str
    content: bytes
    picture: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a piece stands in the whole: its place among those given, its first page from 1, how many pages."""

    place: int
    first_page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Assembled:
    """The file made: its bytes, how many pages, where each piece is, and why those left out are."""

    pdf: bytes
    pages: int
    placed: tuple[Placed, ...]
    left_out: tuple[tuple[int, str], ...]


# From what is placed and left out to the bytes of the cover.
Cover = Callable[[Sequence[Placed], Sequence[tuple[int, str]]], bytes]


def assemble(pieces: Sequence[Piece], cover: Cover) -> Assembled:
    """Return one PDF: the cover, then the pieces in order on A4 pages, each page numbered at its foot.

    A piece that cannot be read, or is locked by a password, is left out with its sentence. Nothing is written on disk.
    """
    read: list[tuple[int, pikepdf.Pdf]] = []
    left_out: list[tuple[int, str]] = []
    for place, piece in enumerate(pieces):
        try:
            read.append((place, _opened(piece)))
        except PieceNotJoined as refused:
            left_out.append((place, refused.sentence))
    drawn, first, placed = _covered(read, cover, left_out)
    pdf = _joined(drawn, read, placed, pieces)
    return Assembled(pdf, first + sum(each.pages for each in placed), tuple(placed), tuple(left_out))


def _covered(
    read: Sequence[tuple[int, pikepdf.Pdf]], cover: Cover, left_out: Sequence[tuple[int, str]]
) -> tuple[bytes, int, list[Placed]]:
    """Return the cover, its number of pages, and where each piece stands after it.

    The cover's own length moves the numbers it tells: it is drawn again until it holds on as many pages as counted.
    """
    counted, first = 0, 1
    while first > counted:
        counted = first
        placed = _placed(read, counted + 1)
        drawn = cover(placed, left_out)
        with pikepdf.open(BytesIO(drawn)) as document:
            # Larger numbers never make it shorter.
            first = len(document.pages)
    return drawn, counted, placed


def _opened(piece: Piece) -> pikepdf.Pdf:
    return _picture_page(piece.content) if piece.picture else _readable(piece.content)


def _readable(content: bytes) -> pikepdf.Pdf:
    """Return a PDF whose fields and notes are drawn into its pages. Raises PieceNotJoined."""
    try:
        opened = pikepdf.open(BytesIO(content))
        count = len(opened.pages)
        if not count:
            raise PieceNotJoined("Ce PDF n’a aucune page\u00a0: demandez-le de nouveau.")
        if count > _MOST_PAGES:
            raise PieceNotJoined(
                f"Ce PDF a plus de {_MOST_PAGES} pages\u00a0: joignez-le à part, ou n’en gardez que les pages utiles."
            )
        # What was typed into a form would be lost with the form.
        opened.generate_appearance_streams()
        opened.flatten_annotations("all")
    except pikepdf.PasswordError as error:
        raise PieceNotJoined(
            "Ce PDF est protégé par un mot de passe\u00a0: enregistrez-en une copie sans mot de passe."
        ) from error
    except (pikepdf.PdfError, RuntimeError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise PieceNotJoined(
            "Ce PDF est abîmé\u00a0: ouvrez-le pour vérifier, ou demandez-le de nouveau."
        ) from error
    return opened


def _picture_page(content: bytes) -> pikepdf.Pdf:
    """Return a picture upright on an A4 page, standing or lying as it is. Raises PieceNotJoined."""
    try:
        with Image.open(BytesIO(content)) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise PieceNotJoined("Cette image est trop grande\u00a0: enregistrez-la plus petite.")
            upright = ImageOps.exif_transpose(image)
            across, down = _MOST_DOTS
            upright.thumbnail((down, across) if upright.width > upright.height else (across, down))
            plain = _on_white(upright)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PieceNotJoined(
            "Cette image est abîmée\u00a0: ouvrez-la pour vérifier, ou refaites-la."
        ) from error
    packed = BytesIO()
    plain.save(packed, "JPEG", quality=_QUALITY)
    return _page_of(packed.getvalue(), plain.width, plain.height)


def _page_of(jpeg: bytes, across: int, down: int) -> pikepdf.Pdf:
    """Return a page that holds a picture of so many points in its middle, as large as its margins let it."""
    wide, high = _sheet(across > down)
    scale = min((wide - 2 * _MARGIN) / across, (high - 2 * _MARGIN) / down)
    right, up = across * scale, down * scale
    made = pikepdf.new()
    made.add_blank_page(page_size=(wide, high))
    page = made.pages[0]
    page.obj.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(
            Photo=pikepdf.Stream(
                made, jpeg, Type=Name.XObject, Subtype=Name.Image, Width=across, Height=down,
                ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
            )
        )
    )  # fmt: skip
    place = f"{right:.3f} 0 0 {up:.3f} {(wide - right) / 2:.3f} {(high - up) / 2:.3f}"
    page.obj.Contents = made.make_stream(f"q {place} cm /Photo Do Q".encode())
    return made


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in ("RGBA", "LA", "PA", "P"):
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def _sheet(lying: bool) -> tuple[float, float]:
    wide, high = A4
    return (high, wide) if lying else (wide, high)


def _placed(read: Sequence[tuple[int, pikepdf.Pdf]], first: int) -> list[Placed]:
    placed = []
    for place, opened in read:
        placed.append(Placed(place, first, len(opened.pages)))
        first += len(opened.pages)
    return placed


def _joined(
    cover: bytes, read: Sequence[tuple[int, pikepdf.Pdf]], placed: Sequence[Placed], pieces: Sequence[Piece]
) -> bytes:
    written = BytesIO()
    pages = [
        (page, pieces[at.place].title, at.first_page + offset)
        for (_place, opened), at in zip(read, placed, strict=True)
        for offset, page in enumerate(opened.pages)
    ]
    with pikepdf.open(BytesIO(cover)) as whole:
        total = len(whole.pages) + len(pages)
        sheets = [_sheet(_lying(page)) for page, _title, _number in pages]
        feet = [(title, f"{number} / {total}") for _page, title, number in pages]
        with pikepdf.open(BytesIO(_stamps(sheets, feet))) as stamps:
            for (page, _title, _number), sheet, stamp in zip(pages, sheets, stamps.pages, strict=True):
                _add_page(whole, page, sheet, stamp)
        for _place, opened in read:
            opened.close()
        with whole.open_outline() as outline:
            for at in placed:
                entry = pikepdf.OutlineItem(pieces[at.place].title, at.first_page - 1)
                outline.root.append(entry)
        whole.save(written, deterministic_id=True)
    return written.getvalue()


def _add_page(whole: pikepdf.Pdf, page: pikepdf.Page, size: tuple[float, float], stamp: pikepdf.Page) -> None:
    """Put a page whole on a sheet of a size, with its number at the foot."""
    whole.add_blank_page(page_size=size)
    sheet, room = whole.pages[-1], pikepdf.Rectangle(0, 0, *size)
    # Its stubs leave out what the library's own page documents.
    sheet.add_overlay(page, room, shrink=True, expand=False)  # type: ignore[call-arg]
    sheet.add_overlay(stamp, room)


def _lying(page: pikepdf.Page) -> bool:
    left, bottom, right, top = (float(each) for each in page.cropbox)
    turned = int(page.obj.get("/Rotate", 0)) % 180 != 0
    wide, high = abs(right - left), abs(top - bottom)
    return (high > wide) if turned else (wide > high)


def _stamps(sheets: Sequence[tuple[float, float]], feet: Sequence[tuple[str, str]]) -> bytes:
    """Return what stands at the foot of each sheet, title and number, a page each: one font serves them all."""
    drawn = BytesIO()
    canvas = Canvas(drawn, invariant=1)
    for (wide, high), (title, number) in zip(sheets, feet, strict=True):
        canvas.setPageSize((wide, high))
        words = f"{shorten_to_width(title, REGULAR, _STAMP_SIZE, wide / 2)} · page {number}"
        room = text_width(words, REGULAR, _STAMP_SIZE)
        right, foot = wide - 8 * mm, 4 * mm
        # On white: a scan may be dark to its edges.
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(right - room - 4, foot - 3, room + 8, _STAMP_SIZE + 5, stroke=0, fill=1)
        canvas.setFillColor(colours.MUTED)
        canvas.setFont(REGULAR, _STAMP_SIZE)
        canvas.drawRightString(right, foot, words)
        canvas.showPage()
    canvas.save()
    return drawn.getvalue()
