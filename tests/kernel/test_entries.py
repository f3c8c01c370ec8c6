"""Text as typed is cleaned one way: invisible characters go, words stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.kernel.entries import MAX_PARAGRAPHS, one_line, optional_line, paragraphs
from caseworker_app.kernel.errors import InvalidEntry

# Everything Python can hold, halves of surrogate pairs included.
ANYTHING = st.text(alphabet=st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Le   Goff ", "Le Goff"),
        ("Le\u00a0Goff", "Le Goff"),
        ("Le\nGoff\tYann", "Le Goff Yann"),
        ("Mar\u00adtin\u200b", "Martin"),
        ("\ufeffMartin", "Martin"),
        ("Mar\0tin", "Martin"),
        ("Martin\ud800", "Martin"),
        ("E\u0301lodie", "Élodie"),
        ("a \u200b b", "a b"),
        ("\u200f محمد", "محمد"),
        ("بی\u200cنظیر", "بی\u200cنظیر"),
        ("", ""),
        (" \0 ", ""),
    ],
)
def test_one_line_is_clean(typed: str, kept: str) -> None:
    assert one_line(typed, 50, "field") == kept


@given(ANYTHING)
def test_a_line_can_be_kept_and_cleaned_again(text: str) -> None:
    line = one_line(text, 1_000, "field")
    assert line == " ".join(line.split())
    assert unicodedata.is_normalized("NFC", line)
    assert line.encode("utf-8").decode("utf-8") == line
    assert one_line(line, 1_000, "field") == line


@given(ANYTHING)
def test_paragraphs_can_be_kept_and_cleaned_again(text: str) -> None:
    clean = paragraphs(text, "field")
    if clean is not None:
        assert clean == clean.strip() != ""
        assert "\r" not in clean
        assert clean.encode("utf-8").decode("utf-8") == clean
        assert paragraphs(clean, "field") == clean


def test_too_long_a_line_is_refused_at_its_field() -> None:
    assert one_line("é" * 50, 50, "city") == "é" * 50
    with pytest.raises(InvalidEntry, match="50 caractères") as refusal:
        one_line("é" * 51, 50, "city")
    assert refusal.value.field == "city"


def test_nothing_left_is_nothing() -> None:
    assert optional_line(None, 5, "field") is None
    assert optional_line("  \u200b ", 5, "field") is None
    assert paragraphs(None, "field") is None
    assert paragraphs("\n \0 \n", "field") is None


def test_paragraphs_keep_their_lines_and_tables() -> None:
    assert paragraphs("un\r\ndeux\rtrois\n\nquatre\tcinq  \n", "note") == "un\ndeux\ntrois\n\nquatre\tcinq"


def test_too_long_a_text_is_refused_at_its_field() -> None:
    assert paragraphs("a" * MAX_PARAGRAPHS, "note")
    with pytest.raises(InvalidEntry, match="20\u202f000") as refusal:
        paragraphs("a" * (MAX_PARAGRAPHS + 1), "note")
    assert refusal.value.field == "note"
