"""Many documents in one: pages, outline, tags and links of each, and a file that other readers find sound."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from caseworker_app.pdf.document import render
from caseworker_app.pdf.letterhead import TitleBlock
from caseworker_app.pdf.merging import merge
from caseworker_app.pdf.text import Text
from tests.pdf.reading import fonts, links, poppler, structure, text
from tests.pdf.test_contents import story
from tests.pdf.test_document import META


def documents(count: int) -> list[tuple[str, bytes]]:
    """Return so many documents of several pages, each with its own words."""
    return [
        (f"Ménage « {number} » (essai) \\", render([*story(6 + number), Text(f"fin numéro {number}")], META))
        for number in range(count)
    ]


def test_every_page_is_there_in_order_and_sound() -> None:
    merged = merge(documents(3), "Essai : tout")
    with pikepdf.open(BytesIO(merged)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.Root.Lang == "fr-FR"
        assert pdf.docinfo.Title == "Essai : tout"
    assert all(fonts(merged).values())
    said = text(merged)
    assert said.index("fin numéro 0") < said.index("fin numéro 1") < said.index("fin numéro 2")
    assert len(PdfReader(BytesIO(merged)).pages) == sum(
        len(PdfReader(BytesIO(d)).pages) for _, d in documents(3)
    )


def test_the_outline_names_each_document_closed_over_its_chapters() -> None:
    with pikepdf.open(BytesIO(merge(documents(3), "Essai"))) as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == [name for name, _ in documents(3)]
        assert all(entry.is_closed for entry in outline.root)
        for entry in outline.root:
            assert [chapter.title for chapter in entry.children] == ["1. Premier", "2. Dernier"]
        places = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        starts = [places[entry.destination[0].objgen] for entry in outline.root]
        assert starts[0] == 0
        assert starts == sorted(set(starts))


def test_links_lead_within_their_own_document() -> None:
    made = documents(2)
    first = len(PdfReader(BytesIO(made[0][1])).pages)
    own = links(made[1][1])
    merged = links(merge(made, "Essai"))
    assert merged[: len(links(made[0][1]))] == links(made[0][1])
    assert merged[len(links(made[0][1])) :] == [
        (page + first, target + first, top) for page, target, top in own
    ]


def test_tags_of_every_document_are_found_from_its_pages() -> None:
    made = documents(3)
    merged = merge(made, "Essai")
    tree = structure(merged)
    assert [node.role for node in tree.children] == ["Document"] * 3
    assert [len(node.all("P")) for node in tree.children] == [len(structure(d).all("P")) for _, d in made]
    with pikepdf.open(BytesIO(merged)) as pdf:
        parents = {}
        for node in pdf.Root.StructTreeRoot.ParentTree.Kids:
            numbers = list(node.Nums)
            parents |= dict(zip(numbers[::2], numbers[1::2], strict=True))
            assert list(node.Limits) == [numbers[0], numbers[-2]]
        assert len(parents) == pdf.Root.StructTreeRoot.ParentTreeNextKey
        for page in pdf.pages:
            assert all(element.Pg.objgen == page.obj.objgen for element in _first_drawn(parents, page))
            for link in page.obj.get("/Annots", ()):
                assert parents[link.StructParent].S == "/Link"


def _first_drawn(parents, page):
    """Return the elements of a page that were not begun on an earlier one."""
    return [element for element in parents[page.obj.StructParents] if isinstance(element.K, int)]


def test_the_same_documents_give_the_same_bytes() -> None:
    assert merge(documents(2), "Essai") == merge(documents(2), "Essai")


def test_documents_are_asked_for_one_at_a_time() -> None:
    held: list[int] = []

    def made():
        for number, document in enumerate(documents(2)):
            held.append(number)
            yield document

    merge(made(), "Essai")
    assert held == [0, 1]


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_name_and_any_words_pass_through(name: str, words: str) -> None:
    document = render([TitleBlock(words), Text("12 0 R (3 0 R) <4 0 R> \\(5 0 R")], META)
    merged = merge([(name, document)], words)
    with pikepdf.open(BytesIO(merged)) as pdf, pdf.open_outline() as outline:
        assert outline.root[0].title == str(pikepdf.String(name))
    assert "12 0 R (3 0 R) <4 0 R>" in text(merged)


def test_poppler_finds_it_sound(tmp_path: Path) -> None:
    out = tmp_path / "tout.pdf"
    out.write_bytes(merge(documents(3), "Essai"))
    assert "Tagged:          yes" in poppler("pdfinfo", out)
    assert poppler("pdfinfo", "-struct-text", out).count("fin numéro") == 3
    assert all(line.split()[-5] == "yes" for line in poppler("pdffonts", out).splitlines()[2:])
