"""Pieces put together: order, upright pictures on A4, numbers at the foot, what is locked or broken told."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from caseworker_app.pdf.assembling import Assembled, Piece, Placed, assemble

A4 = (595, 842)


def pdf(pages: int, words: str = "Page", size: tuple[float, float] = A4, **saved: object) -> bytes:
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=size)
    for number in range(1, pages + 1):
        canvas.drawString(72, size[1] / 2, f"{words} {number}")
        canvas.showPage()
    canvas.save()
    if not saved:
        return kept.getvalue()
    with pikepdf.open(io.BytesIO(kept.getvalue())) as opened:
        again = io.BytesIO()
        opened.save(again, **saved)  # type: ignore[arg-type]
    return again.getvalue()


def picture(wide: int, high: int, turned: int = 1, form: str = "JPEG", mode: str = "RGB") -> bytes:
    """Red at the left as stored; `turned` is what the phone says of it."""
    image = Image.new("RGB", (wide, high), "white")
    image.paste((200, 0, 0), (0, 0, wide // 2, high))
    exif = Image.Exif()
    exif[0x0112] = turned
    kept = io.BytesIO()
    image.convert(mode).save(kept, form, exif=exif)
    return kept.getvalue()


def cover(placed: Sequence[Placed], left_out: Sequence[tuple[int, str]]) -> bytes:
    """A page for every four pieces told, so that the cover's length depends on what it tells."""
    return pdf(1 + (len(placed) + len(left_out)) // 4, "Bordereau")


def joined(*pieces: Piece) -> tuple[Assembled, PdfReader]:
    made = assemble(pieces, cover)
    return made, PdfReader(io.BytesIO(made.pdf))


def test_pieces_follow_the_cover_in_order_each_at_the_page_told() -> None:
    pieces = [Piece(f"Pièce {n}", pdf(n, f"Contenu{n}."), picture=False) for n in (2, 1, 3, 1, 1)]
    made, read = joined(*pieces)
    assert [each.first_page for each in made.placed] == [3, 5, 6, 9, 10]
    assert made.pages == len(read.pages) == 10
    for piece, at in zip(pieces, made.placed, strict=True):
        text = read.pages[at.first_page - 1].extract_text()
        assert f"{piece.title} · page {at.first_page} / 10" in text
    assert "Contenu2. 1" in read.pages[2].extract_text()
    assert [each.title for each in read.outline] == [piece.title for piece in pieces]


@pytest.mark.parametrize("size", [(595, 842), (842, 595), (612, 792), (1190, 1684), (300, 400)])
def test_every_page_is_a4_standing_or_lying_as_it_is(size: tuple[float, float]) -> None:
    _, read = joined(Piece("Plan", pdf(1, size=size), picture=False))
    box = read.pages[1].mediabox
    found = (round(float(box.width)), round(float(box.height)))
    assert found == ((842, 595) if size[0] > size[1] else (595, 842))


def test_a_page_turned_by_its_own_mark_stays_turned() -> None:
    with pikepdf.open(io.BytesIO(pdf(1))) as opened:
        opened.pages[0].obj.Rotate = 90
        kept = io.BytesIO()
        opened.save(kept)
    _, read = joined(Piece("Scan", kept.getvalue(), picture=False))
    assert float(read.pages[1].mediabox.width) > float(read.pages[1].mediabox.height)
    assert read.pages[1].get("/Rotate", 0) == 0


@pytest.mark.parametrize(
    ("turned", "red"),
    [(1, (0.25, 0.5)), (3, (0.75, 0.5)), (6, (0.5, 0.25)), (8, (0.5, 0.75))],
)
def test_a_picture_is_turned_upright(turned: int, red: tuple[float, float]) -> None:
    made, _ = joined(Piece("Photo", picture(400, 400, turned), picture=True))
    page = pypdfium2.PdfDocument(made.pdf)[1].render(scale=1).to_pil()
    # The square picture stands in the middle of the sheet, across its width.
    side = page.width * 0.9
    x = page.width / 2 + (red[0] - 0.5) * side
    y = page.height / 2 + (red[1] - 0.5) * side
    assert page.getpixel((round(x), round(y)))[0] > 150
    assert page.getpixel((round(x), round(y)))[1] < 60
    other = (
        page.width - round(x) if red[1] == 0.5 else round(x),
        page.height - round(y) if red[0] == 0.5 else round(y),
    )
    assert min(page.getpixel(other)) > 200


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK")]
)
def test_pictures_of_every_mode_are_joined(form: str, mode: str) -> None:
    made, _ = joined(Piece("Photo", picture(60, 40, form=form, mode=mode), picture=True))
    assert not made.left_out


def test_a_large_picture_is_made_smaller_than_it_came() -> None:
    heavy = Image.effect_noise((3600, 2700), 60).convert("RGB")
    kept = io.BytesIO()
    heavy.save(kept, "JPEG", quality=95)
    made, _ = joined(Piece("Photo", kept.getvalue(), picture=True))
    assert len(made.pdf) < len(kept.getvalue()) * 0.7


def test_what_is_locked_broken_or_no_picture_is_told_and_the_rest_is_joined() -> None:
    locked = pdf(1, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    made, read = joined(
        Piece("A", pdf(1), picture=False), Piece("B", locked, picture=False), Piece("C", pdf(1)[:200], picture=False),
        Piece("D", b"no picture", picture=True), Piece("E", picture(30, 20)[:300], picture=True),
        Piece("F", picture(30, 20), picture=True),
    )  # fmt: skip
    assert [each.place for each in made.placed] == [0, 5]
    assert [place for place, _ in made.left_out] == [1, 2, 3, 4]
    assert "mot de passe" in made.left_out[0][1]
    assert all("abîmé" in why for _, why in made.left_out[1:])
    assert made.pages == len(read.pages)


def test_what_only_the_owner_may_change_can_still_be_joined() -> None:
    protected = pdf(1, encryption=pikepdf.Encryption(user="", owner="secret"))
    made, _ = joined(Piece("CAF", protected, picture=False))
    assert (made.left_out, len(made.placed)) == ((), 1)


def test_what_was_typed_into_a_form_is_still_read() -> None:
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=A4)
    canvas.acroForm.textfield(name="nom", value="DUPRE-TYPED", x=72, y=500, width=200, height=20)
    canvas.showPage()
    canvas.save()
    made, read = joined(Piece("Formulaire", kept.getvalue(), picture=False))
    assert not made.left_out
    assert "DUPRE-TYPED" in read.pages[1].extract_text()
    assert not read.get_fields()


def test_nothing_of_what_ran_or_hid_in_a_piece_is_carried() -> None:
    with pikepdf.open(io.BytesIO(pdf(1))) as opened:
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        opened.attachments["secret.txt"] = pikepdf.AttachedFileSpec(opened, b"hidden")
        kept = io.BytesIO()
        opened.save(kept)
    made, read = joined(Piece("Piège", kept.getvalue(), picture=False))
    assert "/OpenAction" not in read.trailer["/Root"]
    assert b"hidden" not in made.pdf
    assert not read.attachments
