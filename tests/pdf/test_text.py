"""Text as printed: typography, line breaking, ordinals, whatever a person may have typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import getFont

from caseworker_app.pdf.document import render
from caseworker_app.pdf.fonts import (
    BOLD,
    ITALIC,
    REGULAR,
    REPLACEMENT,
    drawable,
    printable,
    shorten,
    shorten_to_width,
    text_width,
)
from caseworker_app.pdf.letterhead import TitleBlock
from caseworker_app.pdf.styles import BODY, BULLET, QUOTE
from caseworker_app.pdf.text import Text, bold, bullets, italic, mixed, plain, strong_then
from tests.pdf.reading import assert_sound, text
from tests.pdf.test_document import META

ANYTHING = st.text(st.characters(), max_size=80)


def lines(words: Text, width: float) -> list[str]:
    """Return the lines of a text broken in `width` points."""
    words.measure(width)
    return ["".join(run.text for run in line.runs) for line in words._lines]


@given(ANYTHING)
def test_what_is_printable_can_be_drawn(typed: str) -> None:
    known = getFont(REGULAR).face.charToGlyph
    assert all(ord(character) in known or character == "\n" for character in printable(typed))


@given(ANYTHING)
def test_printing_what_is_printable_changes_nothing(typed: str) -> None:
    assert printable(printable(typed)) == printable(typed)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Łukasz Şahin", "Łukasz Şahin"),
        ("O\u0301", "Ó"),
        ("\uff21\u2011x", "A-x"),
        ("a\x00b\u200b\u202ec", "abc"),
        ("漢", REPLACEMENT),
        ("\U0001f600\ufe0f", REPLACEMENT),
        ("a\tb\r\nc", "a b\nc"),
        ("\ud800", ""),
    ],
)
def test_each_kind_of_character_prints_as_it_can(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_the_italic_gives_way_where_it_lacks_a_letter() -> None:
    assert drawable("мир", ITALIC) == REGULAR
    assert drawable("« été »", ITALIC) == ITALIC
    assert drawable("мир", BOLD) == BOLD


@given(st.text(st.sampled_from("ab é’,.;1\u00a0\u202f\n"), max_size=120), st.floats(40, 300))
def test_no_line_is_wider_than_its_room_and_no_word_is_lost(typed: str, width: float) -> None:
    block = Text(typed)
    broken = lines(block, width)
    assert all(text_width(line, REGULAR, BODY.size) <= width + 0.01 for line in broken)
    assert "".join("".join(broken).split()) == "".join(block.printed.split())


def test_a_line_never_breaks_at_a_no_break_space() -> None:
    broken = lines(Text("le 20 novembre 2026 : Mme Lenoir paie 1 234,50 € !"), 90)
    assert "20\u00a0novembre\u00a02026\u00a0:" in broken
    assert all(not line.startswith((":", "€", "!")) for line in broken)


def test_a_word_wider_than_the_line_is_cut() -> None:
    broken = lines(Text("x" * 200), 100)
    assert len(broken) > 5
    assert "".join(broken) == "x" * 200


def test_typography_sees_across_faces() -> None:
    assert Text(mixed(bold("À jour"), " : oui")).printed == "À jour\u00a0: oui"
    assert Text(strong_then("Fait", ", en mai")).printed == "Fait, en mai"
    assert Text(strong_then("À jour", "en mai")).printed == "À jour en mai"
    assert Text(strong_then("À jour", "")).printed == "À jour"


def test_ordinals_are_raised_and_references_are_not() -> None:
    def raised(words: str) -> list[str]:
        return [run.text for run in Text(words)._runs if run.rise]

    assert raised("le 1er mai, au 2e étage, la 11e visite") == ["er", "e", "e"]
    assert raised("dossier 04-118-02e, 3ex, A2e, 2.1e") == []


@given(ANYTHING)
def test_nothing_typed_is_read_as_markup(typed: str) -> None:
    hostile = f"<b>{typed}</b><para><font size=99>&amp;<img src='x'/>"
    printed = plain(hostile)
    assert printed.startswith("<b>")
    assert Text(hostile).printed.startswith("<b>")


def test_markup_and_odd_characters_are_printed_as_typed() -> None:
    typed = "<b>Łukasz</b> & Şahin \x00 \U0001f600 漢 </para>"
    data = render([TitleBlock(typed), Text(typed), Text([italic(typed), bold(typed)], QUOTE)], META)
    assert_sound(data)
    assert text(data).count("<b>Łukasz</b> & Şahin") == 4


def test_an_empty_text_takes_no_room() -> None:
    assert Text("").measure(100) == 0
    assert Text(" \n \x00 ").measure(100) == 0
    assert Text("").is_empty


def test_a_text_cut_in_two_is_one_paragraph_over_two_pages() -> None:
    tree = assert_sound(render([TitleBlock("Essai"), Text("mot " * 3000)], META))
    (paragraph,) = tree.all("P")
    assert paragraph.pages == {0, 1, 2}


def test_a_cut_never_leaves_one_line_alone() -> None:
    block = Text("mot " * 60)
    count = round(block.measure(200) / BODY.leading)
    assert block.cut(200, BODY.leading * 1.5) is None
    parts = block.cut(200, BODY.leading * (count - 1))
    assert parts is not None
    assert parts[1].measure(200) == 2 * BODY.leading


def test_bullets_are_a_list() -> None:
    tree = assert_sound(render([TitleBlock("Essai"), *bullets(["un", "deux"], BULLET)], META))
    (whole,) = tree.all("L")
    assert [item.role for item in whole.children] == ["LI", "LI"]


@given(st.text(st.characters(max_codepoint=0x17F), max_size=200), st.floats(20, 200))
def test_shortening_keeps_within_its_bounds(typed: str, width: float) -> None:
    printed = printable(typed).replace("\n", " ")
    assert text_width(shorten_to_width(printed, REGULAR, 10, width), REGULAR, 10) <= width
    assert len(shorten(typed, 20)) <= 20


def test_the_smallest_face_is_ten_points_save_for_superscripts() -> None:
    assert {run.size for run in Text("1er", replace(BODY, size=10))._runs} == {10, 7.5}
