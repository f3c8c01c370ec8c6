"""The font we ship holds what French needs, in figures of one width where columns line up."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF, QRawFont

from caseworker_app.kernel.paths import resources
from caseworker_app.ui_kit import fonts

NEEDED = "àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛÜŸŒÆ’«»…€°²–—−→←↑↓≠·ᵉʳ\u00a0\u202f0123456789"


@pytest.mark.parametrize("weight", [fonts.REGULAR, fonts.MEDIUM, fonts.SEMI_BOLD])
def test_every_weight_is_ours_and_holds_every_character(dressed, weight: int) -> None:
    face = fonts.font(13, weight)
    assert QFontInfo(face).family() == "Inter"
    assert QFontInfo(face).weight() == weight
    raw = QRawFont.fromFont(face)
    assert [c for c in NEEDED if not raw.supportsCharacter(ord(c))] == []


def test_weights_are_really_different(dressed) -> None:
    wide = [QFontMetricsF(fonts.font(40, w)).horizontalAdvance("Ménages") for w in (400, 500, 600)]
    assert wide[0] < wide[1] < wide[2]


def test_tabular_figures_have_one_width(dressed) -> None:
    def width(figure: str, *, tabular: bool) -> float:
        return QFontMetricsF(fonts.font(40, tabular=tabular)).horizontalAdvance(figure)

    assert {width(f, tabular=True) for f in "0123456789"} == {width("0", tabular=True)}
    assert width("1", tabular=False) < width("0", tabular=False)


def test_sizes_follow_the_scale(dressed) -> None:
    assert fonts.font(13).pixelSize() == 13
    dressed("light", 150)
    assert fonts.font(13).pixelSize() == 20


def test_a_font_handed_out_can_be_changed_without_harm(dressed) -> None:
    fonts.font(13).setPixelSize(99)
    assert fonts.font(13).pixelSize() == 13


def test_the_licence_travels_with_the_font() -> None:
    assert "SIL OPEN FONT LICENSE" in (resources() / "fonts" / "inter" / "OFL.txt").read_text(
        encoding="utf-8"
    )
