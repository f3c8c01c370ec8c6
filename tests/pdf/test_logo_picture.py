"""Logos taken from files: small, upright, bare; what is no picture is a sentence; printed with its proportions."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from caseworker_app.pdf.document import render
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.letterhead import Letterhead, Logo, TitleBlock
from caseworker_app.pdf.logo_picture import KEPT_SIDE, LogoRefused, logo_from_file, logo_png
from tests.pdf.reading import assert_sound
from tests.pdf.test_document import META

PLACE = b"Rue de la Fontaine inventee"


def drawn(size: tuple[int, int] = (600, 200), kind: str = "PNG", **saved: object) -> bytes:
    out = BytesIO()
    picture = Image.new("RGB", size, "white")
    picture.paste((160, 40, 60), (0, 0, size[0] // 2, size[1]))
    picture.save(out, kind, **saved)  # type: ignore[arg-type]
    return out.getvalue()


def reread(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png), formats=("PNG",))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_becomes_a_small_png_of_the_same_proportions(kind: str) -> None:
    kept = logo_png(drawn((1200, 300), kind))
    assert reread(kept).size == (KEPT_SIDE, KEPT_SIDE // 4)
    assert logo_png(drawn((1200, 300), kind)) == kept


def test_a_small_logo_is_not_made_larger() -> None:
    assert reread(logo_png(drawn((90, 60)))).size == (90, 60)


def test_what_a_file_says_of_itself_is_left_behind() -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = PLACE.decode(), 6  # described, and lying on its side
    told = PngInfo()
    told.add_text("Author", PLACE.decode())
    for content in (drawn((600, 200), "JPEG", exif=exif), drawn(pnginfo=told)):
        assert PLACE in content
        kept = logo_png(content)
        assert PLACE not in kept
        assert reread(kept).info == {}
    assert reread(logo_png(drawn((600, 200), "JPEG", exif=exif))).size == (133, KEPT_SIDE), "upright"


def test_what_is_see_through_stays_so() -> None:
    out = BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(out, "PNG")
    assert reread(logo_png(out.getvalue())).convert("RGBA").getpixel((5, 5)) == (0, 0, 0, 0)


def test_a_photo_taken_for_a_logo_is_kept_light() -> None:
    noise = Image.effect_noise((900, 900), 90).convert("RGB")
    out = BytesIO()
    noise.save(out, "PNG")
    assert len(logo_png(out.getvalue())) < 400_000


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", drawn(kind="GIF"), drawn(kind="BMP"), drawn()[:200], b"<svg/>", drawn((20, 20)),
     drawn((12_001, 48)), drawn(kind="JPEG")[:150], b"\x89PNG\r\n\x1a\n" + b"\0" * 100],
)  # fmt: skip
def test_what_cannot_head_a_letter_is_a_sentence(content: bytes) -> None:
    with pytest.raises(LogoRefused) as told:
        logo_png(content)
    assert told.value.sentence.endswith(".")


def test_a_file_too_heavy_or_gone_is_a_sentence(tmp_path: Path) -> None:
    heavy = tmp_path / "logo.png"
    with heavy.open("wb") as out:
        out.truncate(10_000_001)
    for path in (heavy, tmp_path / "absent.png", tmp_path):
        with pytest.raises(LogoRefused):
            logo_from_file(path)
    (tmp_path / "bon.png").write_bytes(drawn())
    assert reread(logo_from_file(tmp_path / "bon.png")).size == (400, 133)


@pytest.mark.parametrize(
    ("size", "printed"), [((400, 400), (38, 38)), ((400, 100), (96, 24)), ((100, 400), (9.5, 38))]
)
def test_a_logo_is_printed_with_its_proportions_within_its_room(
    size: tuple[int, int], printed: tuple[float, float]
) -> None:
    logo = Logo(Identity("Les Amarres", logo_png=drawn(size)))
    assert (logo.width, logo.height) == printed


def test_a_letter_with_a_logo_is_sound_and_the_same_each_time() -> None:
    identity = Identity("Les Amarres", lines=("Accompagnement",), logo_png=logo_png(drawn((1200, 300))))
    made = [render([Letterhead(identity), TitleBlock("Essai")], META) for _ in range(2)]
    assert made[0] == made[1]
    assert [figure.alt for figure in assert_sound(made[0]).all("Figure")] == ["Logo\u00a0: Les Amarres"]
