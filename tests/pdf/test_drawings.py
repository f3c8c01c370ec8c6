"""Star, shares, path and months read back: their words, every size, what is not drawn on purpose."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.kernel.dates import add_months
from caseworker_app.pdf.document import render
from caseworker_app.pdf.letterhead import TitleBlock
from caseworker_app.pdf.monthly import Month, monthly_figure
from caseworker_app.pdf.radar import Axis, Radar, RadarLegend
from caseworker_app.pdf.shares import AMBERS, Share, SharesBar
from caseworker_app.pdf.timeline import Event, MarkShape, TimelineLegend, timeline
from tests.pdf.reading import assert_sound, text
from tests.pdf.test_document import META

WORDS = ("à sécuriser", "fragile", "stabilisé", "en progrès", "autonome")
LEVELS = st.one_of(st.none(), st.integers(1, 5))
CENTS = st.integers(-10_000, 10_000_000_000)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=40), LEVELS, LEVELS), min_size=3, max_size=20))
def test_a_star_of_any_levels_is_drawn(axes: list[tuple[str, int | None, int | None]]) -> None:
    radar = Radar([Axis(*each) for each in axes], 5, "Étoile")
    tree = assert_sound(render([TitleBlock("Essai"), RadarLegend("mai", "juin", WORDS), radar], META))
    assert tree.all("Figure")[1].alt == "Étoile"


class Pen:
    """Notes the lines a star draws; everything else is let pass."""

    def __init__(self) -> None:
        self.lines: list[tuple[float, ...]] = []

    def line(self, *points: float) -> None:
        self.lines.append(points)

    def __getattr__(self, name: str):
        return lambda *_arguments, **_options: self


def drawn_lines(levels: list[int | None]) -> int:
    """Return how many pieces of line a date of a star has."""
    radar, pen = Radar([Axis("x", None, level) for level in levels], 5, "Étoile"), Pen()
    radar._sketch_line(pen, levels, dashed=False)
    return len(pen.lines)


@pytest.mark.parametrize(
    ("levels", "pieces"),
    [([1, 2, 3, 4], 4), ([1, None, 3, 4], 2), ([None, 2, None, 4], 0), ([5, 5, 5, None], 2)],
)
def test_the_line_stops_where_a_domain_was_not_assessed(levels: list[int | None], pieces: int) -> None:
    assert drawn_lines(levels) == pieces


def test_the_legend_of_a_star_says_lines_and_rings_in_words() -> None:
    legend = RadarLegend("mai", "juin", WORDS).element.alt
    assert legend.startswith("Légende\u00a0: trait pointillé et carrés vides, mai")
    assert ", ".join(WORDS) in legend
    assert "pointillé" not in RadarLegend("", "juin", WORDS).element.alt


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=60), CENTS, st.booleans(), st.booleans()), max_size=12), CENTS)
def test_shares_of_any_amounts_are_drawn(shares: list[tuple[str, int, bool, bool]], scale: int) -> None:
    bar = SharesBar("Ressources", 100, [Share(*each) for each in shares], scale, AMBERS)
    assert_sound(render([TitleBlock("Essai"), bar], META))


def test_shares_are_said_in_words() -> None:
    bar = SharesBar("Ressources", 60_000, [Share("Salaire", 60_000), Share("Rien", 0)], 60_000, AMBERS)
    assert bar.element.alt == "Ressources, 600,00\u00a0€\u00a0: Salaire, 600,00\u00a0€."


def test_a_path_is_one_list_over_its_pages() -> None:
    shapes = list(MarkShape)
    events = [Event(f"{n} mai", "Fait " * 5, "détail " * (n % 30), shapes[n % 5]) for n in range(60)]
    legend = TimelineLegend([(shape, "nom") for shape in shapes])
    tree = assert_sound(render([TitleBlock("Essai"), legend, *timeline(events)], META))
    (path,) = tree.all("L")
    assert len(path.children) == 60


@pytest.mark.parametrize("cents", [0, 65_375, 12_345_678, -5_000])
def test_months_of_any_amount_have_their_table(cents: int) -> None:
    months = [Month(add_months(date(2026, 1, 1), n), 65_375, cents, 100, date(2026, 1, 5)) for n in range(12)]
    tree = assert_sound(render([TitleBlock("Essai"), *monthly_figure(months, "Loyer", "Barres")], META))
    assert len(tree.all("Table")) == 1


def test_a_month_paid_in_part_is_told() -> None:
    months = [Month(date(2026, 1, 1), 50_000, 40_000)]
    assert "400,00" in text(render([TitleBlock("Essai"), *monthly_figure(months, "Loyer", "Barres")], META))
    assert months[0].missing
