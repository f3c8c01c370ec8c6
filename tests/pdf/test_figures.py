"""Figures, boxes and letterheads read back: alternatives, contrast, splitting, logos good and bad."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from caseworker_app.pdf import colours
from caseworker_app.pdf.charts import BarsLegend, MonthBar, MonthlyBars, axis_steps
from caseworker_app.pdf.document import render
from caseworker_app.pdf.figures import (
    LevelScale,
    Milestone,
    Milestones,
    ScaleLegend,
    StepGauge,
    choices,
)
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Section, Stack
from caseworker_app.pdf.letterhead import Letterhead, TitleBlock
from caseworker_app.pdf.panels import Panel, PanelKind, Signature, SignatureBoxes, Tile, Tiles
from caseworker_app.pdf.styles import LEAD, SECTION
from caseworker_app.pdf.text import Text
from tests.pdf.reading import assert_sound, page_count, text
from tests.pdf.test_document import META

LEGEND = {"paid": "payé", "plan": "plan", "missing": "manque", "due": "dû"}
CENTS = st.integers(-10_000, 10_000_000_000)


@given(st.integers(0, 10_000_000_000))
def test_an_axis_holds_the_tallest_bar_in_a_few_round_steps(tallest: int) -> None:
    step, top = axis_steps(tallest)
    assert top >= tallest
    assert 1 <= top // step <= 4
    assert top % step == 0
    assert str(step).strip("0") in ("1", "2", "5")


def test_what_is_missing_is_never_negative() -> None:
    assert MonthBar(50_000, 40_000).missing == 10_000
    assert MonthBar(50_000, 60_000).missing == 0
    assert MonthBar(None, 0).missing == 0


@pytest.mark.parametrize(
    "bars",
    [
        [MonthBar(50_000, 0)] * 12,
        [MonthBar(None, 0)] * 60,
        [MonthBar(0, 0)],
        [MonthBar(10_000_000_000, -10_000, 5)],
    ],
)
def test_bars_of_any_height_and_number_are_drawn(bars: list[MonthBar]) -> None:
    chart = MonthlyBars(
        bars, "Diagramme", label_width=56, column=min(48, 420 / len(bars)), labels=["01/26"] * len(bars)
    )
    tree = assert_sound(render([TitleBlock("Essai"), BarsLegend(bars, 56, LEGEND), chart], META))
    assert [figure.alt for figure in tree.all("Figure")][1:] == ["Diagramme"]


def test_a_legend_names_only_the_marks_that_occur() -> None:
    bars = [MonthBar(None, 100)]
    (figure,) = assert_sound(render([TitleBlock("Essai"), BarsLegend(bars, 56, LEGEND)], META)).all("Figure")
    assert figure.alt == "Légende\u00a0: payé."


def test_scales_gauges_and_their_words_are_read() -> None:
    levels = ("bas", "haut")
    blocks = [
        ScaleLegend("mai", "juin", levels),
        ScaleLegend("", "juin", ("mot " * 20, "haut")),
        LevelScale(2, None, None, "Non évalué"),
        LevelScale(2, 1, 0, "Mai : haut ; juin : bas"),
        StepGauge(2, 3, "2 étapes sur 3"),
        StepGauge(0, 400, "0 étape sur 400"),
    ]
    tree = assert_sound(render([TitleBlock("Essai"), *blocks], META))
    assert len(tree.all("Figure")) == len(blocks)
    assert tree.all("Figure")[3].alt == "Mai\u00a0: haut\u202f; juin\u00a0: bas"


def test_a_choice_says_its_state_in_words() -> None:
    tree = assert_sound(
        render([TitleBlock("Essai"), *choices([(True, "Oui"), (False, "mot " * 3000)])], META)
    )
    assert [figure.alt for figure in tree.all("Figure")] == ["Choix retenu", "Choix non retenu"]
    assert len(tree.all("LI")) == 2


def test_milestones_are_read_each_as_one_paragraph() -> None:
    points = [Milestone(f"{day} mai", "étape " * 10, reached=day == 1) for day in range(1, 13)]
    tree = assert_sound(render([TitleBlock("Essai"), Milestones(points)], META))
    assert len(tree.all("P")) == 12


@pytest.mark.parametrize("kind", list(PanelKind))
def test_a_long_zone_goes_on_with_its_word_on_each_page(kind: PanelKind) -> None:
    panel = Panel([Text("mot " * 2500), Text("fin")], kind, "Zone")
    data = render([TitleBlock("Essai"), panel], META)
    (zone,) = assert_sound(data).all("Div")
    assert page_count(data) == 3
    assert text(data).count("Zone (suite)") == 2
    assert text(data).count("mot") == 2500
    assert len(zone.children) == 5, "three badges and two paragraphs"


def test_tiles_and_signatures_hold_one_or_several() -> None:
    blocks = [
        Tiles([Tile("Assurance", "à jour", "jusqu'en mai", good=True)]),
        Tiles([Tile("x" * 90, "y" * 90, "")] * 5),
        SignatureBoxes([Signature("Pour l'association", "Mme Claire Lenoir", "Conseillère")] * 3),
    ]
    assert "à jour" in text(render([TitleBlock("Essai"), *blocks], META))


def test_a_short_section_moves_whole_and_a_long_one_is_cut_after_more_than_its_heading() -> None:
    heading = Text("1. Titre", SECTION)
    assert Section([heading, Text("mot " * 100)]).cut(480, 60) is None
    long = Section([heading, Text("mot " * 3000)])
    assert long.cut(480, 20) is None, "a heading is never left alone"
    assert long.cut(480, 200) is not None
    assert Stack([heading, Text("un")]).cut(480, 25) is None


def test_announcements_longer_than_a_page_are_still_cut() -> None:
    leads = [Text(f"Annonce {number}", LEAD) for number in range(100)]
    assert page_count(render([TitleBlock("Essai"), Section([*leads, Text("fin")])], META)) == 3


def picture() -> bytes:
    stream = BytesIO()
    Image.new("RGBA", (900, 300), (10, 80, 100, 128)).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize("logo", [None, b"", b"not a picture", picture()[:40]])
def test_without_a_readable_logo_the_initials_stand(logo: bytes | None) -> None:
    identity = Identity("Association Les Amarres du Port", logo_png=logo)
    data = render([Letterhead(identity), TitleBlock("Essai")], META)
    assert not assert_sound(data).all("Figure")
    assert " AP " in text(data)


def test_a_logo_is_a_figure_with_its_name() -> None:
    data = render([Letterhead(Identity("Les Amarres", logo_png=picture())), TitleBlock("Essai")], META)
    assert [figure.alt for figure in assert_sound(data).all("Figure")] == ["Logo\u00a0: Les Amarres"]
    assert len(data) < 60_000


def test_an_endless_or_empty_letterhead_still_holds() -> None:
    head = Letterhead(
        Identity("x" * 500, lines=("y" * 500,) * 50, phone="02 61 91 04 12"),
        recipient=["z" * 500] * 50,
        references=[("Référence", "r" * 500)],
        mark=("Document interne", "m" * 500),
        notes=("n" * 500,),
    )
    assert_sound(render([head, TitleBlock("t" * 5000, ["", "s" * 500])], META))
    assert_sound(render([Letterhead(Identity("")), TitleBlock("Essai")], META))


def _luminance(colour: object) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(getattr(colour, part)) for part in ("red", "green", "blue"))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: object, other: object) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (colours.INK, colours.WHITE),
        (colours.INK, colours.INTERNAL_GROUND),
        (colours.INK, colours.SHAREABLE_GROUND),
        (colours.MUTED, colours.WHITE),
        (colours.MUTED, colours.TINT),
        (colours.PRIMARY, colours.TINT),
        (colours.WHITE, colours.PRIMARY),
        (colours.INTERNAL_TEXT, colours.INTERNAL_GROUND),
        (colours.INTERNAL_TEXT, colours.WHITE),
        (colours.SHAREABLE_TEXT, colours.SHAREABLE_GROUND),
        (colours.SHAREABLE_TEXT, colours.TINT),
    ],
)
def test_text_stands_out_from_its_ground(ink: object, ground: object) -> None:
    assert _contrast(ink, ground) >= 4.5


def test_box_borders_stand_out() -> None:
    assert _contrast(colours.BORDER, colours.WHITE) >= 3
