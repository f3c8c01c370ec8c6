"""Which words of a text are looked at, and what the shipped dictionary says of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.kernel.paths import resources
from caseworker_app.kernel.spelling import LANGUAGE, misspelt, suggestions, words_of_text


def test_what_is_no_word_is_not_looked_at() -> None:
    text = "La CAF, 12 rue, {prénom}, claire@amarres.example, www.amarres.example, T3, à l’étage d'en haut."
    assert [each.word for each in words_of_text(text)] == ["La", "rue", "étage", "en", "haut"]


@given(st.text(max_size=120))
def test_a_word_stands_where_it_is_told(text: str) -> None:
    for each in words_of_text(text):
        assert text[each.start : each.end].replace("'", "’") == each.word


def test_the_words_of_the_work_are_right_and_slips_are_seen() -> None:
    right = (
        "loyer",
        "quittance",
        "relogement",
        "surendettement",
        "bailleur",
        "impayés",
        "apurement",
        "rendez-vous",
    )
    assert misspelt(None, right) == ()
    wrong = ("logment", "beacoup", "appartemment", "sous-locasion")
    assert misspelt(None, wrong) == wrong


def test_a_compound_of_words_that_are_right_is_right() -> None:
    assert misspelt(None, ["diagnostic-logement"]) == ()


@pytest.mark.parametrize(("typed", "meant"), [("logment", "logement"), ("beacoup", "beaucoup")])
def test_what_was_meant_is_proposed(typed: str, meant: str) -> None:
    assert meant in suggestions(None, typed)


def test_the_dictionary_comes_with_its_licence() -> None:
    folder = resources() / "dictionaries" / LANGUAGE
    assert "MPL" in (folder / "LICENCE.txt").read_text(encoding="utf-8")
    assert (
        (folder / "MPL-2.0.txt").read_text(encoding="utf-8").startswith("Mozilla Public License Version 2.0")
    )
