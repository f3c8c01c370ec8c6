"""Cover, chapters and their table of contents read back: numbers, page numbers, links, pages begun."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from caseworker_app.pdf.contents import Chapter, chapters, contents
from caseworker_app.pdf.cover import Cover
from caseworker_app.pdf.document import render
from caseworker_app.pdf.fitting import fitted
from caseworker_app.pdf.identity import Identity
from caseworker_app.pdf.layout import Block, NewPage, SideBySide
from caseworker_app.pdf.letterhead import TitleBlock
from caseworker_app.pdf.styles import BODY
from caseworker_app.pdf.tables import Column, DataTable
from caseworker_app.pdf.text import Text
from tests.pdf.reading import assert_sound, links, page_count, text
from tests.pdf.test_document import META
from tests.pdf.test_figures import picture

IDENTITY = Identity("Association d'essai", lines=("Essais et mesures",))


def story(paragraphs: int = 40) -> list[Block]:
    """Return a cover, its contents and three chapters, one of which has nothing to say."""
    said = [Text("Une phrase d'essai. " * 12, BODY) for _ in range(paragraphs)]
    blocks, entries = chapters(
        [
            Chapter("Premier", (), (("Court", said[:1]), ("Rien", []), ("Long", said))),
            Chapter("Vide", (), (("Rien", []),)),
            Chapter("Dernier", tuple(said[:3])),
        ]
    )
    return [Cover(IDENTITY, "Dossier d'essai"), NewPage(), *contents(entries), NewPage(), *blocks]


def test_chapters_are_numbered_without_those_that_say_nothing() -> None:
    said = text(render(story(), META))
    for heading in ("1. Premier", "1.1 Court", "1.2 Long", "2. Dernier"):
        assert said.count(heading) == 2, heading
    assert "Vide" not in said
    assert "Rien" not in said


def test_each_line_of_the_contents_gives_the_page_it_leads_to() -> None:
    data = render(story(), META)
    assert_sound(data)
    pages = [page.extract_text().replace("\u00a0", " ") for page in PdfReader(BytesIO(data)).pages]
    told = dict(re.findall(r"(\d\.\d? ?[A-Z]\w+) *\n? *(\d+)", pages[1]))
    assert len(told) == 4
    for heading, number in told.items():
        assert heading in pages[int(number) - 1]
    assert [page for page, _, _ in links(data)] == [1] * 4
    assert [target + 1 for _, target, _ in links(data)] == [int(number) for number in told.values()]


def test_a_link_leads_to_the_height_of_its_heading() -> None:
    data = render(story(), META)
    _, _, top = links(data)[0]
    assert 760 < top < 800, "the first heading stands at the top of its page"
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        assert float(str(title.children[0].destination[3])) == pytest.approx(top, abs=0.01)


def test_the_contents_are_tagged_as_such() -> None:
    (whole,) = assert_sound(render(story(), META)).all("TOC")
    assert [item.role for item in whole.children] == ["TOCI"] * 4
    assert all(len(link.links) == 1 for link in whole.all("Link"))


def test_the_contents_may_run_over_pages() -> None:
    many = [Chapter(f"Chapitre {n} " + "long " * 40, (Text("mot"),)) for n in range(90)]
    blocks, entries = chapters(many)
    data = render([TitleBlock("Essai"), *contents(entries), NewPage(), *blocks], META)
    assert_sound(data)
    assert len(links(data)) == 90


def test_a_cover_holds_any_name_and_logo() -> None:
    for identity in (
        IDENTITY,
        Identity("x" * 500, lines=("y" * 500,)),
        Identity("Essai", logo_png=picture()),
        Identity(""),
    ):
        assert_sound(render([Cover(identity, "Dossier " * 40), NewPage(), Text("fin")], META))


def test_what_follows_a_page_break_stands_on_the_next_page() -> None:
    assert page_count(render([TitleBlock("Essai"), NewPage(), Text("fin")], META)) == 2


def test_two_columns_go_on_together() -> None:
    def table(rows: int) -> DataTable:
        return DataTable([Column(1, "Tête")], [[f"ligne {n}"] for n in range(rows)], head_columns=(0,))

    data = render([TitleBlock("Essai"), SideBySide(table(5), table(80)), Text("fin")], META)
    tree = assert_sound(data)
    assert [len(each.children) for each in tree.all("Table")] == [6, 81]
    assert page_count(data) == 3


def test_the_fullest_version_that_holds_is_taken() -> None:
    def made(lines: int) -> list[Block]:
        return [TitleBlock("Essai"), *(Text(f"ligne {n} sur {lines}") for n in range(lines))]

    data = render([fitted(made, (400, 90, 20, 3))], META)
    assert page_count(data) == 1
    assert "ligne 19 sur 20" in text(data)
