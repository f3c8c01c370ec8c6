"""A document read back: tags, fonts, language, page numbers, outline, the same bytes twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
from pypdf import PdfReader

from caseworker_app.pdf.document import build, render
from caseworker_app.pdf.layout import Block
from caseworker_app.pdf.letterhead import TitleBlock
from caseworker_app.pdf.meta import DocumentMeta
from caseworker_app.pdf.panels import Signature, SignatureBoxes
from caseworker_app.pdf.story import numbered, paragraphs
from caseworker_app.pdf.text import Text
from tests.pdf.reading import assert_sound, fonts, page_count, poppler, text

META = DocumentMeta(
    title="Attestation d'essai : modèle",
    author="Association d'essai",
    reference="ESS-2026-A7-0001",
    day=date(2026, 11, 20),
    running="Attestation d'essai",
    footer=("Association d'essai · établi le 20 novembre 2026", "Modèle d'essai"),
)


def story(paragraph_count: int = 3) -> list[Block]:
    """Return a title and two numbered parts."""
    said = [Text(f"Paragraphe n° {number} : « bonjour » ; oui !") for number in range(paragraph_count)]
    signed = [SignatureBoxes([Signature("Pour l'association", "Mme Claire Lenoir")])]
    return [
        TitleBlock("Attestation d'essai"),
        *numbered([("Faits", said), ("Vide", []), ("Signatures", signed)]),
    ]


def test_a_document_is_tagged_and_its_fonts_are_inside() -> None:
    data = render(story(), META)
    tree = assert_sound(data)
    assert [node.role for node in tree.children[:3]] == ["H1", "H2", "P"]
    assert not any("Helvetica" in name for name in fonts(data))


def test_a_part_without_content_is_left_out_and_the_numbers_follow() -> None:
    said = text(render(story(), META))
    assert "1. Faits" in said
    assert "2. Signatures" in said
    assert "Vide" not in said


def test_pages_are_numbered_out_of_their_total() -> None:
    data = render(story(150), META)
    pages = PdfReader(BytesIO(data)).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"Page {number}/{len(pages)}" in page.extract_text().replace("\u00a0", " ")


def test_the_running_head_starts_on_the_second_page() -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(render(story(150), META))).pages]
    assert META.reference not in pages[0]
    assert all(META.reference in page for page in pages[1:])


def test_headings_are_bookmarks() -> None:
    data = render(story(), META)
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "Attestation d’essai"
        assert [entry.title for entry in title.children] == ["1. Faits", "2. Signatures"]


def test_metadata_are_typeset_and_dated_by_the_document() -> None:
    data = render(story(), META)
    information = PdfReader(BytesIO(data)).metadata
    assert information is not None
    assert information.title == "Attestation d’essai\u00a0: modèle"
    assert information.author == "Association d’essai"
    assert information["/CreationDate"] == "D:20261120000000Z"


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render(story(), META) == render(story(), META)
    assert render(story(), META) != render(story(), replace(META, day=date(2026, 11, 21)))


def test_the_mark_of_an_internal_document_is_on_every_later_page() -> None:
    pages = PdfReader(BytesIO(render(story(150), replace(META, mark="Interne – ne pas transmettre")))).pages
    assert all("Interne" in page.extract_text() for page in list(pages)[1:])


def test_an_endless_running_head_stays_within_its_line() -> None:
    meta = replace(META, running="Ménage " * 500, footer=("Pied " * 500, "Modèle " * 500), mark="Interne")
    assert_sound(render(story(150), meta))


def test_paragraphs_are_lines_that_hold_something() -> None:
    assert paragraphs("  un \n\n deux\n") == ["un", "deux"]


def test_poppler_reads_the_structure_and_finds_every_font_embedded(tmp_path: Path) -> None:
    out = tmp_path / "essai.pdf"
    build(story(), META, out)
    assert page_count(out.read_bytes()) == 1
    lines = poppler("pdffonts", out).splitlines()[2:]
    assert lines
    assert all(line.split()[-5] == "yes" for line in lines)
    read = poppler("pdfinfo", "-struct-text", out)
    assert read.index("H1") < read.index("Attestation d’essai") < read.index("H2")
    assert "Tagged:          yes" in poppler("pdfinfo", out)
