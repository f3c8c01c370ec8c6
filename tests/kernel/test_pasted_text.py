"""What is pasted becomes plain lines: no word lost, lists and columns still to be seen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.kernel.pasted_text import plain_text

# As Word for Windows puts a heading, lists on two levels, a numbered one and a table on the clipboard.
WORD_PAGE = (
    "Compte rendu\r\n\r\n\r\n\r\nConstat\x0bdu jour\r\n•\tséjour propre\r\n"
    "o\tlé\u00adger défaut\r\n\uf0a7\tvolet\u2011store\r\n"
    "1.\tappeler la CAF\r\na)\tenvoyer le RIB\r\nPièce\tÉtat\tSuite\r\nCuisine\tbon\t\r\n\x13 PAGE \x14 2\x15\r\n"
)


def test_a_page_of_word_keeps_its_lists_and_columns() -> None:
    assert plain_text(WORD_PAGE) == (
        "Compte rendu\n\nConstat\ndu jour\n– séjour propre\n– léger défaut\n– volet-store\n"
        "1. appeler la CAF\na) envoyer le RIB\nPièce | État | Suite\nCuisine | bon\n PAGE  2\n"
    )


@pytest.mark.parametrize(
    ("pasted", "plain"),
    [
        ("-\tun\n–\tdeux", "– un\n– deux"),
        ("1.\u00a0\u00a0\u00a0 appeler\no\u00a0\u00a0\u00a0volet", "1. appeler\n– volet"),
        ("o\u00a0reste", "o\u00a0reste"),
        ("- gardé tel quel", "- gardé tel quel"),
        ("o reste un mot", "o reste un mot"),
        ("« espace\u00a0insécable »", "« espace\u00a0insécable »"),
        ("photo \ufffc ici", "photo  ici"),
        ("", ""),
    ],
)
def test_small_things(pasted: str, plain: str) -> None:
    assert plain_text(pasted) == plain


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", text) if c.isalnum())


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Z", "Cc", "Cf")), max_size=200))
def test_no_letter_is_lost_and_doing_it_again_changes_nothing(pasted: str) -> None:
    plain = plain_text(pasted)
    # One letter before a tab, or before no-break spaces, is the bullet of a symbol font, told by a dash.
    if "\t" not in pasted and pasted.count("\u00a0") < 2:
        assert _letters(plain) == _letters(pasted)
    assert plain_text(plain) == plain
    assert not any(unicodedata.category(c) in ("Cc", "Cf") and c != "\n" for c in plain)
